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
