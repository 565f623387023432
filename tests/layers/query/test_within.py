"""Selecting by an area: what is drawn in it, what may lie in it, and distances that are true."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from geo.gazetteer import boundary, place, sichuan
from geo.measure import GEOD
from layers.atlas import bundled
from layers.errors import LayerError
from layers.query.within import area_of, buffer_km, may_lie_within, within

ATLAS = bundled()

YANYUAN = boundary(place("盐源县").adcode)


def distances_km(shape, positions, step_km: float = 0.2) -> np.ndarray:
    """The geodesic distance of each position to the nearest of many points along `shape`."""
    dense = shape if shape.geom_type.endswith("Point") else shapely.segmentize(shape, step_km / 111)
    along = shapely.get_coordinates(dense)
    found = []
    for lon, lat in positions:
        near = along[np.argsort(np.hypot((along[:, 0] - lon) * 0.86, along[:, 1] - lat))[:2000]]
        found.append(GEOD.inv(np.full(len(near), lon), np.full(len(near), lat), near[:, 0], near[:, 1])[2].min() / 1000)
    return np.array(found)


@pytest.mark.parametrize("km", [0.5, 5, 30, 100, 500])
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(Point(104.06, 30.66), id="point"),
        pytest.param(LineString([(98, 32), (108, 29)]), id="line-across-the-province"),
        pytest.param(LineString([(80, 25), (130, 50)]), id="line-across-the-country"),
        pytest.param(MultiPoint([(80, 25), (104, 30), (130, 50)]), id="points-far-apart"),
        pytest.param(YANYUAN.boundary, id="outline"),
    ],
)
def test_a_buffer_is_true_to_less_than_a_percent(shape, km):
    edge = shapely.get_coordinates(buffer_km(shape, km).boundary)
    found = distances_km(shape, edge[np.linspace(0, len(edge) - 1, 60).astype(int)], min(0.2, km / 20))
    assert found == pytest.approx(km, rel=0.01)


@settings(max_examples=30)
@given(st.floats(97, 109), st.floats(26, 34), st.floats(0.1, 300), st.floats(0, 360))
def test_a_circle_has_its_radius_in_every_direction(lon, lat, km, azimuth):
    circle = buffer_km(Point(lon, lat), km)
    assert circle.contains(Point(GEOD.fwd(lon, lat, azimuth, 990 * km)[:2]))
    assert not circle.contains(Point(GEOD.fwd(lon, lat, azimuth, 1010 * km)[:2]))


def test_the_features_of_a_county():
    inside = within(ATLAS.table, YANYUAN)
    assert "攀枝花至盐源高速公路" in set(inside["name"])
    assert list(inside.index) == sorted(inside.index)
    expected = [shape is not None and shape.intersects(YANYUAN) for shape in ATLAS.table.geometry]
    assert list(inside["id"]) == list(ATLAS.table["id"][expected])


def test_parts_may_overlap():
    area = GeometryCollection([YANYUAN, YANYUAN.buffer(0.1), Point(101.5, 27.4)])
    assert set(within(ATLAS.table, YANYUAN.buffer(0.1))["id"]) == set(within(ATLAS.table, area)["id"])


def test_what_may_lie_within_is_drawn_outside_but_nearer_than_its_error():
    maybe = may_lie_within(ATLAS.table, YANYUAN)
    assert len(maybe) > 20
    assert not set(maybe["id"]) & set(within(ATLAS.table, YANYUAN)["id"])
    points = maybe[maybe.geom_type == "Point"].head(20)
    outside = ATLAS.table[
        (ATLAS.table.geom_type == "Point") & ~ATLAS.table["id"].isin(maybe["id"]) & ~ATLAS.table.intersects(YANYUAN)
    ]
    away = distances_km(YANYUAN.boundary, shapely.get_coordinates(points.geometry.to_numpy()))
    assert (away <= points["error_km"].to_numpy() * 1.01 + 0.2).all()
    far = outside.sample(30, random_state=1)
    away = distances_km(YANYUAN.boundary, shapely.get_coordinates(far.geometry.to_numpy()))
    assert (away >= far["error_km"].to_numpy() * 0.99 - 0.2).all()


def test_a_selection_can_be_selected_from():
    some = ATLAS.table.iloc[100:900]
    assert list(within(some, YANYUAN).index) == [i for i in within(ATLAS.table, YANYUAN).index if 100 <= i < 900]


def test_all_that_is_drawn_in_sichuan_lies_in_sichuan():
    assert len(within(ATLAS.table, sichuan())) > 1900
    assert within(ATLAS.table, box(0, 0, 1, 1)).empty
    assert may_lie_within(ATLAS.table, box(0, 0, 1, 1)).empty


def test_the_area_of_a_layer():
    grounds = gpd.GeoDataFrame(geometry=[YANYUAN, Point(104, 30)], crs=4326)
    assert area_of(grounds, 0).area == pytest.approx(YANYUAN.area)
    assert area_of(grounds, 10).contains(Point(104.05, 30))
    with pytest.raises(LayerError, match="no polygons"):
        area_of(grounds.iloc[1:], 0)
    with pytest.raises(LayerError, match="too many features"):
        area_of(gpd.GeoDataFrame(geometry=[Point(104, 30)] * 5001, crs=4326), 1)


@pytest.mark.parametrize("km", [0, -1, 501, float("nan"), float("inf")])
def test_distances_have_limits(km):
    with pytest.raises(LayerError, match="invalid distance"):
        buffer_km(Point(104, 30), km)


@pytest.mark.parametrize(
    ("area", "says"), [(Polygon(), "empty area"), (box(400_000, 3_300_000, 401_000, 3_301_000), "lon/lat degrees")]
)
def test_areas_must_be_areas_on_earth(area, says):
    for select in (within, may_lie_within):
        with pytest.raises(LayerError, match=says):
            select(ATLAS.table, area)
    with pytest.raises(LayerError, match=says):
        buffer_km(area, 1)
