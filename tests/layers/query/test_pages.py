"""What the pages tell: numbers, relations, positioning and comparisons of the real data."""

from __future__ import annotations

import csv
import io

import geopandas as gpd
import pytest
from pyproj import Geod

from geo.gazetteer import boundary, prefectures, zone_boundary
from layers.atlas import bundled
from layers.errors import LayerError
from layers.query.comparison import check, counts_beside, counts_csv, frames, wordings
from layers.query.profile import area, changes_of, corridors, statements, subject, targets_of
from layers.query.relations import nearby, related
from layers.query.reports import changes_table
from layers.query.selection import Selection, select
from layers.query.summary import OUTSIDE, WHOLE, count, kilometres, line_km, matrix_csv, order
from layers.web.charts import bars
from plans.positioning import sentence
from plans.story import between, timeline
from plans.vocabulary import keys

ATLAS = bundled()

GEOD = Geod(ellps="WGS84")


def row_of(name: str):
    return ATLAS.table[ATLAS.table["name"] == name].iloc[0]


# ---- counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [("layer", "status"), ("layer", "zone"), ("zone", "status"), ("kind", "document")])
def test_every_number_is_what_its_selection_shows(parts: tuple[str, str]):
    found = count(ATLAS, ATLAS.table, *parts)
    for row in found.cells.index:
        for column in found.cells.columns:
            asked = {}
            for part, key in zip(parts, (row, column), strict=True):
                asked |= (
                    {"layer": [key.split("/")[0]], "kind": [key.split("/")[1]]} if part == "kind" else {part: [key]}
                )
            assert found.cells.at[row, column] == len(select(ATLAS, Selection.parse(ATLAS, asked))), (
                row,
                column,
            )


def test_a_feature_of_two_zones_counts_in_both_and_once_in_the_total():
    found = count(ATLAS, ATLAS.table, "zone", "status")
    assert found.total == len(ATLAS.table)
    assert (
        found.of_rows.sum() - found.total
        == (ATLAS.table["zones"].map(len) - 1).clip(lower=0).sum() - (ATLAS.table["zones"].map(len) == 0).sum()
    )
    assert found.of_columns.sum() == len(ATLAS.table)


def test_rows_and_columns_of_nothing_are_left_out():
    found = count(ATLAS, ATLAS.table[ATLAS.table["layer"] == "transport"], "layer", "status")
    assert list(found.cells.index) == ["transport"]


# ---- kilometres --------------------------------------------------------------------------------


def test_of_a_whole_only_what_its_parts_leave_is_counted():
    whole, part = row_of("成渝铁路"), row_of("成渝铁路成都至隆昌段扩能改造工程")
    assert part["part_of"] == whole["id"]
    length = {one["id"]: GEOD.geometry_length(one.geometry) / 1000 for one in (whole, part)}
    km = line_km(ATLAS)[WHOLE]
    assert km[part.name] == pytest.approx(length[part["id"]])
    assert km[whole.name] == pytest.approx(length[whole["id"]] - length[part["id"]])


def test_no_part_makes_a_whole_negative():
    assert (line_km(ATLAS) >= 0).all().all()
    river = row_of("雅砻江(二滩、官地、锦屏)库区航道整治工程")  # its three parts overlap
    assert line_km(ATLAS).at[river.name, WHOLE] == 0


def test_kilometres_of_expressways_in_panxi_by_another_way():
    lines = ATLAS.table[
        (ATLAS.table["kind"] == "expressway") & ATLAS.table["length_km"].notna() & (ATLAS.table["part_of"] == "")
    ]
    alone = lines[~lines["id"].isin(ATLAS.table["part_of"])]
    ground = gpd.GeoSeries([zone_boundary("panxi")], crs=4326)
    equal_distance = "+proj=aeqd +lat_0=27.5 +lon_0=102 +datum=WGS84"
    clipped = alone.geometry.to_crs(equal_distance).clip(ground.to_crs(equal_distance).iloc[0]).length / 1000
    mine = line_km(ATLAS).loc[alone.index, "panxi"]
    assert clipped.sum() > 300
    assert mine.sum() == pytest.approx(clipped.sum(), rel=0.003)


