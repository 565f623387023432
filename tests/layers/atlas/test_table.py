"""The atlas as a table, selections of it, and what leaves it."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import polyline
import pytest
import shapely
from shapely.ops import nearest_points

from geo.errors import GeoError
from geo.gazetteer import boundary, place
from geo.measure import distance_km
from layers.atlas import bundled
from layers.atlas.check import issues
from layers.atlas.table import COLUMNS
from layers.errors import LayerError
from layers.export import csv, flat, geojson, safe_cell, write
from layers.query.selection import Selection, counts, select
from layers.web.map import bits
from layers.web.payload import features_table, packed
from plans.errors import PlanError

ATLAS = bundled()


def one(name: str) -> pd.Series:
    """The one feature of this name."""
    rows = ATLAS.table[ATLAS.table["name"] == name]
    assert len(rows) == 1, f"{name}: {len(rows)} features"
    return rows.iloc[0]


def test_the_contract_is_kept():
    assert issues(ATLAS) == []


def test_columns_are_declared_once():
    assert tuple(ATLAS.table.columns) == COLUMNS
    assert ATLAS.table.crs == "EPSG:4326"
    assert ATLAS.table["id"].is_unique


def test_panzhihua_yanyuan_expressway_is_cited_in_2021_and_2023():
    row = one("攀枝花至盐源高速公路")
    assert (row["layer"], row["kind"], row["zones"]) == ("transport", "expressway", ("panxi",))
    assert (row["status"], row["precision"]) == ("starting", "schematic")
    first, second = row["citations"]
    assert (first["clause"], first["page"], first["status"]) == ("panxi-2021/c7/s1/p2", 172, "preliminary")
    assert (second["clause"], second["page"], second["status"]) == ("revitalization-opinion-2023/a3", None, "starting")
    assert second["status_text"] == "支持…在“十四五”期间开工"
    assert row.geometry.geom_type == "LineString"
    assert 80 < row["length_km"] < 200


def test_every_quote_is_a_slice_of_its_clause():
    for row in ATLAS.table.itertuples():
        assert row.citations
        for cited in row.citations:
            text = ATLAS.clause(cited["clause"]).text
            assert text[cited["start"] : cited["end"]] == cited["quote"]
            assert text[: cited["start"]].endswith(cited["prefix"])
            assert text[cited["end"] :].startswith(cited["suffix"])


@pytest.mark.parametrize(
    ("name", "clause_id", "status"),
    [
        pytest.param("江油通用机场", "chengdu-plain-2021/b6/i1", "preliminary", id="shared-noun"),
        pytest.param("成都至自贡至宜宾高铁", "chengdu-plain-2021/b7/i1", "completing", id="own-verb-in-a-list"),
        pytest.param("长宁通用机场", "revitalization-opinion-2023/a3", "promoted", id="planned"),
        pytest.param("宜宾至西昌至攀枝花高铁", "revitalization-opinion-2023/a3", "seeking_listing", id="abbreviation"),
        pytest.param("达州至万州铁路扩能改造", "northeastern-2021/b1/i1", "seeking_listing", id="tail-verb"),
    ],
)
def test_mentions_carry_the_verb_that_governs_them(name, clause_id, status):
    cited = [cited for cited in one(name)["citations"] if cited["clause"] == clause_id]
    assert status in {cited["status"] for cited in cited}


def test_the_five_zones_are_the_real_boundaries():
    row = one("攀西经济区")
    assert row["precision"] == "area"
    expected = shapely.union_all([boundary(place(name).adcode) for name in ("攀枝花市", "凉山彝族自治州")])
    assert row.geometry.equals(expected)


def test_uncertain_points_have_an_error_that_covers_their_county():
    rows = ATLAS.table[(ATLAS.table["precision"] == "county") & (ATLAS.table.geom_type == "Point")]
    assert len(rows) > 100
    for row in rows.head(50).itertuples():
        county = boundary(row.counties[0])
        assert county.contains(row.geometry)
        assert row.error_km >= shapely.hausdorff_distance(row.geometry, county) * 80  # 80 km a degree at least


@pytest.mark.parametrize("name", ["放高路", "货运大道", "“红军路”", "攀枝花科技馆", "雅安熊猫新城"])
def test_a_guess_claims_no_more_than_its_places(name):
    """It may be anywhere in them: 放高路 in 乐至 or 简阳, not within 5 km of a line of ours."""
    row = one(name)
    assert row["basis"] == "guess"
    assert row["precision"] in ("schematic", "county", "prefecture")
    for code in row["counties"] or row["prefectures"]:
        corners = shapely.get_coordinates(boundary(code))[::20]
        assert all(_km(row["geometry"], corner) <= row["error_km"] + 0.5 for corner in corners)


def _km(geometry: shapely.Geometry, corner: tuple[float, float]) -> float:
    near, _ = nearest_points(geometry, shapely.Point(corner))
    return distance_km((near.x, near.y), (corner[0], corner[1]))


def test_nothing_is_drawn_where_the_text_gives_no_place():
    rows = ATLAS.table[ATLAS.table["precision"] == "none"]
    assert rows.geometry.isna().all()
    assert rows["error_km"].isna().all()
    assert ATLAS.table[ATLAS.table.geometry.isna()]["precision"].eq("none").all()


# ---- selections ------------------------------------------------------------------------------


def test_a_selection_restricts_by_every_part():
    chosen = Selection.parse(
        ATLAS, {"zone": ["攀西经济区"], "layer": ["transport"], "kind": ["高速公路"], "document": ["panxi-2021"]}
    )
    assert chosen == Selection(zone=("panxi",), layer=("transport",), kind=("expressway",), document=("panxi-2021",))
    rows = select(ATLAS, chosen)
    assert "攀枝花至盐源高速公路" in set(rows["name"])
    assert all("panxi" in zones for zones in rows["zones"])
    assert set(rows["kind"]) == {"expressway"}


def test_an_empty_selection_is_the_whole_atlas():
    assert not Selection()
    assert len(select(ATLAS, Selection())) == len(ATLAS.table)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("盐源 高速", "攀枝花至盐源高速公路", id="two-words"),
        pytest.param("f-00001", ATLAS.features[0].name, id="id"),
        pytest.param("g4216", "G4216仁寿经新市经金阳经宁南至攀枝花高速公路", id="any-case"),
    ],
)
def test_features_are_found_by_text(query, name):
    assert name in set(select(ATLAS, Selection(q=query))["name"])


def test_text_is_not_a_pattern():
    assert select(ATLAS, Selection(q=".*")).empty


def test_a_place_selects_by_county_and_by_prefecture():
    names = set(select(ATLAS, Selection.parse(ATLAS, {"place": ["盐源县"]}))["name"])
    assert "攀枝花至盐源高速公路" in names
    assert names <= set(select(ATLAS, Selection.parse(ATLAS, {"place": ["凉山"]}))["name"])


@pytest.mark.parametrize(
    ("part", "value", "error", "says"),
    [
        ("zone", "川中", PlanError, "southern 川南经济区"),
        ("layer", "roads", PlanError, "transport 交通"),
        ("kind", "飞艇场", PlanError, "expressway 高速公路"),
        ("status", "done", PlanError, "under_construction"),
        ("document", "x", PlanError, "panxi-2021"),
        ("place", "市中区", GeoError, "511102"),
    ],
)
def test_unknown_values_are_refused_with_what_there_is(part, value, error, says):
    with pytest.raises(error, match=says):
        Selection.parse(ATLAS, {part: [value]})


def test_counts_leave_their_own_part_out():
    chosen = Selection(zone=("panxi",))
    assert counts(ATLAS, chosen, "zone")["southern"] > 400
    found = counts(ATLAS, chosen, "layer")
    assert sum(found.values()) == len(select(ATLAS, chosen))


# ---- exports ---------------------------------------------------------------------------------


def test_geojson_follows_rfc_7946_and_carries_the_citations():
    rows = select(ATLAS, Selection(zone=("panxi",)))
    collection = json.loads(geojson(rows))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert [entry["id"] for entry in collection["features"]] == list(rows["id"])
    for entry in collection["features"]:
        assert entry["properties"]["citations"]
        if entry["geometry"] and entry["geometry"]["type"] == "Polygon":
            assert shapely.geometry.LinearRing(entry["geometry"]["coordinates"][0]).is_ccw


def test_geojson_reads_back_in_geopandas():
    rows = select(ATLAS, Selection(zone=("northwestern",)))
    back = gpd.read_file(io.StringIO(geojson(rows)))
    assert list(back["name"]) == list(rows["name"])
    drawn = rows.geometry.notna().to_numpy()
    assert (
        back.geometry[drawn]
        .geom_equals_exact(rows.geometry[drawn].reset_index(drop=True).set_axis(back.index[drawn]), 1e-5)
        .sum()
        > 0
    )


def test_an_empty_selection_exports_an_empty_collection():
    assert json.loads(geojson(ATLAS.table.head(0)))["features"] == []


def test_csv_keeps_the_wording():
    text = csv(select(ATLAS, Selection(q="攀枝花至盐源高速公路")))
    assert text.startswith("\ufeff编号")
    assert "《攀西经济区“十四五”转型升级发展规划》（2021-06-09）" in text
    assert "第172页" in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_cells_are_never_formulas(text):
    assert safe_cell(text) == "'" + text
    assert safe_cell("正常") == "正常"


def test_flat_tables_have_a_row_a_feature():
    assert len(flat(ATLAS.table)) == len(ATLAS.table)


def test_writing_names_what_went_wrong(tmp_path):
    with pytest.raises(LayerError, match="geojson"):
        write(ATLAS.table.head(1), tmp_path / "x.dwg")
    with pytest.raises(LayerError, match="无法写入"):
        write(ATLAS.table.head(1), tmp_path / "none" / "x.geojson")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *args], capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_writes_what_the_app_writes(tmp_path):
    out = tmp_path / "panxi.geojson"
    done = run("layers", "export", "-o", str(out), "--zone", "panxi")
    assert done.returncode == 0
    assert out.read_text(encoding="utf-8") == geojson(select(ATLAS, Selection(zone=("panxi",))))


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("layers", "export", "-o", "x.geojson", "--zone", "川中"), "川南经济区"),
        (("layers", "export", "-o", "x.dwg"), "geojson"),
        (("plans", "clauses", "nothing"), "panxi-2021"),
    ],
)
def test_commands_refuse_with_the_way_out(args, says):
    done = run(*args)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_clause_command_prints_the_tree():
    done = run("plans", "clauses", "panxi-2021", "--json")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"id", "kind", "path", "page", "text"} <= records[0].keys()
    assert records[-1]["id"].startswith("panxi-2021/c11")


# ---- what the browser loads ------------------------------------------------------------------


def test_the_browser_gets_every_feature_in_table_order():
    drawn = features_table(ATLAS.table)["features"]
    assert [entry["id"] for entry in drawn] == list(ATLAS.table["id"])


def test_what_is_packed_is_what_is_drawn():
    drawn = features_table(ATLAS.table)
    small = packed(drawn)
    words, columns = small["words"], small["columns"]
    unpacked = [
        {name: words[name][value] if name in words else value for name, value in zip(columns, values, strict=True)}
        for values in zip(*columns.values(), strict=True)
    ]
    assert unpacked == drawn["features"]
    assert len(json.dumps(small)) < 0.5 * len(json.dumps(drawn))
    for parts, geometry in zip(small["geometries"], drawn["geometries"], strict=True):
        shape = shapely.geometry.shape(geometry)
        rings = [ring for part in parts for ring in ([part] if isinstance(part, str) else part)]
        if shape.geom_type.endswith("Point"):
            assert parts == shapely.get_coordinates(shape).tolist()
        else:
            decoded = [pair for ring in rings for pair in polyline.decode(ring, 3, geojson=True)]
            assert np.allclose(decoded, shapely.get_coordinates(shape), atol=1e-9)


@pytest.mark.parametrize(("rows", "text"), [([], "AAA="), ([0], "AQA="), ([8], "AAE="), ([0, 1, 8], "AwE=")])
def test_bits(rows, text):
    assert bits(pd.Index(rows, dtype=int).to_numpy(), 9) == text


def test_a_feature_is_found_by_its_id():
    assert ATLAS.feature("f-00001").documents
    with pytest.raises(PlanError, match="f-00123"):
        ATLAS.feature("f-99999")


def test_every_document_is_on_the_map():
    cited = set(ATLAS.table["documents"].explode())
    assert cited == {issued.slug for issued in ATLAS.documents}
