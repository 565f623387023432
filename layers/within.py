"""Which features lie within an area, by their drawn geometry; and which may, by their stated error.

Areas are polygons in lon/lat degrees (WGS84): drawn on the map, uploaded, or a distance round something.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from layers.errors import LayerError

LARGEST_KM = 500.0
SPAN_DEGREE = 8.0  # a plane about the middle of this is true to a third of a percent
STEP_DEGREE = 0.05  # a straight line of degrees is bent in the plane, and the other way round
STEP_M = 5000.0
QUARTER = 24  # pieces of a quarter circle: short of the radius by a tenth of a percent


def within(atlas: gpd.GeoDataFrame, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the rows of `atlas` whose drawn geometry meets `area` (WGS84), in their order.

    Parts of `area` may overlap. LayerError when it is empty or not in degrees.
    """
    parts = _parts(area)
    rows, _ = shapely.STRtree(parts).query(atlas.geometry.to_numpy(), predicate="intersects")
    return atlas.iloc[np.unique(rows)]


def may_lie_within(atlas: gpd.GeoDataFrame, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Return the rows of `atlas` drawn outside `area`, but nearer to it than their stated error."""
    outside = atlas.drop(index=within(atlas, area).index)
    outside = outside[outside["error_km"].notna() & outside.geometry.notna()]
    forth, _ = _plane(area)
    tree = shapely.STRtree(_moved(np.array(_parts(area), dtype=object), forth))
    rows, _ = tree.query(
        _moved(outside.geometry.to_numpy(), forth), predicate="dwithin", distance=outside["error_km"].to_numpy(float) * 1000
    )
    return outside.iloc[np.unique(rows)]


def buffer_km(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Return all that lies within `km` of `shape` (WGS84), true on the ellipsoid to less than a percent.

    Each part is buffered in a plane about its own middle. LayerError for a distance that is not
    between 0 and LARGEST_KM, for an empty shape and for one that is not in degrees.
    """
    if not 0 < km <= LARGEST_KM:
        raise LayerError(f"距离 {km:g} 公里无效 (invalid distance)；请填 0 到 {LARGEST_KM:g} 之间的数。")
    _parts(shape)
    return shapely.union_all([_buffered(piece, km) for piece in _pieces(shape)])


def _buffered(piece: BaseGeometry, km: float) -> BaseGeometry:
    forth, back = _plane(piece)
    plane = _moved(shapely.segmentize(piece, STEP_DEGREE), forth)
    round_it = shapely.segmentize(shapely.buffer(plane, km * 1000, quad_segs=QUARTER), STEP_M)
    return shapely.make_valid(_moved(round_it, back), method="structure", keep_collapsed=False)


def _pieces(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """The shape, cut until each piece is small enough for one plane."""
    west, south, east, north = shape.bounds
    columns, rows = (max(1, math.ceil(size / SPAN_DEGREE)) for size in (east - west, north - south))
    if columns == rows == 1:
        yield shape
        return
    wide, high = (east - west) / columns, (north - south) / rows
    for i in range(columns):
        for j in range(rows):
            cell = shapely.box(west + i * wide, south + j * high, west + (i + 1) * wide, south + (j + 1) * high)
            piece = shapely.intersection(shape, cell)
            if not piece.is_empty:
                yield piece


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


def _plane(shape: BaseGeometry) -> tuple[Transformer, Transformer]:
    """To and from a plane in metres, equidistant about the middle of `shape`."""
    west, south, east, north = shape.bounds
    plane = CRS.from_proj4(f"+proj=aeqd +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84")
    degrees = CRS.from_epsg(4326)
    return (
        Transformer.from_crs(degrees, plane, always_xy=True),
        Transformer.from_crs(plane, degrees, always_xy=True),
    )


def _moved(shapes: BaseGeometry, by: Transformer) -> BaseGeometry:
    return shapely.transform(shapes, lambda at: np.column_stack(by.transform(at[:, 0], at[:, 1])))
