"""The pages of the map: one a language, under names of their content, with all that they ask for beside them."""

from __future__ import annotations

import json
import re

from layers.atlas import bundled
from layers.folders import STATIC
from ui.components.map_page import map_pages

ATLAS = bundled()


def test_each_language_has_its_page_without_a_session():
    pages = map_pages(ATLAS)
    assert set(pages) == {"zh", "en"}
    said = {"zh": "图例与图层", "en": "Legend and layers"}
    for language, page in pages.items():
        html = (STATIC / page.name).read_text(encoding="utf-8")
        given, _ = json.JSONDecoder().raw_decode(html.rpartition("window.atlas.start(")[2].partition(", ")[2])
        assert given["words"]["legend"] == said[language]
        assert given["words"]["lang"] == {"zh": "zh-CN", "en": "en"}[language]
        assert given["zone_legend"][0]["label"] == {"zh": "成都平原经济区", "en": "Chengdu Plain"}[language]


def test_a_page_asks_for_nothing_but_what_lies_beside_it():
    for page in map_pages(ATLAS).values():
        html = (STATIC / page.name).read_text(encoding="utf-8")
        asked = re.findall(r'(?:src|href)="([^"]+)"', html)
        assert sorted(set(asked)) == sorted(page.asked)
        assert all((STATIC / name).is_file() for name in asked)
