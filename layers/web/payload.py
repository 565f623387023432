"""What the browser loads once: every feature, light enough to draw, and the base map."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import polyline
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import SICHUAN, Place, boundary, counties, places, prefectures, zone_of
from geo.measure import area_km2
from geo.rivers import rivers
from plans.places import short_name
from plans.vocabulary import keys, label

# What is drawn is simplified by less than it may be off. Positions are kept to ten metres, outlines to a hundred.
LINE_TOLERANCE_DEGREE = 0.002
AREA_TOLERANCE_DEGREE = {"area": 0.006, "schematic_area": 0.015}
BASE_TOLERANCE_DEGREE = 0.008  # square root of the area that a vertex may take with it
BESIDE_DEGREE = 0.02  # between two drawings of one boundary of provinces
APART_DEGREE = 0.2  # what is shorter between two lines that part is a bend of them
POINT_DECIMALS = 4
OUTLINE_DECIMALS = 3
FEW = ("layer", "kind", "zone", "status", "precision", "shape", "cities")  # properties of few different words


def features_table(atlas: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what the map draws of each feature, in the order of `atlas`.

    Geometry is simplified; features that share one (the same union of counties) refer to it by its
    place in `geometries`.
    """
    geometries: dict[str, int] = {}
    light, size = cache(_light_text), cache(area_km2)  # what several features share is simplified and measured once
    entries = [_drawn(row, geometries, light, size) for row in atlas.itertuples(index=False)]
    return {"geometries": [json.loads(text) for text in geometries], "features": entries}


def _drawn(
    row: Any, geometries: dict[str, int], light: Callable[..., str], size: Callable[[BaseGeometry], float]
) -> dict[str, Any]:
    shape = row.geometry
    kind = "none" if shape is None else _SHAPES[shape.geom_type.removeprefix("Multi")]
    return {
        "id": row.id,
        "geometry": None if shape is None else geometries.setdefault(light(*_outline(row)), len(geometries)),
        "name": row.name,
        "layer": row.layer,
        "kind": row.kind,
        "zone": row.zones[0] if row.zones else "",
        "status": row.status,
        "precision": row.precision,
        "error_km": None if shape is None else row.error_km,
        "shape": kind,
        "size": round(size(shape)) if kind == "area" else 0,
        "weight": len(row.citations),
        "cities": " ".join(row.prefectures),
    }


_SHAPES = {"Polygon": "area", "LineString": "line", "Point": "point"}


def _outline(row: Any) -> tuple[BaseGeometry, float, int]:
    if row.geometry.geom_type.endswith("Point"):
        return row.geometry, 0, POINT_DECIMALS
    return row.geometry, AREA_TOLERANCE_DEGREE.get(row.precision, LINE_TOLERANCE_DEGREE), OUTLINE_DECIMALS


def _light_text(shape: BaseGeometry, tolerance_degree: float, decimals: int) -> str:
    return json.dumps(_light(shape, tolerance_degree, decimals))


def _light(shape: BaseGeometry, tolerance_degree: float, decimals: int = OUTLINE_DECIMALS) -> dict[str, Any]:
    simple = shapely.simplify(shape, tolerance_degree, preserve_topology=True)
    return dict(shapely.geometry.mapping(shapely.set_precision(simple, 10**-decimals, mode="pointwise")))


