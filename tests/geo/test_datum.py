"""Which datum an outline fits, and the guard of the stored boundaries."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.datum import BOUNDARIES, Fit, fit, guard, guards, layer
from geo.errors import GeoError
from geo.gcj02 import to_gcj02, wgs84_to_bd09


def offset(shapes):
    """The shapes as a Chinese web map draws them."""
    return [shapely.transform(one, lambda at: np.array([to_gcj02(*pair) for pair in at])) for one in shapes]


def others(name):
    return tuple(one for one in BOUNDARIES if one != name)


@pytest.mark.parametrize("name", BOUNDARIES)
@pytest.mark.parametrize("source", ["other boundaries", "rivers"])
def test_stored_boundaries_are_accepted_and_offset_ones_are_refused(name, source):
    against = others(name) if source == "other boundaries" else ("rivers",)
    assert guard(name, layer(name), against).system == "wgs84"
    with pytest.raises(GeoError, match=r"fits GCJ-02|fits no known line"):
        guard(name, offset(layer(name)), against)


@pytest.mark.parametrize("name", BOUNDARIES)
def test_an_offset_layer_is_told_from_the_other_boundaries(name):
    with pytest.raises(GeoError, match="fits GCJ-02"):
        guard(name, offset(layer(name)), others(name))


def test_every_layer_is_guarded_twice():
    found = guards()
    assert {name for name, _ in found} == set(BOUNDARIES)
    assert len(found) == 2 * len(BOUNDARIES)


def test_counties_of_another_drawing_are_told_apart():
    def redrawn(one):  # generalised, and every vertex some 50 m off
        return shapely.transform(shapely.simplify(one, 0.003), lambda at: at + 0.0007 * np.sin(4321 * at[:, ::-1]))

    drawing = [redrawn(one) for one in layer("counties")]
    assert fit(drawing).system == "wgs84"
    assert fit(offset(drawing)).system == "gcj02"


def test_a_few_counties_are_enough():
    some = layer("counties")[:3]
    assert fit(some).system == "wgs84"
    assert fit(offset(some)).system == "gcj02"
    assert fit(offset(some)).wgs84_m > 150
    assert fit(offset(some)).gcj02_m < 1


def test_bd09_is_told_from_gcj02():
    some = [shapely.transform(one, lambda at: np.column_stack(wgs84_to_bd09(*at.T))) for one in layer("counties")[:3]]
    assert fit(some).system == "bd09"
    assert fit(some).bd09_m < 1


@pytest.mark.parametrize("seed", range(5))
def test_what_follows_no_boundary_tells_nothing(seed):
    rng = np.random.default_rng(seed)
    middles = rng.uniform((98, 27), (108, 33), (200, 2))
    sites = [shapely.Point(at).buffer(rng.uniform(0.01, 0.3)) for at in middles]
    assert fit(sites).system == "unknown"


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param([], id="none"),
        pytest.param([None], id="missing"),
        pytest.param([shapely.Point(104.06, 30.66)], id="one-point"),
        pytest.param([shapely.box(-60, -10, -50, 0)], id="far-away"),
        pytest.param([shapely.box(500_000, 3_300_000, 501_000, 3_301_000)], id="projected"),
    ],
)
def test_too_little_is_unknown(shapes):
    assert fit(shapes).system == "unknown"


@pytest.mark.parametrize(
    ("found", "system"),
    [
        (Fit(19, 0.0, 300.0), "unknown"),
        (Fit(20, 0.0, 300.0), "wgs84"),
        (Fit(20, 300.0, 0.0), "gcj02"),
        (Fit(500, 250.0, 500.0), "unknown"),
        (Fit(500, 150.0, 200.0), "unknown"),
    ],
)
def test_the_answer_needs_a_clear_difference(found, system):
    assert found.system == system
