"""The formats that are read, by the ending of a file; and archives of such files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from layers.errors import LayerError
from layers.notes import Note, note
from layers.own import archive, shapefile
from layers.own.archive import members
from layers.own.columnar import flatgeobuf, parquet
from layers.own.delimited import delimited
from layers.own.exchange import dxf, gpx
from layers.own.geojson import geojson
from layers.own.geopackage import geopackage
from layers.own.kml import kml, kmz
from layers.own.raw import Raw, layer_name, limit_layers
from layers.own.workbook import xls, xlsx
from layers.text import shortened, visible

MOST_FILES = 20  # of an archive
Reader = Callable[[bytes], list[Raw]]
READERS: dict[str, tuple[str, Reader]] = {
    ".geojson": ("GeoJSON", geojson),
    ".json": ("JSON", geojson),
    ".geojsonl": ("GeoJSON", geojson),
    ".geojsons": ("GeoJSON", geojson),
    ".ndjson": ("GeoJSON", geojson),
    ".topojson": ("TopoJSON", geojson),
    ".ovjsn": ("奥维 JSON", geojson),
    ".gpkg": ("GeoPackage", geopackage),
    ".kml": ("KML", kml),
    ".kmz": ("KMZ", kmz),
    ".ovkml": ("奥维 KML", kml),
    ".ovkmz": ("奥维 KMZ", kmz),
    ".gpx": ("GPX", gpx),
    ".dxf": ("DXF", dxf),
    ".fgb": ("FlatGeobuf", flatgeobuf),
    ".parquet": ("GeoParquet", parquet),
    ".geoparquet": ("GeoParquet", parquet),
    ".csv": ("CSV", delimited),
    ".tsv": ("TSV", delimited),
    ".txt": ("文本", delimited),
    ".xlsx": ("XLSX", xlsx),
    ".xlsm": ("XLSX", xlsx),
    ".xls": ("XLS", xls),
}
ZIP = ".zip"
ENDINGS = (*READERS, ZIP)
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")  # beside a map they are what explains it
_PACKED = (".kmz", ".ovkmz", ".xlsx", ".xlsm")
# What planners bring and nothing here reads, and the way out.
_ELSEWHERE = {
    ".dwg": "请在 CAD 中另存为 DXF",
    ".rar": "请解压后打包为 zip",
    ".7z": "请解压后打包为 zip",
    ".shp": "请把 .shp .shx .dbf .prj 一起打包为 zip",
    ".dbf": "请把 .shp .shx .dbf .prj 一起打包为 zip",
    ".shx": "请把 .shp .shx .dbf .prj 一起打包为 zip",
    ".prj": "请把 .shp .shx .dbf .prj 一起打包为 zip",
    ".gdb": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".mdb": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".gdbtable": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".ovobj": "请在奥维中导出为 .ovkml 或 .ovjsn",
    ".mxd": "工程文件里没有数据，请导出图层",
    ".qgz": "工程文件里没有数据，请导出图层",
    ".lyr": "样式文件里没有数据，请导出图层",
    ".doc": "请把坐标表另存为 .xlsx 或 .csv",
    ".docx": "请把坐标表另存为 .xlsx 或 .csv",
    ".pdf": "请把坐标表另存为 .xlsx 或 .csv",
    ".et": "请在 WPS 中另存为 .xlsx",
    ".ods": "请另存为 .xlsx",
    ".tab": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".mif": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".wp": "请在 GIS 软件中导出为 GeoPackage 或 Shapefile",
    ".tif": "这是图片，没有可选取的图形",
    ".jpg": "这是图片，没有可选取的图形",
    ".png": "这是图片，没有可选取的图形",
}


def opened(title: str, data: bytes) -> tuple[str, list[Raw]]:
    """Return the format of a file, by the ending of its name, and its layers; LayerError when it cannot be read."""
    ending = PurePosixPath(title).suffix.lower()
    if ending == ZIP:
        return _zip(data)
    if ending not in READERS:
        raise unsupported(title)
    form, reader = READERS[ending]
    return form, reader(data)


def unsupported(title: str) -> LayerError:
    """Return the error of a file of a format that is not read."""
    way = _ELSEWHERE.get(PurePosixPath(title).suffix.lower(), "")
    known = "、".join(ENDINGS)
    return LayerError(f"不支持“{title}”这种文件 (unsupported format)。{way + '。' if way else ''}可用：{known}。")


def _zip(data: bytes) -> tuple[str, list[Raw]]:
    """Read what an archive holds: the maps in it, or the tables when there are none."""
    names = [name for name in archive.names(data) if not _is_shadow(name)]
    files = [name for name in names if PurePosixPath(name).suffix.lower() in READERS]
    shapes = [name for name in names if name.lower().endswith(".shp")]
    maps = [name for name in files if PurePosixPath(name).suffix.lower() not in _TABLES]
    chosen = sorted(maps if maps or shapes else files)
    if not chosen and not shapes:
        raise _nothing_inside(names)
    limit_layers(len(shapes))
    if len(chosen) > MOST_FILES:
        raise LayerError(f"压缩包内有 {len(chosen)} 个文件可读，多于 {MOST_FILES} 个 (too many members)；请分开打包。")
    found = members(data, (*shapefile.PARTS, *{PurePosixPath(name).suffix.lower() for name in chosen}))
    plain = {name: content for name, content in found.items() if not _is_shadow(name)}
    forms, raws = (["Shapefile"], shapefile.shapefiles(plain)) if shapes else ([], [])
    for name in chosen:
        form, read = _inside(name, plain[name], len(chosen))
        forms.append(form)
        raws += read
    left = [name for name in names if name in files and name not in chosen]
    return "、".join(dict.fromkeys(forms)), _with(raws, _left_out(left))


def _inside(name: str, data: bytes, files: int) -> tuple[str, list[Raw]]:
    """The layers of a file of an archive, under its name where there are several; an archive in it has a share of the limit."""
    path = PurePosixPath(name)
    if path.suffix.lower() in _PACKED:
        members(data, ("",), archive.MOST_UNPACKED // files)
    try:
        form, raws = opened(path.name, data)
    except LayerError as error:
        raise LayerError(f"“{shortened(visible(path.name), 60)}”：{error}") from None
    stem = path.stem if files > 1 else ""
    return form, [
        replace(raw, name=layer_name(" ".join(part for part in (stem, raw.name) if part) or path.stem)) for raw in raws
    ]


def _with(raws: list[Raw], notes: tuple[Note, ...]) -> list[Raw]:
    return [replace(raws[0], notes=(*raws[0].notes, *notes)), *raws[1:]]


def _left_out(names: list[str]) -> tuple[Note, ...]:
    if not names:
        return ()
    some = "、".join(shortened(visible(PurePosixPath(name).name), 40) for name in names[:5])
    return (note("压缩包内另有 {n} 个文件未读取：{names}。", n=len(names), names=some),)


def _nothing_inside(names: list[str]) -> LayerError:
    ends = {PurePosixPath(name).suffix.lower() for name in names}
    if ".gdbtable" in ends or any(".gdb/" in name.lower() for name in names):
        return LayerError(
            "压缩包内是文件地理数据库 .gdb (file geodatabase)；请在 GIS 软件中导出为 GeoPackage 或 Shapefile。"
        )
    if {".dbf", ".shx"} & ends:
        return LayerError("压缩包内缺少 .shp 文件 (no shapefile inside)；请把 .shp .shx .dbf .prj 一起打包。")
    if not names:
        return LayerError("压缩包是空的 (empty archive)。")
    some = "、".join(shortened(visible(PurePosixPath(name).name), 40) for name in names[:5])
    return LayerError(
        f"压缩包内没有能读的文件，只有：{some} (nothing readable inside)。可用：{'、'.join(READERS)}，或 .shp。"
    )


def _is_shadow(name: str) -> bool:
    """Folders, and the shadow that macOS adds of every file."""
    path = PurePosixPath(name)
    return name.endswith("/") or path.name.startswith("._") or "__MACOSX" in path.parts
