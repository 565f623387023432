"""A list against the plans: what is in both, what in one alone, where stages disagree; a workbook with a sheet for each."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import xlsxwriter

from layers.atlas import Atlas
from layers.match.listing import Listed
from layers.match.match import CLAIMED, Match, matched
from plans.features import STAGE, Mention
from plans.lexicon import status
from plans.vocabulary import label

# What lists write of a stage, and the class that it is. The first that fits.
_STAGES = (
    ("operating", re.compile("建成|竣工|完工|投运|投用|投产|通车|通航|已完成")),
    ("under_construction", re.compile("在建|续建|已开工|施工|实施中|建设中|推进中")),
    ("preliminary", re.compile("前期|可行性研究|可研|工可|初设|立项|报批|勘察|设计|招标")),
    ("starting", re.compile("新开工|拟开工|计划开工|年内开工|即将开工|待开工|开工")),
    ("study", re.compile("谋划|储备|研究|论证|规划|策划")),
)


_NOBODY: Mapping[tuple[str, str], str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of the list and what was found for it."""

    row: Listed
    matches: tuple[Match, ...]
    judged: str | None = None  # the feature that a person says it is; "" none of them; None: nobody has said

    @property
    def best(self) -> Match | None:
        """The match that is the same thing: as a person says, else as is proposed; None where there is none."""
        if self.judged:
            found = (one for one in self.matches if one.feature == self.judged)
            return next(found, Match(self.judged, 1.0, ()))
        proposed = self.judged is None and self.matches and self.matches[0].claimed
        return self.matches[0] if proposed else None

    @property
    def said(self) -> str:
        """Who says so, in a word."""
        if self.judged is not None:
            return "已确认" if self.judged else "已否定"
        return "程序提出" if self.matches else ""

    @property
    def stage(self) -> str:
        """The class of the stage that the list states; "" where it states none."""
        return stage_of(self.row.asked.stage)


def stage_of(words: str) -> str:
    """Return the class of a stage as lists write it, or as a plan's verb phrase; "" when it states none."""
    for key, pattern in _STAGES:
        if pattern.search(words):
            return key
    said = status(words) if words else ""
    return said if said in STAGE else ""


def answered(atlas: Atlas, rows: Sequence[Listed], judged: Mapping[tuple[str, str], str] = _NOBODY) -> list[Answer]:
    """Return what the plans say of each row of a list, in its order.

    `judged` is what a person said of a name and place before: a feature, or "" for none; one that `atlas` has no more
    says nothing.
    """
    found = matched(atlas, [row.asked for row in rows])
    known = {"", *atlas.table["id"]}
    said = [judged.get((row.asked.name, row.asked.place)) for row in rows]
    return [
        Answer(row, tuple(matches), one if one in known else None)
        for row, matches, one in zip(rows, found, said, strict=True)
    ]


def sheets(atlas: Atlas, answers: Sequence[Answer]) -> dict[str, pd.DataFrame]:
    """Return one table for each answer, by its title."""
    lines = [_line(atlas, one) for one in answers]
    every = pd.DataFrame(lines, columns=list(_line_columns()))
    both = every["编号"] != ""
    unsure = ~both & every["最相近"].ne("")
    disagree = [bool(one.best and _disagrees(atlas, one)) for one in answers]
    dated = both & (every["年限"].ne("") | every["投资"].ne(""))
    return {
        "对照": every[both].drop(columns="最相近"),
        "待确认": every[unsure],
        "清单有而规划无": every[~both & ~unsure].iloc[:, :7],
        "规划有而清单无": _left_out(atlas, answers),
        "阶段不一致": every[disagree].drop(columns="最相近"),
        "年限与投资": every[dated][
            ["表", "行", "项目名称", "年限", "投资", "编号", "规划名称", "状态用语", "原文", "出处"]
        ],
    }


