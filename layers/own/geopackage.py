"""What a GeoPackage of unknown origin holds, looked at before GDAL opens it.

A database can carry its own code: views and generated columns run when they are read, triggers on
writing. Views and triggers are dropped from the copy that is read; a layer must be a plain table.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from layers.about import GROUND
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own.gdal import layer, stored
from layers.own.raw import Raw, layer_name, limit_layers

_MAGIC = b"SQLite format 3\x00"
MOST_TABLES = 2_000


def geopackage(data: bytes) -> list[Raw]:
    """Read every feature table of a GeoPackage."""
    if not data.startswith(_MAGIC):
        raise LayerError("文件内容不是 GeoPackage (not a GeoPackage)。")

    def _read(folder: Path) -> list[Raw]:
        path = folder / "data.gpkg"
        names, notes = _feature_layers(path)
        raws = [layer(path, name, name) for name in names]
        return [replace(raws[0], notes=(*notes, *raws[0].notes)), *raws[1:]]

    return stored({"data.gpkg": data}, _read)


def _feature_layers(path: Path) -> tuple[list[str], tuple[Note, ...]]:
    """The names of the feature tables, in a file without views and triggers from then on; and what was left out."""
    try:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            return _plain(database)
    except (sqlite3.Error, ValueError):
        raise LayerError("GeoPackage 已损坏，或不是 GeoPackage (broken GeoPackage)；请重新导出。") from None


def _plain(database: sqlite3.Connection) -> tuple[list[str], tuple[Note, ...]]:
    """What `_feature_layers` returns; the boundaries below an export of our own are no layer of a planner."""
    master = database.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master LIMIT ?", (10 * MOST_TABLES,)
    ).fetchall()
    tables = {name for kind, name, _ in master if kind == "table"}
    if len(tables) > MOST_TABLES:
        raise LayerError(f"GeoPackage 有 {len(tables):,} 张表 (too many layers)；请只保留需要的图层。")
    virtual = [name for kind, name, sql in master if kind == "table" and _virtual(sql)]
    if virtual:
        raise LayerError(f"GeoPackage 含虚拟表“{virtual[0][:60]}” (has virtual tables)；请只导出普通图层。")
    if "gpkg_contents" not in tables and any(name == "gpkg_contents" for _, name, _ in master):
        raise LayerError("GeoPackage 的目录是视图 (has views)；请只导出普通图层。")
    for kind, name, _ in master:
        if kind in ("view", "trigger"):
            database.execute(f"DROP {kind} {_quoted(name)}")
    database.commit()
    listed = database.execute(
        "SELECT table_name, description FROM gpkg_contents WHERE data_type = 'features'"
    ).fetchall()
    found = [str(name) for name, said in listed if name in tables and said != GROUND]
    views = [str(name) for name, _ in listed if name not in tables]
    _without_code(database, found)
    if not found:
        raise LayerError("GeoPackage 内没有矢量图层 (no feature layers)。")
    limit_layers(len(found))
    said = [note("图层“{names}”是视图，未读取。", names=_some(views))] if views else []
    plain = [name for name in _attributes(database) if name in tables]
    return found, (*said, *([note("表“{names}”没有图形，未读取。", names=_some(plain))] if plain else []))


def _attributes(database: sqlite3.Connection) -> list[str]:
    """The tables without geometries, but those in which QGIS keeps styles."""
    listed = database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'attributes'").fetchall()
    return [str(name) for (name,) in listed if name != "layer_styles"]


def _some(names: list[str]) -> str:
    return "、".join(map(layer_name, names[:5]))


def _without_code(database: sqlite3.Connection, names: list[str]) -> None:
    """Raise LayerError for a table with columns that are computed when they are read."""
    for name in names:
        hidden = database.execute("SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden > 0", (name,)).fetchone()[0]
        if hidden:
            raise LayerError(f"图层“{name[:60]}”含计算列 (generated columns)；请导出为普通字段。")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _virtual(sql: str) -> bool:
    words = sql.upper().split(None, 2)
    return words[:2] == ["CREATE", "VIRTUAL"] and " USING RTREE" not in sql.upper()
