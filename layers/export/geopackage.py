"""GeoPackage: a table per layer and shape with Chinese names, the texts beside them, and how QGIS opens it all."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo.gazetteer import Place, boundary, counties, places, prefectures, sichuan, zone_of
from geo.systems import CoordinateSystem
from layers.about import GROUND
from layers.export.columns import COLUMNS, heads, keyed, located, plain
from layers.export.metadata import about, texts
from layers.export.project import NAME, Relation, Sheet, project
from layers.export.qml import aliases, feature_style, ground_style, qml
from layers.palette import COLOURS
from plans.vocabulary import label

# In the order in which QGIS lists and draws them: what is small lies on top.
SHAPES = {
    "点": ("Point", "MultiPoint"),
    "线": ("LineString", "MultiLineString"),
    "面": ("Polygon", "MultiPolygon"),
}
GEOMETRY = "geom"
UNPLACED, CITED, DISTRICTS = "未落图", "引文", "行政区界"
# Boundaries below the features: table, width of line, and the scale from which they are named.
GROUNDS = {"市州界": ("0.4", 8_000_000), "县区界": ("0.15", 1_000_000)}
DISTRICT_HEADS = {"adcode": "区划代码", "name": "名称", "prefecture": "所属市州", "zone": "经济区"}
CITED_HEADS = {
    "feature_id": "要素编号", "name": "要素名称", "title": "文件", "date": "印发日期", "path": "章节", "page": "页码",
    "prefix": "前文", "quote": "原文", "suffix": "后文", "named": "文中名称", "status": "状态", "status_text": "状态原文", "clause": "条款编号",
}  # fmt: skip
_SQL = (Path(__file__).parent / "geopackage.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, eq=False, slots=True)
class _Table:
    """A table to write, as a layer of the project, its columns under their heads, and what is said of it."""

    sheet: Sheet
    rows: pd.DataFrame
    heads: Mapping[str, str]
    said: str

    @property
    def name(self) -> str:
        return self.sheet.table


def geopackage(selected: gpd.GeoDataFrame, system: CoordinateSystem, file: str) -> bytes:
    """Return a GeoPackage that will be called `file`, by which the project in it finds its tables.

    Tables are named 图层_形状, points above lines above areas; then boundaries of districts, what is not drawn, and
    the citations, a row each, related to their features. No features: one empty table.
    """
    tables = [*_features(selected, system), *_grounds(system), _citations(selected)]
    told = about(selected)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan-atlas.gpkg"
        for one in tables:
            _write(one, path, texts(selected, system))
        relations = [
            Relation(one.name, CITED, "id", "feature_id", f"{one.name}的引文") for one in tables if "id" in one.heads
        ]
        made = project([one.sheet for one in tables], relations, file, system, told, bounds=_view(selected, system))
        with closing(sqlite3.connect(path)) as database, database:
            _describe(database, tables, made, f"{told.made:%Y-%m-%d}T00:00:00.000Z")
        return path.read_bytes()


def _view(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> tuple[float, float, float, float]:
    """The bounds of what is drawn within the province, of the province where nothing is."""
    province = shapely.box(*sichuan().bounds)
    drawn = shapely.box(*selected.total_bounds) if selected.geometry.notna().any() else province
    inside = shapely.intersection(drawn, province)
    west, south, east, north = system.project([province if inside.is_empty else inside])[0].bounds
    return west, south, east, north


# ---- tables ------------------------------------------------------------------------------------


def _features(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> Iterator[_Table]:
    features = gpd.GeoDataFrame(keyed(selected, system), geometry=located(selected, system))
    names = {column.key: head for column, head in zip(COLUMNS, heads(system), strict=True)}
    said = f"坐标系：{system.title}"
    if features.empty:
        style = [*feature_style("city", "点"), *aliases(names)]
        yield _Table(Sheet("要素_点", "", "点", style), features, names, said)
    for shape, types in SHAPES.items():
        drawn = features.geom_type.isin(types)
        for layer in COLOURS:
            of_it = drawn & (selected["layer"] == layer)
            if of_it.any():
                group = label("layer", layer)
                style = [*feature_style(layer, shape), *aliases(names)]
                yield _Table(Sheet(f"{group}_{shape}", group, shape, style), features[of_it], names, said)
    unplaced = pd.DataFrame(features[features.geometry.isna()].drop(columns="geometry"))
    if len(unplaced):
        yield _Table(Sheet(UNPLACED, "", "", aliases(names)), unplaced, names, "文中未给出可落图位置的要素")


def _grounds(system: CoordinateSystem) -> Iterator[_Table]:
    for (name, (width, named_from)), rows in zip(GROUNDS.items(), _districts(system), strict=True):
        style = [*ground_style(width, named_from), *aliases(DISTRICT_HEADS)]
        yield _Table(Sheet(name, DISTRICTS, "面", style), rows, DISTRICT_HEADS, GROUND)


@lru_cache(4)
def _districts(system: CoordinateSystem) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """The prefectures of Sichuan, and its counties; do not change them."""
    return _bounded(prefectures(), system), _bounded(counties(), system)


def _bounded(districts: Sequence[Place], system: CoordinateSystem) -> gpd.GeoDataFrame:
    rows = [
        {
            "adcode": one.adcode,
            "name": one.name,
            "prefecture": places()[one.prefecture].name,
            "zone": label("zone", zone_of()[one.prefecture]),
        }
        for one in districts
    ]
    shapes = system.project([boundary(one.adcode) for one in districts])
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=system.crs)


def _citations(selected: gpd.GeoDataFrame) -> _Table:
    rows = [
        {**one, "feature_id": key, "name": name, "named": one["name"], "status": label("status", one["status"])}
        for key, name, cited in zip(selected["id"], selected["name"], selected["citations"], strict=True)
        for one in cited
    ]
    frame = pd.DataFrame(rows, columns=list(CITED_HEADS)).map(plain)
    frame = frame.astype({key: "Int64" if key == "page" else str for key in CITED_HEADS})
    return _Table(Sheet(CITED, "", "", aliases(CITED_HEADS)), frame, CITED_HEADS, "每条引文一行，按要素编号与要素关联")


def _write(one: _Table, path: Path, told: dict[str, str]) -> None:
    shape = f"Multi{SHAPES[one.sheet.shape][0]}" if one.sheet.shape else None
    first = not path.exists()
    pyogrio.write_dataframe(
        one.rows,
        path,
        layer=one.name,
        driver="GPKG",
        geometry_type=shape,
        promote_to_multi=bool(shape),
        append=not first,
        layer_options={"GEOMETRY_NAME": GEOMETRY} if shape else {},
        dataset_options={"VERSION": "1.2"} if first else {},  # which every GDAL since 2.2 reads in silence
        dataset_metadata=told if first else None,
    )


# ---- what is said of them ----------------------------------------------------------------------


def _describe(database: sqlite3.Connection, tables: Sequence[_Table], made: bytes, day: str) -> None:
    """Add what GDAL's writer does not: names of columns, styles, the project, and one day for all of it."""
    database.executescript(_SQL)
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?, ?, ?, ?, ?)",
        [(one.name, key, head, head, _WORDS.get(key, head)) for one in tables for key, head in one.heads.items()],
    )
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
        " styleQML, styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?, ?, '川规图', ?, '', 1, '', '', ?)",
        [(one.name, GEOMETRY, qml(one.sheet.style), day) for one in tables if one.sheet.shape],
    )
    database.executemany(
        "UPDATE gpkg_contents SET description = ? WHERE table_name = ?", [(one.said, one.name) for one in tables]
    )
    database.execute("UPDATE gpkg_contents SET last_change = ?", (day,))
    database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (day,))
    about_it = json.dumps({"last_modified_time": day[:19], "last_modified_user": ""})
    database.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", (NAME, about_it, made.hex()))


_WORDS: dict[str, Any] = {column.key: column.words for column in COLUMNS}
