"""The nine documents on PostGIS: every question has the answer that the atlas itself gives."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import mapbox_vector_tile
import pytest
import shapely
from distributed import LocalCluster

from layers.query.selection import PARTS, Selection, select
from layers.query.selection import counts as counts_of
from store.errors import StoreError
from store.large import counts, lines, load, load_files, matched, opened, page, standing, tile, where
from store.large.loading import parts_of, read
from tests.store.large.conftest import ATLAS
from tests.store.server import empty_database

SELECTIONS = [
    Selection(),
    Selection(zone=("panxi",)),
    Selection(zone=("panxi", "southern"), layer=("transport",), status=("starting", "preliminary")),
    Selection(place=("510400",), document=("panxi-2021",)),
    Selection(layer=("park",), kind=("industrial_park",), within="104.06,30.66~60"),
    Selection(within="101,26;102,26;102,27;101,27"),
]
IDS = ["all", "zone", "parts", "place", "near", "area"]


@pytest.mark.parametrize("chosen", SELECTIONS, ids=IDS)
def test_a_selection_finds_what_it_finds_in_the_atlas(large, chosen):
    rows = select(ATLAS, chosen)
    assert [key for key, _, _ in page(large, where(ATLAS, chosen), 0, 5000)] == list(rows["id"])
    assert matched(large, ATLAS, chosen) == len(rows) > 0
    assert counts(large, ATLAS, chosen) == {part: counts_of(ATLAS, chosen, part) for part in PARTS}


@pytest.mark.parametrize(
    ("words", "named"), [("机场", "机场"), ("攀枝花 高速", "高速"), ("f-00106", "转化医学"), ("Ｇ", "")]
)
def test_words_are_looked_for_in_names(large, words, named):
    found = page(large, where(ATLAS, Selection(q=words)), 0, 5000)
    assert found
    assert all(named in "".join([properties["name"], *properties["aliases"]]) for _, properties, _ in found)
    assert {key for key, _, _ in found} <= set(select(ATLAS, Selection(q=words))["id"])
    assert len(found) == matched(large, ATLAS, Selection(q=words))


def test_what_would_be_sql_is_a_word(large):
    assert matched(large, ATLAS, Selection(q="');DROP SCHEMA large;--")) == 0
    assert matched(large, ATLAS, Selection(q="100%")) == 0


@pytest.mark.parametrize("chosen", [SELECTIONS[0], SELECTIONS[2], Selection(q="机场")], ids=["all", "parts", "words"])
def test_all_tiles_of_a_deep_level_hold_the_selection(large, chosen):
    z, x, y = 7, range(98, 104), range(48, 58)
    drawn = set()
    for at in ((z, i, j) for i in x for j in y):
        made = tile(large, ATLAS, chosen, at)
        drawn |= (
            {one["properties"]["id"] for one in mapbox_vector_tile.decode(made)["features"]["features"]}
            if made
            else set()
        )
    shown = page(large, where(ATLAS, chosen), 0, 5000)
    with large.engine.connect() as connection:
        sql = "SELECT id, zoom FROM large.drawn"
        zoom = dict(connection.exec_driver_sql(sql).all())
    assert drawn >= {key for key, _, shape in shown if shape and zoom[key] <= z}
    assert drawn <= {key for key, _, _ in shown}


def test_a_level_draws_a_few_of_each_cell_and_the_deepest_all(large):
    with large.engine.connect() as connection:
        sql = "SELECT zoom, count(*) FROM large.drawn GROUP BY zoom ORDER BY zoom"
        numbers = dict(connection.exec_driver_sql(sql).all())
    assert sum(numbers.values()) == ATLAS.table.geometry.notna().sum()
    assert numbers[0] <= 4 * 4  # Sichuan lies in a few cells of the world
    assert numbers[0] < numbers.get(4, 0)


def test_lines_are_a_file_that_is_read_again(large, exported):
    chosen = Selection(zone=("panxi",))
    frame = gpd.read_file(io.BytesIO("".join(lines(large, ATLAS, chosen)).encode()))
    rows = select(ATLAS, chosen)
    assert list(frame["id"]) == list(rows["id"])
    assert shapely.equals_exact(
        frame.geometry.dropna().to_numpy(), rows.geometry.dropna().to_numpy(), 1e-5, normalize=True
    ).all()
    first = {one["id"]: one["properties"] for one in json.loads(exported.read_text(encoding="utf-8"))["features"]}
    told = json.loads("".join(lines(large, ATLAS, chosen)))["features"]
    assert [one for one in told if one["properties"] != first[one["id"]]] == []
    assert json.loads("".join(lines(large, ATLAS, Selection(q="无此一物"))))["features"] == []


def test_pieces_of_a_file_hold_each_feature_once(exported, monkeypatch):
    monkeypatch.setattr("store.large.loading.PART_BYTES", 100_000)
    parts = list(parts_of(exported))
    assert len(parts) > 10
    assert [key for part in parts for key in read(part)["id"]] == list(ATLAS.table["id"])


def test_what_cannot_be_loaded_leaves_what_stands(large, postgis, tmp_path):
    other = tmp_path / "别的.geojson"
    other.write_text('{"type":"Feature","geometry":null}\n', encoding="utf-8")
    with pytest.raises(StoreError, match="one exported feature a line"):
        load_files(postgis, [other])
    assert standing(opened(postgis)) == large
    with pytest.raises(StoreError, match="cannot read"):
        load_files(postgis, [tmp_path / "nowhere"])
    with pytest.raises(StoreError, match="PostgreSQL is needed"):
        load("sqlite:///x.db", [])


def test_workers_of_a_scheduler_load_the_same(postgres, large, exported, monkeypatch):
    url = empty_database(postgres)
    monkeypatch.setattr("store.large.loading.PART_BYTES", 2_000_000)
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        load_files(url, [exported], scheduler=cluster.scheduler_address)
    again = standing(opened(url))
    assert (again.number, again.bounds) == (large.number, large.bounds)
    assert [one[0] for one in page(again, where(ATLAS, Selection()), 0, 5000)] == list(ATLAS.table["id"])
    again.engine.dispose()


def test_nothing_is_loaded_where_nothing_was(postgres, tmp_path):
    empty = opened(empty_database(postgres))
    assert standing(empty) is None
    empty.dispose()
    assert standing(opened(f"sqlite:///{tmp_path}/w.db")) is None
