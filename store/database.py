"""The database: SQLite in the user's data folder, or PostgreSQL; opened, brought up to date, and its faults told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from store.errors import StoreError
from store.where import VARIABLE

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"  # the newest of them
PATIENCE_S = 10  # how long one waits for another's write
WRITERS = 7305  # the advisory lock that writers of one PostgreSQL workspace take


def opened(url: str) -> Engine:
    """Open the database at `url` and bring its tables up to date; StoreError when that cannot be."""
    try:
        parsed = make_url(url)
        lite = parsed.drivername.startswith("sqlite")
        if not lite and not parsed.drivername.startswith("postgresql"):
            raise StoreError(f"不支持数据库“{parsed.drivername}” (unsupported)：请用 sqlite 或 postgresql+psycopg。")
        if lite:
            _folder(Path(parsed.database or ""))
        made: dict[str, Any] = {"connect_args": {"timeout": PATIENCE_S}} if lite else {"pool_pre_ping": True}
        engine = create_engine(parsed, **made)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(
            f"数据库地址“{_shown(url)}”不可用：{error} (bad address)；例：postgresql+psycopg://用户@主机/库。"
        ) from None
    event.listen(engine, "connect", _prepared if lite else _patient)
    if lite:
        event.listen(engine, "begin", _begin)
    _brought_up_to_date(engine)
    return engine


def _folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"无法建立工作库文件夹“{path.parent}”：{error.strerror} (cannot make the folder)；可用 {VARIABLE} 指定别处。"
        ) from None


def _prepared(connection: Any, _: Any) -> None:
    """SQLite: a write is on the disk before it is acknowledged, and readers do not wait for writers."""
    connection.isolation_level = None  # transactions begin where we say so
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _patient(connection: Any, _: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE_S}s'")
        cursor.execute("SET synchronous_commit = on")
    connection.commit()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _brought_up_to_date(engine: Engine) -> None:
    with reading(engine) as connection:
        if _revision(connection) == HEAD:
            return
    from alembic import command, config  # noqa: PLC0415 wanted once in the life of a workspace
    from alembic.util.exc import CommandError  # noqa: PLC0415

    settings = config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        settings.attributes["connection"] = connection
        try:
            command.upgrade(settings, "head")
        except CommandError:
            raise StoreError("工作库由更新版本的程序写成 (made by a newer version)；请升级程序。") from None


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none())


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the workspace; StoreError tells what the database cannot do."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with told(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that alone writes; all of it is kept when the block ends, or nothing."""
    with told(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
        yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Say in a planner's words what the database cannot do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(_words(error, engine)) from error


# What the driver says, and what that means to a planner. The first that fits is told.
_FAULTS = (
    ("disk is full|No space left|DiskFull", "磁盘已满，这一步没有保存 (disk full)；请腾出空间后重试，已确认的都在。"),
    (
        "readonly|read-only|ReadOnly|unable to open database file|Permission denied|InsufficientPrivilege",
        "工作库不可写，这一步没有保存 (read-only)；请检查“{where}”的权限，或用 PLAN_ATLAS_DB 指定别处。",
    ),
    (
        "database is locked|LockNotAvailable|lock timeout",
        "工作库正被别的程序占用，这一步没有保存 (locked)；请稍候重试。",
    ),
    (
        "malformed|not a database|disk I/O error",
        "工作库文件“{where}”已损坏 (damaged)；请用 plan-atlas workspace restore 从备份恢复。",
    ),
    (
        "connect|server closed|terminat|AdminShutdown|closed the connection|Connection refused|timeout expired|consuming input failed",
        "与数据库“{where}”的连接中断 (connection lost)；未确认的一步请重试，已确认的都在。",
    ),
)


def _words(error: SQLAlchemyError, engine: Engine) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = f"{type(cause).__name__}: {cause}"
    where = _shown(str(engine.url.database if engine.dialect.name == "sqlite" else engine.url.host or engine.url))
    for pattern, words in _FAULTS:
        if re.search(pattern, said):
            return words.format(where=where)
    return f"工作库出错：{said.splitlines()[0]} (database error)；这一步没有保存。"


def _shown(url: str) -> str:
    """An address without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", url)
