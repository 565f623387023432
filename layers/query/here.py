"""此地此线: what each plan says of a place, a feature, a position or a drawn site, and of what lies near.

Distances are geodesic, to the nearest point as drawn; each is told with the errors of both positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Place, boundary, counties, place_path, places, zone_of
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query import whereabouts
from layers.query.area import area, shape_of
from layers.query.centre import centre
from layers.query.profile import Subject, targets_of
from layers.query.relations import near
from layers.query.within import LARGEST_KM
from plans.documents import Document
from plans.targets import Target
from plans.vocabulary import label

REACHES_KM = (5, 10, 20, 50)
USUAL_KM = 10
SITE = "所绘地块"


@dataclass(frozen=True)
class Here:
    """A spot and all that is told of it; made by here()."""

    atlas: Atlas
    key: str  # as an address asks for it: an adcode, a feature, lon,lat, or the corners of a site
    name: str
    shape: BaseGeometry  # lon/lat degrees
    error_km: float  # of the spot itself: 0 for a position, a site or a district
    reach_km: float

    @cached_property
    def county(self) -> Place | None:
        """The county of Sichuan in which the middle of the spot lies; None outside, of a prefecture, of a feature."""
        if self.key in places():
            found = places()[self.key]
            return found if found.level == "county" and found.in_sichuan else None
        return None if self._row is not None else _holding(self.shape, counties())

    @cached_property
    def prefectures(self) -> tuple[Place, ...]:
        """The prefectures of Sichuan that the spot is or lies in; those that a feature is named in, or crosses."""
        if self._row is not None:
            named_in = whereabouts.named(self._row) or whereabouts.crossed(self._row)
            return tuple(places()[code] for code, _ in named_in)
        if self.key in places():
            found = places()[places()[self.key].prefecture]
            return (found,) if found.in_sichuan else ()
        one = places()[self.county.prefecture] if self.county else None
        return (one,) if one else ()

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        """The row of the feature that the spot is; None for any other."""
        rows = self.atlas.table[self.atlas.table["id"] == self.key]
        return rows.to_dict("records")[0] if len(rows) else None

    @property
    def zones(self) -> tuple[str, ...]:
        """The economic zones of its prefectures."""
        return tuple(dict.fromkeys(zone_of()[one.adcode] for one in self.prefectures))

    @property
    def where(self) -> str:
        """Return the districts in words: 四川省凉山彝族自治州盐源县; what lies outside of Sichuan says so."""
        districts = [self.county] if self.county else list(self.prefectures)
        return "、".join(place_path(one) for one in districts) or "四川省以外"

    @cached_property
    def near(self) -> pd.DataFrame:
        """What is drawn within reach: id, name, layer, status, km, error_km, verdict, nearest first."""
        rows = self.atlas.table
        return near(rows[rows["id"] != self.key], self.shape, self.reach_km, self.error_km)

    @cached_property
    def told(self) -> gpd.GeoDataFrame:
        """The rows of what surely or likely lies within reach, with km, error_km of the distance and verdict."""
        found = self.near[self.near["verdict"] != "unknown"]
        rows = self.atlas.table.loc[found.index]
        return rows.assign(km=found["km"], apart_error_km=found["error_km"], verdict=found["verdict"])

    @property
    def unknown(self) -> int:
        """How many are placed too roughly to tell whether they lie within reach."""
        return int((self.near["verdict"] == "unknown").sum())

    @cached_property
    def covering(self) -> gpd.GeoDataFrame:
        """The territories whose drawn extent holds the middle of the spot, the smallest first."""
        rows = self.atlas.table
        drawn = rows[rows.geometry.notna() & rows.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
        met = drawn[drawn.geometry.contains(self.shape.representative_point()) & (drawn["id"] != self.key)]
        return met.iloc[shapely.area(met.geometry.to_numpy()).argsort(kind="stable")]

    @cached_property
    def named(self) -> gpd.GeoDataFrame:
        """What the documents place in the county (of a prefecture: in it as a whole) without a known site near."""
        if self.county is None:
            return self.atlas.table.iloc[:0]
        rows = self.atlas.table
        inside = rows["places"].map(lambda codes: self.county is not None and self.county.adcode in codes).astype(bool)
        return rows[inside & ~rows["id"].isin({*self.told["id"], *self.covering["id"], self.key})]

    @cached_property
    def sayings(self) -> list[tuple[Document, list[tuple[dict[str, Any], dict[str, Any]]]]]:
        """Each document with what it says: the row and its citation, by distance; documents in order of issue."""
        own = self.atlas.table[self.atlas.table["id"] == self.key]
        rows = pd.concat([part for part in (own, self.told, self.named) if len(part)] or [own])
        found: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
        for row in rows.to_dict("records"):
            for one in row["citations"]:
                found.setdefault(one["document"], []).append((row, one))
        return [(one, found[one.slug]) for one in self.atlas.documents if one.slug in found]

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What the plans set as targets for the prefectures, then for the zones."""
        subjects = [Subject(self.atlas, "place", one.adcode) for one in self.prefectures]
        subjects += [Subject(self.atlas, "zone", zone) for zone in self.zones]
        stated = [one for subject in subjects for one in targets_of(subject) if one.kind == "target"]
        return tuple({id(one): one for one in stated}.values())


