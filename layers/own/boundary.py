"""Lists of boundary points (界址点, 拐点): points in their order that make the outline of a parcel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.own.cells import number
from layers.own.columns import normal
from layers.own.shapes import Read, built

SPOKEN = re.compile(r"界址点|拐点|边界点|范围点|红线点|界桩|控制点坐标|角点")
_POINT = re.compile(
    r"(界址|拐|边界|范围|红线|顶|角|桩)?点(号|序号|序|名|编号)|界址点|拐点|边界点|桩号|jzdh|pointno|pointid|no|序号|编号|j|点"
)
_PARCEL = re.compile(
    r"(地块|宗地|图斑|斑块|区块|范围|矿区|矿|面|多边形)(编?号|名称?|序号|代码)?|dkbh|dkmc|zddm|tbbh|parcel(id|no)?|polygon(id)?"
)
_RING = re.compile(r"圈号|环号|ring(id|no)?")
_OTHER = re.compile(r"边长.*|高程|标高|h|z|备注|说明|间距|方位角|到.*")
_NUMBERED = re.compile(r"\D*(\d{1,6})\D*")


@dataclass(frozen=True, slots=True)
class Outline:
    """An area made of the points of some rows."""

    read: Read
    rows: tuple[int, ...]


def outlines(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], points: Sequence[BaseGeometry | None], title: str
) -> list[Outline]:
    """Return the areas that a table of points describes; none when it is a list of places.

    It describes areas when its heads or its `title` speak of boundary points, or when it has nothing
    but numbered points and each ring ends where it began.
    """
    if len(points) < 3 or any(point is None for point in points):
        return []
    kinds = [_kind(head) for head in heads]
    if "point" not in kinds and not SPOKEN.search(title):
        return []
    at = shapely.get_coordinates(np.array(points, dtype=object))
    rings = _rings([_keys(row, kinds) for row in rows], _numbers(rows, kinds), at)
    closed = all(len(ring) > 3 and (at[ring[0]] == at[ring[-1]]).all() for _, ring in rings)
    spoken = SPOKEN.search(title) or any(SPOKEN.search(head) for head in heads)
    if not (spoken or (closed and all(kinds))):
        return []
    parcels: dict[Any, list[list[int]]] = {}
    for i, (parcel, ring) in enumerate(rings):
        parcels.setdefault(parcel or i, []).append(ring)
    found = [
        Outline(area(at[ring] for ring in several), tuple(i for ring in several for i in ring))
        for several in parcels.values()
    ]
    return found if all(one.read[0] is not None for one in found) else []


def _kind(head: str) -> str:
    """`point`, `parcel`, `ring` or `other` for what such lists have; "" for what only others have."""
    words = normal(head)
    kinds = (("parcel", _PARCEL), ("ring", _RING), ("point", _POINT), ("other", _OTHER))
    return next((kind for kind, pattern in kinds if pattern.fullmatch(words)), "")


def _keys(row: Sequence[Any], kinds: Sequence[str]) -> tuple[Any, Any]:
    """The parcel and the ring that a row names; an empty cell belongs to the row before."""
    return tuple(  # type: ignore[return-value]
        tuple(row[i] for i, kind in enumerate(kinds) if kind == wanted and i < len(row))
        for wanted in ("parcel", "ring")
    )


def _numbers(rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> list[int]:
    """The numbers of the points, J1 as 1; 0 where there are none."""
    at = kinds.index("point") if "point" in kinds else -1
    cells = [row[at] if 0 <= at < len(row) else None for row in rows]
    return [int(found[1]) if (found := _NUMBERED.fullmatch(str(cell)[:20])) else int(_whole(cell)) for cell in cells]


def _whole(cell: Any) -> float:
    value = number(cell)
    return value if value is not None and np.isfinite(value) else 0


def _rings(
    keys: Sequence[tuple[Any, Any]], numbers: Sequence[int], at: np.ndarray[Any, Any]
) -> list[tuple[Any, list[int]]]:
    """Rows that run round together, with their parcel: up to another parcel or ring, a closing point, or a first number."""
    rings: list[tuple[Any, list[int]]] = []
    named: Any = ()
    for i, (parcel, ring) in enumerate(keys):
        parcel = parcel if any(one not in (None, "") for one in parcel) else named  # noqa: PLW2901 merged cells
        last = rings[-1][1] if rings else []
        closed = len(last) > 3 and (at[last[0]] == at[last[-1]]).all()
        again = len(last) > 2 and 0 < numbers[i] <= numbers[last[0]] and (at[i] != at[last[0]]).any()
        if not rings or closed or again or parcel != named or ring != keys[i - 1][1]:
            rings.append((parcel, []))
        rings[-1][1].append(i)
        named = parcel
    return rings


def area(rings: Iterable[np.ndarray[Any, Any]]) -> Read:
    """Return the area of rings: one that lies in another is a hole of it, one that lies apart another part."""
    made = [built("Polygon", [ring]) for ring in rings]
    shapes = [shape for shape, _, _ in made if shape is not None]
    if not shapes:
        return None, next((why for _, why, _ in made), "empty"), False
    whole: list[tuple[BaseGeometry, list[BaseGeometry]]] = []
    for shape in sorted(shapes, key=lambda one: -one.area):
        inside = next((holes for outer, holes in whole if outer.contains(shape)), None)
        if inside is None:
            whole.append((shape, []))
        else:
            inside.append(shape)
    parts = [shapely.Polygon(outer.exterior, [hole.exterior for hole in holes]) for outer, holes in whole]
    return (parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)), "", len(shapes) < len(made)