def test_zones_and_what_lies_outside_make_the_whole():
    lines = ATLAS.table[ATLAS.table["layer"] == "transport"]
    by_zone, by_kind = kilometres(ATLAS, lines, "zone", "status"), kilometres(ATLAS, lines, "kind", "status")
    assert OUTSIDE in by_zone.cells.index
    assert by_zone.total == by_kind.total == pytest.approx(by_kind.of_rows.sum())
    assert by_zone.of_rows.sum() == pytest.approx(by_zone.total, rel=0.005)
    for zone in keys("zone"):
        assert by_zone.of_rows[zone] == pytest.approx(kilometres(ATLAS, lines, "kind", "status", zone).total)


def test_prefectures_make_their_zone():
    inside = line_km(ATLAS)[["510400", "513400"]].sum().sum()
    assert inside == pytest.approx(line_km(ATLAS)["panxi"].sum(), rel=0.01)


def test_the_csv_of_a_matrix_holds_its_totals():
    found = count(ATLAS, ATLAS.table, "layer", "status")
    text = matrix_csv(ATLAS, found)
    assert text.startswith("\ufeff要素数,已建成")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[-1][0] == "合计"
    assert rows[-1][-1] == str(len(ATLAS.table))
    assert [int(cell) for cell in rows[3][1:-1]] == found.cells.loc["transport"].tolist()
    assert matrix_csv(ATLAS, kilometres(ATLAS, ATLAS.table, "zone", "status")).count("省外") == 1


def test_the_keys_of_a_part_are_in_order_and_complete():
    assert set(ATLAS.table["layer"] + "/" + ATLAS.table["kind"]) <= set(order(ATLAS, "kind"))
    assert len(order(ATLAS, "place")) == 21


def test_a_chart_carries_the_keys_that_a_click_asks_for():
    found = count(ATLAS, ATLAS.table, "layer", "status")
    spec = bars(found, {key: key for key in found.cells.index}, {key: key for key in found.cells.columns}, "n")
    values = spec["data"]["values"]
    assert sum(one["n"] for one in values) == len(ATLAS.table)
    assert {(one["row"], one["column"]) for one in values} <= {(a, b) for a in keys("layer") for b in keys("status")}


# ---- relations ---------------------------------------------------------------------------------


def test_relatives_of_an_expressway():
    one = row_of("攀枝花至盐源高速公路")
    kin = related(ATLAS, one["id"])
    assert {"乐山至西昌高速公路", "西昌至宁南高速公路"} <= set(kin["sentence"]["name"])
    assert all(set(one["counties"]) & set(codes) for codes in kin["county"]["counties"])
    listed = [each for rows in kin.values() for each in rows["id"]]
    assert one["id"] not in listed
    assert len(listed) == len(set(listed)), "a relative is listed twice"


def test_whole_parts_and_siblings():
    whole = row_of("G4218线")
    parts = related(ATLAS, whole["id"])["parts"]
    assert {"雅安至康定高速公路", "新都桥至理塘高速公路", "理塘至巴塘高速公路"} <= set(parts["name"])
    kin = related(ATLAS, row_of("理塘至巴塘高速公路")["id"])
    assert list(kin["whole"]["id"]) == [whole["id"]]
    assert "新都桥至理塘高速公路" in set(kin["siblings"]["name"])


def test_nearby_is_geodesic_and_says_how_sure_it_is():
    one = row_of("攀枝花学院")
    near = nearby(ATLAS, one["id"], 20).set_index("name")
    other = row_of("攀枝花市中心医院")
    lon, lat = one.geometry.x, one.geometry.y
    km = GEOD.inv(lon, lat, other.geometry.x, other.geometry.y)[2] / 1000
    assert near.at["攀枝花市中心医院", "km"] == pytest.approx(km, abs=1e-6)
    assert near.at["攀枝花市中心医院", "error_km"] == one["error_km"] + other["error_km"]
    for each in near.itertuples():
        assert each.km <= 20
        if each.verdict == "sure":
            assert each.km + each.error_km <= 20
        assert (each.verdict == "unknown") == (each.error_km > 20)
    assert near["km"].is_monotonic_increasing
    assert {"sure", "unknown"} <= set(near["verdict"])


