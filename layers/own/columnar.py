"""FlatGeobuf and GeoParquet, in which the atlas itself writes."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.spoken import offset
from layers.errors import LayerError
from layers.notes import note
from layers.own.archive import MB, MOST_UNPACKED
from layers.own.gdal import known, layer, stored
from layers.own.raw import Raw, columns_read, limit, table
from layers.own.shapes import from_wkbs
from layers.own.tables import layers_of, no_columns

_FGB = b"fgb\x03fgb"
_PARQUET = b"PAR1"


def flatgeobuf(data: bytes) -> list[Raw]:
    """Read the one layer of a FlatGeobuf."""
    if not data.startswith(_FGB):
        raise LayerError("文件内容不是 FlatGeobuf 3 (not FlatGeobuf)。")
    return stored({"data.fgb": data}, lambda folder: [layer(folder / "data.fgb", "")])


def parquet(data: bytes) -> list[Raw]:
    """Read a GeoParquet with WKB, or a Parquet with columns of positions."""
    if not data.startswith(_PARQUET):
        raise LayerError("文件内容不是 Parquet (not Parquet)。")
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        about = _checked(file)
        read = file.read(columns=[*file.schema_arrow.names])
    except pa.ArrowException:
        raise LayerError("Parquet 已损坏 (broken Parquet)；请重新导出。") from None
    if about is None:
        names = read.column_names
        rows = [names, *zip(*(read[name].to_pylist() for name in names), strict=True)]
        found = layers_of("", rows)
        if not found:
            raise no_columns()
        return found
    return [_geo(read, about)]


def _checked(file: pq.ParquetFile) -> dict[str, object] | None:
    """What a file says of its geometries, None when it says nothing; LayerError for more than the limits."""
    limit(file.metadata.num_rows)
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    if sum(one.total_byte_size for one in groups) > MOST_UNPACKED:
        raise LayerError(f"Parquet 解开后超过 {MOST_UNPACKED // MB} MB (archive too large)；请拆分后上传。")
    written = (file.metadata.metadata or {}).get(b"geo")
    return dict(json.loads(written)) if written else None


def _geo(read: pa.Table, about: dict[str, object]) -> Raw:
    main = str(about.get("primary_column"))
    columns = about.get("columns")
    said = columns.get(main) if isinstance(columns, dict) else None
    if main not in read.column_names or not isinstance(said, dict) or said.get("encoding") != "WKB":
        raise LayerError("GeoParquet 的几何不是 WKB (not WKB)；请按 GeoParquet 1.0 重新导出。")
    shapes, reasons, mended = from_wkbs(read[main].to_pylist())
    kept = [name for name in read.column_names if name not in (main, *_coverings(said))]
    most, notes = columns_read(len(kept), read.num_rows)
    attributes = table(kept[:most], (read[name].to_pylist() for name in kept[:most]), read.num_rows)
    try:
        crs = (
            CRS.from_user_input(said["crs"]) if said.get("crs") else CRS.from_epsg(4326) if "crs" not in said else None
        )
    except CRSError:
        crs, notes = None, (*notes, note("文件所写的坐标系无法识别，已忽略。"))
    return Raw("", attributes, shapes, known(crs), reasons, notes, offset(crs.name if crs else ""), mended)


def _coverings(said: dict[str, Any]) -> set[str]:
    """The columns that hold the bounds of each geometry (GeoParquet 1.1), which are no attributes."""
    boxes = said.get("covering")
    paths = (
        [path for box in boxes.values() if isinstance(box, dict) for path in box.values()]
        if isinstance(boxes, dict)
        else []
    )
    return {str(path[0]) for path in paths if isinstance(path, list) and path}
