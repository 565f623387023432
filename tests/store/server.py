"""A PostgreSQL server of one's own, on a free port of this machine, gone with what it held."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

NUMBERS = itertools.count()
OPTIONS = ("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")


def server_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: -int(path.parts[4]))
    if found:
        return found[0].parent
    beside = shutil.which("postgres")
    return Path(beside).resolve().parent if beside else None


@contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Yield the address of a server that answers."""
    folder = Path(tempfile.mkdtemp(prefix="plan-atlas-pg-"))
    who = _owner()
    if who:
        os.chown(folder, int(who["user"]), int(who["group"]))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    make = [
        str(programs / "initdb"),
        "-D",
        str(folder / "data"),
        *["-A", "trust", "-U", "atlas", "-E", "UTF8", "--locale=C.UTF-8"],
    ]
    subprocess.run(make, check=True, **quiet)
    run = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", port, "-k", str(folder), *OPTIONS]
    server: subprocess.Popen[bytes] = subprocess.Popen(run, **quiet)
    address = f"postgresql://atlas@127.0.0.1:{port}"
    try:
        subprocess.run([programs / "pg_isready", "-h", "127.0.0.1", "-p", port, "-t", "30"], check=False, **quiet)
        _until_it_answers(f"{address}/postgres", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # without waiting for those who are still connected
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def empty_database(server: str) -> str:
    """Make a database on a server, and return its address for SQLAlchemy."""
    name = f"w{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{server}/{name}".replace("postgresql://", "postgresql+psycopg://")


def _owner() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.getuid() != 0:
        return {}
    other = pwd.getpwnam("nobody")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            continue
        return
    raise RuntimeError("PostgreSQL did not start")
