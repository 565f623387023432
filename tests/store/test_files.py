"""A workspace as plain files and back: whole or not at all, on either database."""

from __future__ import annotations

import csv
import zipfile

import pytest

from layers.atlas import bundled
from layers.proposed import model
from layers.proposed.held_out import gold
from plans.documents import read_documents
from plans.errors import PlanError
from plans.library import Library
from plans.reader.examples import of_document
from store import StoreError
from store.__main__ import main
from store.files import backup, export, import_, restore
from store.workspace import Workspace
from tests.store.conftest import PLAN
from tests.store.test_workspace import named, seen

BASE = bundled()


@pytest.fixture
def reviewed(workspace, plan):
    """A workspace in which something of every kind has happened."""
    workspace.decide("accept", seen(workspace, "米易机场", "米易至会理高速公路"), by="甲", why="原文明确")
    workspace.decide("reject", seen(workspace, "盐边县现代农业园区"), by="乙", reason="generic")
    workspace.decide("note", seen(workspace, "盐边机场"), by="乙", why='是否即"红格机场"？\n待核')
    workspace.publish(plan, BASE, by="丙")
    workspace.add("半读.md", "# 米易县规划\n\n开工建设米易环城公路。\n".encode())
    return workspace


@pytest.fixture
def empty(tmp_path):
    opened = Workspace.open(f"sqlite:///{tmp_path / 'other.db'}")
    yield opened
    opened.close()


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_reader_learns_from_what_is_published(reviewed, plan, tmp_path):
    export(reviewed, tmp_path / "out")
    records = model.reviewed([tmp_path / "out"])
    assert [one.slug for one in records.documents][-1:] == [plan]
    assert records.texts["plan-0001.txt"] == PLAN
    library = Library(records)
    learned = [(one.text, [one.text[slice(*name)] for name in one.names]) for one in of_document(library, plan)]
    said = "建成攀枝花至盐源高速公路，开工建设米易至会理高速公路，推进盐边县现代农业园区建设。"
    assert (said, ["米易至会理高速公路"]) in learned
    assert ("开工建设米易机场，研究论证盐边机场。", ["米易机场"]) in learned
    assert [(one.name, one.layers, one.statuses) for one in gold(library, plan)] == [
        ("米易至会理高速公路", ("transport",), ("starting",)), ("米易机场", ("transport",), ("starting",))
    ]  # fmt: skip


def test_a_workspace_without_a_published_plan_teaches_nothing(workspace, plan, tmp_path):
    assert plan == "plan-0001"
    export(workspace, tmp_path / "out")
    with pytest.raises(PlanError, match="nothing published"):
        model.reviewed([tmp_path / "out"])


def test_out_and_in_again_is_the_same(reviewed, empty, tmp_path):
    export(reviewed, tmp_path / "out")
    import_(empty, tmp_path / "out")
    assert empty.state().findings == reviewed.state().findings
    assert empty.state().log == reviewed.state().log
    assert empty.documents() == reviewed.documents()
    assert empty.content("plan-0001") == PLAN.encode()
    assert empty.atlas(BASE) == reviewed.atlas(BASE) != BASE
    assert empty.read("plan-0002") == 1
    export(reviewed, tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "out")


def test_the_files_have_the_forms_of_the_data(reviewed, tmp_path):
    export(reviewed, tmp_path / "out")
    documents = read_documents(tmp_path / "out" / "documents")
    assert [one.slug for one in documents] == ["plan-0001", "plan-0002"]
    assert (tmp_path / "out/documents/plan-0001.txt").read_bytes() == PLAN.encode()
    for name in ("features.csv", "placements.csv"):
        with (
            (tmp_path / "out" / name).open(encoding="utf-8") as ours,
            (bundled_data() / name).open(encoding="utf-8") as theirs,
        ):
            assert next(csv.reader(ours)) == next(csv.reader(theirs))
    with (tmp_path / "out/mentions/plan-0001.csv").open(encoding="utf-8") as file:
        assert [(row["feature"], row["quote"], row["status"]) for row in csv.DictReader(file)] == [
            ("f-100001", "米易至会理高速公路", "starting"), ("f-100002", "米易机场", "starting"),
        ]  # fmt: skip
    with (tmp_path / "out/dismissed/plan-0001.csv").open(encoding="utf-8") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == [
            ("plan-0001/c2/s1/p1", "盐边县现代农业园区", "generic")
        ]


