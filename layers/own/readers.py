"""Bytes of a file to raw layers: attributes, geometries as written, and the coordinate system it names.

Every file is taken for hostile: formats are told by their content and not only by their name, and
GDAL sees nothing but files of a known kind under names of our own, in a folder that is removed.
"""

from __future__ import annotations

import io
import itertools
import json
import math
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.recognise import named
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own import columns
from layers.own.archive import members
from layers.own.geopackage import feature_layers
from layers.own.kml import clean
from layers.text import shortened, visible

MOST_FEATURES = 50_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200
MOST_SHEETS = 20
LONGEST_NAME = 60
Shapes = list[BaseGeometry | None]


@dataclass(frozen=True, slots=True)
class Raw:
    """A layer as it stands in the file."""

    name: str
    attributes: pd.DataFrame
    shapes: Shapes  # beside the rows of `attributes`; None where there is none
    crs: CRS | None = None  # as far as the file names one
    reasons: tuple[str, ...] = ()  # beside `shapes`: why one is None, "" otherwise
    notes: tuple[Note, ...] = ()
    offset: bool = False  # the file says that its positions are GCJ-02


def geojson(data: bytes) -> list[Raw]:
    """Read a FeatureCollection, a Feature or a bare geometry."""
    text, _ = columns.decode(data)
    try:
        table = json.loads(text)
    except json.JSONDecodeError as error:
        raise LayerError(f"GeoJSON 第 {error.lineno} 行不是合法的 JSON (invalid JSON)；文件可能不完整。") from None
    except RecursionError:
        raise LayerError("GeoJSON 的嵌套过深 (nested too deeply)；请检查文件。") from None
    entries = _entries(table)
    limit(len(entries))
    read = [_shape(one.get("geometry") if isinstance(one, dict) else None) for one in entries]
    crs, notes = _member_crs(table)
    return [Raw("", _properties(entries), [shape for shape, _ in read], crs, tuple(why for _, why in read), notes)]


def _properties(entries: Sequence[Any]) -> pd.DataFrame:
    """A column a key, of the first MOST_COLUMNS keys: every feature may bring keys of its own."""
    written = [one.get("properties") if isinstance(one, dict) else None for one in entries]
    rows = [row if isinstance(row, dict) else {} for row in written]
    keys = itertools.islice(dict.fromkeys(key for row in rows for key in row), MOST_COLUMNS)
    return _frame({key: [row.get(key) for row in rows] for key in keys}, len(rows))


def _frame(table: Mapping[str, Iterable[Any]], length: int) -> pd.DataFrame:
    """Attributes as numbers and as text that can be shown; names of columns too."""
    found: dict[str, pd.Series] = {}
    for key, values in table.items():
        name = shortened(visible(str(key)).strip(), LONGEST_NAME) or "列"
        found[name if name not in found else f"{name}_{len(found)}"] = pd.Series(
            [_value(one) for one in values], dtype=object
        )
    return pd.DataFrame(found, index=range(length)).infer_objects()


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if value is None or isinstance(value, (bool, int, float)):
        return None if isinstance(value, float) and math.isnan(value) else value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, (dict, list)):
        return visible(json.dumps(value, ensure_ascii=False))
    return value.item() if isinstance(value, np.number) else visible(str(value))


def _entries(table: Any) -> list[Any]:
    kind = table.get("type") if isinstance(table, dict) else None
    if kind == "FeatureCollection" and isinstance(table.get("features"), list):
        return list(table["features"])
    if kind == "Feature":
        return [table]
    if kind in (
        "GeometryCollection",
        *(many + one for many in ("", "Multi") for one in ("Point", "LineString", "Polygon")),
    ):
        return [{"geometry": table, "properties": {}}]
    raise LayerError("文件不是 GeoJSON：缺少 FeatureCollection、Feature 或几何类型 (not GeoJSON)。")


def _shape(written: Any) -> tuple[BaseGeometry | None, str]:
    if not isinstance(written, dict):
        return None, "no_coordinates"
    try:  # the C++ reader is ten times as fast, but knows neither NaN nor rings left open
        shape = shapely.from_geojson(json.dumps(written), on_invalid="ignore")
        return shapely.force_2d(shapely.geometry.shape(written) if shape is None else shape), ""
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None, "unreadable"


