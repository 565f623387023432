"""The whole atlas in every format, and features with hostile texts."""

from __future__ import annotations

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from layers.atlas import bundled
from layers.export import FORMATS, content
from tests.hostile import SHOWN
from tests.layers.export.files import loaded

ATLAS = bundled()


@pytest.fixture(scope="session")
def atlas() -> dict[str, bytes]:
    """The whole atlas in every format."""
    return {form: content(ATLAS.table, form) for form in FORMATS}


@pytest.fixture(scope="session")
def book(atlas) -> openpyxl.Workbook:
    return loaded(atlas["xlsx"])


TEXTS = SHOWN | {
    "cdata": "]]><b>&lt;",
    "markup-of-cells": "<r><t>&amp;</t></r>",
    "newlines": "甲\r\n乙\n丙\t丁",
    "controls": "甲\x00\x08\x1b乙\u202e丙",
    "sql": "甲'\"; DROP TABLE layer_styles;--",
    "no-plane": "🏔" * 40_000,
}


@pytest.fixture(params=TEXTS)
def hostile(request) -> gpd.GeoDataFrame:
    """A point, a line, an area and a feature without place, all with a hostile name, quote and status."""
    text = TEXTS[request.param]
    kinds = [ATLAS.table[ATLAS.table.geom_type == kind].head(1) for kind in ("Point", "LineString", "MultiPolygon")]
    rows = pd.concat([*kinds, ATLAS.table[ATLAS.table.geometry.isna()].head(1)])
    cited = [tuple(one | {"quote": text, "path": text} for one in citations) for citations in rows["citations"]]
    named = {"name": text, "aliases": [(text,)] * 4, "status_text": text, "citations": cited}
    return rows.assign(**named)
