"""What is published stands beside the nine documents, under ids that are given once."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.atlas.check import issues
from layers.query.selection import Selection, select
from plans.story import changes
from store import StoreError
from tests.store.conftest import PLAN
from tests.store.test_workspace import EXPRESSWAY, KNOWN, seen

BASE = bundled()


@pytest.fixture
def published(workspace, plan):
    """A published plan: one thing goes on with a feature of the nine, one is its own."""
    workspace.decide("merge", seen(workspace, EXPRESSWAY), by="甲", into=KNOWN)
    workspace.decide("accept", seen(workspace, "米易机场"), by="甲")
    workspace.publish(plan, BASE, by="丙")
    return workspace


def test_nothing_published_is_the_atlas_itself(workspace, plan):  # noqa: ARG001
    assert workspace.atlas(BASE) is BASE


def test_a_plan_stands_beside_the_nine(published):
    atlas = published.atlas(BASE)
    assert len(atlas.table) == len(BASE.table) + 1
    own = atlas.table.set_index("name").loc["米易机场"]
    assert (own["id"], own["counties"], own["documents"]) == ("f-100001", ("510421",), ("plan-0001",))
    assert own["citations"][0]["quote"] == "米易机场"
    assert len(select(atlas, Selection(document=("plan-0001",)))) == 2
    assert published.atlas(BASE) is atlas


def test_a_merged_finding_is_one_more_citation(published):
    atlas = published.atlas(BASE)
    now, before = (one.table.set_index("id").loc[KNOWN] for one in (atlas, BASE))
    assert (before["status"], now["status"], now["status_text"]) == ("starting", "completing", "建成")
    assert len(now["citations"]) == len(before["citations"]) + 1
    assert [one.document.slug for one in atlas.feature(KNOWN).mentions][-1] == "plan-0001"
    assert list(changes(atlas.feature(KNOWN)))[-1].mark == "advanced"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the contract is no matter of the database
def test_the_atlas_keeps_its_contract(published):
    assert {one.check for one in issues(published.atlas(BASE))} <= {"unaccounted text"}


def test_ids_are_given_once(published, plan):
    number = published.state().published[plan].number
    published.undo(number)
    assert published.atlas(BASE) is BASE
    published.decide("reject", seen(published, "米易机场"), reason="generic")
    published.decide("accept", seen(published, "盐边机场"))
    published.publish(plan, BASE)
    assert published.atlas(BASE).table["id"].iloc[-1] == "f-100002"
    published.decide("accept", seen(published, "米易机场"))
    published.publish(plan, BASE)
    names = published.atlas(BASE).table.set_index("id")["name"]
    assert (names["f-100001"], names["f-100002"]) == ("米易机场", "盐边机场")


def test_what_is_decided_later_waits_for_the_next_publishing(published, plan):
    published.decide("rename", seen(published, "米易机场"), name="米易通用机场")
    assert "米易机场" in set(published.atlas(BASE).table["name"])
    before = published.atlas(BASE).version
    published.publish(plan, BASE)
    assert "米易通用机场" in set(published.atlas(BASE).table["name"])
    assert published.atlas(BASE).version != before


def test_what_others_cite_is_not_withdrawn(published, plan):
    other = published.add("二.txt", PLAN.replace("综合交通", "民航").encode())
    published.read(other)
    airport = next(one for one in published.state().of_document(other) if one.name == "米易机场")
    published.decide("merge", {airport.id: 0}, into="f-100001")
    published.publish(other, BASE)
    assert published.atlas(BASE).feature("f-100001").documents == (plan, other)
    with pytest.raises(StoreError, match="cited by others"):
        published.undo(published.state().published[plan].number)
    own = next(one for one in published.state().of_document(plan) if one.name == "米易机场")
    published.decide("reject", {own.id: 1}, reason="generic")
    with pytest.raises(StoreError, match="f-100001"):
        published.publish(plan, BASE)
