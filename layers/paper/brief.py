"""A Word brief of a selection: two pages for a meeting, or the long form with every clause behind every feature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from layers.about import CREATOR, About, now
from layers.errors import LayerError
from layers.paper import parts
from layers.paper.labels import wrapped
from layers.paper.page import FIGURE, SMALL_FIGURE
from layers.paper.quotes import sentence, source
from layers.paper.word import Brief, row_mm
from layers.query.scope import by_weight, in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.symbols import NOTICE
from plans.features import feature
from plans.story import Change, changes
from plans.targets import targets
from plans.vocabulary import keys, label

MOST_LISTED = 500  # features in the table and with quotes
MOST_QUOTES = 12  # of one feature
NUMERALS = "一二三四五六七八九"
# A short brief, in mm: what a page holds, on the safe side; what stands there beside the rows of its tables.
PAGE_MM, FIRST_MM, PROJECTS_MM, CHANGES_MM, NOTES_MM, NOTE_LINE_MM = 247.0, 179.0, 22.0, 31.0, 33.0, 4.5
COUNT_MM, NOTE_POINT = 5.2, 9.2
MOST_CHANGES, LEAST_PROJECTS = 5, 8
SAID = ("advanced", "weaker", "conflict", "differs")  # which changes a short brief tells first


@dataclass(frozen=True, slots=True)
class Matter:
    """What a brief is about."""

    rows: gpd.GeoDataFrame  # as selected, without numbers
    selection: Selection
    about: About

    @property
    def moved(self) -> list[Change]:
        """Return how the wordings of the features change."""
        return [one for key in in_order(self.rows)["id"] for one in changes(feature(key))]


def brief(selected: gpd.GeoDataFrame, selection: Selection, name: str = "", *, long: bool = False) -> bytes:
    """Return the brief of `selected`, the features of `selection`, as a .docx file titled `name`.

    Two pages; `long` has every feature with all that is said of it. LayerError when nothing is selected,
    or the map cannot be lettered.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，无从成文 (empty selection)。请减少筛选条件。")
    called = one_line(name) or title(selected, selection) + "简报"
    sources = tuple(one.title for one in parts.cited_documents(selected))
    about = About(called, f"{in_words(selection)}；要素 {len(selected)} 个", sources, now())
    matter, report = Matter(selected, selection, about), Brief(about, compact=not long)
    report.paragraph(called, "Title")
    day = about.made
    report.paragraph(f"{CREATOR}　{day.year}年{day.month}月{day.day}日", "Subtitle")
    _long(report, matter) if long else _short(report, matter)
    return report.content()


def write_brief(
    selected: gpd.GeoDataFrame, selection: Selection, path: Path, name: str = "", *, long: bool = False
) -> None:
    """Write the brief to `path`, a .docx file; LayerError says what is wrong."""
    if path.suffix.lower() != ".docx":
        raise LayerError(f"简报只写成 .docx，不能写成“{path.suffix}” (docx only)。")
    content = brief(selected, selection, name, long=long)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None


# ---- two pages -------------------------------------------------------------------------------


def _short(report: Brief, matter: Matter) -> None:
    """Map and counts on the first page; projects, changes and what to know on the second."""
    moved = _told(matter.moved)
    chosen = _chosen(matter.rows, moved)
    rows = in_order(matter.rows, chosen)
    report.heading("一、概况", 1)
    counted = parts.brief_counted(rows)
    listed = _lists_unplaced(rows, len(counted))
    parts.overview(report, rows, matter.selection, "名单在本页末" if listed else "名单见详细简报")
    if rows.geometry.notna().any():
        parts.picture(report, matter.rows, matter.selection, SMALL_FIGURE, chosen)
    parts.brief_counts(report, counted)
    if listed:
        parts.unplaced(report, rows)
    report.heading("二、重点项目", 1, new_page=True)
    told = map(parts.brief_project, rows.head(len(chosen)).to_dict("records"))
    parts.projects(report, told, "重点项目（图上编号即序号，小点为其余要素）")
    if moved:
        report.heading("三、表述变化", 1)
        parts.changes_table(report, moved)
    report.heading(f"{'四' if moved else '三'}、说明", 1)
    _notes(report, rows, len(chosen))


def _told(moved: Sequence[Change]) -> list[Change]:
    """The changes that a short brief tells: those between stated stages first."""
    found = [one for one in moved if one.mark in SAID]
    return sorted(found, key=lambda one: SAID.index(one.mark))[:MOST_CHANGES]