def test_nothing_is_near_what_is_not_drawn():
    assert nearby(ATLAS, ATLAS.table[ATLAS.table["precision"] == "none"]["id"].iloc[0], 50).empty


# ---- zones and prefectures ---------------------------------------------------------------------


def test_positioning_of_panxi_word_for_word():
    said = statements(area(ATLAS, "panxi"))
    assert [one.clause_id for one in said] == [f"panxi-2021/c2/s3/p{n}" for n in (1, 2, 3, 4)]
    assert [one.clause.text[slice(*one.marks[0])] for one in said] == [
        "国家战略资源创新开发试验区",
        "全国重要的清洁能源基地",
        "现代农业示范基地",
        "国际阳光康养旅游目的地",
    ]


@pytest.mark.parametrize("zone", keys("zone"))
def test_every_zone_states_four_positionings(zone: str):
    assert len(statements(area(ATLAS, zone))) == 4


def test_positioning_of_prefectures_is_of_the_text_and_theirs():
    assert statements(area(ATLAS, "南充"))[0].words == (
        "支持南充依托嘉陵江人文生态底蕴,推进生态功能与城市功能有机融合,建设成渝地区北部中心城市、重要交通枢纽节点和嘉陵江绿色生态经济带示范市。"
    )
    for one in prefectures():
        for said in statements(area(ATLAS, one.adcode)):
            assert said.words in ATLAS.clause(said.clause_id).text
            assert said.marks
            assert all(said.start <= start < end <= said.end for start, end in said.marks)
            assert all(one.adcode in row_by_id(each)["prefectures"] for each in said.features)
    assert statements(area(ATLAS, "自贡市")) == ()


def row_by_id(identity: str):
    return ATLAS.table[ATLAS.table["id"] == identity].iloc[0]


def test_a_sentence_ends_at_its_stop():
    text = "甲。乙丙；丁"
    assert [sentence(text, *at) for at in ((0, 1), (2, 3), (5, 6))] == [(0, 2), (2, 5), (5, 6)]


def test_targets_of_a_zone_and_of_a_prefecture():
    assert len(targets_of(area(ATLAS, "panxi"))) == 66
    assert {"攀枝花市", "攀枝花钒钛高新区"} <= {one.scope for one in targets_of(area(ATLAS, "攀枝花市"))}
    scopes = {one.scope for one in targets_of(area(ATLAS, "成都市"))}
    assert "成都市温江区" in scopes
    assert "成都平原经济区" not in scopes
    assert {one.scope for one in targets_of(area(ATLAS, "内江市"))} >= {"内江市、自贡市", "隆昌市、荣昌区"}


def test_corridors_tell_what_the_text_names_from_what_is_only_drawn():
    found = corridors(area(ATLAS, "panxi"))
    assert found.iloc[0]["named"]
    assert (found[~found["named"]]["km"] > 0).all()
    named = ATLAS.table[(ATLAS.table["layer"] == "corridor") & ATLAS.table["zones"].map(lambda zones: "panxi" in zones)]
    assert set(found[found["named"]]["id"]) == set(named["id"])
    axis = row_of("攀西文化旅游经济带")
    inside = axis.geometry.intersection(boundary("510400"))
    assert corridors(area(ATLAS, "510400")).set_index("id").at[axis["id"], "km"] == pytest.approx(
        GEOD.geometry_length(inside) / 1000, abs=0.06
    )


def test_changes_of_a_prefecture_are_of_its_features():
    one = area(ATLAS, "凉山彝族自治州")
    found = changes_of(one)
    assert set(found["编号"]) <= set(one.features["id"])
    assert list(found["mark"].map(["conflict", "weaker", "advanced", "differs", "unchanged"].index)) == sorted(
        found["mark"].map(["conflict", "weaker", "advanced", "differs", "unchanged"].index)
    )


