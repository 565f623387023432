"""What stands: tiles, pages, counts and lines of the features by the million, each one question to PostGIS."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from layers.atlas import Atlas
from layers.query.selection import PARTS, Selection
from store.database import told
from store.large.asked import Where, by_key, by_rest, where
from store.large.loading import TOLD

DEEPEST = 13  # the level from which all is drawn
COARSE = 8  # the last level that is drawn from the coarse shapes
AT_ONCE = 500  # lines
WORLD_M = 40075016.68557849  # the width of the world in web mercator
SMALL_STEPS = 8  # of a tile: two dots of a screen. What is smaller and has no extent left is drawn as a point
TILE = """
SELECT ST_AsMVT(t, 'features', 4096, 'shape') FROM (
    SELECT id, {told}, coalesce(
        ST_AsMVTGeom({shape}, ST_TileEnvelope(%s, %s, %s), 4096, 64, true),
        CASE WHEN ST_XMax(drawn) - ST_XMin(drawn) < %s AND ST_YMax(drawn) - ST_YMin(drawn) < %s
        THEN ST_AsMVTGeom(ST_Centroid(ST_Envelope(drawn)), ST_TileEnvelope(%s, %s, %s), 4096, 64, true) END
    ) AS shape
    FROM large.drawn WHERE {where}
) AS t"""


@dataclass(frozen=True, slots=True)
class Large:
    """What is loaded: its database, its version (new with every load), how many features, and west, south, east, north of them."""

    engine: Engine
    version: str
    number: int
    bounds: tuple[float, float, float, float]


@lru_cache(4)
def opened(url: str) -> Engine | None:
    """Return the database at `url` (connections are made when needed); None when it is no PostgreSQL."""
    address = make_url(url)
    if not address.drivername.startswith("postgresql"):
        return None
    made: dict[str, Any] = {"options": "-c jit=off", "prepare_threshold": None}  # plans are made for the values at hand
    return create_engine(address, isolation_level="AUTOCOMMIT", pool_size=10, pool_recycle=600, connect_args=made)


def standing(engine: Engine | None) -> Large | None:
    """Return what is loaded at the moment; None when nothing is. StoreError when the database does not answer."""
    if engine is None:
        return None
    with told(engine), engine.connect() as connection:
        if connection.exec_driver_sql("SELECT to_regclass('large.about')").scalar() is None:
            return None
        version, number, bounds = connection.exec_driver_sql("SELECT version, number, bounds FROM large.about").one()
    west, south, east, north = (one if one is not None else 0.0 for one in bounds)
    return Large(engine, version, number, (west, south, east, north))


def _asked(large: Large, sql: str, values: tuple[Any, ...]) -> Any:
    with told(large.engine), large.engine.connect() as connection:
        return connection.exec_driver_sql(sql, values).fetchall()


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Features by what the choices of a filter may ask of them: how many have the same keys, and which of these groups have a key."""

    numbers: NDArray[np.int64]
    having: dict[str, NDArray[np.bool_]]  # by key: 'zone:panxi'

    def meeting(self, selection: Selection, without: str = "") -> NDArray[np.bool_]:
        """Which groups match the choices of a selection, all but those of one part."""
        keep = np.ones(len(self.numbers), dtype=bool)
        none = np.zeros(len(self.numbers), dtype=bool)
        for part in PARTS:
            wanted = [f"{part}:{one}" for one in getattr(selection, part)]
            if wanted and part != without:
                keep &= np.any([self.having.get(one, none) for one in wanted], axis=0)
        return keep


@lru_cache(64)
def _groups(large: Large, atlas: Atlas, q: str, within: str) -> Groups:
    """The groups of what the words and the area of a selection leave; those of all are made when it is loaded."""
    rest = by_rest(atlas, Selection(q=q, within=within))
    source = "SELECT keys, number FROM large.sort"
    if rest != Where():
        source = f"SELECT keys, count(*) FROM large.feature WHERE {rest.sql} GROUP BY keys"
    rows = _asked(large, source, rest.values)
    having: dict[str, NDArray[np.bool_]] = {}
    for at, (keys, _) in enumerate(rows):
        for key in keys:
            having.setdefault(key, np.zeros(len(rows), dtype=bool))[at] = True
    return Groups(np.array([many for _, many in rows], dtype=np.int64), having)