def _chosen(rows: gpd.GeoDataFrame, moved: Sequence[Change]) -> list[str]:
    """The most cited projects, as many as the second page holds beside `moved` and the notes."""
    room = PAGE_MM - PROJECTS_MM - NOTES_MM
    if moved:
        room -= CHANGES_MM + sum(row_mm(parts.change(one), parts.CHANGE_MM) for one in moved)
    built = rows[~rows["layer"].isin(parts.NOT_PROJECTS)]
    found: list[str] = []
    for row in by_weight(built if len(built) else rows).to_dict("records"):
        room -= row_mm(parts.brief_project(row | {"number": 0}), parts.PROJECT_MM)
        if room < 0 and len(found) >= LEAST_PROJECTS:
            break
        found.append(row["id"])
    return found


def _notes(report: Brief, rows: gpd.GeoDataFrame, told: int) -> None:
    if len(rows) > told:
        report.paragraph(
            f"重点项目按被引文件和引文多少取前 {told} 个，区域、轴带和城镇不列；全部 {len(rows)} 个要素及其原文见详细简报或导出的文件。",
            "List Paragraph",
        )
    short = "、".join(one.short for one in parts.cited_documents(rows))
    report.paragraph(f"资料来源：{short}。状态取最新文件的表述。{NOTICE}。", "List Paragraph")


def _lists_unplaced(rows: gpd.GeoDataFrame, counted: int) -> bool:
    """Tell whether the first page has room for the names that the map cannot show."""
    names = parts.unplaced_names(rows)
    lines = len(wrapped(names, parts.TABLE_MM, NOTE_POINT)) if names else 0
    used = FIRST_MM if rows.geometry.notna().any() else FIRST_MM - SMALL_FIGURE.short
    return bool(names) and used + counted * COUNT_MM + lines * NOTE_LINE_MM <= PAGE_MM


# ---- the long form ---------------------------------------------------------------------------


def _long(report: Brief, matter: Matter) -> None:
    rows = in_order(matter.rows)
    listed = rows[rows["number"].isin(by_weight(rows)["number"].head(MOST_LISTED))]
    stated = [one for one in targets() if one.zone in matter.selection.zone]
    moved = [one for one in matter.moved if one.feature.id in set(listed["id"])]
    written: list[tuple[str, bool, Callable[[], None]]] = [
        ("范围与概况", True, lambda: parts.overview(report, rows, matter.selection, "名单在要素一览之后")),
        ("分类汇总", True, lambda: parts.counts(report, rows)),
        ("分布示意", rows.geometry.notna().any(), lambda: _map(report, matter)),
        ("要素一览", True, lambda: _list(report, rows, listed)),
        ("规划原文", True, lambda: _quotes(report, rows, listed)),
        ("表述变化与不一致", bool(moved), lambda: parts.changes_table(report, moved)),
        ("发展指标", bool(stated), lambda: parts.targets_table(report, stated)),
        ("资料来源与说明", True, lambda: parts.sources(report, rows)),
    ]
    report.contents()
    told = [(heading, write) for heading, there, write in written if there]
    for at, (heading, write) in enumerate(told):
        report.heading(f"{NUMERALS[at]}、{heading}", 1, new_page=at == 0)
        write()


def _map(report: Brief, matter: Matter) -> None:
    parts.clusters(report, parts.picture(report, matter.rows, matter.selection, FIGURE))


def _list(report: Brief, rows: gpd.GeoDataFrame, listed: gpd.GeoDataFrame) -> None:
    parts.projects(report, map(parts.project, listed.to_dict("records")), "要素一览表")
    report.paragraph("注：分布图以编号标注时，编号即本表序号。", "List Paragraph")
    _left_out(report, len(rows) - len(listed))
    parts.unplaced(report, rows)


def _left_out(report: Brief, number: int) -> None:
    if number:
        report.paragraph(
            f"注：限于篇幅，只列被引文件和引文最多的 {MOST_LISTED} 个要素，其余 {number} 个未列。"
            "请缩小筛选范围另出简报，或导出 GeoJSON、CSV，其中有全部要素与引文。",
            "List Paragraph",
        )


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
                said = [(f"“{before}", False), (one["quote"], True), (f"{after}”", False)]
                report.quote(f"{source(one)}：", said, f"（{label('status', one['status'])}）")
            if len(cited) > MOST_QUOTES:
                report.paragraph(
                    f"另有 {len(cited) - MOST_QUOTES} 处引文未列，见川规图中该要素（编号 {row['id']}）或其导出文件。",
                    "List Paragraph",
                )
    _left_out(report, len(rows) - len(listed))
