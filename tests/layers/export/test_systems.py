"""The coordinate systems of export, against PROJ itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import Point, Polygon

from geo.errors import GeoError
from geo.gcj02 import to_wgs84
from geo.measure import distance_km
from geo.systems import CHOICES, GCJ02, MERIDIANS, NUMBERED, WGS84, coordinate_system
from layers.atlas import bundled
from layers.query.selection import Selection, select

ATLAS = bundled()

BY_PARAMETERS = Transformer.from_crs(
    "EPSG:4326", "+proj=tmerc +lat_0=0 +lon_0=102 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m", always_xy=True
)
PROVINCE = st.tuples(st.floats(97.3, 108.6), st.floats(26.0, 34.4))  # lon, lat degrees of Sichuan


@pytest.mark.parametrize("code", MERIDIANS)
def test_zones_are_those_of_the_register(code):
    crs = CRS.from_epsg(code)
    assert crs.name == f"CGCS2000 / 3-degree Gauss-Kruger CM {MERIDIANS[code]}E"
    values = {one.name: one.value for one in crs.coordinate_operation.params}
    assert values["Longitude of natural origin"] == MERIDIANS[code]
    assert values["False easting"] == 500_000  # no zone prefix
    assert values["Scale factor at natural origin"] == 1


@pytest.mark.parametrize("code", NUMBERED)
def test_numbered_zones_have_their_number_before_the_easting(code):
    crs, zone = CRS.from_epsg(code), NUMBERED[code] // 3
    assert crs.name == f"CGCS2000 / 3-degree Gauss-Kruger zone {zone}"
    x, y = coordinate_system(str(code), []).project([Point(NUMBERED[code], 30)])[0].coords[0]
    assert (x, y) == pytest.approx((zone * 1e6 + 500_000, 3_320_113.398), abs=0.001)
    assert f"带号 {zone}（EPSG:{code}）" in coordinate_system(str(code), []).title


def test_the_numbered_zone_of_the_data_is_the_plain_one_with_its_number():
    shapes = [Point(101.7, 26.6), Point(102.3, 27.9)]
    plain, numbered = (coordinate_system(asked, shapes) for asked in ("cgcs2000-3gk", "cgcs2000-3gk-zone"))
    assert (plain.key, numbered.key) == ("EPSG:4543", "EPSG:4522")
    for one, other in zip(plain.project(shapes), numbered.project(shapes), strict=True):
        assert (other.x - one.x, other.y) == pytest.approx((34_000_000, one.y), abs=0.001)


@pytest.mark.parametrize(
    ("lon", "code"),
    [
        (97.4, 4541),
        (97.6, 4542),
        (99.0, 4542),
        (102.0, 4543),
        (103.4, 4543),
        (103.6, 4544),
        (107.9, 4545),
        (74.0, 4534),
    ],
)
def test_the_zone_is_that_of_the_data(lon, code):
    assert coordinate_system("cgcs2000-3gk", [None, Point(lon, 30)]).key == f"EPSG:{code}"


@pytest.mark.parametrize(
    ("selection", "meridian"),
    [({}, 105), ({"zone": ["panxi"]}, 102), ({"zone": ["northwestern"]}, 102), ({"zone": ["northeastern"]}, 108)],
)
def test_the_zone_of_a_selection_is_that_of_its_centre_and_says_so(selection, meridian):
    shapes = select(ATLAS, Selection.parse(ATLAS, selection)).geometry.to_numpy()
    system = coordinate_system("cgcs2000-3gk", shapes)
    assert (system.meridian, MERIDIANS[int(system.key[5:])]) == (meridian, meridian)
    assert f"中央经线 {meridian}°E" in system.title
    assert f"其中心所在的 {meridian}°E 带" in system.note


def test_a_selection_within_one_zone_has_nothing_to_say():
    assert coordinate_system("cgcs2000-3gk", [Point(101.7, 26.6), Point(102.3, 27.9)]).note == ""


def test_without_geometry_the_zone_is_that_of_the_province():
    assert coordinate_system("cgcs2000-3gk", [None]).key == "EPSG:4543"


@given(PROVINCE, st.sampled_from([*CHOICES, *map(str, range(4541, 4546))]))
def test_every_system_leads_back_within_a_metre(lonlat, asked):
    system = coordinate_system(asked, [Point(lonlat)])
    x, y = (round(value, system.decimals) for value in system.project([Point(lonlat)])[0].coords[0])
    back = (
        to_wgs84(x, y)
        if system == GCJ02
        else Transformer.from_crs(system.crs, "EPSG:4326", always_xy=True).transform(x, y)
    )
    assert distance_km(lonlat, back) < 0.001


@given(PROVINCE)
def test_gauss_kruger_is_the_transverse_mercator_of_proj(lonlat):
    """By PROJ's own parameters instead of the register's code; GRS 80 is the ellipsoid of CGCS2000."""
    ours = coordinate_system("EPSG:4543", []).project([Point(lonlat)])[0]
    assert np.allclose(ours.coords[0], BY_PARAMETERS.transform(*lonlat), atol=0.001)


def test_known_positions():
    """天府广场; Gauss-Krüger by Krüger's own series (n³, GRS 80), Mercator by the sphere's formula."""
    square = [Point(104.0657, 30.6574)]

    def at(asked):
        return coordinate_system(asked, []).project(square)[0].coords[0]

    assert at("4490") == pytest.approx((104.0657, 30.6574), abs=1e-9)
    assert at("3857") == pytest.approx((11584540.733, 3588335.485), abs=0.001)
    assert at("4544") == pytest.approx((410451.037, 3393363.763), abs=0.001)


@given(PROVINCE)
def test_gcj02_is_off_by_hundreds_of_metres(lonlat):
    moved = GCJ02.project([Point(lonlat)])[0]
    assert 0.1 < distance_km(lonlat, moved.coords[0]) < 0.8


def test_whole_geometries_are_projected():
    ring = Polygon([(104, 30), (105, 30), (105, 31)], [[(104.5, 30.2), (104.8, 30.2), (104.8, 30.5)]])
    shapes = [None, ring, Point(104, 30)]
    for asked in CHOICES:
        nothing, area, point = coordinate_system(asked, shapes).project(shapes)
        assert nothing is None
        assert len(area.interiors) == 1
        assert area.exterior.coords[0] == point.coords[0]
    assert list(WGS84.project([])) == list(GCJ02.project([])) == []


@pytest.mark.parametrize("asked", ["4326", "EPSG:4326", "epsg:4326", " EPSG:4326 "])
def test_codes_are_read_with_and_without_their_register(asked):
    assert coordinate_system(asked, []) == WGS84


@pytest.mark.parametrize("asked", ["", "utm", "EPSG:4512", "EPSG:4555", "32648", "²"])
def test_an_unknown_system_is_refused_with_what_there_is(asked):
    with pytest.raises(GeoError, match=r"EPSG:4490.*cgcs2000-3gk.*gcj02.*EPSG:4534.*EPSG:4513"):
        coordinate_system(asked, [])
