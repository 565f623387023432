"""Files of export, opened again as a planner's tools open them."""

from __future__ import annotations

import csv as commas
import io
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyogrio

from layers.export import FORMATS
from layers.export.columns import COLUMNS
from layers.export.shapefile import WHOLE

SPATIAL = ("geojson", "gpkg", "shp", "kml", "fgb", "parquet")
PAIRS = [(form, asked) for form in FORMATS for asked in FORMATS[form].systems]
KML = "{http://www.opengis.net/kml/2.2}"


def opened(form: str, made: bytes, folder: Path) -> gpd.GeoDataFrame:
    """All layers of a spatial file as one frame: id, name and text of the citations, geometry."""
    path = folder / f"x.{FORMATS[form].ending}"
    path.write_bytes(made)
    if form == "parquet":
        frames = [gpd.read_parquet(path)]
    else:
        frames = [pyogrio.read_dataframe(path, layer=name) for name, _ in pyogrio.list_layers(path)]
        frames = [one for one in frames if not {"citations", "引文", "CITATIONS"}.isdisjoint(one.columns)]
    names = {"id": "id", "name": "name", "basis": "basis", "citations": "citations"}
    names |= {head: key for column in COLUMNS if (key := column.key) in names for head in (column.head, column.field)}
    names["Name"] = "name"  # of KML
    kept = [frame.rename(columns=names) for frame in frames]
    return gpd.GeoDataFrame(
        {
            "id": [one for frame in kept for one in frame["id"]],
            "name": [one for frame in kept for one in frame["name"]],
            "basis": [one for frame in kept for one in frame["basis"]],
            "citations": [one for frame in kept for one in frame["citations"]],
            "geometry": [one for frame in kept for one in frame.get("geometry", [None] * len(frame))],
        },
        crs=next((frame.crs for frame in frames if isinstance(frame, gpd.GeoDataFrame)), None),
    ).set_index("id")


def loaded(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[tuple]:
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def whole(made: bytes) -> list[dict[str, str]]:
    """The CSV beside the Shapefiles."""
    text = zipfile.ZipFile(io.BytesIO(made)).read(WHOLE).decode("utf-8-sig")
    return list(commas.DictReader(io.StringIO(text, newline="")))
