"""Features to files. Every format carries every feature and its citations."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import geopandas as gpd

from geo.errors import GeoError
from geo.systems import CHOICES, GCJ02, WGS84, ZONE_OF_DATA, CoordinateSystem
from geo.systems import coordinate_system as _named
from layers.errors import LayerError
from layers.export.columns import cite, flat, safe_cell, safe_cells
from layers.export.metadata import about
from layers.export.text import csv, geojson
from layers.folders import save

__all__ = [
    "FORMATS", "Format", "cite", "content", "coordinate_system", "csv", "file_name", "flat", "geojson",
    "safe_cell", "safe_cells", "write",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export."""

    key: str
    ending: str
    mime: str
    title: str
    module: str  # of layers.export, and in it the function that makes the file; imported when one is first made
    function: str
    named: bool = False  # whether the function takes what the file will be called
    systems: tuple[str, ...] = tuple(CHOICES)  # keys of geo.systems.CHOICES that the format can hold

    def make(self, selected: gpd.GeoDataFrame, system: CoordinateSystem, name: str) -> bytes:
        """Return the file of features in WGS84, in a system; `name` is what it will be called."""
        made = getattr(import_module(f"layers.export.{self.module}"), self.function)
        content = made(selected, system, name) if self.named else made(selected, system)
        return content.encode() if isinstance(content, str) else content


FORMATS = {
    one.key: one
    for one in (
        Format("geojson", "geojson", "application/geo+json", "GeoJSON", "text", "geojson"),
        Format(
            "gpkg",
            "gpkg",
            "application/geopackage+sqlite3",
            "GeoPackage（分层、带样式，QGIS）",
            "geopackage",
            "geopackage",
            named=True,
        ),
        Format("shp", "shp.zip", "application/zip", "Shapefile（zip，UTF-8，附字段说明）", "shapefile", "shapefile"),
        Format(
            "xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel 重点项目清单",
            "workbook",
            "workbook",
        ),
        Format("csv", "csv", "text/csv", "CSV 表格", "text", "csv"),
        Format(
            "kml",
            "kml",
            "application/vnd.google-earth.kml+xml",
            "KML（分图层着色）",
            "kml",
            "kml",
            systems=(WGS84.key, GCJ02.key),
        ),
        Format("fgb", "fgb", "application/octet-stream", "FlatGeobuf", "binary", "flatgeobuf"),
        Format("parquet", "parquet", "application/vnd.apache.parquet", "GeoParquet", "binary", "geoparquet"),
    )
}


def coordinate_system(asked: str, selected: gpd.GeoDataFrame) -> CoordinateSystem:
    """Return the system that `asked` means for these features; LayerError lists what there is."""
    try:
        return _named(asked, selected.geometry.to_numpy())
    except GeoError as error:
        raise LayerError(str(error)) from None


def content(
    selected: gpd.GeoDataFrame, form: str = "geojson", system: CoordinateSystem = WGS84, name: str = ""
) -> bytes:
    """Return the file of `selected` in a format of FORMATS, which will have that name (default: that of file_name).

    An empty selection is a valid, empty file. LayerError when there is no such format, or when it
    cannot hold the system.
    """
    known = FORMATS[_known(form)].systems
    if system.key not in known and ZONE_OF_DATA not in known:
        raise LayerError(f"{form} 不能使用 {system.title} (crs not allowed)。可用：{'、'.join(known)}")
    return FORMATS[form].make(selected, system, name or file_name(selected, form, system))


def _known(form: str) -> str:
    if form not in FORMATS:
        raise LayerError(f"不认识的格式“{form}” (unknown format)。可用：{', '.join(FORMATS)}")
    return form


def file_name(selected: gpd.GeoDataFrame, form: str = "geojson", system: CoordinateSystem = WGS84) -> str:
    """Return the name of a file of export: 川规图-攀西经济区-交通-20261127-EPSG4543.gpkg.

    It tells the selection, the day, and the system unless that is WGS84.
    """
    day = about(selected).made
    parts = ["川规图", selected.attrs.get("stem", "要素"), f"{day:%Y%m%d}", "" if system == WGS84 else system.slug]
    return "-".join(filter(None, parts)) + f".{FORMATS[form].ending}"


def write(
    selected: gpd.GeoDataFrame, path: Path, form: str = "", crs: str = WGS84.key
) -> tuple[Path, CoordinateSystem]:
    """Write `selected` in `form` (default: by the file's ending); return where it stands and the system it is in.

    In a folder the file gets the name that the app gives it. LayerError names the known formats and systems, or
    says why the path cannot be written: what stood there is then as it was.
    """
    system = coordinate_system(crs, selected)
    if path.is_dir():
        path /= file_name(selected, _known(form or "geojson"), system)
    ending = path.suffix.lstrip(".").lower()
    by_ending = next((key for key, one in FORMATS.items() if one.ending.rpartition(".")[2] == ending), ending)
    save(path, content(selected, form or by_ending, system, path.name))
    return path, system
