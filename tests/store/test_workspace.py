"""A workspace keeps what came in byte for byte, and is what its log adds up to."""

from __future__ import annotations

import json
import logging

import pytest
from sqlalchemy import text

from layers.atlas import bundled
from plans.errors import PlanError
from store import ConflictError, StoreError
from store.__main__ import main
from store.database import HEAD, writing
from store.workspace import Workspace
from tests.store.conftest import PLAN

BASE = bundled()
EXPRESSWAY = "攀枝花至盐源高速公路"
KNOWN = next(one.id for one in BASE.features if one.name == EXPRESSWAY)


def named(workspace: Workspace, name: str):
    return next(one for one in workspace.state().findings.values() if one.name == name)


def seen(workspace: Workspace, *names: str) -> dict[str, int]:
    state = workspace.state()
    return {one.id: state.versions.get(one.id, 0) for one in (named(workspace, name) for name in names)}


def test_a_plan_is_kept_byte_for_byte(workspace, plan):
    assert workspace.content(plan) == PLAN.encode()
    kept = workspace.documents()[plan]
    assert (kept.document.title, kept.document.zones, kept.by, kept.read) == (
        "攀枝花市“十五五”综合交通规划", ("panxi",), "甲", True,
    )  # fmt: skip
    assert [one.text for one in workspace.clauses(plan) if "米易机场" in one.text] == [
        "开工建设米易机场，研究论证盐边机场。"
    ]
    assert named(workspace, EXPRESSWAY).said[0].quote == EXPRESSWAY
    assert workspace.add("another name.txt", PLAN.encode()) == plan


def test_what_is_no_plan_is_not_kept(workspace):
    with pytest.raises(PlanError, match="unknown ending"):
        workspace.add("plan.exe", b"x")
    with pytest.raises(PlanError, match="empty"):
        workspace.add("plan.txt", b"  \n")
    assert workspace.documents() == {}


def test_a_reading_goes_on_where_it_stopped(workspace):
    slug = workspace.add("攀枝花.txt", PLAN.encode())
    told = []
    assert workspace.read(slug, lambda one: told.append(one.done) or len(told) < 3) == 0
    assert (workspace.documents()[slug].read, workspace.state().findings) == (False, {})
    number = workspace.read(slug, lambda one: told.append(one.done) or True)
    assert told[:3] == [1, 2, 3]
    assert told[3:] == list(range(4, len(workspace.clauses(slug)) + 1))
    assert number == len(workspace.state().findings) == 5
    assert workspace.read(slug) == 5


def test_decisions_add_up(workspace, plan):
    workspace.decide("accept", seen(workspace, "米易机场", "盐边机场"), by="甲")
    workspace.decide("reject", seen(workspace, "盐边县现代农业园区"), by="乙", reason="generic")
    workspace.decide("rename", seen(workspace, "米易机场"), by="甲", name="米易通用机场", aliases=["米易机场"])
    workspace.decide("reclass", seen(workspace, "米易通用机场"), by="甲", layer="transport", kind="general_airport")
    workspace.decide("note", seen(workspace, "盐边机场"), by="乙", why="与红格机场是否同一？")
    found = named(workspace, "米易通用机场")
    assert (found.verdict, found.aliases, found.kind) == ("accepted", ("米易机场",), "general_airport")
    assert named(workspace, "盐边机场").notes == ("乙：与红格机场是否同一？",)
    assert workspace.state().unseen(plan) == 2
    assert Workspace(workspace.engine).state() == workspace.state()
    assert workspace.verify() == []


