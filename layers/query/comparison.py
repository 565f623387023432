"""Two zones, prefectures or documents side by side: counts, wordings, and frames of one scale."""

from __future__ import annotations

import math

import pandas as pd

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.export import safe_cells
from layers.query.profile import Subject
from layers.query.reports import MARK_WORDS
from layers.query.summary import count
from layers.web.map import extent
from plans.features import Feature, Mention
from plans.story import between, wording
from plans.vocabulary import keys, label

SIDES = {"both": "两份都有", "left": "仅左", "right": "仅右"}


def check(left: Subject, right: Subject) -> None:
    """Raise LayerError when two subjects cannot be set side by side."""
    if left.part != right.part:
        raise LayerError(
            f"“{left.name}”与“{right.name}”不是同一类 (not of one kind)；请选两个经济区、两个市州或两份文件。"
        )
    if left == right:
        raise LayerError(f"两侧都是“{left.name}” (the same on both sides)；请另选一个。")


def counts_beside(left: Subject, right: Subject) -> pd.DataFrame:
    """Return the features of two subjects counted: a row a layer and status; columns layer, status, left, right."""
    cells = {
        side: count(one.atlas, one.features, "layer", "status").cells
        for side, one in (("left", left), ("right", right))
    }
    rows = [
        {"layer": layer, "status": status, **{side: _at(found, layer, status) for side, found in cells.items()}}
        for layer in keys("layer")
        for status in keys("status")
    ]
    found = pd.DataFrame(rows)
    return found[(found["left"] > 0) | (found["right"] > 0)]


def _at(cells: pd.DataFrame, row: str, column: str) -> int:
    return int(cells.at[row, column]) if row in cells.index and column in cells.columns else 0


def counts_csv(left: Subject, right: Subject) -> str:
    """Return the counts of two subjects as CSV with BOM, labels in Chinese."""
    found = counts_beside(left, right)
    shown = pd.DataFrame(
        {
            "图层": [label("layer", key) for key in found["layer"]],
            "状态": [label("status", key) for key in found["status"]],
            left.name: found["left"],
            right.name: found["right"],
        }
    )
    return "\ufeff" + str(safe_cells(shown).to_csv(index=False, lineterminator="\r\n"))


def wordings(atlas: Atlas, left: str, right: str) -> pd.DataFrame:
    """Return what two documents (slugs) say of every feature that either names, a row each, in order of id.

    Columns with Chinese heads are shown and exported; `side` (both, left, right), `mark` and `layer` are for filters.
    """
    cited = (one for one in atlas.features if left in one.documents or right in one.documents)
    return pd.DataFrame([_row(one, left, right) for one in cited])


def _row(one: Feature, left: str, right: str) -> dict[str, object]:
    said = {"左": wording(one, left), "右": wording(one, right)}
    mark = between(one, left, right)
    return {
        "编号": one.id,
        "名称": one.name,
        "图层": label("layer", one.layer),
        "变化": MARK_WORDS.get(mark, ""),
        **{f"{side}·{head}": value for side, mention in said.items() for head, value in _said(mention).items()},
        "side": "both" if said["左"] and said["右"] else "left" if said["左"] else "right",
        "mark": mark,
        "layer": one.layer,
    }


def _said(mention: Mention | None) -> dict[str, str]:
    if mention is None:
        return dict.fromkeys(("状态", "表述", "引语", "条款"), "")
    status = label("status", mention.status)
    return {"状态": status, "表述": mention.status_text, "引语": mention.quote, "条款": mention.clause_id}


# ---- maps of one scale -------------------------------------------------------------------------

Bounds = list[list[float]]


def frames(left: Subject, right: Subject) -> tuple[Bounds, Bounds]:
    """Return the bounds (south-west and north-east, lat and lon) that show both subjects at one scale.

    Documents share one frame that holds both; zones and prefectures are each centred on their own,
    and both frames span the same on the Mercator plane of web maps.
    """
    if left.part == "document":
        shared = extent(left.atlas, (*left.focus, *right.focus)) or []
        return shared, shared
    planes = [_plane(extent(one.atlas, one.focus) or []) for one in (left, right)]
    half = [max((plane[axis + 2] - plane[axis]) / 2 for plane in planes) for axis in (0, 1)]
    a, b = (_about((plane[0] + plane[2]) / 2, (plane[1] + plane[3]) / 2, half[0], half[1]) for plane in planes)
    return a, b


def _plane(bounds: Bounds) -> tuple[float, float, float, float]:
    (south, west), (north, east) = bounds
    return west, _mercator(south), east, _mercator(north)


def _mercator(lat_degree: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat_degree))))


def _about(x: float, y: float, half_x: float, half_y: float) -> Bounds:
    return [[_latitude(y - half_y), x - half_x], [_latitude(y + half_y), x + half_x]]


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(y))))