@pytest.mark.parametrize("value", ["川中", "盐源县", "四川省", "重庆市", "f-00001", ""])
def test_what_is_no_zone_or_prefecture_is_answered_with_the_way_out(value: str):
    with pytest.raises(LayerError, match="经济区或市州"):
        area(ATLAS, value)


# ---- story and comparison ----------------------------------------------------------------------


def test_the_timeline_holds_every_mention_once():
    one = ATLAS.feature(row_of("攀枝花至盐源高速公路")["id"])
    moments = timeline(one)
    assert [each.said[0].document.dated for each in moments] == ["2021-06-09", "2023"]
    assert [said for each in moments for said in each.said] == list(one.mentions)
    assert moments[0].moved is None
    assert moments[1].moved.mark == "advanced"


def test_wordings_of_two_documents():
    found = wordings(ATLAS, "panxi-2021", "revitalization-opinion-2023")
    by_name = found.set_index("名称")
    line = by_name.loc["攀枝花至盐源高速公路"]
    assert (line["side"], line["变化"], line["左·表述"]) == ("both", "推进", "推进…前期工作")
    assert line["右·条款"] == "revitalization-opinion-2023/a3"
    sides = found["side"].value_counts()
    named = {slug: set(subject(ATLAS, slug).features["id"]) for slug in ("panxi-2021", "revitalization-opinion-2023")}
    assert sides["both"] == len(named["panxi-2021"] & named["revitalization-opinion-2023"])
    assert sides["left"] == len(named["panxi-2021"] - named["revitalization-opinion-2023"])
    assert set(found[found["side"] != "both"]["mark"]) == {""}


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        pytest.param("成渝地区双城经济圈", "表述不同", id="a-strategy"),
        pytest.param("G76(G85)成都至重庆高速公路扩容", "表述不同", id="works-beside-a-start"),
        pytest.param("汶川至川主寺高速公路", "同期不一致", id="two-stages"),
        pytest.param("攀枝花至盐源高速公路", "推进", id="from-stage-to-stage"),
    ],
)
def test_the_table_of_changes_says_no_more_than_the_words(name, mark):
    found = changes_table(ATLAS)
    assert set(found[found["名称"] == name]["变化"]) == {mark}


def test_the_order_of_two_documents_does_not_turn_a_change_round():
    one = ATLAS.feature(row_of("攀枝花至盐源高速公路")["id"])
    assert between(one, "panxi-2021", "revitalization-opinion-2023") == "advanced"
    assert between(one, "revitalization-opinion-2023", "panxi-2021") == "advanced"


def test_counts_beside_add_up():
    left, right = subject(ATLAS, "攀西经济区"), subject(ATLAS, "southern")
    found = counts_beside(left, right)
    assert found["left"].sum() == len(left.features)
    assert found["right"].sum() == len(right.features)
    assert counts_csv(left, right).startswith("\ufeff图层,状态,攀西经济区,川南经济区\r\n")


def test_frames_are_of_one_scale_and_hold_their_ground():
    left, right = subject(ATLAS, "攀枝花市"), subject(ATLAS, "甘孜藏族自治州")
    spans = [east - west for (_, west), (_, east) in frames(left, right)]
    assert spans[0] == pytest.approx(spans[1])
    for one, ((south, west), (north, east)) in zip((left, right), frames(left, right), strict=True):
        bounds = boundary(one.key).bounds
        assert west <= bounds[0] + 1e-9
        assert south <= bounds[1] + 1e-9
        assert east >= bounds[2] - 1e-9
        assert north >= bounds[3] - 1e-9
    documents = subject(ATLAS, "panxi-2021"), subject(ATLAS, "southern-2021")
    assert frames(*documents)[0] == frames(*documents)[1]


def test_what_cannot_be_compared_is_said():
    with pytest.raises(LayerError, match="不是同一类"):
        check(subject(ATLAS, "panxi"), subject(ATLAS, "panxi-2021"))
    with pytest.raises(LayerError, match="另选一个"):
        check(subject(ATLAS, "panxi"), subject(ATLAS, "panxi"))
    with pytest.raises(LayerError, match="没有“涪陵”"):
        subject(ATLAS, "涪陵")
