"""DXF drawings and GPX tracks, read by GDAL."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # parsing is left to layers.own.xml
from dataclasses import replace

import shapely

from layers.errors import LayerError
from layers.notes import note
from layers.own.encoding import LATIN, encoding_of, text
from layers.own.gdal import layer, stored
from layers.own.raw import Raw
from layers.own.xml import local, parsed

_CODEPAGE = re.compile(rb"(\$DWGCODEPAGE\s+3\s+)(\S{1,40})", re.IGNORECASE)
_BINARY_DXF = b"AutoCAD Binary DXF"
MOST_INSERTS = 20_000  # blocks hold blocks: what they come to is no sum but a product
_GPX_LAYERS = {"waypoints": "航点", "routes": "航线", "tracks": "轨迹"}  # the points of the last two would come twice


def dxf(data: bytes) -> list[Raw]:
    """Read the entities of a DXF; closed lines are areas, and the system is never in the file."""
    if data.startswith(_BINARY_DXF):
        raise LayerError("这是二进制 DXF (binary DXF)；请在 CAD 中另存为文本（ASCII）DXF。")
    if b"SECTION" not in data[:4096]:
        raise LayerError("文件内容不是 DXF (not DXF)；.dwg 请在 CAD 中另存为 DXF。")
    if len(re.findall(rb"\n\s*INSERT\s*\n", data)) > MOST_INSERTS:
        raise LayerError(f"DXF 的图块引用超过 {MOST_INSERTS:,} 个 (too many blocks)；请先分解或删去不需要的图块。")
    said = _CODEPAGE.search(data)
    encoding = encoding_of(data.splitlines(), said[2].decode("ascii", "ignore").replace("_", "") if said else "")
    plain = _CODEPAGE.sub(rb"\1ANSI_1252", data, count=1)  # Latin-1 keeps every byte as it is

    def _shown(written: str) -> str:
        try:
            return text(written.encode(LATIN), encoding)
        except UnicodeEncodeError:  # the drawing is of 2007 or later, and in UTF-8
            return written

    (raw,) = stored({"data.dxf": plain}, lambda folder: [layer(folder / "data.dxf", "", text=_shown)])
    return [_with_areas(raw)]


def _with_areas(raw: Raw) -> Raw:
    closed = [
        one is not None and one.geom_type == "LineString" and len(one.coords) > 3 and one.is_closed
        for one in raw.shapes
    ]
    shapes = [
        shapely.Polygon(one.coords) if one is not None and ring else one
        for one, ring in zip(raw.shapes, closed, strict=True)
    ]
    said = (note("{n} 条闭合线按面读入。", n=sum(closed)),) if any(closed) else ()
    kept = [key for key in raw.attributes.columns if key not in ("PaperSpace", "SubClasses", "EntityHandle")]
    return replace(raw, shapes=shapes, attributes=raw.attributes[kept], notes=(*raw.notes, *said))


def gpx(data: bytes) -> list[Raw]:
    """Read waypoints, routes and tracks of a GPX."""
    root = parsed(data, "GPX")
    if local(root.tag) != "gpx":
        raise LayerError("文件内容不是 GPX：根元素不是 <gpx> (not GPX)。")
    for one in root.iter():
        one.tag = local(one.tag)
    root.set("version", root.get("version", "1.1"))
    written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    raws = stored(
        {"data.gpx": written},
        lambda folder: [layer(folder / "data.gpx", name, inside) for inside, name in _GPX_LAYERS.items()],
    )
    found = [raw for raw in raws if raw.shapes]
    if not found:
        raise LayerError("GPX 里没有航点、航线或轨迹 (nothing in it)。")
    return found
