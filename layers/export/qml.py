"""How QGIS draws exported features: the symbols, colours and line styles of the map, names beside them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as Xml

from layers.palette import COLOURS
from layers.symbols import OUTLINES, SYMBOLS
from plans.vocabulary import keys, kinds, label

# The map's dashes in millimetres: long for what is built or being built, dashed for works, dotted before.
_BUILT, _WORKS = ("operating", "completing", "under_construction"), ("building", "starting")
DASHES = {
    "4;1.2": _BUILT,
    "2.4;1.5": _WORKS,
    "0.6;1.5": tuple(key for key in keys("status") if key not in _BUILT + _WORKS),
}
HOLLOW = ("county", "prefecture")
LINE_MM, AREA_MM = "0.6", "0.35"
POINT_MM = "4.5"  # of the picture; a symbol fills two thirds of it
FONTS = ("Microsoft YaHei", "Noto Sans CJK SC", "PingFang SC")  # the first that the machine has
LABEL_POINT = 8
NAMED_FROM = 3_000_000  # scale: on smaller maps names would cover what they name
# Where names stand (Qgis::LabelPlacement): in the best of eight places round a point, along a line, over the centre of
# an area. Whatever seeks the best place within an area takes minutes for areas like these.
_PLACEMENTS = {"点": "6", "线": "2", "面": "1"}

_Rule = tuple[str, str, dict[str, str]]  # label, filter, properties of the symbol layer
GROUND_INK = "#8a8f98"


def qml(elements: Sequence[Xml.Element]) -> str:
    """Return a style as QGIS keeps it beside a layer, made of `elements`."""
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling|Fields")
    root.extend(elements)
    return document(root)


def document(root: Xml.Element) -> str:
    """Return an XML document of QGIS."""
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(root, encoding="unicode")


def feature_style(layer: str, shape: str) -> list[Xml.Element]:
    """Return the style of the points, lines or areas (`shape`: 点, 线, 面) of a layer of the atlas."""
    kind, layer_class, rules = {"点": _points, "线": _lines, "面": _areas}[shape](layer)
    return [_rendered(kind, layer_class, rules), _labelled(shape, COLOURS[layer], NAMED_FROM), _flags()]


def ground_style(width_mm: str, named_from: int) -> list[Xml.Element]:
    """Return the style of boundaries that lie below the features: thin, grey, empty, and named from a scale on."""
    edge = {"style": "no", "outline_color": rgba(GROUND_INK), "outline_width": width_mm, "outline_width_unit": "MM"}
    return [_rendered("fill", "SimpleFill", [("", "", edge)]), _labelled("面", GROUND_INK, named_from), _flags()]


def aliases(named: Mapping[str, str]) -> list[Xml.Element]:
    """Return the names under which the columns of a table are shown."""
    found = Xml.Element("aliases")
    for key, head in named.items():
        Xml.SubElement(found, "alias", field=key, name=head)
    return [found]


# ---- symbols -----------------------------------------------------------------------------------


def _rendered(kind: str, layer_class: str, rules: Sequence[_Rule]) -> Xml.Element:
    renderer = Xml.Element("renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    branch = Xml.SubElement(renderer, "rules", key="rules")
    symbols = Xml.SubElement(renderer, "symbols")
    for at, (words, condition, properties) in enumerate(rules):
        told = {"label": words, "filter": condition}
        Xml.SubElement(branch, "rule", {k: v for k, v in told.items() if v}, key=f"rule-{at}", symbol=str(at))
        symbol = Xml.SubElement(symbols, "symbol", name=str(at), type=kind, alpha="1", clip_to_extent="1")
        layer = Xml.SubElement(symbol, "layer", {"class": layer_class}, enabled="1", locked="0", **{"pass": "0"})
        options = Xml.SubElement(layer, "Option", type="Map")
        for name, value in properties.items():
            Xml.SubElement(options, "Option", name=name, type="QString", value=value)
    return renderer


def _points(layer: str) -> tuple[str, str, list[_Rule]]:
    rough = _among("precision", (label("precision", key) for key in HOLLOW))
    colour, rules = rgba(COLOURS[layer]), []
    for words, condition, symbol in _symbols(layer):
        mark = {"size": POINT_MM, "size_unit": "MM", "fixedAspectRatio": "0", "outline_width": "0"}
        full = mark | {"name": _picture(symbol, 0.12), "color": colour, "outline_color": rgba("#ffffff")}
        hollow = mark | {"name": _picture(symbol, 0.4), "color": rgba("#ffffff"), "outline_color": colour}
        both = f"{condition} AND " if condition else ""
        rules += [
            (f"{words}：位置精确或近似", f"{both}NOT ({rough})", full),
            (f"{words}：只知所在县市", f"{both}{rough}", hollow),
        ]
    return "marker", "SvgMarker", rules


def _symbols(layer: str) -> Iterator[tuple[str, str, str]]:
    """Words, filter and symbol of the kinds of a layer that have a symbol of their own, and of all others."""
    own: dict[str, list[str]] = {}
    for kind in kinds(layer):
        if kind in SYMBOLS["kinds"]:
            own.setdefault(SYMBOLS["kinds"][kind], []).append(label("kind", f"{layer}/{kind}"))
    for symbol, names in own.items():
        yield "、".join(names), _among("kind", names), symbol
    apart = [name for names in own.values() for name in names]
    yield label("layer", layer), f"NOT ({_among('kind', apart)})" if apart else "", SYMBOLS["layers"].get(layer, "")


def _picture(symbol: str, edge: float) -> str:
    """A symbol as a picture within the style, with an edge in parts of its radius; QGIS puts its colours in."""
    corners = OUTLINES.get(symbol)
    ink = f"fill='param(fill)' stroke='param(outline)' stroke-width='{edge}' stroke-linejoin='round'"
    points = " ".join(f"{x},{y}" for x, y in corners or ())
    shape = f"<polygon points='{points}' {ink}/>" if corners else f"<circle r='1' {ink}/>"
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32' viewBox='-1.6 -1.6 3.2 3.2'>{shape}</svg>"
    return "base64:" + base64.b64encode(drawn.encode()).decode()


def _lines(layer: str) -> tuple[str, str, list[_Rule]]:
    colour = rgba(COLOURS[layer])
    stroke = {"line_color": colour, "line_width": LINE_MM, "line_width_unit": "MM", "capstyle": "flat"}
    schematic = _among("precision", [label("precision", "schematic")])
    names = ("示意线：建成、在建", "示意线：推进建设、拟开工", "示意线：前期、争取")
    dashed = [
        (
            name,
            f"{schematic} AND {_among('status', (label('status', key) for key in statuses))}",
            stroke | {"use_custom_dash": "1", "customdash": dash, "customdash_unit": "MM"},
        )
        for name, (dash, statuses) in zip(names, DASHES.items(), strict=True)
    ]
    return "line", "SimpleLine", [("沿现有铁路、河道", f"NOT ({schematic})", stroke | {"line_style": "solid"}), *dashed]


def _areas(layer: str) -> tuple[str, str, list[_Rule]]:
    """Outlines alone: fills that lie over each other add up to a dark block."""
    edge = {"style": "no", "outline_color": rgba(COLOURS[layer]), "outline_width": AREA_MM, "outline_width_unit": "MM"}
    schematic = _among("precision", [label("precision", "schematic_area")])
    return (
        "fill",
        "SimpleFill",
        [
            ("政区界", f"NOT ({schematic})", edge | {"outline_style": "solid"}),
            ("示意范围", schematic, edge | {"outline_style": "dash"}),
        ],
    )


def _among(column: str, values: Iterator[str] | Sequence[str]) -> str:
    """A QGIS expression: the column holds one of `values`."""
    return f'"{column}" IN (' + ", ".join(f"'{value}'" for value in values) + ")"


def rgba(colour: str) -> str:
    """Return a colour (#rrggbb) as QGIS writes it, opaque."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"{red},{green},{blue},255"


# ---- names ---------------------------------------------------------------------------------------


def _labelled(shape: str, colour: str, named_from: int) -> Xml.Element:
    labelling = Xml.Element("labeling", type="simple")
    settings = Xml.SubElement(labelling, "settings", calloutType="simple")
    style = Xml.SubElement(
        settings, "text-style", fieldName="name", fontFamily=FONTS[0], fontSize=str(LABEL_POINT), fontSizeUnit="Point",
        textColor=rgba(colour), textOpacity="1", isExpression="0", multilineHeight="1", fontWeight="50",
    )  # fmt: skip
    families = Xml.SubElement(style, "families")
    for name in FONTS:
        Xml.SubElement(families, "family", name=name)
    Xml.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor=rgba("#ffffff"),
        bufferOpacity="0.9", bufferNoFill="1",
    )  # fmt: skip
    Xml.SubElement(settings, "text-format", autoWrapLength="14", useMaxLineLengthForAutoWrap="1", multilineAlign="3")
    Xml.SubElement(
        settings, "placement", placement=_PLACEMENTS[shape], placementFlags="10", dist="1", distUnits="MM", priority="5",
        predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR", polygonPlacementFlags="2", offsetType="1" if shape == "点" else "0", centroidWhole="1", centroidInside="0", quadOffset="4",
    )  # fmt: skip
    Xml.SubElement(
        settings, "rendering", drawLabels="1", scaleVisibility="1", scaleMin="0", scaleMax=str(named_from),
        obstacle="1", obstacleType="1", obstacleFactor="1", displayAll="0", limitNumLabels="0", mergeLines="1",
    )  # fmt: skip
    return labelling


def _flags() -> Xml.Element:
    """What is said of a feature that is pointed at."""
    found = Xml.Element("previewExpression")
    found.text = '"name"'
    return found
