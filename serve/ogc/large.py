"""The collection `large` of the API: what is asked of it, and pygeoapi's way to a page of it on PostGIS."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError
from shapely.geometry import mapping

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.selection import Selection
from serve.ogc.question import SELECTS, numbers, refuse_unknown_names, several
from serve.ogc.systems import CRS84, box, known, projected
from store.large import Large, Where, page, where
from store.large.asked import meeting
from store.large.standing import number

LARGE = "large"
_PAGING = ("limit", "offset", "resulttype", "properties", "skipGeometry", "crs", "f", "lang", "version")
_LISTS = ("aliases", "zones", "places", "prefectures", "counties", "documents", "citations")
_TEXTS = ("id", "name", "layer", "kind", "status", "status_text", "precision", "basis", "part_of")
FIELDS = (
    dict.fromkeys(_TEXTS, "string")
    | dict.fromkeys(_LISTS, "array")
    | dict.fromkeys(("error_km", "length_km"), "number")
)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is loaded, and which of it is asked for."""

    large: Large
    condition: Where = Where()  # noqa: RUF009 it is frozen

    def __deepcopy__(self, _: Any) -> Page:
        """Never copied: pygeoapi copies its configuration, where this stands."""
        return self


def paged(large: Large, atlas: Atlas, params: Mapping[str, str], body: bytes = b"") -> Page:
    """Read what `params` ask: a selection, a box; LayerError, PlanError or GeoError for anything else."""
    allowed = (*SELECTS, "bbox", "bbox-crs", *_PAGING)
    for name in params:
        if name not in allowed or body:
            raise LayerError(f"“大量要素”没有“{name}”这个参数 (not for this collection)。可用：{', '.join(allowed)}")
    refuse_unknown_names(FIELDS, params)
    if params.get("bbox-crs") and not params.get("bbox"):
        raise LayerError("有 bbox-crs 而没有 bbox (bbox-crs without bbox)；请一并给出。")
    asked = Selection.parse(atlas, {part: several(part, params[part]) for part in SELECTS if params.get(part)})
    condition = where(atlas, asked)
    if params.get("bbox"):
        condition &= meeting(box(numbers(params["bbox"]), known(params.get("bbox-crs", CRS84), "bbox-crs")))
    return Page(large, condition)


class LargeProvider(BaseProvider):  # type: ignore[misc]
    """A page of what is asked for: `data` of its definition is a Page."""

    NAME = "serve.ogc.large.LargeProvider"
    data: Page

    @property
    def fields(self) -> dict[str, dict[str, str]]:
        """The properties that every feature has, and their JSON types."""
        return {name: {"type": kind} for name, kind in FIELDS.items()}

    def query(
        self,
        *,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        select_properties: Sequence[str] = (),
        skip_geometry: bool = False,
        crs_transform_spec: Any = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Return a page of the features, in the order in which they were loaded, with how many there are in all."""
        asked = self.data
        found = page(asked.large, asked.condition, offset, limit) if resulttype == "results" else []
        uri = crs_transform_spec.target_crs_uri if crs_transform_spec else CRS84
        items = [_item(*one) for one in found]
        for one in items if select_properties else ():
            one["properties"] = {name: value for name, value in one["properties"].items() if name in select_properties}
        return {
            "type": "FeatureCollection",
            "features": [one | {"geometry": None} for one in items] if skip_geometry else _moved(items, uri),
            "numberMatched": asked.large.number if asked.condition == Where() else number(asked.large, asked.condition),
            "numberReturned": len(items),
        }

    def get(self, identifier: str, crs_transform_spec: Any = None, **_: Any) -> dict[str, Any]:
        """Return the feature of an id; pygeoapi answers 404 when there is none."""
        found = page(self.data.large, Where("id = %s", (identifier,)), 0, 1)
        if not found:
            message = f"没有编号为“{identifier}”的条目 (no such item)。"
            raise ProviderItemNotFoundError(message, user_msg=message)
        uri = crs_transform_spec.target_crs_uri if crs_transform_spec else CRS84
        return _moved([_item(*found[0])], uri)[0]


def _item(key: str, properties: dict[str, Any], shape: str | None) -> dict[str, Any]:
    geometry = json.loads(shape) if shape else None
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": {"id": key, **properties}}


def _moved(items: list[dict[str, Any]], uri: str) -> list[dict[str, Any]]:
    """The items with their shapes in another system."""
    if uri == CRS84:
        return items
    drawn = np.array([json.dumps(one["geometry"]) if one["geometry"] else None for one in items], dtype=object)
    shapes = projected(shapely.from_geojson(drawn), uri)
    return [
        one | {"geometry": None if shape is None else mapping(shape)} for one, shape in zip(items, shapes, strict=True)
    ]
