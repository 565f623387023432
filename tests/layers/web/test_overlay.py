"""A planner's own layer as the map shows it: coloured by a column, never larger than a browser bears."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Point, Polygon

from layers.web.overlay import MOST_BYTES, drawn, styled


def frame_of(values) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"v": values}, geometry=[Point(100 + i / 100, 30) for i in range(len(values))], crs=4326)


def test_categories_are_at_most_eight_and_the_rest():
    style = styled(frame_of([f"c{i % 12}" for i in range(100)] + [None]), "v")
    assert len(style.entries) == 9
    assert style.entries[-1].label == ""
    assert style.classes[-1] == 8
    assert len({one.colour for one in style.entries}) == 9


def test_numbers_are_classed_from_low_to_high():
    style = styled(frame_of([str(i) for i in range(100)]), "v")
    assert len(style.entries) == 5
    assert list(style.classes) == sorted(style.classes)
    assert [style.classes.count(i) for i in range(5)] == [20, 20, 20, 20, 20]
    assert style.entries[0].label == "0 – 19.8"


def test_numbers_that_are_missing_have_their_own_class():
    style = styled(frame_of([*map(float, range(20)), None, float("nan")]), "v")
    assert style.classes[-2:] == (5, 5)


def test_few_numbers_are_categories():
    assert [one.label for one in styled(frame_of([1, 2, 2, 1, 2]), "v").entries] == ["2", "1"]


def test_what_the_browser_gets_is_never_larger_than_the_limit():
    rows = 30_000
    frame = gpd.GeoDataFrame(
        {"名称": ["很长的名称" * 40] * rows}, geometry=shapely.points(np.full(rows, 104.0), np.linspace(28, 32, rows)), crs=4326
    )  # fmt: skip
    found = drawn("a", frame)
    assert len(found.text.encode()) < MOST_BYTES + 1000
    assert 0 < found.features < rows
    assert len(found.content()["features"]) == found.features


def test_a_small_shape_does_not_vanish():
    tiny = Polygon([(104, 30), (104.00001, 30), (104.00001, 30.00001)])
    ((_, shape, _),) = drawn("a", gpd.GeoDataFrame(geometry=[tiny], crs=4326)).content()["features"]
    assert shape["coordinates"]


def test_the_key_follows_the_content():
    frame = frame_of([1, 2])
    assert drawn("a", frame).key == drawn("a", frame).key
    assert drawn("a", frame).key != drawn("a", frame, "v").key