def matched(large: Large, atlas: Atlas, selection: Selection) -> int:
    """Return how many features match a selection."""
    groups = _groups(large, atlas, selection.q, selection.within)
    return int(groups.numbers[groups.meeting(selection)].sum())


def counts(large: Large, atlas: Atlas, selection: Selection) -> dict[str, dict[str, int]]:
    """Return how many features each choice of each part would show beside the rest of a selection, the most first."""
    groups = _groups(large, atlas, selection.q, selection.within)
    found: dict[str, dict[str, int]] = {part: {} for part in PARTS}
    beside = {part: groups.numbers * groups.meeting(selection, part) for part in PARTS}
    for key, having in groups.having.items():
        part, _, name = key.partition(":")
        found[part][name] = int(beside[part][having].sum())
    return {
        part: dict(sorted(((n, m) for n, m in of.items() if m), key=lambda one: -one[1])) for part, of in found.items()
    }


def number(large: Large, condition: Where) -> int:
    """Return how many features meet a condition."""
    return int(_asked(large, f"SELECT count(*) FROM large.feature WHERE {condition.sql}", condition.values)[0][0])


# ---- tiles -------------------------------------------------------------------------------------


def tile(large: Large, atlas: Atlas, selection: Selection, at: tuple[int, int, int]) -> bytes:
    """Return the tile (MVT, one layer `features`) at zoom, column and row of what a selection shows; empty when nothing lies there.

    Above DEEPEST it holds a fair part: some thousand features at most, of a narrow selection as large a part of it.
    """
    sql, values = tile_question(large, atlas, selection, at)
    return bytes(_asked(large, sql, values)[0][0] or b"")


def tile_question(
    large: Large, atlas: Atlas, selection: Selection, at: tuple[int, int, int]
) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a tile and its values."""
    z, x, y = at
    keys, rest = by_key(selection), by_rest(atlas, selection)
    if rest.sql != "true":
        rest = Where(f"number IN (SELECT number FROM large.feature WHERE {rest.sql})", rest.values)
    shown = Where("zoom <= %s", (z + _deeper(large, atlas, selection),)) if z < DEEPEST else Where()
    near = Where("drawn && ST_TileEnvelope(%s, %s, %s, margin => 0.015625)", (z, x, y))  # 64 steps of 4096
    chosen = shown & near & keys & rest
    least = SMALL_STEPS * WORLD_M / 2**z / 4096
    return TILE.format(told=", ".join(TOLD), shape="coarse" if z <= COARSE else "drawn", where=chosen.sql), (
        z,
        x,
        y,
        least,
        least,
        z,
        x,
        y,
        *chosen.values,
    )


def _deeper(large: Large, atlas: Atlas, selection: Selection) -> int:
    """From how much deeper a level a selection may be drawn: one for every quarter of all that it leaves."""
    if not selection:
        return 0
    return int(math.log(large.number / max(1, matched(large, atlas, selection)), 4))


# ---- items and lines ---------------------------------------------------------------------------


def page(large: Large, condition: Where, offset: int, limit: int) -> list[tuple[str, dict[str, Any], str | None]]:
    """Return so many features that meet a condition, in their order: id, properties, geometry (GeoJSON as text, WGS84)."""
    sql = (
        "SELECT id, properties::text, ST_AsGeoJSON(geom, 6) FROM large.feature "
        f"WHERE {condition.sql} ORDER BY number OFFSET %s LIMIT %s"
    )
    rows = _asked(large, sql, (*condition.values, offset, limit))
    return [(key, json.loads(properties), shape) for key, properties, shape in rows]


def lines(large: Large, atlas: Atlas, selection: Selection) -> Iterator[str]:
    """Give a selection as the lines of a GeoJSON file, a feature a line, of one moment and never held as a whole."""
    condition = where(atlas, selection)
    sql = (
        "SELECT id, properties::text, ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 6) FROM large.feature "
        f"WHERE {condition.sql} ORDER BY number"
    )
    yield '{"type": "FeatureCollection", "features": [\n'
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "stream_results": True, "max_row_buffer": AT_ONCE}
    with told(large.engine), large.engine.connect().execution_options(**options) as connection:
        between = ""
        for some in connection.exec_driver_sql(sql, condition.values).partitions(AT_ONCE):
            yield between + ",\n".join(
                f'{{"type": "Feature", "id": {json.dumps(key)}, "geometry": {shape or "null"}, "properties": {properties}}}'
                for key, properties, shape in some
            )
            between = ",\n"
    yield "\n]}\n"
