"""The ground that the map is drawn on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import shape

from geo.gazetteer import counties
from layers.web.payload import base_map, boundaries_simplified

Segment = frozenset[tuple[float, float]]


@pytest.fixture(scope="module")
def drawn() -> dict[str, set[Segment]]:
    """The pieces of the boundaries of each level, of two corners each."""
    base = base_map()
    found = {level: Counter(_segments(base[level])) for level in ("counties", "prefectures", "zones")}
    assert {max(of.values()) for of in found.values()} == {1}, "twice on one level"
    return {level: set(of) for level, of in found.items()}


def _segments(collection: dict) -> Iterator[Segment]:
    for feature in collection["features"]:
        for line in shapely.get_parts(shape(feature["geometry"])):
            yield from map(frozenset, pairwise(line.coords))


def test_a_boundary_is_drawn_once_at_the_highest_level(drawn: dict[str, set[Segment]]):
    assert not drawn["counties"] & drawn["prefectures"]
    assert not (drawn["counties"] | drawn["prefectures"]) & drawn["zones"]


def test_no_boundary_is_lost(drawn: dict[str, set[Segment]]):
    """As many pieces as the outlines of all counties have, which the larger units are made of."""
    light = boundaries_simplified()
    parts = [part for one in counties() for part in shapely.get_parts(light[one.adcode])]
    whole = {frozenset(pair) for part in parts for pair in pairwise(part.exterior.coords)}
    assert sum(map(len, drawn.values())) == len(whole) == 11264
