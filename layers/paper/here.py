"""此地此线 as an office paper: two pages of Word that say where a spot is and what each plan says of it and round it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from layers.about import CREATOR, About, now
from layers.paper.quotes import sentence, source
from layers.paper.word import Brief, row_mm
from layers.query.here import Here
from layers.symbols import NOTICE
from plans.positioning import sentence as whole
from plans.targets import Target
from plans.vocabulary import label

ROOM_MM = 320.0  # what two pages hold for tables and quotes, on the safe side
NEAR_HEAD = ("序号", "名称", "类别", "距离（公里）", "状态", "依据")
NEAR_MM = (10.0, 52.0, 22.0, 26.0, 20.0, 28.0)
TARGET_HEAD = ("范围", "指标", "年份", "原文数值", "依据")
TARGET_MM = (30.0, 50.0, 14.0, 32.0, 32.0)
NEAR_SHARE, TARGET_SHARE = 0.42, 0.2  # of the room; quotes take what is left
QUOTE_LINE_MM, QUOTE_WIDE = 5.65, 40  # characters of a line
MOST_QUOTES = 14


def paper(found: Here) -> bytes:
    """Return the paper as a .docx file; what does not fit two pages is counted, and named as left out."""
    name = f"关于{found.name}及周边规划情况的说明"
    sources = tuple(one.title for one, _ in found.sayings)
    scope = f"{found.name}周边 {found.reach_km:g} 公里；要素 {len(found.told)} 个"
    about = About(name, scope, sources, now(), found.atlas.version)
    report = Brief(about, compact=True)
    report.paragraph(name, "Title")
    day = about.made
    report.paragraph(f"{CREATOR}　{day.year}年{day.month}月{day.day}日", "Subtitle")
    report.heading("一、位置", 1)
    report.paragraph(_where(found))
    report.heading("二、周边规划要素", 1)
    used = _near(report, found)
    report.heading("三、所在市州和经济区的目标", 1)
    used += _targets(report, found)
    report.heading("四、规划原文", 1)
    _quotes(report, found, ROOM_MM - used)
    report.heading("五、说明", 1)
    report.paragraph(
        "距离为图上最近点的大地线公里数，±后为两处位置误差之和；引文逐字出自所列文件，加粗的是写明该要素的原文；"
        f"状态由原文动词归类。本说明不代替规划选址、用地审批意见。{NOTICE}。",
        "List Paragraph",
    )
    return report.content()


def _where(found: Here) -> str:
    lies = f"{found.name}位于{found.where}" if found.name not in found.where else f"{found.where}"
    zone = f"，属{'、'.join(label('zone', one) for one in found.zones)}" if found.zones else ""
    error = f"；图上位置误差 ±{found.error_km:g} 公里" if found.error_km else ""
    covering = "、".join(found.covering["name"].head(6))
    inside = f"图上在下列规划区域之内：{covering}{'等' if len(found.covering) > 6 else ''}。" if covering else ""
    number = len(found.told)
    unknown = f"另有 {found.unknown} 个要素的位置误差大于这一距离，无法判断。" if found.unknown else ""
    return f"{lies}{zone}{error}。{inside}周边 {found.reach_km:g} 公里内，各规划写到要素 {number} 个。{unknown}" + (
        f"另有 {len(found.named)} 个要素写明在{found.county.name}，位置不详或较远。"
        if found.county and len(found.named)
        else ""
    )


def _near(report: Brief, found: Here) -> float:
    """The nearest; returns the height used in mm."""
    cells = [_near_row(number, row, found) for number, row in enumerate(found.told.to_dict("records"), 1)]
    rows, used = _that_fit(cells, NEAR_MM, NEAR_SHARE)
    if not rows:
        report.paragraph("这一范围内没有位置足够可靠的规划要素。")
        return used
    report.table(f"周边 {found.reach_km:g} 公里内的规划要素，由近及远", NEAR_HEAD, rows, NEAR_MM)
    _left_out(report, len(cells) - len(rows), "要素")
    return used


def _that_fit(
    cells: list[tuple[str, ...]], widths_mm: tuple[float, ...], share: float
) -> tuple[list[tuple[str, ...]], float]:
    """The first rows of a table, as many as its share of the room holds, and their height in mm."""
    used = 0.0
    for number, row in enumerate(cells):
        high = row_mm(row, widths_mm)
        if used + high > ROOM_MM * share:
            return cells[:number], used
        used += high
    return cells, used


def _near_row(number: int, row: dict[str, Any], found: Here) -> tuple[str, ...]:
    newest = row["citations"][-1]
    page = f"第{newest['page']}页" if newest["page"] else ""
    sure = "" if row["verdict"] == "sure" else "（可能）"
    return (
        str(number),
        row["name"],
        label("kind", f"{row['layer']}/{row['kind']}"),
        f"{row['km']:.1f} ± {row['apart_error_km']:.0f}{sure}",
        label("status", row["status"]),
        found.atlas.document(newest["document"]).short + page,
    )


def _targets(report: Brief, found: Here) -> float:
    """The targets of its city and zone; returns the height used in mm."""
    cells = [_target_row(one) for one in found.targets]
    rows, used = _that_fit(cells, TARGET_MM, TARGET_SHARE)
    if not rows:
        report.paragraph("各规划没有为所在市州或经济区写明可列的目标数值。")
        return used
    report.table("规划写明的目标", TARGET_HEAD, rows, TARGET_MM)
    _left_out(report, len(cells) - len(rows), "目标")
    return used


def _target_row(one: Target) -> tuple[str, ...]:
    page = f"第{one.page}页" if one.page else ""
    return one.scope, one.indicator, one.year, one.value, one.document.short + page


def _quotes(report: Brief, found: Here, room_mm: float) -> None:
    """The sentences, each once, from the nearest feature on and of every document at least one."""
    told, number = 0, 0
    for one in _in_turn(found):
        number += 1
        before, after = sentence(found.atlas, one)
        long = len(before) + len(after) + len(one["quote"]) + len(source(one)) + 24
        high = (-(-long // QUOTE_WIDE)) * QUOTE_LINE_MM + 1
        if high > room_mm or told >= MOST_QUOTES:
            continue
        room_mm -= high
        told += 1
        said = [(f"“{before}", False), (one["quote"], True), (f"{after}”", False)]
        report.quote(f"{told}．{source(one)}：", said, f"（{label('status', one['status'])}）")
    if not told:
        report.paragraph("没有可引的原文。")
    _left_out(report, number - told, "引文")


def _in_turn(found: Here) -> Iterator[dict[str, Any]]:
    """Citations by distance, one of each document first; a sentence that names several stands once."""
    seen: set[tuple[str, int]] = set()
    lists = [list(said) for _, said in found.sayings]
    pending = [said.pop(0) for said in lists if said] + sorted(
        (one for said in lists for one in said), key=lambda pair: pair[0]["km"] if pd.notna(pair[0].get("km")) else 1e9
    )
    for _, one in pending:
        told = (one["clause"], whole(found.atlas.clause(one["clause"]).text, one["start"], one["end"])[0])
        if told not in seen:
            seen.add(told)
            yield one


def _left_out(report: Brief, number: int, what: str) -> None:
    if number > 0:
        report.paragraph(
            f"注：限于两页，另有 {number} 项{what}未列，见川规图“此地此线”页或其导出表格。", "List Paragraph"
        )
