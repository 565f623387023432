"""Ovital's .ovjsn: marks, tracks and shapes in folders, each saying whether its positions are GCJ-02."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pyproj import CRS

from layers.errors import LayerError
from layers.own.raw import GCJ02, Raw, limit, records
from layers.own.shapes import NOT_READ, Read, built

FOLDER = "文件夹"
_AREA = 13  # the type of a shape; 7 is a mark, 8 a track, 30 a folder
_WGS84 = CRS.from_epsg(4326)


def ovjsn(value: Mapping[str, Any]) -> list[Raw]:
    """Return the objects of an .ovjsn, a layer for each coordinate system that they name."""
    found = list(_objects(value))
    limit(len(found))
    if not found:
        raise LayerError("奥维文件里没有标签、轨迹或图形 (nothing in it)。")
    systems = [GCJ02 if one[2].get("Gcj02") else "" for one in found]
    several = list(dict.fromkeys(systems))
    return [
        _layer(
            one if len(several) > 1 else "", [f for f, system in zip(found, systems, strict=True) if system == one], one
        )
        for one in several
    ]


_Object = tuple[str, Mapping[str, Any], Mapping[str, Any], Any]  # folder, object, its detail, its type


def _objects(value: Mapping[str, Any]) -> Iterator[_Object]:
    waiting: list[tuple[Any, str]] = [(value.get("ObjItems"), "")]
    while waiting:
        items, folder = waiting.pop()
        for item in items if isinstance(items, list) else ():
            one = item.get("Object", item) if isinstance(item, dict) else None
            detail = one.get("ObjectDetail") if isinstance(one, dict) else None
            if not isinstance(one, dict) or not isinstance(detail, dict):
                continue
            inner = next((detail[key] for key in ("ObjChildren", "ObjItems", "Children") if key in detail), None)
            if inner is not None:
                waiting.append((inner, " / ".join(part for part in (folder, str(one.get("Name") or "")) if part)[:200]))
            else:
                yield folder, one, detail, item.get("Type", one.get("Type"))


def _layer(name: str, found: list[_Object], system: str) -> Raw:
    rows = [
        {FOLDER: folder or None, "名称": one.get("Name") or None, "备注": one.get("Comment") or None}
        for folder, one, _, _ in found
    ]
    read = [_shape(detail, kind) for _, _, detail, kind in found]
    table, notes = records(rows)
    shapes, reasons = [shape for shape, _, _ in read], tuple(why for _, why, _ in read)
    return Raw(name, table, shapes, _WGS84, reasons, notes, system, sum(mended for _, _, mended in read))


def _shape(detail: Mapping[str, Any], kind: Any) -> Read:
    """A mark, or a line or an area of latitudes and longitudes in turn."""
    try:
        flat = detail.get("Latlng")
        if flat is None:
            return built("Point", [float(detail["Lng"]), float(detail["Lat"])])
        at = np.array(flat, dtype=float).reshape(-1, 2)[:, ::-1]
        shape, why, mended = built("Polygon", [at]) if kind == _AREA else built("LineString", at)
        return shape, why, mended and kind != _AREA  # its areas never end where they began
    except NOT_READ:
        return None, "unreadable", False
