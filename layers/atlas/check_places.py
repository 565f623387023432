"""Integrity of placements: what a record says of a place, what is drawn there, and what is claimed of it agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import shapely

from geo.districts import LEAST_KM
from geo.errors import GeoError
from geo.gazetteer import boundary, counties, place, places, prefectures, zone_of
from geo.measure import apart_km, length_km
from layers.atlas import Atlas
from layers.atlas.issue import Issue
from plans.records import Row

OUTSIDE_DEGREE = 0.02  # 2 km: a point on a border river may stand on its far bank
FINE = ("exact", "approximate", "network", "area")  # what a guess never claims
POINTS = ("county", "prefecture", "approximate", "exact")
# What is drawn by a boundary: territories, and what the state sets up in a city as a whole.
TERRITORIES = ("zone/", "open_platform/cross_border_zone")
KM_A_DEGREE = 92.0  # of longitude at 34° N: the least that a degree measures here
UNDRAWN = "未画："  # what a source says of the stretch that its geometry lacks
_EXTENSION = re.compile("延[伸长]?[段线]?$")
ROUNDING_KM = 0.05  # errors are kept to the hundred metres


def placements(atlas: Atlas) -> Iterator[Issue]:
    """Every feature has one placement, of known places, with a precision that its error bears out."""
    kind_of = {one["id"]: f"{one['layer']}/{one['kind']}" for one in atlas.records.features}
    known = kind_of.keys()
    placed = Counter(row["feature"] for row in atlas.records.placements)
    for lost in sorted(known - placed.keys()):
        yield Issue("no placement", lost, "")
    for feature_id, number in placed.items():
        if number > 1:
            yield Issue("repeated placement", feature_id, f"{number} rows")
    for row in atlas.records.placements:
        feature_id = row["feature"]
        if feature_id not in known:
            yield Issue("placement of an unknown feature", feature_id, "")
        if row["basis"] not in ("text", "known", "guess"):
            yield Issue("unknown basis", feature_id, row["basis"])
        for name in row["places"].split():
            try:
                place(name)
            except GeoError as error:
                yield Issue("unknown place", feature_id, str(error))
        yield from _precision(row, kind_of.get(feature_id, ""))


def _precision(row: Row, kind: str) -> Iterator[Issue]:
    """A position states an error that its class allows; a boundary is that of a territory, and says what makes it one."""
    if row["lon"]:
        limit = {"exact": 1.0, "approximate": 10.0}.get(row["precision"], 0.0)
        if not 0 < _number(row["error_km"]) <= limit or not all(map(_number, (row["lon"], row["lat"]))):
            yield Issue("precision and error disagree", row["feature"], f"{row['precision']} ±{row['error_km']} km")
        if not row["source"]:
            yield Issue("position without a source", row["feature"], "")
        if row["basis"] != "known":  # a text names places, a guess too: a position is what public sources say
            yield Issue("position that is not known", row["feature"], f"{row['basis']} {row['source']}")
    elif row["precision"] == "area":
        if not kind.startswith(TERRITORIES) or not row["source"]:
            yield Issue("boundary of what is no territory", row["feature"], kind)
        for lost in (name for name in row["places"].split() if boundary(place(name).adcode) is None):
            yield Issue("boundary without a member", row["feature"], lost)
    elif row["precision"] not in ("", "schematic_area", "county", "prefecture"):
        yield Issue("precision without a position", row["feature"], row["precision"])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def geometries(atlas: Atlas) -> Iterator[Issue]:
    """Geometries are valid, lie in the places that they claim, and claim all that they lie in."""
    courses = {row["feature"] for row in atlas.records.placements if row["via"]}
    for row in atlas.table.itertuples(index=False):
        if {zone_of()[code] for code in row.prefectures} != set(row.zones):
            yield Issue("zones and prefectures disagree", row.id, f"{row.zones} {row.prefectures}")
        if row.geometry is None:
            continue
        if not row.geometry.is_valid or row.geometry.is_empty:
            yield Issue("invalid geometry", row.id, row.name)
        if pd.isna(row.error_km) or row.error_km <= 0:
            yield Issue("no error", row.id, row.name)
        grounds = _grounds(row.places)
        if row.basis == "guess" and not _covers(row, grounds):
            yield Issue("guess finer than its places", row.id, f"{row.precision} ±{row.error_km} km")
        if row.geometry.geom_type.endswith("LineString"):
            yield from _line(row, grounds)
        else:
            yield from _claimed(row, grounds)
            if row.id in courses:
                yield Issue("course that is not drawn", row.id, row.name)
        if row.basis == "guess" and row.precision == "schematic_area" and row.layer != "zone":
            yield from _somewhere(row)
    yield from _drawn_alike(atlas)
    yield from _extended(atlas)


def _somewhere(row: Any) -> Iterator[Issue]:
    """What may be anywhere in a zone is not drawn as all of it."""
    for zone in set(row.zones):
        if set(row.places) == {code for code, its in zone_of().items() if its == zone}:
            yield Issue("whole zone drawn for a thing somewhere in it", row.id, f"{row.name}: {zone}")


def _extended(atlas: Atlas) -> Iterator[Issue]:
    """An extension runs on from its whole: it is not drawn over it."""
    drawn = {one.id: atlas.placements[one.id].geometry for one in atlas.features}
    for one in atlas.features:
        own, whole = drawn[one.id], drawn.get(one.part_of)
        if _EXTENSION.search(one.name) and own is not None and whole is not None and own.equals(whole):
            yield Issue("extension drawn over its whole", one.id, f"{one.name}: {one.part_of}")


def _grounds(codes: Iterable[str]) -> dict[str, shapely.Geometry]:
    """The boundaries of districts finer than a province, as far as they are held, by adcode."""
    finer = [code for code in codes if places()[code].level != "province" or code.startswith("50")]
    return {code: ground for code in finer if (ground := boundary(code)) is not None}


@lru_cache(1024)
def _reach(codes: tuple[str, ...]) -> shapely.Geometry:
    """The ground of districts that have boundaries, a little beyond them: hundreds of features lie in the same ones."""
    return shapely.union_all([boundary(code) for code in codes]).buffer(OUTSIDE_DEGREE)


def _covers(row: Any, grounds: Mapping[str, shapely.Geometry]) -> bool:
    """A guessed thing may be anywhere in its places: its error covers them, and its class claims no more."""
    far_km = apart_km(row.geometry, shapely.union_all(list(grounds.values()))) if grounds else 0.0
    return row.precision not in FINE and far_km <= row.error_km + ROUNDING_KM


def _line(row: Any, grounds: Mapping[str, shapely.Geometry]) -> Iterator[Issue]:
    """A line comes to every place that is named, and names every district in which it runs for 5 km and more."""
    for code, ground in grounds.items():
        told = places()[code].name in row.placement_source.partition(UNDRAWN)[2]
        if not told and not _near(row.geometry, ground, row.error_km):
            yield Issue("line misses a place", row.id, f"{row.name}: {places()[code].name}")
    for one in (*prefectures(), *counties()):
        ground = boundary(one.adcode)
        if one.adcode in (*row.prefectures, *row.counties) or ground is None or not ground.intersects(row.geometry):
            continue
        if length_km(ground.intersection(row.geometry)) >= LEAST_KM:
            yield Issue("line crosses a district that it does not name", row.id, f"{row.name}: {one.name}")


def _claimed(row: Any, grounds: Mapping[str, shapely.Geometry]) -> Iterator[Issue]:
    """Points and areas lie in their places, and stand for every one of them."""
    for code in row.places:
        if code not in grounds and row.precision in POINTS and row.placement_method == "seat of the place":
            yield Issue("point for a place that it leaves out", row.id, places()[code].name)
    for code, ground in grounds.items():
        if not _near(row.geometry, ground, row.error_km):
            yield Issue("place left out", row.id, f"{row.name}: {places()[code].name}")
    whole = len(grounds) == len(row.places)  # a place far away has no boundary here
    if whole and grounds and not _reach(tuple(grounds)).contains(row.geometry):
        yield Issue("outside its places", row.id, row.name)


def _near(geometry: shapely.Geometry, ground: shapely.Geometry, error_km: float) -> bool:
    """Tell whether `ground` comes within the error of what is drawn."""
    return bool(geometry.distance(ground) <= max(OUTSIDE_DEGREE, error_km / KM_A_DEGREE))


def _drawn_alike(atlas: Atlas) -> Iterator[Issue]:
    """Things of one kind that lie in several districts are all drawn as areas, or all as points."""
    for (layer, kind), rows in atlas.table.groupby(["layer", "kind"]):
        several = rows[
            (rows["places"].map(len) > 1) & rows["placement_method"].isin(["seat of the place", "union of members"])
        ]
        ways = several.groupby(several["precision"].isin(POINTS))["id"].first()
        if len(ways) > 1:
            yield Issue("one kind drawn in two ways", f"{layer}/{kind}", " ".join(ways))
