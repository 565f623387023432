"""A Word brief of a zone or a selection: map, tables, and every clause that stands behind them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.gazetteer import places
from layers.errors import LayerError
from layers.paper.page import FIGURE
from layers.paper.sheet import render, sheet
from layers.paper.word import Brief
from layers.query.reports import MARK_WORDS
from layers.query.scope import by_weight, in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.symbols import NOTICE
from plans.clauses import clause
from plans.documents import Document, document, documents
from plans.features import feature
from plans.places import short_name
from plans.story import Change, changes
from plans.targets import KINDS, Target, targets
from plans.vocabulary import keys, label, precision_words

MOST_LISTED = 500  # features in the table and with quotes
MOST_QUOTES = 12  # of one feature
SENTENCE = 160  # characters of a sentence that are quoted
PICTURE_DPI = 220
TABLE_MM = 158.0  # between the margins
LENGTHS = (
    "图上长度为线要素在图上的大地线长度，已另列整体的分段不重复计；"
    "示意线仅依次连接文中地名，其长度不是建设里程，线路之间也有重叠，不宜作为规模数据引用。"
)
NUMERALS = "一二三四五六七八九"
STOP = re.compile("[。；;\n]")


def brief(selected: gpd.GeoDataFrame, selection: Selection, name: str = "") -> bytes:
    """Return the brief of `selected`, the features of `selection`, as a .docx file titled `name`.

    LayerError when nothing is selected, or the map cannot be lettered.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，无从成文 (empty selection)。请减少筛选条件。")
    rows = in_order(selected)
    called = one_line(name) or title(selected, selection) + "简报"
    report, today = Brief(called), datetime.date.today()
    report.paragraph(called, "Title")
    report.paragraph(f"川规图 Plan Atlas　{today.year}年{today.month}月{today.day}日", "Subtitle")
    listed = rows[rows["number"].isin(by_weight(rows)["number"].head(MOST_LISTED))]
    parts: list[tuple[str, Callable[[], None]]] = [
        ("范围与概况", lambda: _overview(report, rows, selection)),
        ("分类汇总", lambda: _summary(report, rows)),
        *([("分布示意", lambda: _map(report, rows, selection))] if rows.geometry.notna().any() else []),
        ("项目一览", lambda: _projects(report, rows, listed)),
        ("规划原文", lambda: _quotes(report, rows, listed)),
    ]
    moved = [change for one in listed["id"] for change in changes(feature(one))]
    if moved:
        parts.append(("表述变化与不一致", lambda: _changes(report, moved)))
    stated = [one for one in targets() if one.zone in selection.zone]
    if stated:
        parts.append(("发展指标", lambda: _targets(report, stated)))
    parts.append(("资料来源与说明", lambda: _sources(report, rows)))
    for numeral, (heading, write) in zip(NUMERALS, parts, strict=False):
        report.heading(f"{numeral}、{heading}", 1)
        write()
    return report.content()


def write_brief(selected: gpd.GeoDataFrame, selection: Selection, path: Path, name: str = "") -> None:
    """Write the brief to `path`, a .docx file; LayerError says what is wrong."""
    if path.suffix.lower() != ".docx":
        raise LayerError(f"简报只写成 .docx，不能写成“{path.suffix}” (docx only)。")
    content = brief(selected, selection, name)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None


def _overview(report: Brief, rows: gpd.GeoDataFrame, selection: Selection) -> None:
    cited = int(rows["citations"].map(len).sum())
    unplaced = int(rows.geometry.isna().sum())
    report.paragraph(f"本简报的范围为：{in_words(selection)}。")
    report.paragraph(
        f"共有要素 {len(rows)} 个，引文 {cited} 处，出自 {len(_cited(rows))} 份文件。"
        + (f"其中 {unplaced} 个要素文中未给出可落图的位置，列入表中而不上图。" if unplaced else "")
    )


