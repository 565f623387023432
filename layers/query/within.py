"""Which features lie within an area, by their drawn geometry; and which may, by their stated error.

Areas are polygons in lon/lat degrees (WGS84): drawn on the map, uploaded, or a distance round something.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.crossings import MOST_CROSSINGS, crossings
from layers.errors import LayerError

LARGEST_KM = 500.0
SMALLEST_KM = 0.01  # finer than anything is placed; less than a few metres has no area left
SPAN_DEGREE = 8.0  # a plane about the middle of this is true to a third of a percent
STEP_DEGREE = 0.05  # a straight line of degrees is bent in the plane, and the other way round
STEP_M = 5000.0
SLACK_M = 4.0  # a km of the distance: what may be left out of a shape before it is buffered
MOST_SHAPES = 5000
MOST_ROUND = 100_000  # vertices that something is drawn round
LARGE = 2000  # vertices
FINE_DEGREE = 0.0001
QUARTER = 24  # pieces of a quarter circle: short of the radius by a tenth of a percent

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]


def within(rows: gpd.GeoDataFrame, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Return those of `rows` (of an atlas) whose drawn geometry meets `area` (WGS84), in their order.

    Parts of `area` may overlap. LayerError when it is empty or not in degrees.
    """
    parts = _parts(area)
    met, _ = shapely.STRtree(parts).query(rows.geometry.to_numpy(), predicate="intersects")
    return rows.iloc[np.unique(met)]


def may_lie_within(rows: gpd.GeoDataFrame, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Return those of `rows` (of an atlas) drawn outside `area`, but nearer to it than their stated error."""
    outside = rows.drop(index=within(rows, area).index)
    outside = outside[outside["error_km"].notna() & outside.geometry.notna()]
    forth, _ = _plane(area.bounds)
    tree = shapely.STRtree(_moved(np.array(_parts(area), dtype=object), forth))
    met, _ = tree.query(
        _moved(outside.geometry.to_numpy(), forth),
        predicate="dwithin",
        distance=outside["error_km"].to_numpy(float) * 1000,
    )
    return outside.iloc[np.unique(met)]


def area_of(uploaded: gpd.GeoDataFrame, km: float) -> BaseGeometry:
    """Return the area of the polygons of a layer (WGS84), or what lies within `km` of all that is in it.

    Large outlines are taken to ten metres, finer than any feature is placed. LayerError where it has
    no polygon and `km` is 0, or is too large to be an area.
    """
    shapes = uploaded.geometry.to_numpy()
    if len(shapes) > MOST_SHAPES:
        raise LayerError(
            f"用作选区的要素有 {len(shapes):,} 个，多于 {MOST_SHAPES:,} 个 (too many features)；请先筛选或合并。"
        )
    large = shapely.get_num_coordinates(shapes) > LARGE
    if any(crossings(shape) > MOST_CROSSINGS for shape in shapes[large]):
        raise LayerError("图形自相交过多，不能用作选区 (tangled geometry)；请先简化。")
    shapes = np.where(large, shapely.simplify(shapes, FINE_DEGREE), shapes)
    if km and shapely.get_num_coordinates(shapes).sum() > MOST_ROUND:
        raise LayerError(f"图形多于 {MOST_ROUND:,} 个顶点，不能取周边 (too many vertices)；请先简化，或填 0 只取面内。")
    if km:
        return buffer_km(shapely.GeometryCollection(list(shapes)), km)
    grounds = [shape for shape in shapes if shape.area]
    if not grounds:
        raise LayerError("这个图层没有面，不能直接用作选区 (no polygons)；请填写距离，选取若干公里以内。")
    return shapely.GeometryCollection(grounds)


def buffer_km(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Return all that lies within `km` of `shape` (WGS84), true on the ellipsoid to less than a percent.

    A large shape is cut, and each piece buffered in a plane about its own middle. LayerError for a
    distance that is not between SMALLEST_KM and LARGEST_KM, for an empty shape and for one that is not in degrees.
    """
    if not SMALLEST_KM <= km <= LARGEST_KM:
        raise LayerError(f"距离 {km:g} 公里无效 (invalid distance)；请填 {SMALLEST_KM:g} 到 {LARGEST_KM:g} 之间的数。")
    parts = np.array(_parts(shape), dtype=object)
    return shapely.union_all([_buffered(piece, km) for piece in _pieces(parts)])


def _buffered(parts: Shapes, km: float) -> BaseGeometry:
    forth, back = _plane(shapely.total_bounds(parts))
    plane = shapely.simplify(_moved(shapely.segmentize(parts, STEP_DEGREE), forth), km * SLACK_M)
    around = shapely.union_all(shapely.buffer(plane, km * 1000, quad_segs=QUARTER))
    return shapely.make_valid(
        _moved(shapely.segmentize(around, STEP_M), back), method="structure", keep_collapsed=False
    )


def _pieces(parts: Shapes) -> Iterator[Shapes]:
    """The parts, cut and sorted so that each piece is small enough for one plane."""
    west, south, east, north = shapely.total_bounds(parts)
    columns, rows = (max(1, math.ceil(size / SPAN_DEGREE)) for size in (east - west, north - south))
    wide, high = (east - west) / columns, (north - south) / rows
    for i in range(columns):
        for j in range(rows):
            cell = shapely.box(west + i * wide, south + j * high, west + (i + 1) * wide, south + (j + 1) * high)
            piece = shapely.intersection(parts, cell) if columns * rows > 1 else parts
            if not shapely.is_empty(piece).all():
                yield piece[~shapely.is_empty(piece)]


def _parts(area: BaseGeometry) -> list[BaseGeometry]:
    """The single geometries of `area`; LayerError when there are none, or when they are not in degrees."""
    if area.is_empty:
        raise LayerError("选区是空的 (empty area)；请重新选择。")
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise LayerError("选区不是经纬度坐标 (area is not in lon/lat degrees)；请先转换为 WGS84。")
    parts = [area]
    while any(one.geom_type.startswith(("Multi", "GeometryCollection")) for one in parts):
        parts = list(shapely.get_parts(parts))
    return parts


def _plane(bounds: Sequence[float]) -> tuple[Transformer, Transformer]:
    """To and from a plane in metres, equidistant about the middle of `bounds` (degrees)."""
    west, south, east, north = bounds
    plane = CRS.from_proj4(f"+proj=aeqd +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84")
    degrees = CRS.from_epsg(4326)
    return (
        Transformer.from_crs(degrees, plane, always_xy=True),
        Transformer.from_crs(plane, degrees, always_xy=True),
    )


def _moved(shapes: Any, by: Transformer) -> Any:
    return shapely.transform(shapes, lambda at: np.column_stack(by.transform(at[:, 0], at[:, 1])))
