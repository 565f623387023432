"""What the features look like wherever they are drawn: symbols, and the notice that stands with every map."""

from __future__ import annotations

import json
from pathlib import Path

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
# Outlines of the symbols on the unit circle, y downwards: for the browser and for printed sheets.
OUTLINES = json.loads((Path(__file__).parent / "outlines.json").read_text(encoding="utf-8"))
NOTICE = "示意图，不作为划界依据 · 行政区界：天地图 审图号 GS(2024)0650号 · 水系：1:400万、WDBII · 现有铁路：© OpenStreetMap contributors (ODbL)"
