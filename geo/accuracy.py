"""How far the geometry can be trusted: drawn against official figures, and against positions from elsewhere.

Official areas and lengths and the reference positions stand in data/geometry/*.csv with what they are
known from. They measure the atlas; nothing is drawn from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geo.gazetteer import Place, boundary, place, places
from geo.measure import area_km2, distance_km, length_km
from geo.placement import AREAS, Placement
from plans.documents import DATA
from plans.records import rows

GEOMETRY = DATA / "geometry"
BORDER_KM = 1.0  # a dam stands on the river that is the border of two counties


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of what is drawn beside the official one: km² of areas, km of lines."""

    name: str
    drawn: float
    official: float
    known_from: str
    precision: str = "area"

    @property
    def ratio(self) -> float:
        return self.drawn / self.official


@dataclass(frozen=True, slots=True)
class Check:
    """How far a feature is drawn from its position in another source."""

    feature: str
    precision: str
    source: str
    off_km: float
    error_km: float  # as stated

    @property
    def held(self) -> bool:
        return self.off_km <= self.error_km


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Whether a feature is drawn in the prefecture or county that it was judged to lie in without sight of the atlas."""

    feature: str
    level: str  # "prefecture" or "county"
    certain: bool  # by the text or by common knowledge; else a belief
    held: bool


def areas() -> tuple[Figure, ...]:
    """Return the 21 prefectures with their official areas."""
    return tuple(
        Figure(places()[row["adcode"]].name, area_km2(ground), float(row["official_km2"]), "统计年鉴")
        for row in rows(GEOMETRY / "official-areas.csv")
        if (ground := boundary(row["adcode"])) is not None
    )


def lengths(placements: Mapping[str, Placement]) -> tuple[Figure, ...]:
    """Return the lines whose length is public, with the length that is drawn."""
    found = []
    for row in rows(GEOMETRY / "official-lengths.csv"):
        placed = placements[row["feature"]]
        if placed.geometry is not None and placed.geometry.geom_type.endswith("LineString"):
            drawn = length_km(placed.geometry)
            found.append(Figure(row["name"], drawn, float(row["official_km"]), row["known_from"], placed.precision))
    return tuple(found)


def references(placements: Mapping[str, Placement]) -> tuple[Check, ...]:
    """Return the features whose position another public source gives, with the distance to it."""
    found = []
    for row in rows(GEOMETRY / "reference.csv"):
        placed = placements[row["feature"]]
        off_km = _off_km(placed, Point(float(row["lon"]), float(row["lat"])))
        found.append(Check(row["feature"], placed.precision, row["source"], off_km, placed.error_km or 0))
    return tuple(found)


def whereabouts(placements: Mapping[str, Placement]) -> tuple[Whereabouts, ...]:
    """Return for a random sample of point features whether they are drawn in the right prefecture and county.

    A feature that is not drawn is not asked, one that claims no county (precision `prefecture`) not for a county;
    what is drawn as an area holds when the district is one that it claims.
    """
    found = []
    for row in rows(GEOMETRY / "whereabouts.csv"):
        placed = placements[row["feature"]]
        for level in ("prefecture", "county"):
            if not row[level] or placed.geometry is None or (level == "county" and not _claims_county(placed)):
                continue
            held = any(_stands_in(placed, place(name)) for name in row[level].split())
            certain = row[f"{level}_certainty"] == "sure"
            found.append(Whereabouts(row["feature"], level, certain, held))
    return tuple(found)


def _claims_county(placed: Placement) -> bool:
    return bool(placed.counties) if placed.precision in AREAS else placed.precision != "prefecture"


def _stands_in(placed: Placement, district: Place) -> bool:
    """Tell whether a point stands in `district` or at its border, or an area claims it."""
    if placed.precision in AREAS:
        return district.adcode in (*placed.prefectures, *placed.counties)
    ground = boundary(district.adcode)
    return ground is not None and _off_km(placed, ground) <= BORDER_KM


def _off_km(placed: Placement, truth: BaseGeometry) -> float:
    """Return how far what is drawn lies from `truth`, a point or an area."""
    if placed.geometry is None:
        return float("inf")
    here, there = nearest_points(placed.geometry, truth)
    return distance_km((here.x, here.y), (there.x, there.y))
