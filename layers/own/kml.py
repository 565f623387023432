"""KML of unknown origin, parsed without document types or entities and written anew for GDAL to read."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET  # parsing is left to defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from layers.errors import LayerError

MOST_ELEMENTS = 1_000_000
MOST_DEPTH = 60
MOST_KEYS = 200
_KEYED = ("Data", "SimpleData", "SimpleField")
# They lead out of the file, or only dress it.
_LEFT_OUT = ("NetworkLink", "NetworkLinkControl", "GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Style", "StyleMap")
_LINKS = ("NetworkLink", "NetworkLinkControl")


def clean(data: bytes) -> tuple[bytes, int]:
    """Return the KML without styles, overlays and links, and the number of network links left out.

    LayerError for a document type, entities, broken XML, or more than the limits.
    """
    try:
        root = _parse(data)
    except DefusedXmlException:
        raise LayerError("KML 含文档类型或实体声明 (DTD or entities)；为安全起见拒绝读取。") from None
    except (ET.ParseError, ValueError, LookupError) as error:
        raise LayerError(f"KML 不是合法的 XML（{str(error)[:60]}）(invalid XML)；文件可能不完整。") from None
    if _local(root.tag) != "kml":
        raise LayerError("文件内容不是 KML：根元素不是 <kml> (not KML)。")
    keys = {one.get("name") for one in root.iter() if _local(one.tag) in _KEYED}
    if len(keys) > MOST_KEYS:
        raise LayerError(f"KML 的属性超过 {MOST_KEYS} 种 (too many fields)；请减少字段后上传。")
    links = 0
    for parent in list(root.iter()):
        for child in [one for one in parent if _local(one.tag) in _LEFT_OUT]:
            links += _local(child.tag) in _LINKS
            parent.remove(child)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True), links


def _parse(data: bytes) -> ET.Element:
    depth = elements = 0
    root: ET.Element | None = None
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if elements > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise LayerError(
                f"KML 的元素超过 {MOST_ELEMENTS:,} 个或嵌套超过 {MOST_DEPTH} 层 (too large)；请拆分后上传。"
            )
    if root is None:
        raise LayerError("KML 是空的 (empty)。")
    return root


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