def bundled_data():
    from plans.documents import DATA  # noqa: PLC0415

    return DATA


def test_a_backup_comes_back(reviewed, empty, tmp_path):
    backup(reviewed, tmp_path / "kept.zip")
    restore(empty, tmp_path / "kept.zip")
    assert empty.state().findings == reviewed.state().findings
    assert empty.verify() == []
    with pytest.raises(StoreError, match="not empty"):
        restore(empty, tmp_path / "kept.zip")
    empty.decide("accept", seen(empty, "盐边机场"))
    restore(empty, tmp_path / "kept.zip", replacing=True)
    assert named(empty, "盐边机场").verdict == "open"


def _cut(path):
    path.write_bytes(path.read_bytes()[:-400])


def _one_bit(path):
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3] ^= 1
    path.write_bytes(bytes(whole))


def _one_word(path):
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["decisions.csv"] = held["decisions.csv"].replace("甲".encode(), "丁".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    "damage", [_cut, _one_bit, _one_word, lambda path: path.unlink()], ids=["cut", "bit", "word", "gone"]
)
def test_a_damaged_backup_changes_nothing(reviewed, empty, tmp_path, damage):
    backup(reviewed, tmp_path / "kept.zip")
    before = empty.documents()
    damage(tmp_path / "kept.zip")
    with pytest.raises(StoreError):
        restore(empty, tmp_path / "kept.zip", replacing=True)
    assert empty.documents() == before == {}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("decisions.csv", "accept", "reopen"), id="a-decision"),
        pytest.param(("texts/plan-0001.txt", "米易机场", "会理机场"), id="the-text"),
        pytest.param(("documents/plan-0001.txt", "米易机场", "会理机场"), id="the-source"),
        pytest.param(("proposed/mentions/plan-0001.csv", "米易至会理高速公路", "米易至攀枝花高速公路"), id="a-quote"),
        pytest.param(("documents/kept.csv", "plan-0001", "plan-0003"), id="a-slug"),
        pytest.param(("documents/documents.toml", "[[document]]", "[[document]"), id="no-toml"),
    ],
)
def test_files_that_do_not_prove_each_other_are_refused(reviewed, empty, tmp_path, change):
    name, old, new = change
    export(reviewed, tmp_path / "out")
    path = tmp_path / "out" / name
    assert old.encode() in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    with pytest.raises(StoreError):
        import_(empty, tmp_path / "out")
    assert (empty.documents(), empty.state().log) == ({}, ())


def test_an_export_never_takes_the_place_of_something_else(reviewed, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("x")
    with pytest.raises(StoreError, match="is no export"):
        export(reviewed, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.docx"]
    export(reviewed, tmp_path / "out")
    reviewed.decide("accept", seen(reviewed, "盐边机场"))
    export(reviewed, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_the_command_goes_all_the_way(tmp_path, capsys):
    db = f"sqlite:///{tmp_path / 'w.db'}"
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")

    def run(*words):
        code = main(["workspace", *words, "--db", db])
        return code, *capsys.readouterr()

    assert run("add", str(tmp_path / "plan.txt")) == (0, "plan-0001  plan.txt  5 条提议 (proposals)\n", "")
    assert run("publish", "plan-0001") == (1, "", "还没有接受任何条目 (nothing accepted)；请先审核。\n")
    assert run("verify") == (0, "全部属实：1 份规划，0 项决定 (all proven)\n", "")
    assert run("backup", str(tmp_path / "b.zip"))[0] == 0
    assert run("restore", str(tmp_path / "b.zip"))[::2] == (
        1,
        "工作库不是空的 (not empty)；要以备份取代它，请加 --replace。\n",
    )
    assert run("restore", str(tmp_path / "b.zip"), "--replace")[0] == 0
    assert run("list")[1] == "plan-0001  攀枝花市“十五五”综合交通规划  5 条，未看 5  审核中 in review\n"
    assert run("export", str(tmp_path / "out"))[0] == 0
    assert run("add", "nowhere.txt") == (1, "", "无法读取“nowhere.txt”：No such file or directory (cannot read)。\n")
