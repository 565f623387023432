"""On a shared workspace readers read, reviewers decide, publishers publish; a typed name proves nothing."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from store import StoreError
from store.roles import RoleError
from store.workspace import Workspace
from tests.store.conftest import PLAN


@pytest.fixture
def shared(tmp_path, monkeypatch):
    roles = tmp_path / "roles.toml"
    roles.write_text('reviewers = ["li"]\npublishers = ["wang"]\n', encoding="utf-8")
    monkeypatch.setenv("PLAN_ATLAS_ROLES", str(roles))
    opened = Workspace.open(f"sqlite:///{tmp_path / 'workspace.db'}")
    opened.read(opened.add("攀枝花.txt", PLAN.encode(), by="li"))
    yield opened
    opened.close()


def first(held: Workspace) -> str:
    (slug,) = held.documents()
    return held.state().of_document(slug)[0].id


def test_a_reader_writes_nothing(shared):
    before = len(shared.state().log)
    with pytest.raises(RoleError, match="“zhao”只能阅读"):
        shared.add("另一份.txt", "米易县规划\n建设米易机场。".encode(), by="zhao")
    with pytest.raises(RoleError, match="只能阅读"):
        shared.decide("accept", {first(shared): 0}, by="zhao")
    with pytest.raises(RoleError, match="只能阅读"):
        shared.decide("accept", {first(shared): 0})  # nobody in particular
    assert len(shared.state().log) == before
    assert len(shared.documents()) == 1


def test_a_reviewer_decides_and_does_not_publish(shared):
    (slug,) = shared.documents()
    shared.decide("accept", {first(shared): 0}, by="li")
    with pytest.raises(RoleError, match="不能发布"):
        shared.publish(slug, bundled(), by="li")
    made = shared.publish(slug, bundled(), by="wang")
    with pytest.raises(RoleError, match="不能发布"):
        shared.undo(made.number, by="li")
    assert shared.undo(made.number, by="wang").verb == "undo"


def test_a_broken_file_of_roles_lets_nobody_write(shared, tmp_path):
    (tmp_path / "roles.toml").write_text("reviewers = [", encoding="utf-8")
    with pytest.raises(StoreError, match="角色表"):
        shared.decide("accept", {first(shared): 0}, by="wang")