def here(atlas: Atlas, asked: str, reach_km: float | None = None) -> Here:
    """Return what is told of the spot that `asked` means: a name, a feature, lon,lat, or corners lon,lat;lon,lat;….

    Without a reach it is USUAL_KM, or more where the spot itself is off by more. LayerError when it means nothing or several things, is not drawn, or the reach is no distance.
    """
    if reach_km is not None and not 0 < reach_km <= LARGEST_KM:
        raise LayerError(f"距离 {reach_km:g} 公里无效 (invalid distance)；请填 0 到 {LARGEST_KM:g} 之间的数。")
    if ";" in asked:
        return Here(atlas, asked, SITE, area(atlas, asked), 0.0, reach_km or USUAL_KM)
    found = centre(atlas, asked)
    errors = atlas.table.loc[atlas.table["id"] == found.key, "error_km"].fillna(0)
    error_km = float(errors.iloc[0]) if len(errors) else 0.0
    usual = next((km for km in REACHES_KM if km >= USUAL_KM and km > error_km), REACHES_KM[-1])
    return Here(atlas, found.key, found.name, shape_of(atlas, found.key), error_km, reach_km or usual)


def _holding(shape: BaseGeometry, of: tuple[Place, ...]) -> Place | None:
    middle = shape.representative_point()
    for one in of:
        ground = boundary(one.adcode)
        if ground is not None and ground.contains(middle):
            return one
    return None


TABLE_HEADS = (
    "编号",
    "名称",
    "图层",
    "类型",
    "距离_公里",
    "距离误差_公里",
    "判断",
    "状态",
    "状态原文",
    "文件",
    "页",
    "条款",
    "引文",
)
VERDICTS = {"sure": "确在范围内", "likely": "可能在范围内", "": "写明在本县（市、区），位置不详"}


def as_table(found: Here) -> pd.DataFrame:
    """Return a row a citation under TABLE_HEADS, by document, as people read it."""
    rows = [
        (
            row["id"],
            row["name"],
            label("layer", row["layer"]),
            label("kind", f"{row['layer']}/{row['kind']}"),
            round(row["km"], 1) if pd.notna(row.get("km")) else "",
            round(row["apart_error_km"], 1) if pd.notna(row.get("apart_error_km")) else "",
            "" if row["id"] == found.key else VERDICTS[row["verdict"] if isinstance(row.get("verdict"), str) else ""],
            label("status", one["status"]),
            one["status_text"],
            issued.title,
            one["page"] or "",
            one["clause"],
            one["quote"],
        )
        for issued, said in found.sayings
        for row, one in said
    ]
    return pd.DataFrame(rows, columns=list(TABLE_HEADS))
