"""What goes wrong around a workspace: kills, several people at once, a full disk, locks, lost connections."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections import Counter

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from benchmarks.kills import killed
from benchmarks.reviewers import faults, reviewed
from layers.atlas import bundled
from store import StoreError
from store import database as database_module
from store.database import writing
from store.workspace import Workspace
from tests.store.conftest import PLAN
from tests.store.test_workspace import named, seen

BASE = bundled()


def test_what_was_acknowledged_outlives_a_kill(url):
    _ = BASE.table
    outcome = killed(url, BASE, times=6, seed=7)
    assert outcome.faults == []
    assert outcome.kills == 6
    assert outcome.acknowledged > 6


def test_five_people_lose_nothing(url, plan, workspace):
    """Each decides as it comes; who is late sees what the other did, looks again, and decides again."""
    done = reviewed(url, "甲乙丙丁戊", 40)
    assert faults(url, done) == []
    state = workspace.state()
    assert Counter(one.by for one in state.log) == dict.fromkeys("甲乙丙丁戊", 40)
    assert sum(work.met for work in done) > 0
    notes = [f"{one.by}：{one.why}" for one in state.log if one.verb == "note"]
    assert sorted(note for one in state.of_document(plan) for note in one.notes) == sorted(notes)


# ---- SQLite -------------------------------------------------------------------------------------


@pytest.fixture
def lite(tmp_path):
    opened = Workspace.open(f"sqlite:///{tmp_path / 'workspace.db'}")
    opened.read(opened.add("攀枝花.txt", PLAN.encode()))
    yield opened
    opened.close()


def size_limit(engine, pages):
    """Let the file grow to so many pages at most, which is how SQLite knows a full disk."""
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}"))
    engine.dispose()


def test_a_full_disk_is_told_and_costs_nothing(lite):
    lite.decide("accept", seen(lite, "米易机场"))
    with lite.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    size_limit(lite.engine, pages + 1)
    with pytest.raises(StoreError, match="disk full"):
        lite.add("大.txt", (PLAN * 200).encode())
    size_limit(lite.engine, pages * 1000)
    assert list(lite.documents()) == ["plan-0001"]
    assert named(lite, "米易机场").verdict == "accepted"
    assert lite.verify() == []
    assert lite.add("大.txt", (PLAN * 200).encode()) == "plan-0002"


def test_a_locked_workspace_is_told(lite, monkeypatch, tmp_path):
    monkeypatch.setattr(database_module, "PATIENCE_S", 0.1)
    hasty = Workspace.open(lite.engine.url.render_as_string(hide_password=False))
    other = sqlite3.connect(tmp_path / "workspace.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        hasty.decide("accept", seen(hasty, "米易机场"))
    assert named(hasty, "米易机场").verdict == "open"  # who reads does not wait
    other.execute("ROLLBACK")
    hasty.decide("accept", seen(hasty, "米易机场"))
    assert named(lite, "米易机场").verdict == "accepted"
    hasty.close()


def test_a_file_that_is_no_workspace_is_told(tmp_path):
    (tmp_path / "workspace.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Workspace.open(f"sqlite:///{tmp_path / 'workspace.db'}")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot make the folder"):
        Workspace.open(f"sqlite:///{tmp_path / 'file' / 'workspace.db'}")
    with pytest.raises(StoreError, match="read-only"):
        Workspace.open(f"sqlite:///{tmp_path}")


def test_a_read_only_workspace_is_told(lite, tmp_path):
    lite.close()
    own = Workspace.open(f"sqlite:///file:{tmp_path / 'workspace.db'}?mode=ro&uri=true")
    assert named(own, "米易机场").verdict == "open"
    with pytest.raises(StoreError, match="read-only"):
        own.decide("accept", seen(own, "米易机场"))


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreError, match="read-only"):
        Workspace.open(f"sqlite:///{tmp_path / 'workspace.db'}")
    tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense", "postgresql+psycopg://u:secret@127.0.0.1:1/db"])
def test_an_address_that_leads_nowhere_is_told(url):
    with pytest.raises(StoreError) as told:
        Workspace.open(url)
    assert "secret" not in str(told.value)


# ---- PostgreSQL ---------------------------------------------------------------------------------


@pytest.fixture
def served(postgres):
    name = f"faults_{os.getpid()}_{threading.get_ident()}_{os.urandom(3).hex()}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    opened = Workspace.open(f"{postgres}/{name}".replace("postgresql://", "postgresql+psycopg://"))
    opened.read(opened.add("攀枝花.txt", PLAN.encode()))
    yield opened
    opened.close()


def _admin(workspace):
    return psycopg.connect(workspace.engine.url.set(drivername="postgresql").render_as_string(), autocommit=True)


def test_a_lost_connection_is_told_and_the_next_step_goes_on(served):
    versions = seen(served, "米易机场")
    with pytest.raises(StoreError, match="connection lost"), writing(served.engine) as connection:
        with _admin(served) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        connection.execute(text("SELECT 1"))
    served.decide("accept", versions, by="甲")
    assert named(served, "米易机场").verdict == "accepted"
    assert served.verify() == []


def test_a_lock_that_another_holds_is_told(served, monkeypatch):
    monkeypatch.setattr(database_module, "PATIENCE_S", 1)
    hasty = Workspace.open(served.engine.url.render_as_string(hide_password=False))
    versions = seen(hasty, "米易机场")
    with writing(served.engine), pytest.raises(StoreError, match="locked"):
        hasty.decide("accept", versions)
    hasty.decide("accept", versions)
    hasty.close()


def test_a_role_that_may_only_read_is_told(served):
    with served.engine.connect() as connection:
        connection.execute(
            text("ALTER DATABASE " + make_url(served.engine.url).database + " SET default_transaction_read_only = on")
        )
        connection.commit()
    own = Workspace.open(served.engine.url.render_as_string(hide_password=False))
    with pytest.raises(StoreError, match="read-only"):
        own.decide("accept", seen(own, "米易机场"))
    own.close()
