"""Matrices as charts: Vega-Lite specifications, whose marks carry the keys that a click asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.query.summary import Matrix

# From standing to merely named: teal for what is built or begun, amber for what is prepared, grey for words.
STATUS_COLOURS = {
    "operating": "#0b4f5c",
    "completing": "#1f7f86",
    "under_construction": "#55aca6",
    "building": "#93b1de",
    "starting": "#a3d2c0",
    "preliminary": "#f0cf94",
    "study": "#e2aa5f",
    "seeking_listing": "#c27f3a",
    "promoted": "#b8b5ac",
    "mentioned": "#dedbd3",
}
PICK = "pick"  # the name of the selection; its points carry `row` and `column`
BAR_PX = 24


def bars(matrix: Matrix, rows: Mapping[str, str], columns: Mapping[str, str], title: str) -> dict[str, Any]:
    """Return stacked bars: a bar a row of `matrix`, a piece a status; `rows` and `columns` name the keys.

    Data stands in the specification, so that nothing is fetched. The columns of the matrix are statuses.
    """
    pieces = [
        {"row": row, "column": column, "name": rows[row], "part": columns[column], "n": round(float(n), 1), "at": at}
        for row, cells in matrix.cells.iterrows()
        for at, (column, n) in enumerate(cells.items())
        if n > 0
    ]
    quiet = {"title": None, "labelLimit": 180, "ticks": False, "domain": False, "labelPadding": 8}
    colours = {"domain": list(columns.values()), "range": [STATUS_COLOURS[column] for column in columns]}
    return {
        "data": {"values": pieces},
        "params": [{"name": PICK, "select": {"type": "point", "fields": ["row", "column"]}}],
        "mark": {"type": "bar", "cursor": "pointer", "stroke": "white", "strokeWidth": 0.6},
        "height": {"step": BAR_PX},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": list(rows.values()), "axis": quiet},
            "x": {"field": "n", "type": "quantitative", "axis": {"title": title, "tickCount": 5, "format": ",d"}},
            "order": {"field": "at"},
            "color": {"field": "part", "type": "nominal", "scale": colours, "legend": None},
            "tooltip": [
                {"field": "name", "title": " "},
                {"field": "part", "title": "  "},
                {"field": "n", "title": title, "format": ",.0f"},
            ],
        },
    }
