"""Symbols stand at their places, or the sheet says how far and why: measured from the geometry, on real sheets."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.gazetteer import boundary, prefectures
from layers.atlas import bundled
from layers.paper.ink import Disc, Line, Text
from layers.paper.page import PAPERS, SMALL_FIGURE
from layers.paper.positions import FARTHEST, keys_of
from layers.paper.sheet import Sheet, sheet
from layers.query.scope import in_order, one_line
from layers.query.selection import Selection, select

ATLAS = bundled()
SHEETS = {
    "panxi": (Selection(zone=("panxi",)), "a4"),
    "province": (Selection(), "a4"),
    "chengdu plain": (Selection(zone=("chengdu-plain",)), "a3"),
    "parks": (Selection(zone=("southern",), layer=("park",)), "a4"),
    "transport": (Selection(zone=("panxi",), layer=("transport",)), "a4"),
    "county": (Selection(place=("513423",)), "a4"),
}
CITIES = [boundary(one.adcode) for one in prefectures()]
TREE = shapely.STRtree(CITIES)


@cache
def made(name: str) -> Sheet:
    selection, paper = SHEETS[name]
    return sheet(ATLAS, select(ATLAS, selection), selection, paper=PAPERS[paper])


def city(lon: float, lat: float) -> int:
    hits = TREE.query(shapely.Point(lon, lat), "within")
    return int(hits[0]) if len(hits) else -1


def points_of(name: str):
    """Number, error in km and place on paper of each point that the frame shows: from the records alone."""
    one = made(name)
    rows = in_order(select(ATLAS, SHEETS[name][0]))
    for row in rows[rows.geometry.notna()].to_dict("records"):
        if row["geometry"].geom_type.endswith("Point"):
            for x, y in shapely.get_coordinates(one.plan.view.on_paper(row["geometry"])):
                frame = one.plan.view.frame
                if frame.left < x < frame.right and frame.bottom < y < frame.top:
                    yield row["number"], row["error_km"], (float(x), float(y))


def near(a, b) -> bool:
    return math.dist(a, b) < 1e-6


@pytest.mark.parametrize("name", SHEETS)
def test_no_symbol_stands_elsewhere_without_a_word(name):
    """Within its error and its prefecture; or with a line back to its place; or as a dot at its very place."""
    plan = made(name).plan
    drawn = made(name).pages[0].charted
    rules = [path for ink in drawn if isinstance(ink, Line) for path in ink.paths if len(path) == 2]
    dots = {(round(ink.x, 6), round(ink.y, 6)) for ink in drawn if isinstance(ink, Disc)}
    unexplained, seen = [], 0
    for number, error_km, home in points_of(name):
        seen += 1
        spots = [one for one in plan.lettering.spots if one.feature.number == number and near(one.home, home)]
        if not spots:
            clusters = [
                one
                for one in plan.lettering.clusters
                for who, at in one.dots
                if who.number == number and near(at, home)
            ]
            if not clusters or (round(home[0], 6), round(home[1], 6)) not in dots:
                unexplained.append((number, "has neither symbol nor dot"))
            continue
        at = (spots[0].x, spots[0].y)
        if any(near(path[0], home) and near(path[1], at) for path in rules):
            continue
        lon, lat = plan.view.lonlat(np.array([home[0], at[0]]), np.array([home[1], at[1]]))
        km = Geod(ellps="GRS80").inv(lon[0], lat[0], lon[1], lat[1])[2] / 1000
        if km > 0.01 and (km > error_km * 1.01 or city(lon[0], lat[0]) != city(lon[1], lat[1])):
            unexplained.append((number, f"{km:.1f} km from its place, stated {error_km} km"))
    assert seen > 5
    assert unexplained == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_counted_symbol_leads_to_its_places(name):
    """Its ring holds every dot; the symbol touches the ring, or a line leads to it; the index names its members."""
    one = made(name)
    rules = [path for ink in one.pages[0].charted if isinstance(ink, Line) for path in ink.paths if len(path) == 2]
    texts = [ink.text for page in one.pages for ink in page.printed if isinstance(ink, Text)]
    for cluster in one.plan.lettering.clusters:
        assert all(math.dist(at, cluster.centre) <= cluster.radius for _, at in cluster.dots)
        reach = shapely.Point(cluster.centre).buffer(cluster.radius + 0.01, quad_segs=64)
        touches = reach.intersects(shapely.box(*cluster.box.bounds))
        assert touches or any(near(path[1], cluster.box.centre) for path in rules)
        heads = [text for text in texts if text.startswith(f"{cluster.key}　")]
        assert heads and f"（{len(cluster.members)}）" in "".join(texts)
        for member in cluster.members:
            assert str(member.number) in texts


def test_what_the_map_does_is_said_below_it():
    notes = made("panxi").notes
    km = FARTHEST * made("panxi").plan.view.scale / 1e6
    assert f"移动的符号不出其位置误差和所在政区（{km:.0f} 公里以内）" in notes[0]
    assert "更远的有引线指回原位" in notes[0] and "名称见第2页起的索引" in notes[0]
    spots = made("panxi").plan.lettering.spots
    assert max(one.moved for one in spots if not one.led) <= FARTHEST + 1e-9
    assert all(one.moved == 0 or not one.led for one in made("transport").plan.lettering.spots if one.moved < 0.01)


@pytest.mark.parametrize("name", SHEETS)
def test_every_point_is_told_on_the_map_or_in_the_index(name):
    one = made(name)
    texts = {ink.text for page in one.pages for ink in (*page.charted, *page.printed) if isinstance(ink, Text)}
    numbers = {number for number, _, _ in points_of(name)}
    names = {mark.number: one_line(mark.name, 24) for mark in one.plan.drawn}
    missing = [number for number in numbers if str(number) not in texts and names[number] not in texts]
    assert missing == []


def test_a_figure_of_a_brief_tells_its_projects_and_dots_the_rest():
    selection = Selection(zone=("panxi",), layer=("energy",))
    rows = select(ATLAS, selection)
    first = list(rows[rows.geometry.notna()]["id"].iloc[[3, 9, 11]])
    plan = sheet(ATLAS, rows, selection, paper=SMALL_FIGURE, first=first).plan
    assert {mark.number for mark in plan.lettering.numbered} <= {1, 2, 3}
    points = [mark for mark in plan.drawn if mark.form == "point" and mark.number > 3]
    assert set(plan.lettering.quiet) == set(points) and len(points) > 10


def test_clusters_are_named_as_long_as_the_letters_reach():
    assert keys_of(3) == ["A", "B", "C"]
    assert keys_of(27)[:2] == ["AA", "AB"] and len(set(keys_of(60))) == 60
