"""What every file says of itself: which atlas, what was selected, when, from which sources, under which terms."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from geo.systems import CoordinateSystem
from layers.about import APPROVAL, CREATOR, RIGHTS, About

TITLE = "川规图 规划要素"
HEADS = {
    "title": "标题",
    "selection": "选择范围",
    "features": "要素数",
    "atlas_version": "图集版本",
    "date": "导出日期",
    "coordinate_system": "坐标系",
    "sources": "资料来源",
    "map_approval": "审图号",
    "rights": "声明与许可",
    "creator": "制作",
}


def about(selected: gpd.GeoDataFrame) -> About:
    """Return what a file of `selected` is made of, from what the rows say of themselves.

    It is of a day, not of a moment: two exports of one selection on one day are the same bytes.
    """
    issued = {one["title"]: one["date"] for cited in selected["citations"] for one in cited}
    return About(
        TITLE,
        _asked(selected.attrs),
        tuple(sorted(issued, key=lambda title: (issued[title], title))),
        datetime.datetime.combine(datetime.date.today(), datetime.time()).astimezone(),
        selected.attrs.get("version", ""),
    )


def _asked(said: Mapping[Any, Any]) -> str:
    """What was asked for, in words: by filters, and by the area of a planner's own layer."""
    own = said.get("within")
    return str(said.get("selection", "所给要素")) + (f"；在自有图层“{own}”范围内" if own else "")


def members(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> dict[str, Any]:
    """Return the metadata of a file of `selected` under the keys of HEADS; `sources` is a list of titles."""
    told = about(selected)
    return {
        "title": told.title,
        "selection": told.selection,
        "features": len(selected),
        "atlas_version": told.version,
        "date": told.made.date().isoformat(),
        "coordinate_system": system.title + ("。" + system.note if system.note else ""),
        "sources": list(told.sources),
        "map_approval": APPROVAL,
        "rights": RIGHTS,
        "creator": CREATOR,
    }


def texts(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> dict[str, str]:
    """Return the metadata as texts alone, for formats that hold no lists and no numbers."""
    told = members(selected, system)
    return {**{key: str(value) for key, value in told.items()}, "sources": about(selected).source}


def in_words(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> list[tuple[str, str]]:
    """Return the metadata as a person reads it: heads and texts, in the order of HEADS; what is empty is left out."""
    return [(HEADS[key], text) for key, text in texts(selected, system).items() if text]


def in_a_line(selected: gpd.GeoDataFrame) -> str:
    """Return where a row comes from, for tables that have no other place to say so."""
    told = about(selected)
    return f"{told.creator}，{told.made:%Y-%m-%d}，{APPROVAL}，示意图，不作为划界依据"