def _line_columns() -> tuple[str, ...]:
    return (
        "表", "行", "项目名称", "地点", "阶段", "年限", "投资", "编号", "规划名称", "把握", "理由", "规划状态", "状态用语",
        "原文", "出处", "判断", "最相近",
    )  # fmt: skip


def _line(atlas: Atlas, one: Answer) -> tuple[object, ...]:
    asked = one.row.asked
    own = (one.row.sheet, one.row.number, asked.name, asked.place, asked.stage, one.row.years, one.row.money)
    near = one.matches[0] if one.matches and one.judged is None else None
    if one.best is None:
        likely = f"{atlas.feature(near.feature).name}（{near.feature}）" if near else ""
        return (*own, "", "", f"{near.confidence:.0%}" if near else "", _why(near), "", "", "", "", one.said, likely)
    feature = atlas.feature(one.best.feature)
    said = feature.current
    told = (label("status", said.status), said.status_text, said.quote, source(said), one.said, "")
    return (*own, feature.id, feature.name, f"{one.best.confidence:.0%}", _why(one.best), *told)


def _why(match: Match | None) -> str:
    return "；".join(one.text.format(**dict(one.values)) for one in match.reasons) if match else ""


def source(said: Mention) -> str:
    """Return where a plan says it: 《攀西规划》第172页."""
    page = f"第{said.page}页" if said.page else said.clause.path[-1] if said.clause.path else ""
    return f"《{said.document.short}》{page}"


def _disagrees(atlas: Atlas, one: Answer) -> bool:
    """Tell whether list and plan both state a stage, and not the same."""
    assert one.best is not None
    planned = atlas.feature(one.best.feature).current.status
    return bool(one.stage) and planned in STAGE and STAGE[planned] != STAGE[one.stage]


def _left_out(atlas: Atlas, answers: Sequence[Answer]) -> pd.DataFrame:
    """What the plans name of the layers and prefectures that the list speaks of, and the list has not."""
    table = atlas.table
    ids = {one.best.feature for one in answers if one.best}
    near = {
        one.matches[0].feature
        for one in answers
        if one.matches and not one.best and one.judged is None and one.matches[0].confidence >= CLAIMED - 0.1
    }
    found = table[table["id"].isin(ids)]
    layers, where = set(found["layer"]), {code for codes in found["prefectures"] for code in codes}
    inside = table["prefectures"].map(lambda codes: bool(where.intersection(codes)))
    rest = table[table["layer"].isin(layers) & inside & ~table["id"].isin(ids | near)]
    rows = []
    for key in rest["id"]:
        feature = atlas.feature(key)
        said = feature.current
        kind = label("kind", f"{feature.layer}/{feature.kind}")
        rows.append((key, feature.name, kind, label("status", said.status), said.status_text, said.quote, source(said)))
    return pd.DataFrame(rows, columns=["编号", "规划名称", "类别", "规划状态", "状态用语", "原文", "出处"])


def workbook(atlas: Atlas, answers: Sequence[Answer]) -> bytes:
    """Return the answers as a workbook, one sheet each; text is never read as a formula."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        about = book.add_worksheet("说明")
        about.set_column(0, 0, 100)
        about.write_string(0, 0, f"台账对照：{len(answers)} 行；图集版本 {atlas.version}", bold)
        about.write_string(
            1,
            0,
            f"匹配由程序按名称、别名、地点和类型提出，附理由与把握，须人工确认（已判断 {sum(one.judged is not None for one in answers)} 行）；"
            "原文一字不差，出处为规划及页码。",
        )
        for number, (title, frame) in enumerate(sheets(atlas, answers).items(), 3):
            about.write_string(number, 0, f"{title}：{len(frame)} 行")
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(frame.columns):
                sheet.set_column(column, column, 36 if head in ("项目名称", "规划名称", "原文", "理由") else 14)
                sheet.write_string(0, column, head, bold)
            for row, values in enumerate(frame.itertuples(index=False), 1):
                for column, value in enumerate(values):
                    sheet.write_string(row, column, str(value), wrap)
    return held.getvalue()
