"""How often outlines cross themselves: what that is unbounded for makes every repair and buffer unbounded too."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

MOST_CROSSINGS = 100_000  # of a shape with itself: about a second to repair
SAMPLE = (200, 5000)  # pieces tried against each other


def crossings(shape: BaseGeometry) -> float:
    """Return about how often the outlines of `shape` cross themselves, by a sample of pairs of their pieces."""
    parts = shapely.get_parts(shape)
    rings = shapely.get_rings(parts) if shape.area else parts  # get_rings knows single polygons alone
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(ring[1:] == ring[:-1])
    pieces = shapely.linestrings(np.stack([coordinates[inner], coordinates[inner + 1]], axis=1))
    if not len(pieces):  # points
        return 0.0
    some, many = (np.arange(0, len(pieces), len(pieces) // size + 1) for size in SAMPLE)
    a, b = shapely.STRtree(pieces[many]).query(pieces[some], predicate="intersects")
    apart = np.abs(some[a] - many[b])
    met = int(((apart > 1) & (apart < len(pieces) - 1)).sum())  # neighbours share an end
    return met / (len(some) * len(many)) * len(pieces) ** 2 / 2


def nested(shape: BaseGeometry) -> float:
    """Return about how many pairs of rings of `shape` lie over each other, by a sample of their boxes.

    To test that holes lie in their shells, GEOS looks at every such pair.
    """
    parts = shapely.get_parts(shape)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    some = rings[:: len(rings) // SAMPLE[0] + 1]
    if not len(some):
        return 0.0
    met = shapely.STRtree(rings).query(some).shape[1] - len(some)  # each meets itself
    return float(met / len(some) * len(rings) / 2)
