"""A selection as SQL: the same words as those of the page, asked of the tables of store/large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.atlas import Atlas
from layers.query.area import area
from layers.query.search import fold
from layers.query.selection import PARTS, Selection
from store.large.loading import pieces


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on `large.feature`, and the values in it, in the order of their places."""

    sql: str = "true"
    values: tuple[Any, ...] = ()

    def __and__(self, other: Where) -> Where:
        """Both."""
        told = [one for one in (self, other) if one.sql != "true"] or [self]
        return Where(" AND ".join(one.sql for one in told), tuple(value for one in told for value in one.values))


def where(atlas: Atlas, selection: Selection) -> Where:
    """Return what matches every part of a selection.

    Words of `q` are looked for in ids and names, in one spelling of them; not in quotes, nor by sound. An area is one of
    `atlas`, as in layers.query.area.
    """
    return by_key(selection) & by_rest(atlas, selection)


def by_key(selection: Selection, without: str = "") -> Where:
    """Return the condition of the choices, all but those of the part `without`: it holds for every table that has `keys`."""
    found = Where()
    for part in PARTS:
        wanted = getattr(selection, part)
        if wanted and part != without:
            found &= Where("keys && %s", ([f"{part}:{one}" for one in wanted],))
    return found


def by_rest(atlas: Atlas, selection: Selection) -> Where:
    """Return the condition of the words and of the area."""
    found = Where()
    for word in filter(None, map(fold, selection.q.split())):
        found &= Where("words @> %s AND strpos(names, %s) > 0", (pieces(word), word))
    return found & meeting(area(atlas, selection.within)) if selection.within else found


def meeting(shape: BaseGeometry) -> Where:
    """Return the condition of what meets a shape in lon/lat degrees (WGS84)."""
    return Where(
        "ST_Intersects(geom, %s::geometry)",
        (shapely.to_wkb(shapely.set_srid(shape, 4326), hex=True, include_srid=True),),
    )
