"""The area of a selection, as one word of an address: a polygon, or a distance round a point or a feature."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.gazetteer import boundary, called, place
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.within import buffer_km


@lru_cache(64)
def area(atlas: Atlas, text: str) -> BaseGeometry:
    """Return the area that `text` means, lon/lat degrees (WGS84).

    `103.1,30.2;103.5,30.2;103.5,30.6` is a polygon by its corners, `104.06,30.66~30` what lies within
    30 km of a point, `f-00123~30` within 30 km of a feature of `atlas`, `513423~30` (or `盐源县~30`) of a
    district. LayerError says what is wrong.
    """
    centre, round_, km = text.partition("~")
    if not round_:
        return _polygon(centre)
    try:
        distance_km = float(km)
    except ValueError:
        raise _bad(text) from None
    around = buffer_km(shape_of(atlas, centre), distance_km)
    west, south, east, north = around.bounds
    if around.is_empty or not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise LayerError(f"选区“{text}”伸到经纬度之外 (area beyond lon/lat degrees)；请另选中心或缩短距离。")
    return around


def drawn(text: str) -> dict[str, Any] | None:
    """Return an area as the map draws it: `area`, its corners (lon, lat), or `near`, a position, and `km`; None for others."""
    centre, round_, km = text.partition("~")
    if not round_ and text:
        return {"area": [_position(corner) for corner in centre.split(";")]}
    return {"near": _position(centre), "km": float(km)} if "," in centre else None


def centre_of(atlas: Atlas, text: str) -> tuple[BaseGeometry, float] | None:
    """Return what an area lies round, lon/lat degrees, and the error of its position in km; None for a polygon."""
    centre, _, km = text.partition("~")
    if not km:
        return None
    error_km = atlas.table.loc[atlas.table["id"] == centre, "error_km"]
    return shape_of(atlas, centre), float(error_km.iloc[0]) if len(error_km) else 0.0


def around(atlas: Atlas, text: str) -> tuple[str, str]:
    """Return round what an area lies, in words, and how many km far; ("", "") where it is a polygon."""
    centre, _, km = text.partition("~")
    if not km:
        return "", ""
    if centre.startswith("f-"):
        return atlas.feature(centre).name, km
    return (centre.replace(",", "°E ") + "°N" if "," in centre else called(place(centre))), km


def shape_of(atlas: Atlas, text: str) -> BaseGeometry:
    """Return a feature, a position, or a district (its boundary, else its seat), lon/lat degrees; LayerError for none."""
    if text.startswith("f-"):
        return _feature(atlas, text)
    if "," in text or not text:
        return Point(_position(text))
    try:
        one = place(text)
    except GeoError as error:
        raise LayerError(str(error)) from None
    return boundary(one.adcode) or Point(one.lon_degree, one.lat_degree)


def _polygon(text: str) -> Polygon:
    corners = [_position(corner) for corner in text.split(";")]
    if len(corners) < 3:
        raise _bad(text)
    ring = Polygon(corners)
    if not ring.is_valid or ring.is_empty or not ring.area:
        raise LayerError("选区的边相互交叉或没有面积 (self-intersecting or empty area)；请重新绘制。")
    return ring


def _position(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(number) for number in text.split(","))
    except ValueError:
        raise _bad(text) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise LayerError(f"“{text}”不是经纬度 (not lon/lat degrees)；经度在前，纬度在后。")
    return lon, lat


def _feature(atlas: Atlas, identity: str) -> BaseGeometry:
    found = atlas.table.loc[atlas.table["id"] == identity, "geometry"]
    if found.empty:
        raise LayerError(f"没有编号为“{identity}”的要素 (unknown feature)。")
    if found.iloc[0] is None:
        raise LayerError(f"{identity} 文中未给出可落图的位置，无法取其周边 (feature without a place)。")
    return found.iloc[0]


def _bad(text: str) -> LayerError:
    return LayerError(f"选区“{text}”应写作 经度,纬度;经度,纬度;… 或 经度,纬度~公里 或 要素编号~公里 (bad area)。")