def _map(report: Brief, rows: gpd.GeoDataFrame, selection: Selection) -> None:
    picture = render(sheet(rows, selection, paper=FIGURE), "png", PICTURE_DPI)
    report.picture(picture, FIGURE.short, f"{title(rows, selection)}分布示意")


def _summary(report: Brief, rows: gpd.GeoDataFrame) -> None:
    """Layers down, statuses across; lengths on the map, of lines that are not part of another one listed."""
    statuses = [key for key in keys("status") if key in set(rows["status"])]
    alone = rows[~rows["part_of"].isin(set(rows["id"]))]
    measured = bool(rows["length_km"].notna().any())
    lines = []
    for key in (*(key for key in keys("layer") if key in set(rows["layer"])), ""):
        some, long = (frame[frame["layer"] == key] if key else frame for frame in (rows, alone))
        numbers = [int((some["status"] == status).sum()) for status in statuses]
        drawn_km = float(long["length_km"].sum())
        length = [f"{drawn_km:,.0f}" if drawn_km else "—"] if measured else []
        cells = [str(number or "—") for number in numbers]
        lines.append((label("layer", key) if key else "合计", *cells, str(len(some)), *length))
    head = ["图层", *(label("status", key) for key in statuses), "合计", *(["图上长度（公里）"] if measured else [])]
    wide = [20.0, *[(TABLE_MM - 40) / (len(head) - 2)] * (len(head) - 2), 20.0]
    report.table("要素数量，按图层与状态", head, lines, wide)
    report.paragraph("注：状态取最新文件的表述。" + (LENGTHS if measured else ""), "List Paragraph")


def _projects(report: Brief, rows: gpd.GeoDataFrame, listed: gpd.GeoDataFrame) -> None:
    lines = (
        (
            str(row["number"]),
            row["name"],
            label("kind", f"{row['layer']}/{row['kind']}"),
            _where(row),
            label("status", row["status"]),
            _grounds(row),
        )
        for row in listed.to_dict("records")
    )
    head = ("序号", "名称", "类别", "地点", "状态", "依据")
    report.table("项目一览表", head, lines, (11, 50, 20, 27, 18, 32))
    report.paragraph("注：分布图以编号标注时，编号即本表序号。", "List Paragraph")
    _left_out(report, len(rows) - len(listed))


def _left_out(report: Brief, number: int) -> None:
    if number:
        report.paragraph(
            f"注：限于篇幅，只列被引文件和引文最多的 {MOST_LISTED} 个要素，其余 {number} 个未列。"
            "请缩小筛选范围另出简报，或导出 GeoJSON、CSV，其中有全部要素与引文。",
            "List Paragraph",
        )


def _where(row: dict[str, Any]) -> str:
    """市州（县区）; of a long list the first few."""
    names = []
    for code in row["prefectures"]:
        inside = [short_name(places()[one].name) for one in row["counties"] if places()[one].parent == code]
        names.append(short_name(places()[code].name) + (f"（{_some(inside)}）" if inside else ""))
    return _some(names) or "—"


def _some(names: list[str], most: int = 3) -> str:
    return "、".join(names[:most]) + (f"等{len(names)}处" if len(names) > most else "")


def _grounds(row: dict[str, Any]) -> str:
    """Documents with the pages: 攀西规划第172页."""
    pages: dict[str, list[str]] = {}
    for one in row["citations"]:
        found = pages.setdefault(document(one["document"]).short, [])
        if one["page"] and str(one["page"]) not in found:
            found.append(str(one["page"]))
    return "；".join(short + (f"第{_some(found, 4)}页" if found else "") for short, found in pages.items())


# ---- quotes ----------------------------------------------------------------------------------