@pytest.mark.usefixtures("plan")
def test_undo_is_one_more_decision(workspace):
    first = workspace.decide("accept", seen(workspace, "米易机场"))
    second = workspace.decide("rename", seen(workspace, "米易机场"), name="米易通用机场")
    with pytest.raises(StoreError, match="not the newest"):
        workspace.undo(first.number)
    undone = workspace.undo(second.number)
    assert named(workspace, "米易机场").verdict == "accepted"
    workspace.undo(undone.number)  # and that can be undone
    assert named(workspace, "米易通用机场").verdict == "accepted"
    assert [one.verb for one in workspace.state().log] == ["accept", "rename", "undo", "undo"]
    with pytest.raises(StoreError, match="not the newest"):
        workspace.undo(undone.number)
    workspace.undo(second.number)
    workspace.undo(first.number)
    assert named(workspace, "米易机场").verdict == "open"
    assert workspace.verify() == []


@pytest.mark.usefixtures("plan")
def test_who_did_what_is_in_the_audit_log_and_nothing_of_what(workspace, caplog, capsys):
    caplog.set_level(logging.INFO, "store.audit")
    made = workspace.decide("rename", seen(workspace, "米易机场"), by="甲", why="秘密的理由", name="秘密机场")
    undone = workspace.undo(made.number, by="乙")
    lines = [one.getMessage() for one in caplog.records if one.name == "store.audit"]
    of = {"subjects": list(made.seen)}
    assert [json.loads(one) for one in lines] == [
        {"time": made.at, "decision": 1, "by": "甲", "verb": "rename", **of, "hash": made.hash},
        {"time": undone.at, "decision": 2, "by": "乙", "verb": "undo", "undone": 1, **of, "hash": undone.hash},
    ]
    assert "秘密" not in "".join(lines)
    address = workspace.engine.url.render_as_string(hide_password=False)
    assert main(["workspace", "log", "--db", address]) == 0
    assert capsys.readouterr().out.splitlines() == lines


@pytest.mark.usefixtures("plan")
def test_the_second_sees_what_the_first_did(workspace):
    other = Workspace.open(workspace.engine.url.render_as_string(hide_password=False))
    both = seen(workspace, "米易机场")
    other.decide("reject", both, by="乙", reason="no_place")
    with pytest.raises(ConflictError, match="乙 否决") as told:
        workspace.decide("accept", both, by="甲")
    assert [(one.by, one.verb) for one in told.value.first] == [("乙", "reject")]
    assert named(workspace, "米易机场").verdict == "rejected"
    other.close()


