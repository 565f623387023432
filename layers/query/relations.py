"""What stands beside a feature: its whole and parts, what a sentence names with it, what lies near."""

from __future__ import annotations

import math
from functools import lru_cache

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.measure import length_km
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from plans.features import Mention
from plans.positioning import sentence

LATITUDE_KM = 110.5  # the shortest degree of latitude


def related(atlas: Atlas, feature_id: str) -> dict[str, gpd.GeoDataFrame]:
    """Return the kin of a feature, each kind as rows of the table; empty kinds are left out.

    whole, parts, siblings (parts of the same whole), sentence (named in one sentence with it),
    county (in the same county, where its own is known). None is listed under two kinds.
    """
    rows = atlas.table
    row = rows[rows["id"] == feature_id].iloc[0]
    counties = set(row["counties"])
    wanted = {
        "whole": rows["id"] == row["part_of"],
        "parts": rows["part_of"] == feature_id,
        "siblings": (rows["part_of"] == row["part_of"]) & (row["part_of"] != ""),
        "sentence": rows["id"].isin(_named_together(atlas)[feature_id]),
        "county": rows["counties"].map(lambda codes: not counties.isdisjoint(codes)).astype(bool),
    }
    told = rows["id"] == feature_id
    found = {}
    for kind, kin in wanted.items():
        if (kin & ~told).any():
            found[kind] = rows[kin & ~told]
        told |= kin
    return found


@lru_cache(VERSIONS)
def _named_together(atlas: Atlas) -> dict[str, set[str]]:
    """Return, by feature, what a sentence names together with it."""
    of_sentence: dict[tuple[str, int], set[str]] = {}
    for one in atlas.mentions:
        of_sentence.setdefault((one.clause_id, sentence_of(one)[0]), set()).add(one.feature)
    found: dict[str, set[str]] = {one: set() for one in atlas.table["id"]}
    for together in of_sentence.values():
        for each in together:
            found[each] |= together - {each}
    return found


def sentence_of(said: Mention) -> tuple[int, int]:
    """Return where in its clause the sentence of a mention begins and ends."""
    return sentence(said.clause.text, said.start, said.end)


def nearby(atlas: Atlas, feature_id: str, within_km: float) -> pd.DataFrame:
    """Return what is drawn within `within_km` of a feature, nearest first: id, name, layer, status, km, error_km, verdict.

    `km` is the geodesic distance of the nearest points as drawn; the true one may be off by `error_km`,
    the errors of both positions together. `verdict`: `sure` when it is within reach even so, `unknown`
    when the error is larger than the reach, else `likely`. Areas, and the whole and parts of the
    feature, are left out. Empty when the feature is not drawn.
    """
    rows = atlas.table
    row = rows[rows["id"] == feature_id].iloc[0]
    kin = (rows["id"] == feature_id) | (rows["part_of"] == feature_id) | (rows["id"] == row["part_of"])
    if row.geometry is None:
        return near(rows.iloc[:0], row.geometry, within_km)
    return near(rows[~kin], row.geometry, within_km, row["error_km"])


def near(rows: gpd.GeoDataFrame, one: BaseGeometry | None, within_km: float, error_km: float = 0.0) -> pd.DataFrame:
    """Return those of `rows` drawn within `within_km` of `one` (lon/lat degrees, off by `error_km`) as nearby() does."""
    drawn = rows[rows.geometry.notna() & ~rows.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    drawn = drawn.iloc[:0] if one is None else _about(drawn, one, within_km)
    km = distances_km(drawn, one) if one is not None and len(drawn) else 0.0
    found = drawn[["id", "name", "layer", "status"]].assign(km=km, error_km=drawn["error_km"] + error_km)
    found["verdict"] = "likely"
    found.loc[found["km"] + found["error_km"] <= within_km, "verdict"] = "sure"
    found.loc[found["error_km"] > within_km, "verdict"] = "unknown"
    return found[found["km"] <= within_km].sort_values(["km", "error_km"], kind="stable")


def _about(drawn: gpd.GeoDataFrame, one: BaseGeometry, within_km: float) -> gpd.GeoDataFrame:
    """Return what stands in a box that holds all within reach of `one`."""
    west, south, east, north = one.bounds
    tall = within_km / LATITUDE_KM
    wide = tall / math.cos(math.radians(min(89.0, max(abs(south), abs(north)) + tall)))
    return drawn.cx[west - wide : east + wide, south - tall : north + tall]


def distances_km(rows: gpd.GeoDataFrame, one: BaseGeometry) -> pd.Series:
    """Return how far each of `rows` as drawn lies from `one` (lon/lat degrees), 0 where they meet.

    Geodesic kilometres between the nearest points, which are found on a plane about `one`.
    """
    shapes, centre = rows.geometry, one.representative_point()
    plane = f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84"
    here = gpd.GeoSeries([one], crs=shapes.crs).to_crs(plane).iloc[0]
    return shapes.to_crs(plane).shortest_line(here).to_crs(shapes.crs).map(length_km).astype(float)
