"""Integrity of placements: what a record says of a place, what is drawn there, and what is claimed of it agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd
import shapely

from geo.errors import GeoError
from geo.gazetteer import boundary, place
from geo.measure import apart_km
from geo.placement import Placement
from layers.atlas import Atlas
from layers.atlas.issue import Issue

OUTSIDE_DEGREE = 0.02  # 2 km: a point on a border river may stand on its far bank
FINE = ("exact", "approximate", "network", "area")  # what a guess never claims
ROUNDING_KM = 0.05  # errors are kept to the hundred metres


def placements(atlas: Atlas) -> Iterator[Issue]:
    """Every feature has one placement, of known places, with a precision that its error bears out."""
    known = {one["id"] for one in atlas.records.features}
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
        if row["lon"]:
            limit = {"exact": 1.0, "approximate": 10.0}.get(row["precision"], 0.0)
            if not 0 < _number(row["error_km"]) <= limit or not all(map(_number, (row["lon"], row["lat"]))):
                yield Issue("precision and error disagree", feature_id, f"{row['precision']} ±{row['error_km']} km")
            if not row["source"]:
                yield Issue("position without a source", feature_id, "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def geometries(atlas: Atlas) -> Iterator[Issue]:
    """Geometries are valid; points and areas lie in the places they claim, and lines run through them."""
    for row in atlas.table.itertuples(index=False):
        if row.geometry is None:
            continue
        if not row.geometry.is_valid or row.geometry.is_empty:
            yield Issue("invalid geometry", row.id, row.name)
        if pd.isna(row.error_km) or row.error_km <= 0:
            yield Issue("no error", row.id, row.name)
        if not _inside(atlas, row.id, row.geometry):
            yield Issue("outside its places", row.id, row.name)
        if row.basis == "guess" and not _covers_its_places(row, _grounds(atlas.placements[row.id])):
            yield Issue("guess finer than its places", row.id, f"{row.precision} ±{row.error_km} km")


def _covers_its_places(row: Any, grounds: list[shapely.Geometry]) -> bool:
    """A guessed thing may be anywhere in its places: its error covers them, and its class claims no more."""
    far_km = apart_km(row.geometry, shapely.union_all(grounds)) if grounds else 0.0
    return row.precision not in FINE and far_km <= row.error_km + ROUNDING_KM


def _grounds(placed: Placement) -> list[shapely.Geometry]:
    """The districts of a placement that are finer than a province and have a boundary here."""
    finer = [one for one in placed.places if one.level != "province" or one.adcode.startswith("50")]
    return [ground for one in finer if (ground := boundary(one.adcode)) is not None]


def _inside(atlas: Atlas, feature_id: str, geometry: shapely.Geometry) -> bool:
    claimed = atlas.placements[feature_id].places
    grounds = [ground for one in claimed if (ground := boundary(one.adcode)) is not None]
    if geometry.geom_type.endswith("LineString"):
        touched = sum(ground.distance(geometry) < OUTSIDE_DEGREE for ground in grounds)
        return bool(touched >= min(2, len(grounds)))
    if len(grounds) < len(claimed) or not grounds:  # a place far away has no boundary here
        return True
    return bool(shapely.union_all(grounds).buffer(OUTSIDE_DEGREE).contains(geometry))
