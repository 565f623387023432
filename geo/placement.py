"""Feature to placement: where it is on the map, how that is known, and how far it may be off.

The reviewed record (data/placements.csv) names the places; geometry follows from them by the first
rule that applies: a curated position, the course of a named river, a line through the named places,
the union of the members of an area, the seats of the places. Nothing is drawn finer than it is known.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache, lru_cache

import shapely
from shapely.geometry import MultiLineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.alignment import alignment
from geo.districts import crossed
from geo.errors import GeoError
from geo.gazetteer import SICHUAN, Place, boundary, place, places, prefectures, zone_of
from geo.measure import apart_km, distance_km, reach_km
from geo.railways import error_km as track_error_km
from geo.railways import existing, route
from geo.rivers import named_river, reach, span
from plans.features import Feature
from plans.records import Row
from plans.vocabulary import shape

# A city as such stands at its seat; many prefectures have moved theirs out of the old centre.
SEAT_ERROR_KM = {"county": 5.0, "prefecture": 10.0}
AREAS = ("area", "schematic_area")
BOUNDARY_ERROR_KM = 1.0  # generalisation of the boundary source
LEAST_LINE_ERROR_KM = 5.0
LEAST_BELT_ERROR_KM = 10.0
Stop = tuple[str, tuple[float, float]]  # a name and where it is, lon/lat degrees
BANK_KINDS = ("ecological_barrier", "ecological_corridor", "restoration")  # along a river, not in it
RIVER_KINDS = (
    "river_works",
    "waterway",
    "ecological_barrier",
    "ecological_corridor",
    "restoration",
    "pollution_control",
    "flood_control",
    "development_belt",
    "economic_belt",
)


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
    basis: str  # text (the document says where), known (publicly), guess (our inference)
    crossed: tuple[Place, ...] = ()  # the districts that a line runs through as drawn

    def __post_init__(self) -> None:
        if (self.geometry is None) != (self.error_km is None):
            raise GeoError(f"{self.feature}: 几何与误差必须同时给出 (geometry and error_km go together)。")
        if self.geometry is not None and (self.geometry.is_empty or not self.geometry.is_valid):
            raise GeoError(f"{self.feature}: 几何为空或无效 (empty or invalid geometry)。")

    @property
    def named(self) -> tuple[str, ...]:
        """Adcodes of the places that the text or public sources name, of any level, in and out of Sichuan."""
        return tuple(one.adcode for one in self.places)

    @property
    def prefectures(self) -> tuple[str, ...]:
        """Adcodes of the prefectures of Sichuan it lies in: as its places are named, then as a line crosses them.

        The whole province is all of them, but for a line, which lies where it is drawn.
        """
        codes = dict.fromkeys(one.prefecture for one in (*self.places, *self.crossed) if one.in_sichuan)
        if SICHUAN in codes and not self.is_line:
            codes |= dict.fromkeys(one.adcode for one in prefectures())
        return tuple(code for code in codes if code != SICHUAN)

    @property
    def counties(self) -> tuple[str, ...]:
        """Adcodes of the counties it is known to lie in, of Sichuan and around; of a line all that it crosses."""
        return tuple(dict.fromkeys(one.adcode for one in (*self.places, *self.crossed) if one.level == "county"))

    @property
    def is_line(self) -> bool:
        """Tell whether it is drawn as a line."""
        return self.geometry is not None and self.geometry.geom_type.endswith("LineString")

    @property
    def zones(self) -> tuple[str, ...]:
        """The economic zones it lies in."""
        return tuple(dict.fromkeys(zone_of()[code] for code in self.prefectures))


@dataclass(frozen=True, slots=True)
class _Case:
    """What the rules see: the feature, its reviewed record, and its places."""

    feature: Feature
    row: Row
    places: tuple[Place, ...]

    @property
    def shape(self) -> str:
        return shape(self.feature.layer, self.feature.kind)

    @property
    def local(self) -> tuple[Place, ...]:
        """The places that are finer than a province; a municipality counts as one place."""
        return tuple(one for one in self.places if one.level != "province" or one.adcode.startswith("50"))

    @property
    def is_belt(self) -> bool:
        return self.feature.layer == "corridor" or self.feature.kind in BANK_KINDS

    @property
    def grounds(self) -> list[BaseGeometry]:
        return [ground for one in self.local if (ground := boundary(one.adcode)) is not None]

    @property
    def seats(self) -> list[tuple[float, float]]:
        """The seats of the local places, lon/lat degrees."""
        return [(one.lon_degree, one.lat_degree) for one in self.local]

    @property
    def level(self) -> str:
        """How fine the places are: county where all of them are counties, else prefecture."""
        return "county" if all(one.level == "county" for one in self.local) else "prefecture"

    def doubt_km(self, drawn: BaseGeometry) -> float:
        """How far a thing may be from where it is guessed to be: anywhere in its places."""
        return apart_km(drawn, shapely.union_all(self.grounds))

    def placement(self, geometry: BaseGeometry, precision: str, error_km: float, method: str, source: str) -> Placement:
        """The placement of this feature, its error to the hundred metres."""
        basis = self.row["basis"]
        cut = crossed(geometry) if geometry.geom_type.endswith("LineString") else ()
        return Placement(
            self.feature.id, self.places, geometry, precision, round(error_km, 1), method, source, basis, cut
        )


def place_feature(feature: Feature, row: Row | None) -> Placement:
    """Return the placement that the reviewed record of `feature` gives; GeoError when it is missing or unusable."""
    if row is None:
        raise GeoError(f"{feature.id} {feature.name} 在 data/placements.csv 中没有记录 (no placement)。")
    return place_record(feature, row, tuple(place(name) for name in row["places"].split()))


def place_record(feature: Feature, row: Row, named: tuple[Place, ...]) -> Placement:
    """Return the placement that a record of data/placements.csv and its places give."""
    case = _Case(feature, row, named)
    for rule in (_curated, _river, _line, _area, _points):
        found = rule(case)
        if found:
            return found
    unplaced = "文中未给出可落图的位置"
    return Placement(feature.id, case.places, None, "none", None, "not placed", unplaced, row["basis"])


def _curated(case: _Case) -> Placement | None:
    """A reviewed position."""
    row = case.row
    if not row["lon"]:
        return None
    position = Point(float(row["lon"]), float(row["lat"]))
    return case.placement(position, row["precision"], float(row["error_km"]), "curated position", row["source"])


def _river(case: _Case) -> Placement | None:
    """Works on a river follow it between their via-points, stretch by stretch, or inside their places."""
    river = named_river(case.feature.name) if case.feature.kind in RIVER_KINDS else None
    if river is None or case.row["lon"] or case.row["precision"]:
        return None
    written = [[position for _, position in via_points(part)] for part in case.row["via"].split("|")]
    parts = [span(river, stops) if stops else reach(river, shapely.union_all(case.grounds)) for stops in written]
    found = [part for part in parts if part is not None]
    if not found or len(found) < len(written):
        return None
    course = found[0] if len(found) == 1 else shapely.union_all(found)
    source = "；".join(filter(None, (f"{river.name}，{river.source}", case.row["source"])))
    if case.is_belt:  # it lies along its river, and holds the towns of its places
        error_km = max(LEAST_BELT_ERROR_KM, apart_km(course, MultiPoint(case.seats)))
        return case.placement(course, "schematic", error_km, "follows the named river", source)
    return case.placement(course, "network", river.error_km, "follows the named river", source)


def _line(case: _Case) -> Placement | None:
    """A line bends through its via-points, or the seats of its places, in order; between them it is a guess.

    What has via-points is drawn as a line, whatever its kind: works on a river that no source holds, a canal.
    """
    if case.row["precision"] or not (case.shape == "line" or case.row["via"]):
        return None
    branches = _branches(case)
    if not branches:
        return None
    named = ["—".join(name for name, _ in branch if name) for branch in branches]
    known = f"走向依据：{case.row['source']}" if case.row["source"] else ""
    passed = "；".join(filter(None, ["依次经过：" + "；".join(filter(None, named)) if any(named) else "", known]))
    courses = [[point for _, point in branch] for branch in branches]
    drawn = not all(name for branch in branches for name, _ in branch)
    track = route(courses[0]) if case.feature.name in existing() and not drawn else None
    if track is not None:
        source = f"现有铁路（© OpenStreetMap contributors，ODbL，已简化），{passed}"
        return case.placement(track, "network", track_error_km(track), "follows existing track", source)
    longest = max(distance_km(a, b) for points in courses for a, b in itertools.pairwise(points))
    lines = [alignment(points) for points in courses]
    line = lines[0] if len(lines) == 1 else MultiLineString(lines)
    told = float(case.row["error_km"] or 0)  # of what was drawn: how far off its vertices may be
    error_km = max(LEAST_LINE_ERROR_KM, longest / 4, told)  # a route bends off the straight by up to a quarter
    if case.row["basis"] == "guess":
        error_km = max(error_km, case.doubt_km(line))
    return case.placement(line, "schematic", error_km, "through named places", passed)


def _branches(case: _Case) -> list[list[Stop]]:
    """The stops of each branch of a line, none repeated in a row; [] when they make no line."""
    written = [via_points(branch) for branch in case.row["via"].split("|")]
    if written == [[]]:
        written = [list(zip((one.name for one in case.local), case.seats, strict=True))]
    branches = [[stop for i, stop in enumerate(stops) if not i or stop[1] != stops[i - 1][1]] for stops in written]
    return branches if all(len(branch) > 1 for branch in branches) else []


def via_points(text: str) -> list[Stop]:
    """Read `盐源县;新都桥@101.49,30.04;@101.5,30.1`: districts stand for their seats, what was drawn has no name.

    GeoError names a bad one.
    """
    found: list[Stop] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, at, position = part.partition("@")
        if not at:
            one = place(name)
            found.append((one.name, (one.lon_degree, one.lat_degree)))
            continue
        try:
            lon, lat = (float(value) for value in position.split(","))
        except ValueError:
            raise GeoError(f"途经点“{part}”应写作 名称@经度,纬度 (bad via-point)。") from None
        found.append((name, (lon, lat)))
    return found


def _area(case: _Case) -> Placement | None:
    """The union of its places: `area` where the record says what makes it a territory, else schematic."""
    told = case.row["precision"]
    if told not in AREAS and (told or case.shape != "area"):
        return None
    members = tuple(one for one in case.places if boundary(one.adcode) is not None)
    if not told:  # a province is drawn only where the record says so
        members = tuple(one for one in members if one in case.local)
    if not members:
        return None
    ground = _together(members)
    source = "成员：" + "、".join(one.name for one in members)
    if told == "area":
        source += f"；范围依据：{case.row['source']}"
        return case.placement(ground, "area", BOUNDARY_ERROR_KM, "union of members", source)
    far = tuple(one for one in case.places if boundary(one.adcode) is None)
    error_km = _spread_km(members, far)
    return case.placement(ground, "schematic_area", error_km, "union of members", source)


@lru_cache(maxsize=512)  # what lies in one place is drawn alike
def _together(members: tuple[Place, ...]) -> BaseGeometry:
    """The ground of places whose boundary is held, as one."""
    return shapely.union_all([boundary(one.adcode) for one in members])


@lru_cache(maxsize=512)
def _spread_km(members: tuple[Place, ...], far: tuple[Place, ...]) -> float:
    """The radius round the middle of `members` that covers them, and the seats of those that have no boundary here."""
    ground = _together(members)
    centre = (ground.representative_point().x, ground.representative_point().y)
    seats = (distance_km(centre, (one.lon_degree, one.lat_degree)) for one in far)
    return max([reach_km(centre, ground), *seats])


def _points(case: _Case) -> Placement | None:
    """A thing whose site is unknown stands at the seat of each place, with an error that covers the place.

    Where one of them cannot stand for itself (a province, a place far away) the others would claim it all.
    """
    local = [one for one in case.local if boundary(one.adcode) is not None]
    if not local or len(local) < len(case.places) or (len(local) > 1 and case.row["basis"] == "guess"):
        return None
    seats = list(dict.fromkeys((one.lon_degree, one.lat_degree) for one in local))
    geometry = Point(seats[0]) if len(seats) == 1 else MultiPoint(seats)
    source = "政府驻地：" + "、".join(one.name for one in local)
    if case.feature.layer == "city" and case.row["basis"] != "guess":
        return case.placement(geometry, "approximate", SEAT_ERROR_KM[case.level], "seat of the place", source)
    error_km = max(_cover_km(one.adcode) for one in local)
    return case.placement(geometry, case.level, error_km, "seat of the place", source)


@cache
def _cover_km(adcode: str) -> float:
    """The radius round the seat that covers the whole place."""
    one, ground = places()[adcode], boundary(adcode)
    return 0.0 if ground is None else reach_km((one.lon_degree, one.lat_degree), ground)
