"""What the features look like wherever they are drawn: symbols, and the notice that stands with every map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# What a point looks like: by its kind, or else by its layer; without an entry a circle.
SYMBOLS = {
    "layers": {
        "park": "square", "hub": "diamond", "energy": "bolt", "water": "drop", "ecology": "tree", "tourism": "triangle",
        "public_service": "cross", "science": "hexagon", "agriculture": "leaf", "industry": "works", "open_platform": "star",
        "digital": "wedge",
    },
    "kinds": {
        "transport_airport": "plane", "general_airport": "plane", "port": "boat", "navigation_hub": "boat", "lock": "boat",
        "railway_station": "square", "railway_hub": "square",
    },
}  # fmt: skip
# How a line is drawn, by what runs on it and else by its layer: width and core in pixels; dashes tell the status.
# No two are alike for any kind of sight: held by tests/layers/web/test_palette.py.
LINES: dict[str, dict[str, Any]] = {
    "corridor": {"weight": 8, "opacity": 0.3},
    "rail": {"color": "#8c1c38", "weight": 3.6, "core": 1.4, "opacity": 0.9},
    "metro": {"color": "#8c1c38", "weight": 6, "core": 3.2, "opacity": 0.9},
    "expressway": {"color": "#d0342c", "weight": 2.6, "opacity": 0.85},
    "road": {"color": "#d0342c", "weight": 1.4, "opacity": 0.9},
    "waterway": {"color": "#1d6f9e", "weight": 6, "core": 3.2, "opacity": 0.6},
    "energy": {"weight": 1.9, "opacity": 0.9},
    "water": {"weight": 2.4, "opacity": 0.9},
    "tourism": {"weight": 2.4, "opacity": 0.8},
    "ecology": {"weight": 4.5, "opacity": 0.45},
    "agriculture": {"weight": 4, "opacity": 0.6},
    "": {"weight": 2, "opacity": 0.8},
}
LINE_KINDS = {
    **dict.fromkeys(("railway", "high_speed_railway", "intercity_railway", "freight_service"), "rail"),
    **dict.fromkeys(("metro_line", "transit_system"), "metro"),
    "expressway": "expressway",
    **dict.fromkeys(("fast_road", "trunk_road", "urban_road", "tourism_road", "broken_link", "city_axis"), "road"),
    "waterway": "waterway",
}


def line_style(layer: str, kind: str) -> dict[str, Any]:
    """Return how a line is drawn, one of LINES: by the mode of its kind, else by its layer."""
    return LINES.get(LINE_KINDS.get(kind, layer), LINES[""])


MODES = {"rail": "铁路", "metro": "城市轨道", "expressway": "高速公路", "road": "公路、城市道路", "waterway": "航道"}
# How early a thing is drawn and named, by its kind or else its layer: the layers of the mission before the others.
RANKS: dict[str, dict[str, float]] = {
    "layers": {"corridor": 4, "transport": 2, "hub": 2, "zone": 2, "park": 1.6, "open_platform": 1.2},
    "kinds": {"high_speed_railway": 3.5, "railway": 3, "transport_airport": 3, "expressway": 2.2, "waterway": 2.5},
}
# Outlines of the symbols on the unit circle, y downwards: for the browser and for printed sheets.
OUTLINES = json.loads((Path(__file__).parent / "outlines.json").read_text(encoding="utf-8"))
NOTICE = "示意图，不作为划界依据 · 行政区界：天地图 审图号 GS(2024)0650号 · 水系：1:400万、WDBII · 现有铁路：© OpenStreetMap contributors (ODbL)"
