"""An atlas is a value: immutable, known by its version, and two of them never mix."""

from __future__ import annotations

import datetime
import hashlib
import tracemalloc
from dataclasses import replace

import pytest

from layers.atlas import Atlas, bundled, cache
from layers.atlas.check import issues
from layers.atlas.stored import decoded, encoded
from layers.atlas.table import COLUMNS
from layers.query.relations import related
from layers.query.reports import changes_table
from layers.query.selection import Selection, select
from layers.query.summary import line_km, order
from layers.web.map import bits, served
from plans.documents import DATA, Document
from plans.records import Records, read_records

ATLAS = bundled()
EXPRESSWAY = "攀枝花至盐源高速公路"
TEXT = "攀枝花市“十五五”规划\n一、基础设施\n（一）交通。建成攀枝花至盐源高速公路，开工建设米易机场。\n"


def plan() -> Records:
    """One more plan: it goes on with a feature of the nine documents, and names one of its own."""
    issued = Document(
        "panzhihua-2026", "攀枝花市“十五五”规划", "攀枝花十五五", "攀枝花市人民政府", datetime.date(2026, 3, 1), "opinion",
        "panzhihua-2026.txt", hashlib.sha256(TEXT.encode()).hexdigest(), ("panxi",),
    )  # fmt: skip
    known = next(one.id for one in ATLAS.features if one.name == EXPRESSWAY)
    said = {"clause": "panzhihua-2026/a1", "nth": ""}
    return Records(
        (issued,),
        {issued.file: TEXT},
        ({"id": "f-90001", "name": "米易机场", "aliases": "", "layer": "transport", "kind": "general_airport", "part_of": "", "note": ""},),
        {
            issued.slug: (
                {"feature": known, "quote": EXPRESSWAY, "name": EXPRESSWAY, "status": "completing", "status_text": "建成", **said},
                {"feature": "f-90001", "quote": "米易机场", "name": "米易机场", "status": "starting", "status_text": "开工建设", **said},
            )
        },
        {},
        ({"feature": "f-90001", "places": "米易县", "basis": "text", "lon": "", "lat": "", "precision": "", "error_km": "", "source": "", "via": ""},),
        (),
    )  # fmt: skip


@pytest.fixture(scope="module")
def wider() -> Atlas:
    return ATLAS.beside(plan())


def test_the_same_records_make_the_same_version():
    again = Atlas(read_records(DATA))
    assert again == ATLAS
    assert again.version == ATLAS.version
    assert len({again, ATLAS}) == 1


def test_one_changed_word_makes_another_version():
    records = read_records(DATA)
    first, *rest = records.features
    assert Atlas(replace(records, features=({**first, "note": "x"}, *rest))) != ATLAS


def test_a_plan_stands_beside_the_nine(wider):
    assert [one.slug for one in wider.documents][-1] == "panzhihua-2026"
    found = wider.table.set_index("name").loc["米易机场"]
    assert found["counties"] == ("510421",)
    assert found["status"] == "starting"
    assert list(wider.table["id"]) == [one.id for one in wider.features]
    assert list(wider.table.columns) == list(COLUMNS)


def test_a_feature_of_the_nine_goes_on_in_the_plan(wider):
    now, before = (one.table.set_index("name").loc[EXPRESSWAY] for one in (wider, ATLAS))
    assert (before["status"], now["status"]) == ("starting", "completing")
    assert len(now["citations"]) == len(before["citations"]) + 1
    assert now["citations"][-1]["quote"] == EXPRESSWAY
    assert now["documents"][-1] == "panzhihua-2026"


def test_two_atlases_never_mix(wider):
    asked = Selection(q="米易机场")
    assert len(select(wider, asked)) == len(select(ATLAS, asked)) + 1
    assert "panzhihua-2026" in order(wider, "document")
    assert "panzhihua-2026" not in order(ATLAS, "document")
    assert len(line_km(wider)) == len(wider.table) == len(ATLAS.table) + 1
    assert len(line_km(ATLAS)) == len(ATLAS.table)
    own = next(one.id for one in ATLAS.features if one.name == EXPRESSWAY)
    moved = [set(rows[rows["编号"] == own]["mark"]) for rows in (changes_table(wider), changes_table(ATLAS))]
    assert moved[0] >= {"advanced"}
    assert "f-90001" in set(related(wider, own)["sentence"]["id"])
    assert served(wider)["features"] != served(ATLAS)["features"]
    assert served(wider)["base"] == served(ATLAS)["base"]


def test_what_stands_already_is_shared(wider):
    assert wider.clause("panxi-2021/c7/s1/p2") is ATLAS.clause("panxi-2021/c7/s1/p2")
    same = sum(wider.feature(one.id) is one for one in ATLAS.features)
    assert same == len(ATLAS.features) - 1
    assert wider.table["citations"].iloc[0] is ATLAS.table["citations"].iloc[0]
    assert wider.table.geometry.iloc[0] is ATLAS.table.geometry.iloc[0]


def test_a_second_atlas_costs_what_its_plan_adds():
    _ = ATLAS.features, ATLAS.table
    tracemalloc.start()
    held = ATLAS.beside(plan())
    _ = held.features, held.table
    added, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert added < 3_000_000  # bytes: columns of references; the atlas itself holds some thirty times as much


def test_the_wider_atlas_keeps_the_contract(wider):
    assert {one.check for one in issues(wider)} <= {"unaccounted text"}


# ---- what is kept on disk -----------------------------------------------------------------------


def test_the_table_comes_back_as_it_was():
    again = decoded(encoded(ATLAS.table))
    assert list(again.columns) == list(COLUMNS)
    for name in COLUMNS[:-1]:
        assert again[name].dtype == ATLAS.table[name].dtype
        assert again[name].fillna(0).tolist() == ATLAS.table[name].fillna(0).tolist()
    assert again.geometry.geom_equals_exact(ATLAS.table.geometry, 0).sum() == ATLAS.table.geometry.notna().sum()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda whole: whole[: len(whole) // 2], id="cut"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]), id="one-bit"),
        pytest.param(lambda _: b"\x80\x04\x95 a pickle of somebody's", id="foreign"),
        pytest.param(lambda whole: whole[65:], id="without-its-head"),
    ],
)
def test_a_damaged_file_is_made_anew(tmp_path, monkeypatch, damage):
    monkeypatch.setattr(cache, "BUILD", tmp_path)
    assert cache.kept("words", "v1", "全部".encode) == "全部".encode()
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    assert cache.kept("words", "v1", "重做".encode) == "重做".encode()
    assert cache.kept("words", "v1", lambda: b"never asked") == "重做".encode()


def test_only_the_last_versions_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "BUILD", tmp_path)
    for number in range(10):
        cache.kept("words", f"v{number}", lambda: b"x")
    assert len(list(tmp_path.iterdir())) == cache.VERSIONS


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(cache, "BUILD", tmp_path / "file" / "build")
    assert cache.kept("words", "v1", lambda: b"made") == b"made"


def test_bits_tell_rows_of_the_atlas_they_belong_to(wider):
    rows = select(wider, Selection(q="米易机场"))
    assert bits(rows.index.to_numpy(), len(wider.table)) != bits(rows.index.to_numpy()[:0], len(wider.table))
