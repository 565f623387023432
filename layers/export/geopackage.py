"""GeoPackage: a table per layer and shape, Chinese aliases of its columns, and the style that QGIS opens it with."""

from __future__ import annotations

import datetime
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.systems import CoordinateSystem
from layers.export.columns import COLUMNS, heads, keyed, located
from layers.export.metadata import about
from layers.export.qml import qml
from layers.palette import COLOURS
from plans.vocabulary import label

SHAPES = {
    "面": ("Polygon", "MultiPolygon"),
    "线": ("LineString", "MultiLineString"),
    "点": ("Point", "MultiPoint"),
}
GEOMETRY = "geom"
UNPLACED = "未落图"
# QGIS keeps styles in a table of its own; these are the columns it looks for.
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
        f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
    INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles');
"""
# OGC 12-128r19, annex F.9 (Schema): names and descriptions of columns.
_SCHEMA = """
    CREATE TABLE gpkg_data_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
        constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
        CONSTRAINT gdc_tn UNIQUE (table_name, name));
    CREATE TABLE gpkg_data_column_constraints (
        constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
        max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
        CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
    CREATE TABLE IF NOT EXISTS gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
        CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
    INSERT INTO gpkg_extensions VALUES
        ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write'),
        ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write');
"""


def geopackage(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return a GeoPackage: tables named 图层_形状, areas below lines below points, and one of what is not drawn.

    Columns have the keys of COLUMNS. No features: one empty table.
    """
    features = gpd.GeoDataFrame(keyed(selected, system), geometry=located(selected, system))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan-atlas.gpkg"
        styles: dict[str, str] = {}
        for name, shape, colour, part in _tables(features, selected["layer"]):
            _write(part, path, name, f"Multi{SHAPES[shape][0]}")
            styles[name] = qml(shape, colour)
        unplaced = features[features.geometry.isna()]
        if len(unplaced):
            _write(pd.DataFrame(unplaced.drop(columns="geometry")), path, UNPLACED, None)
        _describe(path, [*styles, *([UNPLACED] if len(unplaced) else [])], styles, system)
        _date(path, about(selected).made)
        return path.read_bytes()


def _tables(features: gpd.GeoDataFrame, layers: pd.Series) -> Iterator[tuple[str, str, str, gpd.GeoDataFrame]]:
    """Name, shape, colour and features of each table that has any."""
    if features.empty:
        yield "要素_点", "点", COLOURS["city"], features
    for shape, types in SHAPES.items():
        drawn = features.geom_type.isin(types)
        for layer, colour in COLOURS.items():
            part = features[drawn & (layers == layer)]
            if len(part):
                yield f"{label('layer', layer)}_{shape}", shape, colour, part


def _write(part: pd.DataFrame, path: Path, name: str, geometry_type: str | None) -> None:
    options = {"GEOMETRY_NAME": GEOMETRY} if geometry_type else {}
    pyogrio.write_dataframe(
        part,
        path,
        layer=name,
        driver="GPKG",
        geometry_type=geometry_type,
        promote_to_multi=bool(geometry_type),
        append=path.exists(),
        layer_options=options,
        dataset_options={} if path.exists() else {"VERSION": "1.2"},  # which every GDAL since 2.2 reads in silence
    )


def _date(path: Path, made: datetime.datetime) -> None:
    """Set the time of every table to that of the file: two of one day are the same bytes."""
    day = made.strftime("%Y-%m-%dT00:00:00.000Z")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE gpkg_contents SET last_change = ?", (day,))
        database.execute("UPDATE layer_styles SET update_time = ?", (day,))


def _describe(path: Path, tables: list[str], styles: dict[str, str], system: CoordinateSystem) -> None:
    """Add what GDAL's writer does not: aliases of columns, styles, and the system in words."""
    aliases = [
        (table, column.key, head, head, column.words)
        for table in tables
        for column, head in zip(COLUMNS, heads(system), strict=True)
    ]
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_SCHEMA + _STYLES)
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?, ?, ?, ?, ?)",
            aliases,
        )
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
            " styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, ?, '川规图', ?, '', 1, '', '')",
            [(table, GEOMETRY, style) for table, style in styles.items()],
        )
        database.executemany(
            "UPDATE gpkg_contents SET description = ? WHERE table_name = ?",
            [(f"坐标系：{system.title}", table) for table in tables],
        )
