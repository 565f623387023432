"""What a GeoPackage of unknown origin holds, looked at before GDAL opens it.

A database can carry its own code: views and generated columns run when they are read. Only plain
tables are let through; triggers run on writing alone, and nothing is ever written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from layers.errors import LayerError

_MAGIC = b"SQLite format 3\x00"


def feature_layers(path: Path) -> list[str]:
    """Return the names of the feature tables; LayerError when the file is no GeoPackage, or not a plain one."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise LayerError("文件内容不是 GeoPackage (not a GeoPackage)。")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            return _feature_layers(database)
    except sqlite3.Error:
        raise LayerError("GeoPackage 已损坏，或不是 GeoPackage (broken GeoPackage)；请重新导出。") from None


def _feature_layers(database: sqlite3.Connection) -> list[str]:
    master = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    views = [name for kind, name, _ in master if kind == "view"]
    if views:
        raise LayerError(f"GeoPackage 含视图“{views[0][:60]}” (has views)；请只导出普通图层。")
    virtual = [name for kind, name, sql in master if kind == "table" and _virtual(sql)]
    if virtual:
        raise LayerError(f"GeoPackage 含虚拟表“{virtual[0][:60]}” (has virtual tables)；请只导出普通图层。")
    tables = {name for kind, name, _ in master if kind == "table"}
    listed = database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'").fetchall()
    found = [str(name) for (name,) in listed if name in tables]
    for name in found:
        hidden = database.execute("SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden > 0", (name,)).fetchone()[0]
        if hidden:
            raise LayerError(f"图层“{name[:60]}”含计算列 (generated columns)；请导出为普通字段。")
    if not found:
        raise LayerError("GeoPackage 内没有矢量图层 (no feature layers)。")
    return found


def _virtual(sql: str) -> bool:
    words = sql.upper().split(None, 2)
    return words[:2] == ["CREATE", "VIRTUAL"] and " USING RTREE" not in sql.upper()
