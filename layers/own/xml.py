"""XML of unknown origin, parsed without document types or entities, within limits, whatever its encoding."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET  # parsing is left to defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from layers.errors import LayerError
from layers.own.encoding import xml_text

MOST_ELEMENTS = 1_000_000
MOST_DEPTH = 60
_PREFIXED = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")


def parsed(data: bytes, form: str) -> ET.Element:
    """Return the root of an XML document; `form` names the format in what is said of it.

    Prefixes that nobody declared are declared: what they mark is no less sound for it. LayerError for
    a document type, entities, broken XML, or more than the limits.
    """
    text = xml_text(data)
    try:
        try:
            return _parse(text, form)
        except ET.ParseError as error:
            if "unbound prefix" not in str(error):
                raise
            return _parse(_declared(text), form)
    except DefusedXmlException:
        raise LayerError(f"{form} 含文档类型或实体声明 (DTD or entities)；为安全起见拒绝读取。") from None
    except (ET.ParseError, ValueError, LookupError) as error:
        raise LayerError(f"{form} 不是合法的 XML（{str(error)[:60]}）(invalid XML)；文件可能不完整。") from None


def _parse(text: str, form: str) -> ET.Element:
    depth = elements = 0
    root: ET.Element | None = None
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if elements > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise LayerError(
                f"{form} 的元素超过 {MOST_ELEMENTS:,} 个或嵌套超过 {MOST_DEPTH} 层 (too large)；请拆分后上传。"
            )
    if root is None:
        raise LayerError(f"{form} 是空的 (empty)。")
    return root


def _declared(text: str) -> str:
    """The text with every prefix that it uses and does not declare declared at its root."""
    used = dict.fromkeys(found[1] for found in _PREFIXED.finditer(text))
    missing = [one for one in used if one not in ("xml", "xmlns") and f"xmlns:{one}=" not in text][:50]
    root = _ROOT.search(text)
    if root is None:
        return text
    names = "".join(f' xmlns:{one}="urn:undeclared:{one}"' for one in missing)
    return text[: root.end()] + names + text[root.end() :]


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def child(element: ET.Element, name: str) -> ET.Element | None:
    """Return the first child of a name, in whatever namespace."""
    return next((one for one in element if local(one.tag) == name), None)


def text_of(element: ET.Element | None) -> str:
    """Return the text of an element without white space at its ends, "" when there is none."""
    return (element.text or "").strip() if element is not None else ""
