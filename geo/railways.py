"""Existing railways: a line through stations or towns, drawn over real track.

Track: data/geometry/railways.geojson, from OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0) as
simplified by scgraph_data: unnamed, straight between the nodes it kept, without most lines opened since
2023. So the track cannot say which line it is, and a planned line would run over the old one beside it:
route only the features that `existing` lists.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import LineString

from geo.measure import GEOD, distance_km, length_km
from plans.documents import DATA

SNAP_KM = 8.0  # a stop farther from all track is off the network
# What a kilometre between stop and track counts for, in kilometres of track: over 1, so that a line
# runs up to its last station; under 2, so that it never leaves its track for a spur and back.
SNAP_WEIGHT = 1.9
DETOUR_FACTOR = 1.6  # railways in mountains are up to this much longer than the geodesic …
DETOUR_KM = 10.0  # … and pass round towns; a longer way between two stops is another line's
PIECE_DEGREE = 0.01  # track is cut every kilometre, so that a stop between two nodes finds it
LEAST_ERROR_KM = 6.5  # p95 of 59 stations that a route was led through lies 6.4 km off it

Point = tuple[float, float]  # lon/lat degrees


@dataclass(frozen=True, slots=True)
class _Network:
    """Vertices of the track by number: where they are, and how far their neighbours are."""

    positions: NDArray[np.float64]  # lon/lat degrees
    neighbours: list[dict[int, float]]  # kilometres
    tree: shapely.STRtree


@cache
def existing() -> frozenset[str]:
    """Return the names of the railways that the track holds: data/geometry/existing-railways.txt."""
    lines = (DATA / "geometry" / "existing-railways.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip()))


def route(points: list[Point]) -> LineString | None:
    """Return the track through `points` in their order, lon/lat degrees (WGS84).

    None for fewer than two points; when one lies more than SNAP_KM from all track; and when the track
    between two of them is missing, or longer than DETOUR_FACTOR times their geodesic and DETOUR_KM.
    Of the tracks near a stop the best for the whole line is taken, not the nearest: the lightest
    sequence of track and snaps (Viterbi), as in Newson & Krumm (2009), doi:10.1145/1653771.1653818.
    """
    stops = [_snaps(point) for point in points]
    if len(points) < 2 or not all(stops):
        return None
    limits_km = [DETOUR_FACTOR * distance_km(a, b) + DETOUR_KM for a, b in itertools.pairwise(points)]
    legs = _lightest(stops, limits_km)
    if any(length_km(_line(leg)) > limit for leg, limit in zip(legs, limits_km, strict=False)):
        return None
    vertices = [vertex for vertex, _ in itertools.groupby(itertools.chain.from_iterable(legs))]
    return _line(vertices) if len(vertices) > 1 else None


def error_km(track: LineString) -> float:
    """Return how far the railway may be from its routed `track` (lon/lat degrees), in kilometres.

    Where the source keeps no nodes the track is a chord: there a railway bends off by up to a quarter
    of the straight piece, as a schematic line does. An empty one gives the least, LEAST_ERROR_KM.
    """
    pieces_km = (distance_km(a, b) for a, b in itertools.pairwise(track.coords))
    return max(LEAST_ERROR_KM, max(pieces_km, default=0.0) / 4)


def _lightest(stops: list[dict[int, float]], limits_km: list[float]) -> list[list[int]]:
    """The lightest way through one snap of each stop, as the vertices of each leg; [] when there is none."""
    weights, trails = stops[0], []
    for snaps, limit_km in zip(stops[1:], limits_km, strict=True):
        reached, trail = _reach(weights, min(weights.values()) + limit_km + SNAP_WEIGHT * SNAP_KM)
        trails.append(trail)
        weights = {vertex: reached[vertex] + weight for vertex, weight in snaps.items() if vertex in reached}
        if not weights:
            return []
    return _walk_back(min(weights, key=weights.__getitem__), trails)


def _walk_back(vertex: int, trails: list[dict[int, int]]) -> list[list[int]]:
    """The vertices of each leg, from the last vertex and the way each leg was searched."""
    legs = []
    for trail in reversed(trails):
        leg = [vertex]
        while leg[-1] in trail:
            leg.append(trail[leg[-1]])
        vertex = leg[-1]
        legs.append(leg[::-1])
    return legs[::-1]


def _reach(start: dict[int, float], most: float) -> tuple[dict[int, float], dict[int, int]]:
    """The weight of every vertex up to `most`, and the vertex before it. Dijkstra (1959), doi:10.1007/BF01386390."""
    neighbours = _network().neighbours
    weights, trail = dict(start), dict[int, int]()
    queue = [(weight, vertex) for vertex, weight in start.items()]
    heapq.heapify(queue)
    while queue:
        weight, vertex = heapq.heappop(queue)
        if weight > weights[vertex]:
            continue
        for neighbour, km in neighbours[vertex].items():
            onward = weight + km
            if onward <= most and onward < weights.get(neighbour, np.inf):
                weights[neighbour], trail[neighbour] = onward, vertex
                heapq.heappush(queue, (onward, neighbour))
    return weights, trail


def _snaps(point: Point) -> dict[int, float]:
    """The vertices within SNAP_KM of a stop and what the way there weighs; {} off the network."""
    around_degree = 2 * SNAP_KM / 111.0  # a degree of longitude is over 55 km up to 60° N
    near = _network().tree.query(shapely.Point(point), "dwithin", around_degree).tolist()
    distances_km = _distances_km([point] * len(near), _network().positions[near])
    return {vertex: SNAP_WEIGHT * km for vertex, km in zip(near, distances_km, strict=True) if km <= SNAP_KM}


def _distances_km(a: ArrayLike, b: ArrayLike) -> list[float]:
    """The geodesic distances from each position of `a` to the one of `b` beside it."""
    from_, to = np.reshape(a, (-1, 2)), np.reshape(b, (-1, 2))
    kilometres: list[float] = (GEOD.inv(*from_.T, *to.T)[2] / 1000).tolist()
    return kilometres


def _line(vertices: Iterable[int]) -> LineString:
    """The line over vertices, without those that only cut a straight piece; empty for fewer than two."""
    positions = [_network().positions[vertex] for vertex in vertices]
    return LineString(positions).simplify(1e-6, preserve_topology=False) if len(positions) > 1 else LineString()


@cache
def _network() -> _Network:
    """The track, read once."""
    held = (DATA / "geometry" / "railways.geojson").read_text(encoding="utf-8")
    tracks = shapely.segmentize(shapely.get_parts(shapely.from_geojson(held)), PIECE_DEGREE)
    along, track = shapely.get_coordinates(tracks, return_index=True)
    positions, vertices = np.unique(along, axis=0, return_inverse=True)
    same = track[1:] == track[:-1]
    starts, ends = vertices[:-1][same], vertices[1:][same]
    neighbours: list[dict[int, float]] = [{} for _ in positions]
    lengths_km = _distances_km(positions[starts], positions[ends])
    for a, b, km in zip(starts.tolist(), ends.tolist(), lengths_km, strict=True):
        neighbours[a][b] = neighbours[b][a] = km
    return _Network(positions, neighbours, shapely.STRtree(shapely.points(positions)))