@pytest.mark.usefixtures("plan")
def test_asked_twice_is_decided_once(workspace):
    versions = seen(workspace, "米易机场")
    first = workspace.decide("accept", versions, key="k1")
    assert workspace.decide("accept", versions, key="k1") == first
    assert len(workspace.state().log) == 1


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("verb", "content", "word"),
    [
        pytest.param("rename", {"name": " "}, "empty name", id="no-name"),
        pytest.param("reclass", {"layer": "transport", "kind": "castle"}, "unknown layer", id="kind"),
        pytest.param("reject", {"reason": "ugly"}, "unknown reason", id="reason"),
        pytest.param("restate", {"said": 0, "status": "starting", "status_text": "开工新建"}, "quote not found", id="verb"),
        pytest.param("restate", {"said": 7, "status": "starting", "status_text": ""}, "no such quote", id="number"),
        pytest.param("place", {"basis": "text", "places": "米易郡"}, "unknown place", id="place"),
        pytest.param("place", {"basis": "text", "lon": "512", "lat": "3"}, "out of range", id="range"),
        pytest.param("place", {"basis": "text", "lon": "102", "lat": "27"}, "needs its source", id="no-source"),
        pytest.param("merge", {"into": "plan-0009/n1"}, "not of the same plan", id="other-plan"),
        pytest.param("rename", {}, "incomplete", id="nothing-said"),
        pytest.param("explode", {}, "incomplete", id="verb-unknown"),
        pytest.param("split", {"parts": []}, "two parts", id="parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_decided(workspace, verb, content, word):
    with pytest.raises(StoreError, match=word):
        workspace.decide(verb, seen(workspace, "米易机场"), **content)
    assert workspace.state().log == ()


def test_split_merge_requote_add(workspace, plan):
    clause = named(workspace, "米易机场").said[0].clause
    said = {"clause": clause, "nth": 1, "status": "starting", "status_text": "开工建设"}
    parts = [{"name": name, "said": [{**said, "quote": name, "name": name}]} for name in ("米易机场", "盐边机场")]
    split = workspace.decide("split", seen(workspace, "米易机场"), parts=parts)
    assert workspace.state().finding(f"{plan}/d{split.number}.2").name == "盐边机场"
    workspace.undo(split.number)
    workspace.decide("merge", seen(workspace, "米易机场", "盐边机场"), into=named(workspace, "盐边机场").id)
    merged = named(workspace, "盐边机场")
    assert ([one.quote for one in merged.said], merged.aliases) == (["盐边机场", "米易机场"], ("米易机场",))
    with pytest.raises(StoreError, match="merged or split"):
        workspace.decide("accept", seen(workspace, "米易机场"))
    workspace.decide(
        "requote", seen(workspace, "盐边机场"), said=0, quote={**said, "quote": "研究论证盐边机场", "name": "盐边机场"}
    )
    place = {"places": "米易县", "basis": "text"}
    extra = {"name": "综合交通体系", "layer": "transport", "kind": "expressway", "place": place}
    with pytest.raises(StoreError, match="quote not found"):
        workspace.decide("add", {}, document=plan, said=[{**said, "quote": "不在原文", "name": "x"}], **extra)
    added = workspace.decide("add", {}, document=plan, said=[{**said, "quote": "米易机场", "name": "x"}], **extra)
    assert workspace.state().finding(f"{plan}/d{added.number}.1").verdict == "accepted"
    assert workspace.verify() == []


def test_rows_of_lists_are_judged(workspace):
    def said(feature, name="米易机场", **seen):
        rows = [{"name": name, "place": "米易县", "feature": feature}]
        return workspace.decide("match", {"row/米易机场|米易县": seen.get("seen", 0)}, rows=rows)

    said("f-00001")
    assert workspace.state().matches == {("米易机场", "米易县"): "f-00001"}
    with pytest.raises(ConflictError, match="判断清单"):
        said("")
    refused = said("", seen=1)
    assert workspace.state().matches == {("米易机场", "米易县"): ""}
    workspace.undo(refused.number)
    assert workspace.state().matches == {("米易机场", "米易县"): "f-00001"}
    with pytest.raises(StoreError, match="incomplete match"):
        said("f-00001", "盐边机场", seen=3)
    assert workspace.verify() == []


@pytest.mark.usefixtures("plan")
def test_a_changed_log_is_told(workspace):
    workspace.decide("accept", seen(workspace, "米易机场"), by="甲")
    with writing(workspace.engine) as connection:
        connection.execute(
            text(
                "UPDATE decision SET by = '乙'"
                if workspace.engine.name == "sqlite"
                else "UPDATE decision SET \"by\" = '乙'"
            )
        )
    assert workspace.verify() == ["日志第 1 号决定与其校验不符 (a decision was changed)。"]


@pytest.mark.usefixtures("plan")
def test_a_changed_text_is_told(workspace):
    with writing(workspace.engine) as connection:
        connection.execute(text("UPDATE clause SET text = '开工建设别处机场' WHERE text LIKE '%米易机场%'"))
    assert [one.partition("：")[2] for one in workspace.verify()] == [
        "条款与原文不符 (clause differs from its source)。"
    ]


def test_a_workspace_of_a_newer_program_is_left_alone(workspace, url):
    with writing(workspace.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer version"):
        Workspace.open(url)


def test_the_newest_migration_is_the_head():
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    from store import database  # noqa: PLC0415

    settings = Config()
    settings.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(settings).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_of_the_code(workspace):
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    from store.tables import METADATA  # noqa: PLC0415

    with workspace.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
