"""Feature to placement: where it is on the map, how that is known, and how far it may be off.

The reviewed record (data/placements.csv) names the places; geometry follows from them by the first
rule that applies: a curated position, the course of a named river, a line through the named places,
the union of the members of an area, the seats of the places. Nothing is drawn finer than it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.gazetteer import Place, boundary, place, places, zone_of
from geo.measure import distance_km, reach_km
from geo.rivers import ERROR_KM, named_river, reach
from plans.documents import DATA
from plans.features import Feature
from plans.records import rows
from plans.vocabulary import shape

SEAT_ERROR_KM = 5.0  # a city as such stands at its seat
BOUNDARY_ERROR_KM = 1.0  # generalisation of the boundary source
RIVER_KINDS = ("river_works", "waterway", "ecological_corridor", "restoration", "pollution_control", "flood_control", "development_belt", "economic_belt")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a feature is: lon/lat degrees (WGS84), None where the text gives no place to draw."""

    feature: str
    places: tuple[Place, ...]  # along the line, for lines
    geometry: BaseGeometry | None
    precision: str
    error_km: float | None  # holds the truth at least 95 times in 100
    method: str
    source: str

    def __post_init__(self) -> None:
        if (self.geometry is None) != (self.error_km is None):
            raise GeoError(f"{self.feature}: 几何与误差必须同时给出 (geometry and error_km go together)。")
        if self.geometry is not None and (self.geometry.is_empty or not self.geometry.is_valid):
            raise GeoError(f"{self.feature}: 几何为空或无效 (empty or invalid geometry)。")

    @property
    def prefectures(self) -> tuple[str, ...]:
        """Adcodes of the prefectures of Sichuan it lies in, in the order of its places."""
        return tuple(dict.fromkeys(one.prefecture for one in self.places if one.in_sichuan and one.level != "province"))

    @property
    def counties(self) -> tuple[str, ...]:
        """Adcodes of the counties it lies in, as far as they are known."""
        return tuple(dict.fromkeys(one.adcode for one in self.places if one.level == "county"))

    @property
    def zones(self) -> tuple[str, ...]:
        """The economic zones it lies in."""
        return tuple(dict.fromkeys(zone_of()[code] for code in self.prefectures))


@cache
def placement_rows() -> dict[str, dict[str, str]]:
    return {row["feature"]: row for row in rows(DATA / "placements.csv")}


def place_feature(feature: Feature) -> Placement:
    """Return the placement of `feature`; GeoError when its record is missing or unusable."""
    row = placement_rows().get(feature.id)
    if row is None:
        raise GeoError(f"{feature.id} {feature.name} 在 data/placements.csv 中没有记录 (no placement)。")
    named = tuple(place(name) for name in row["places"].split())
    for rule in (_curated, _river, _line, _area, _points):
        found = rule(feature, named, row)
        if found:
            return found
    return Placement(feature.id, named, None, "none", None, "not placed", "文中未给出可落图的位置")


def _curated(feature: Feature, named: tuple[Place, ...], row: dict[str, str]) -> Placement | None:
    """A reviewed position."""
    if not row["lon"]:
        return None
    position = Point(float(row["lon"]), float(row["lat"]))
    return Placement(
        feature.id, named, position, row["precision"], float(row["error_km"]), "curated position", row["source"]
    )


def _local(named: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(one for one in named if one.level != "province" or one.adcode.startswith("50"))


def _river(feature: Feature, named: tuple[Place, ...], row: dict[str, str]) -> Placement | None:
    """Works on a river follow its course through the named places."""
    if feature.kind not in RIVER_KINDS or not (river := named_river(feature.name)):
        return None
    grounds = [ground for one in named if (ground := boundary(one.adcode)) is not None]
    course = reach(river, shapely.union_all(grounds)) if grounds else None
    if course is None:
        return None
    return Placement(feature.id, named, course, "network", ERROR_KM, "follows the named river", f"{river}，1:400万水系")


def _line(feature: Feature, named: tuple[Place, ...], row: dict[str, str]) -> Placement | None:
    """A line goes through the seats of its places in order; between them it is a guess."""
    stops = list(dict.fromkeys((one.lon_degree, one.lat_degree) for one in _local(named)))
    if shape(feature.layer, feature.kind) != "line" or len(stops) < 2:
        return None
    longest = max(distance_km(a, b) for a, b in zip(stops, stops[1:], strict=False))
    error_km = round(max(10.0, longest / 4), 1)  # a route bends off the straight by up to a quarter
    return Placement(
        feature.id, named, LineString(stops), "schematic", error_km, "through named places",
        "依次连接：" + "—".join(one.name for one in _local(named)),
    )  # fmt: skip


def _area(feature: Feature, named: tuple[Place, ...], row: dict[str, str]) -> Placement | None:
    """An area is the union of its members; only where it is made of whole members is it `area`."""
    exact = row["precision"] == "area"
    members = [ground for one in named if (ground := boundary(one.adcode)) is not None]
    if not exact and (shape(feature.layer, feature.kind) != "area" or len(members) < 2) or not members:
        return None
    ground = shapely.union_all(members)
    source = "成员：" + "、".join(one.name for one in named if boundary(one.adcode) is not None)
    if exact:
        return Placement(feature.id, named, ground, "area", BOUNDARY_ERROR_KM, "union of members", source)
    centre = ground.representative_point()
    error_km = round(reach_km((centre.x, centre.y), ground), 1)
    return Placement(feature.id, named, ground, "schematic_area", error_km, "union of members", source)


def _points(feature: Feature, named: tuple[Place, ...], row: dict[str, str]) -> Placement | None:
    """A thing whose site is unknown stands at the seat of each place, with an error that covers the place."""
    local = [one for one in _local(named) if boundary(one.adcode) is not None]
    if not local or (len(local) > 1 and row["basis"] == "guess"):
        return None
    seats = [(one.lon_degree, one.lat_degree) for one in local]
    geometry = Point(seats[0]) if len(seats) == 1 else MultiPoint(seats)
    source = "政府驻地：" + "、".join(one.name for one in local)
    if feature.layer == "city":
        return Placement(feature.id, named, geometry, "approximate", SEAT_ERROR_KM, "seat of the place", source)
    error_km = max(_cover_km(one) for one in local)
    level = "county" if all(one.level == "county" for one in local) else "prefecture"
    return Placement(feature.id, named, geometry, level, error_km, "seat of the place", source)


@cache
def _cover_adcode_km(adcode: str) -> float:
    one, ground = places()[adcode], boundary(adcode)
    assert ground is not None
    return round(reach_km((one.lon_degree, one.lat_degree), ground), 1)


def _cover_km(one: Place) -> float:
    """The radius round the seat that covers the whole place."""
    return _cover_adcode_km(one.adcode)
