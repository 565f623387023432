"""Where the map moves to: the boxes of zones and places are those of their outlines, which a filter does not read."""

from __future__ import annotations

import subprocess
import sys

import pytest
import shapely

from geo.gazetteer import boundary, counties, place, prefectures
from layers.atlas import bundled
from layers.folders import ROOT
from layers.web.map import extent, prepare
from plans.vocabulary import keys, zone_prefectures

ATLAS = bundled()
FRESH = """
from geo.gazetteer import _boundaries, _by_name
from layers.atlas import bundled
from layers.web.map import extent, prepare
prepare(bundled())
assert extent(bundled(), ["panxi", "510400", "510422"])
print(_boundaries.cache_info().currsize + _by_name.cache_info().currsize)
"""


def corners(*shapes):
    west, south, east, north = shapely.total_bounds(shapes)
    return [[south, west], [north, east]]


@pytest.mark.parametrize("one", [*prefectures()[:3], *counties()[::40]], ids=lambda one: one.adcode)
def test_the_box_of_a_place(one):
    assert extent(ATLAS, [one.adcode]) == corners(boundary(one.adcode))


@pytest.mark.parametrize("zone", keys("zone"))
def test_the_box_of_a_zone_is_that_of_its_prefectures(zone):
    assert extent(ATLAS, [zone]) == corners(*(boundary(place(name).adcode) for name in zone_prefectures(zone)))


def test_several_and_none():
    both = corners(boundary("510400"), boundary("513400"))
    assert extent(ATLAS, ["510400", "513400"]) == extent(ATLAS, ["panxi"]) == both
    assert extent(ATLAS, ["530600"]) == corners(boundary("530600"))  # beyond Sichuan
    assert extent(ATLAS, []) is None
    assert extent(ATLAS, ["999999"]) is None


def test_no_outline_is_read_for_a_filter():
    prepare(ATLAS)  # kept on disk from now on
    done = subprocess.run([sys.executable, "-c", FRESH], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
