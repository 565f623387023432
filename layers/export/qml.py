"""How QGIS draws exported features: the colours and line styles of the map, as QML."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from plans.vocabulary import keys, label

# The map's dashes in millimetres: long for what is built or being built, dashed for works, dotted before.
_BUILT, _WORKS = ("operating", "completing", "under_construction"), ("building", "starting")
DASHES = {
    "4;1.2": _BUILT,
    "2.4;1.5": _WORKS,
    "0.6;1.5": tuple(key for key in keys("status") if key not in _BUILT + _WORKS),
}
HOLLOW = ("county", "prefecture")
LINE_MM = "0.6"
POINT_MM = "2.6"
AREA_ALPHA = 0.25

_Rule = tuple[str, str, dict[str, str]]  # label, filter, properties of the symbol layer


def qml(shape: str, colour: str) -> str:
    """Return the style of a layer of points, lines or areas (`shape`: 点, 线, 面) in `colour` ("#rrggbb")."""
    kind, layer_class, rules = {"点": _points, "线": _lines, "面": _areas}[shape](colour)
    root = Xml.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = Xml.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    branch = Xml.SubElement(renderer, "rules", key="rules")
    symbols = Xml.SubElement(renderer, "symbols")
    for at, (words, condition, properties) in enumerate(rules):
        Xml.SubElement(branch, "rule", key=f"rule-{at}", symbol=str(at), label=words, filter=condition)
        symbol = Xml.SubElement(symbols, "symbol", name=str(at), type=kind, alpha="1", clip_to_extent="1")
        layer = Xml.SubElement(symbol, "layer", {"class": layer_class}, enabled="1", locked="0", **{"pass": "0"})
        options = Xml.SubElement(layer, "Option", type="Map")
        for name, value in properties.items():
            Xml.SubElement(options, "Option", name=name, type="QString", value=value)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(root, encoding="unicode")


def _points(colour: str) -> tuple[str, str, list[_Rule]]:
    ring = {"name": "circle", "size": POINT_MM, "size_unit": "MM", "outline_width": "0.4", "outline_width_unit": "MM"}
    full = ring | {"color": _rgba(colour), "outline_color": "255,255,255,255"}
    hollow = ring | {"color": "255,255,255,255", "outline_color": _rgba(colour)}
    rough = _among("precision", HOLLOW)
    return (
        "marker",
        "SimpleMarker",
        [("位置精确或近似", f"NOT ({rough})", full), ("只知所在县市", rough, hollow)],
    )


def _lines(colour: str) -> tuple[str, str, list[_Rule]]:
    stroke = {"line_color": _rgba(colour), "line_width": LINE_MM, "line_width_unit": "MM", "capstyle": "flat"}
    schematic = _among("precision", ("schematic",))
    names = ("示意线：建成、在建", "示意线：推进建设、拟开工", "示意线：前期、争取")
    dashed = [
        (
            name,
            f"{schematic} AND {_among('status', statuses)}",
            stroke | {"use_custom_dash": "1", "customdash": dash, "customdash_unit": "MM"},
        )
        for name, (dash, statuses) in zip(names, DASHES.items(), strict=True)
    ]
    return "line", "SimpleLine", [("沿现有铁路、河道", f"NOT ({schematic})", stroke | {"line_style": "solid"}), *dashed]


def _areas(colour: str) -> tuple[str, str, list[_Rule]]:
    fill = {"color": _rgba(colour, AREA_ALPHA), "style": "solid", "outline_color": _rgba(colour)}
    fill |= {"outline_width": "0.4", "outline_width_unit": "MM"}
    schematic = _among("precision", ("schematic_area",))
    return (
        "fill",
        "SimpleFill",
        [
            ("政区界", f"NOT ({schematic})", fill | {"outline_style": "solid"}),
            ("示意范围", schematic, fill | {"outline_style": "dash"}),
        ],
    )


def _among(column: str, values: tuple[str, ...]) -> str:
    """A QGIS expression: the column holds one of the labels of `values`."""
    return f'"{column}" IN (' + ", ".join(f"'{label(column, value)}'" for value in values) + ")"


def _rgba(colour: str, alpha: float = 1) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"{red},{green},{blue},{round(alpha * 255)}"