def _quotes(report: Brief, rows: gpd.GeoDataFrame, listed: gpd.GeoDataFrame) -> None:
    """By layer, each feature with every clause that names it; the words that name it are bold."""
    for layer in keys("layer"):
        some = listed[listed["layer"] == layer]
        if some.empty:
            continue
        report.heading(f"{label('layer', layer)}（{len(some)} 个）", 2)
        for row in some.to_dict("records"):
            report.heading(f"{row['number']}．{row['name']}", 3)
            cited = row["citations"]
            for one in cited[:MOST_QUOTES]:
                before, after = sentence(one)
                parts = [(f"“{before}", False), (one["quote"], True), (f"{after}”", False)]
                report.quote(f"{source(one)}：", parts, f"（{label('status', one['status'])}）")
            if len(cited) > MOST_QUOTES:
                report.paragraph(
                    f"另有 {len(cited) - MOST_QUOTES} 处引文未列，见川规图中该要素（编号 {row['id']}）或其导出文件。",
                    "List Paragraph",
                )
    _left_out(report, len(rows) - len(listed))


def source(citation: dict[str, Any]) -> str:
    """Return where a citation stands: 《title》第N页; 《title》，条款 where pages are not printed."""
    place = f"第{citation['page']}页" if citation["page"] else f"“{citation['path'].rsplit(' / ', 1)[-1]}”"
    return f"《{citation['title']}》{place}"


def sentence(citation: dict[str, Any]) -> tuple[str, str]:
    """Return what stands before and after a quote in its sentence, word for word; cuts are shown by …."""
    text = clause(citation["clause"]).text
    start, end = citation["start"], citation["end"]
    left = max((stop.end() for stop in STOP.finditer(text, 0, start)), default=0)
    stop = STOP.search(text, end)
    right = stop.end() if stop else len(text)
    room = max(0, (SENTENCE - (end - start)) // 2)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return (
        "…" + before[-room:] if len(before) > room else before,
        after[:room] + "…" if len(after) > room else after,
    )


# ---- what the plans say of themselves --------------------------------------------------------


def _changes(report: Brief, moved: list[Change]) -> None:
    lines = (
        (
            one.feature.name,
            MARK_WORDS[one.mark] + ("（更名）" if one.renamed else ""),
            _said(one, "before"),
            _said(one, "after"),
        )
        for one in moved
    )
    report.table("同一项目在各文件中的表述", ("名称", "变化", "前", "后"), lines, (44, 18, 48, 48))
    report.paragraph(
        "注：“同期不一致”指同日印发的文件或同一文件内写明的阶段不能同时成立；“表述不同”指用语有别而未写明阶段进退。",
        "List Paragraph",
    )


def _said(change: Change, when: str) -> str:
    said = getattr(change, when)
    page = f"第{said.page}页" if said.page else ""
    return f"“{said.status_text}” {said.document.short}（{said.document.dated}）{page}"


def _targets(report: Brief, stated: list[Target]) -> None:
    lines = (
        (
            one.scope,
            one.indicator,
            KINDS[one.kind],
            one.year,
            one.value,
            one.document.short + (f"第{one.page}页" if one.page else ""),
        )
        for one in stated
    )
    head = ("范围", "指标", "类别", "年份", "原文数值", "依据")
    report.table("规划写明的指标", head, lines, (28, 46, 16, 14, 28, 26))


def _sources(report: Brief, rows: gpd.GeoDataFrame) -> None:
    for one in _cited(rows):
        report.paragraph(_reference(one), "List Paragraph")
    report.paragraph(
        "引文逐字出自上列文件，加粗的是写明该要素的原文；状态由原文动词归类。位置是据文件和公开资料推断的，各要素的精度为："
        + "；".join(f"{words} {number} 个" for words, number in _precision(rows))
        + "。"
    )
    report.paragraph(f"{NOTICE}。")


def _reference(one: Document) -> str:
    facts = [one.issuer, one.number, one.dated]
    return f"《{one.title}》（{'，'.join(fact for fact in facts if fact)}）"


def _precision(rows: gpd.GeoDataFrame) -> Iterator[tuple[str, int]]:
    number = rows["precision"].value_counts()
    for key in keys("precision"):
        if key in number:
            yield precision_words(key), int(number[key])


def _cited(rows: pd.DataFrame) -> list[Document]:
    slugs = {slug for found in rows["documents"] for slug in found}
    return [one for one in documents() if one.slug in slugs]
