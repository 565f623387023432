"""The whole atlas in every format, and features with hostile texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from layers.atlas import bundled
from layers.export import FORMATS, content
from tests.hostile import SHOWN
from tests.layers.export.files import loaded, opened

ATLAS = bundled()


@pytest.fixture(scope="session")
def atlas() -> dict[str, bytes]:
    """The whole atlas in every format."""
    return {form: content(ATLAS.table, form) for form in FORMATS}


@pytest.fixture(scope="session")
def reopened(atlas, tmp_path_factory) -> Callable[[str], gpd.GeoDataFrame]:
    """The whole atlas as it comes back from a spatial format; do not change it."""
    return cache(lambda form: opened(form, atlas[form], tmp_path_factory.mktemp(form)))


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


def attacked(text: str) -> gpd.GeoDataFrame:
    """A point, a line, an area and a feature without place, all with a hostile name, quote and status."""
    kinds = [ATLAS.table[ATLAS.table.geom_type == kind].head(1) for kind in ("Point", "LineString", "MultiPolygon")]
    rows = pd.concat([*kinds, ATLAS.table[ATLAS.table.geometry.isna()].head(1)])
    cited = [tuple(one | {"quote": text, "path": text} for one in citations) for citations in rows["citations"]]
    named = {"name": text, "aliases": [(text,)] * 4, "status_text": text, "citations": cited}
    return rows.assign(**named)


@pytest.fixture(params=TEXTS)
def hostile(request) -> gpd.GeoDataFrame:
    """Features with one hostile text."""
    return attacked(TEXTS[request.param])


@pytest.fixture(scope="module")
def crowd() -> gpd.GeoDataFrame:
    """Features with each of the hostile texts, side by side."""
    rows = pd.concat(map(attacked, TEXTS.values()), ignore_index=True)
    return rows.assign(id=[f"f-{at:05}" for at in range(len(rows))])