def _member_crs(table: dict[str, Any]) -> tuple[CRS | None, tuple[Note, ...]]:
    """The `crs` member of GeoJSON 2008; a link is never followed."""
    member = table.get("crs")
    if not isinstance(member, dict):
        return None, ()
    properties = member.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    try:
        return named("EPSG:4326" if name.endswith("CRS84") else name), ()
    except GeoError:
        return None, (note("文件的 crs 成员“{name}”无法识别，已忽略。", name=shortened(visible(name), LONGEST_NAME)),)


def kml(data: bytes) -> list[Raw]:
    """Read KML; what it links to is not followed."""
    cleaned, links = clean(data)
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        path = Path(folder) / "data.kml"
        path.write_bytes(cleaned)
        raws = [_gdal(path, name, name, drop=_KML_ONLY) for name in _layer_names(path)]
    said = (note("文件中有 {n} 处网络链接，未读取其内容。", n=links),) if links else ()
    return [replace(raw, crs=named("EPSG:4326"), notes=said) for raw in raws]


# What the library adds to every placemark, of display and not of substance.
_KML_ONLY = frozenset(
    [
        "id",
        "timestamp",
        "begin",
        "end",
        "altitudeMode",
        "tessellate",
        "extrude",
        "visibility",
        "drawOrder",
        "icon",
        "snippet",
    ]
)


def kmz(data: bytes) -> list[Raw]:
    """Read the KML of a KMZ: doc.kml, or the first one."""
    found = members(data, (".kml",))
    if not found:
        raise LayerError("KMZ 内没有 .kml 文件 (no KML inside)。")
    main = next((name for name in found if name.lower() == "doc.kml"), min(found))
    return kml(found[main])


_SHP_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_SHP_MAGIC = b"\x00\x00\x27\x0a"


def shapefile(data: bytes) -> list[Raw]:
    """Read every shapefile of a zip."""
    stems: dict[str, dict[str, bytes]] = {}
    for name, content in members(data, _SHP_PARTS).items():
        path = PurePosixPath(name)
        if not path.name.startswith("._"):  # macOS adds a shadow of every file
            stems.setdefault(str(path.with_suffix("")).lower(), {})[path.suffix.lower()] = content
    whole = {stem: parts for stem, parts in stems.items() if ".shp" in parts}
    if not whole:
        raise LayerError("zip 内没有 .shp 文件 (no shapefile inside)；请把 .shp .shx .dbf .prj 一起打包。")
    return [_one_shapefile(PurePosixPath(stem).name, parts) for stem, parts in whole.items()]


def _one_shapefile(stem: str, parts: dict[str, bytes]) -> Raw:
    if parts[".shp"][:4] != _SHP_MAGIC:
        raise LayerError(f"“{stem}.shp”的内容不是 Shapefile (not a shapefile)。")
    missing = [part for part in (".shx", ".dbf") if part not in parts]
    if missing:
        raise LayerError(f"“{stem}”缺少 {'、'.join(missing)} (incomplete shapefile)；请把同名文件一起打包。")
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        for ending, content in parts.items():
            (Path(folder) / f"data{ending}").write_bytes(content)
        return _gdal(Path(folder) / "data.shp", stem, None, encoding=_dbf_encoding(parts))


def _dbf_encoding(parts: dict[str, bytes]) -> str:
    """The encoding that reads the table with the fewest errors: the one that is named, UTF-8, GB18030."""
    table = parts[".dbf"]
    records = table[int.from_bytes(table[8:10], "little") :]
    said = parts.get(".cpg", b"").decode("ascii", "ignore").strip()
    found: dict[str, int] = {}
    for encoding in (said, "UTF-8", "GB18030"):
        try:
            found.setdefault(encoding, records.decode(encoding, "replace").count("\ufffd"))
        except LookupError:
            continue
    return min(found, key=found.__getitem__)


def geopackage(data: bytes) -> list[Raw]:
    """Read every feature table of a GeoPackage."""
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        path = Path(folder) / "data.gpkg"
        path.write_bytes(data)
        return [_gdal(path, name, name) for name in feature_layers(path)]


def _layer_names(path: Path) -> list[str]:
    return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]


