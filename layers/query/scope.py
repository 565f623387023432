"""A selection in words, and the order and numbers in which a report tells its features."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Container
from typing import TYPE_CHECKING

import geopandas as gpd

from geo.gazetteer import place_path, places
from layers.atlas import Atlas
from layers.query.area import around
from layers.text import shortened
from plans.vocabulary import keys, kinds, label

if TYPE_CHECKING:
    from layers.query.selection import Selection

MANY = 3  # more layers or kinds than this do not go into a title
LONGEST_STEM, MOST_ASKED = 60, 12  # characters of a file name, of words asked for in it
UNFIT = re.compile(r'[\\/:*?"<>|~%&#\x00-\x1f]')  # what some file system or address does not bear


def one_line(text: str, most: int = 60) -> str:
    """Return `text` as one line of at most `most` characters, without controls (also bidi) and line ends."""
    seen = "".join(
        " " if one.isspace() else one for one in text if one.isspace() or unicodedata.category(one)[0] != "C"
    )
    return shortened(" ".join(seen.split()), most)


def title(selected: gpd.GeoDataFrame, selection: Selection) -> str:
    """Return what a map or brief of `selected` is called: 攀西经济区交通规划要素; of one feature, its name."""
    if len(selected) == 1:
        return one_line(selected["name"].iloc[0], 40)
    where = "、".join([*(label("zone", key) for key in selection.zone), *(_place(code) for code in selection.place)])
    chosen = [_kind(key) for key in selection.kind] or [label("layer", key) for key in selection.layer]
    what = "、".join(chosen) if len(chosen) <= MANY else ""
    default = "所选范围" if selection.within else "四川省"
    return one_line((where or default) + what + "规划要素", 40)


def file_stem(atlas: Atlas, selection: Selection, what: str, day: datetime.date) -> str:
    """Return the name of a file without its ending, which tells the selection: 攀西经济区-交通-拟开工-分布图-20261127."""
    return f"{stem(atlas, selection)}-{what}-{day:%Y%m%d}"


def stem(atlas: Atlas, selection: Selection) -> str:
    """Return a selection as a part of a file name: 攀西经济区-交通-拟开工.

    Every file system takes it; at most LONGEST_STEM characters.
    """
    places_of = [*(label("zone", key) for key in selection.zone), *(_place(code) for code in selection.place)]
    chosen = [_kind(key) for key in selection.kind] or [label("layer", key) for key in selection.layer]
    parts = [
        _few(places_of, "地区") or ("选区" if selection.within else "四川省"),
        _few(chosen, "类"),
        _few([label("status", key) for key in selection.status], "种状态"),
        _few([atlas.document(key).short for key in selection.document], "份文件"),
        one_line(selection.q, MOST_ASKED),
    ]
    said = "-".join(part for part in parts if part)
    fit = UNFIT.sub("", said).strip(" .")
    return fit[:LONGEST_STEM]


def provenance(atlas: Atlas, selection: Selection) -> dict[str, str]:
    """Return what rows of a selection say of themselves, in `attrs`: whoever writes them to a file says it on."""
    return {"version": atlas.version, "selection": in_words(atlas, selection), "stem": stem(atlas, selection)}


def _few(words: list[str], of: str) -> str:
    return "、".join(words) if len(words) <= MANY else f"{len(words)}{of}"


def in_words(atlas: Atlas, selection: Selection) -> str:
    """Return the filters as a planner reads them; what is not restricted is not told."""
    parts = {
        "经济区": [label("zone", key) for key in selection.zone],
        "图层": [label("layer", key) for key in selection.layer],
        "类型": [_kind(key) for key in selection.kind],
        "状态": [label("status", key) for key in selection.status],
        "文件": [atlas.document(key).short for key in selection.document],
        "地名": [place_path(places()[code]).removeprefix("四川省") for code in selection.place],
        "选区（图上红虚线内）": [_area(atlas, selection.within)] if selection.within else [],
        "检索": [f"“{one_line(selection.q)}”"] if selection.q else [],
    }
    told = [f"{part}：{'、'.join(values)}" for part, values in parts.items() if values]
    return "；".join(told) or "全部要素，未作筛选"


def _kind(key: str) -> str:
    return next((label("kind", f"{layer}/{key}") for layer in keys("layer") if key in kinds(layer)), key)


def _area(atlas: Atlas, within: str) -> str:
    name, km = around(atlas, within)
    return f"{name} 周边 {km} 公里" if km else "所绘多边形"


def _place(adcode: str) -> str:
    return places()[adcode].name


def in_order(selected: gpd.GeoDataFrame, first: Container[str] = ()) -> gpd.GeoDataFrame:
    """Return the features by layer, each with its `number` from 1: the same on the map and in the table.

    Those whose id is in `first` lead.
    """
    order = {key: at for at, key in enumerate(keys("layer"))}
    rows = selected.assign(
        _rest=[one not in first for one in selected["id"]], _layer=[order[one] for one in selected["layer"]]
    )
    rows = rows.sort_values(["_rest", "_layer"], kind="stable").drop(columns=["_rest", "_layer"])
    return rows.assign(number=range(1, len(rows) + 1))


def by_weight(selected: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the features with those first that most documents, then most clauses, name."""
    weight = selected.assign(_documents=-selected["documents"].map(len), _cited=-selected["citations"].map(len))
    return weight.sort_values(["_documents", "_cited"], kind="stable").drop(columns=["_documents", "_cited"])
