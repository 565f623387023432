"""Lines through known points, bent smoothly so that they read as alignments and not as zigzags.

Centripetal Catmull-Rom (Barry & Goldman 1988; Yuksel et al. 2011, doi:10.1016/j.cad.2010.08.008):
it passes through every point, and makes neither loops nor cusps.
"""

from __future__ import annotations

import itertools

import numpy as np
from shapely.geometry import LineString

STEPS = 8  # pieces between two points: smooth at the scale of a province


def alignment(points: list[tuple[float, float]]) -> LineString:
    """Return a smooth line through `points` (lon/lat degrees) in their order, ends included.

    Two points give a straight line. Raises ValueError for fewer, or for a point that repeats the
    one before it.
    """
    if len(points) < 2 or any(a == b for a, b in itertools.pairwise(points)):
        raise ValueError(f"an alignment needs two or more points, none repeated in a row: {points}")
    if len(points) == 2:
        return LineString(points)
    known = np.asarray(points)
    ends = 2 * known[0] - known[1], 2 * known[-1] - known[-2]
    control = np.vstack([ends[0], known, ends[1]])
    pieces = [_piece(*control[i : i + 4]) for i in range(len(known) - 1)]
    return LineString(np.vstack([*pieces, known[-1:]]))


def _piece(
    p0: np.ndarray[tuple[int], np.dtype[np.float64]],
    p1: np.ndarray[tuple[int], np.dtype[np.float64]],
    p2: np.ndarray[tuple[int], np.dtype[np.float64]],
    p3: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The curve from p1 (included) to p2 (left out)."""
    t0 = 0.0
    t1 = t0 + float(np.linalg.norm(p1 - p0)) ** 0.5
    t2 = t1 + float(np.linalg.norm(p2 - p1)) ** 0.5
    t3 = t2 + float(np.linalg.norm(p3 - p2)) ** 0.5
    t = np.linspace(t1, t2, STEPS, endpoint=False)[:, None]
    a1 = (t1 - t) / (t1 - t0) * p0 + (t - t0) / (t1 - t0) * p1
    a2 = (t2 - t) / (t2 - t1) * p1 + (t - t1) / (t2 - t1) * p2
    a3 = (t3 - t) / (t3 - t2) * p2 + (t - t2) / (t3 - t2) * p3
    b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
    b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
    return np.asarray((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)