def _gdal(
    path: Path, name: str, layer: str | None, *, encoding: str | None = None, drop: frozenset[str] = frozenset()
) -> Raw:
    about = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
    limit(about["features"])
    fields = list(about["fields"])[:MOST_COLUMNS]
    frame = pyogrio.read_dataframe(
        path, layer=layer, encoding=encoding, columns=fields, force_2d=True, on_invalid="ignore"
    )
    if "geometry" not in frame:
        return Raw(_name(name), pd.DataFrame(index=range(len(frame))), [None] * len(frame))
    crs = CRS.from_user_input(frame.crs) if frame.crs is not None else None
    known = None if crs is None or crs.name.lower().startswith(("undefined", "unknown", "unnamed")) else crs
    kept = [column for column in frame.columns if column != "geometry" and column not in drop]
    return Raw(_name(name), _frame({key: frame[key] for key in kept}, len(frame)), list(frame.geometry), known)


def _name(text: str) -> str:
    return shortened(visible(text), LONGEST_NAME)


def csv(data: bytes) -> list[Raw]:
    """Read a delimited text with coordinate columns."""
    text, encoding = columns.decode(data)
    rows = columns.csv_rows(text)
    if not rows:
        raise _no_columns()
    raw = _table("", rows)
    return [replace(raw, notes=(*raw.notes, note("文字编码：{encoding}。", encoding=encoding)))]


def xlsx(data: bytes) -> list[Raw]:
    """Read every sheet with coordinate columns."""
    members(data, ("",))  # the limits of an archive hold for a workbook
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = {sheet.title: _cells(sheet) for sheet in book.worksheets[:MOST_SHEETS]}
    found = [_table(title, rows) for title, rows in sheets.items() if columns.columns(rows)]
    if not found:
        raise _no_columns()
    return found


def _cells(sheet: Any) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    cells = 0
    for row in sheet.iter_rows(max_row=MOST_FEATURES + columns.HEAD_ROWS, max_col=MOST_COLUMNS, values_only=True):
        if any(cell is not None for cell in row):
            rows.append(row)
            cells += len(row)
        if cells > MOST_CELLS:
            raise LayerError(f"工作表的单元格超过 {MOST_CELLS:,} 个 (too many cells)；请删去不需要的行列。")
    return rows


def _no_columns() -> LayerError:
    return LayerError(
        "表格中没有找到坐标列 (no coordinate columns)；请把列名写作 经度、纬度（或 lon、lat；x、y；WKT），放在前 10 行内。"
    )


def _table(name: str, rows: Sequence[Sequence[Any]]) -> Raw:
    at = columns.columns(rows)
    if at is None:
        raise _no_columns()
    body = [row for row in rows[at.head + 1 :] if any(cell not in (None, "") for cell in row)]
    limit(len(body))
    heads = _unique(rows[at.head])
    kept = [i for i in range(len(heads)) if i not in (at.east, at.north, at.wkt)]
    table = {heads[i]: [row[i] if i < len(row) else None for row in body] for i in kept}
    read = [columns.geometry(row, at) for row in body]
    said = (note("列名表明坐标为 GCJ-02（网络地图坐标）；如属实，请按 GCJ-02 纠正。"),) if at.offset else ()
    shapes, reasons = [shape for shape, _ in read], tuple(why for _, why in read)
    return Raw(_name(name), _frame(table, len(body)), shapes, None, reasons, said, at.offset)


def _unique(heads: Iterable[Any]) -> list[str]:
    found: list[str] = []
    for i, head in enumerate(heads, 1):
        text = str(head).strip() if head not in (None, "") else f"列{i}"
        found.append(text if text not in found else f"{text}_{i}")
    return found


def limit(features: int) -> None:
    """Raise LayerError when a layer has more features than are read."""
    if features > MOST_FEATURES:
        raise LayerError(f"要素有 {features:,} 个，多于 {MOST_FEATURES:,} 个 (too many features)；请先筛选或合并。")


READERS: dict[str, tuple[str, Callable[[bytes], list[Raw]]]] = {
    ".geojson": ("GeoJSON", geojson),
    ".json": ("GeoJSON", geojson),
    ".zip": ("Shapefile", shapefile),
    ".gpkg": ("GeoPackage", geopackage),
    ".kml": ("KML", kml),
    ".kmz": ("KMZ", kmz),
    ".csv": ("CSV", csv),
    ".txt": ("CSV", csv),
    ".xlsx": ("XLSX", xlsx),
}