def packed(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return what `features_table` does by columns, a third as long.

    Properties of few words are numbers of `words`; a geometry is its points as [lon, lat], its lines or
    its areas of rings as encoded polylines (https://developers.google.com/maps/documentation/utilities/polylinealgorithm)
    of lat, lon in OUTLINE_DECIMALS.
    """
    features = drawn["features"]
    words = {name: sorted({one[name] for one in features}) for name in FEW}
    number = {name: {word: i for i, word in enumerate(found)} for name, found in words.items()}
    columns = {
        name: [number[name][one[name]] if name in FEW else one[name] for one in features] for name in features[0]
    }
    return {"words": words, "columns": columns, "geometries": [_parts(**one) for one in drawn["geometries"]]}


def _parts(type: str, coordinates: Any) -> list[Any]:
    several = coordinates if type.startswith("Multi") else [coordinates]
    if type.endswith("Point"):
        return several
    if type.endswith("LineString"):
        return [_encoded(line) for line in several]
    return [[_encoded(ring) for ring in area] for area in several]


def _encoded(line: Any) -> str:
    return str(polyline.encode(line, OUTLINE_DECIMALS, geojson=True))


def base_map() -> dict[str, Any]:
    """Return the embedded base map: provinces, prefectures, counties, rivers, zones and labels."""
    others = (boundary(code) for code, one in places().items() if one.level == "province" and code != SICHUAN)
    around = [shape for shape in others if shape is not None]
    light = boundaries_simplified()
    of_zone = [light[zone] for zone in keys("zone")]
    of_prefecture = [light[one.adcode] for one in prefectures()]
    return {
        "provinces": _collection([_without_holes([*around, *of_zone])], LINE_TOLERANCE_DEGREE),
        "borders": _collection(_borders(around, shapely.union_all(of_zone).boundary), LINE_TOLERANCE_DEGREE),
        "sichuan": _collection([shapely.union_all(of_zone)], 0),
        "rivers": _collection([river.course for river in rivers().values()], LINE_TOLERANCE_DEGREE),
        "counties": _mesh([light[one.adcode] for one in counties()], of_prefecture),
        "prefectures": _mesh(of_prefecture, of_zone),
        "zones": _mesh(of_zone),
        "grounds": _collection(of_zone, 0, [{"zone": zone} for zone in keys("zone")]),
        "labels": [*_zone_labels(of_zone), *map(_place_label, (*prefectures(), *counties()))],
    }


def boundaries_simplified() -> dict[str, BaseGeometry]:
    """Return the counties, prefectures and zones of the province by key, lon/lat degrees.

    Counties are simplified as a coverage, and all larger units made of them, so that lines coincide.
    """
    simple = shapely.coverage_simplify([boundary(one.adcode) for one in counties()], BASE_TOLERANCE_DEGREE)
    found = {one.adcode: shape for one, shape in zip(counties(), simple, strict=True)}
    for up in prefectures():
        found[up.adcode] = shapely.union_all([found[one.adcode] for one in counties() if one.parent == up.adcode])
    for zone in keys("zone"):
        found[zone] = shapely.union_all([found[up.adcode] for up in prefectures() if zone_of()[up.adcode] == zone])
    return found


def outlines() -> dict[str, list[list[str]]]:
    """Return the boundary of every zone and place that has one, by key: areas of rings as in `packed`."""
    light = boundaries_simplified()
    for code in places():
        if code not in light and code != SICHUAN and (whole := boundary(code)):
            light[code] = shapely.coverage_simplify([whole], BASE_TOLERANCE_DEGREE)[0]
    return {key: _parts(**_light(shape, 0)) for key, shape in light.items()}


def _zone_labels(of_zone: list[BaseGeometry]) -> list[dict[str, Any]]:
    inside = [shapely.maximum_inscribed_circle(shape, 0.05).coords[0] for shape in of_zone]
    return [
        {"key": zone, "level": "zone", "name": label("zone", zone, "zh"), "lon": round(lon, 3), "lat": round(lat, 3)}
        for zone, (lon, lat) in zip(keys("zone"), inside, strict=True)
    ]


def _place_label(one: Place) -> dict[str, Any]:
    where = {"zone": zone_of()[one.adcode]} if one.level == "prefecture" else {}
    return {
        "key": one.adcode,
        "level": one.level,
        "name": short_name(one.name),
        "lon": one.lon_degree,
        "lat": one.lat_degree,
        **where,
    }


def _collection(
    shapes: list[BaseGeometry], tolerance_degree: float, about: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": one, "geometry": _light(shape, tolerance_degree)}
            for shape, one in zip(shapes, about or [{}] * len(shapes), strict=True)
        ],
    }


def _without_holes(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One ground below all, without the slivers between drawings of one boundary."""
    parts = shapely.get_parts(shapely.union_all(shapes))
    return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(parts)))


def _borders(shapes: list[BaseGeometry], drawn: BaseGeometry) -> list[BaseGeometry]:
    """Return the boundaries of `shapes` as lines, each once: what runs beside a line `drawn` before is left out, and ends on it.

    The provinces around are coarser than ours and do not share corners, so that their boundaries would stand doubled.
    """
    found: list[BaseGeometry] = []
    for shape in shapes:
        edges = _edges(shape.boundary)
        near = shapely.STRtree(_edges(drawn)).query(shapely.centroid(edges), "dwithin", BESIDE_DEGREE)[0]
        alone = shapely.line_merge(shapely.multilinestrings(np.delete(edges, near)))
        lines = [_ending_on(drawn, one) for one in shapely.get_parts(alone) if one.length > APART_DEGREE]
        drawn = shapely.multilinestrings([*shapely.get_parts(drawn), *lines])
        found += lines
    return found


def _edges(lines: BaseGeometry) -> NDArray[np.object_]:
    """The edges of lines, each a line of two corners."""
    corners, of = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    ends = np.stack([corners[:-1], corners[1:]], axis=1)[of[:-1] == of[1:]]
    return np.asarray(shapely.linestrings(ends))


def _ending_on(drawn: BaseGeometry, line: BaseGeometry) -> BaseGeometry:
    """Return `line` with its ends led on to `drawn`, where it was cut off beside it."""
    corners = shapely.get_coordinates(line)
    to = [shapely.shortest_line(shapely.Point(end), drawn) for end in (corners[0], corners[-1])]
    first, last = (shapely.get_coordinates(one)[1:] if one.length < 2 * BESIDE_DEGREE else [] for one in to)
    return shapely.LineString([*first, *corners, *last])


def _mesh(shapes: list[BaseGeometry], larger: Sequence[BaseGeometry] = ()) -> dict[str, Any]:
    """Return boundaries as lines, each once, but for those that are also boundaries of what is `larger`."""
    lines, drawn = (shapely.union_all([shape.boundary for shape in of]) for of in (shapes, larger))
    alone = shapely.difference(lines, drawn)  # their corners are the same, to the last digit
    return _collection([shapely.line_merge(alone)], 0)
