"""Both databases: a file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from store import Workspace

PLAN = """攀枝花市“十五五”综合交通规划
第一章 总体要求
第一节 建设目标
到2030年，基本建成内畅外联的综合交通体系。
第二章 重点任务
第一节 公路
建成攀枝花至盐源高速公路，开工建设米易至会理高速公路，推进盐边县现代农业园区建设。
第二节 机场
开工建设米易机场，研究论证盐边机场。
"""
NUMBERS = itertools.count()


def server_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: -int(path.parts[4]))
    if found:
        return found[0].parent
    beside = shutil.which("postgres")
    return Path(beside).resolve().parent if beside else None


def owner() -> dict[str, object]:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    other = pwd.getpwnam("nobody")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server on a free port; its databases are made by the tests."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: `make test` installs it (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="plan-atlas-pg-"))
    who = owner()
    if who:
        os.chown(folder, int(who["user"]), int(who["group"]))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    make = [programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "atlas", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(make, check=True, **quiet)
    run = [
        programs / "postgres",
        "-D",
        folder / "data",
        "-p",
        str(port),
        "-k",
        folder,
        "-c",
        "listen_addresses=127.0.0.1",
    ]
    server = subprocess.Popen([*run, "-c", "fsync=off"], **quiet)
    address = f"postgresql://atlas@127.0.0.1:{port}"
    try:
        subprocess.run([programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-t", "30"], check=False, **quiet)
        _until_it_answers(f"{address}/postgres", server)
        yield address
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            continue
        return
    raise RuntimeError("PostgreSQL did not start")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'workspace.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"w{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}".replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def workspace(url: str) -> Iterator[Workspace]:
    """An empty workspace."""
    opened = Workspace.open(url)
    yield opened
    opened.close()


@pytest.fixture
def plan(workspace: Workspace) -> str:
    """The slug of a plan that is kept and read."""
    slug = workspace.add("攀枝花.txt", PLAN.encode(), by="甲")
    workspace.read(slug)
    return slug
