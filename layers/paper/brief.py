"""A Word brief of a selection: two pages for a meeting, or the long form with every clause behind every feature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from layers.about import CREATOR, About, now
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.folders import save
from layers.paper import parts
from layers.paper.labels import wrapped
from layers.paper.page import FIGURE, SMALL_FIGURE, Paper
from layers.paper.quotes import sentence, source
from layers.paper.sheet import Sheet, sheet
from layers.paper.word import Brief, row_mm
from layers.query.scope import by_weight, in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.symbols import NOTICE
from plans.story import Change, changes
from plans.vocabulary import keys, label

MOST_LISTED = 500  # features in the table and with quotes
MOST_QUOTES = 12  # of one feature
NUMERALS = "一二三四五六七八九"
# A short brief, in mm: what a page holds, on the safe side; what stands there beside the rows of its tables.
PAGE_MM, FIRST_MM, PROJECTS_MM, CHANGES_MM, NOTES_MM, NOTE_LINE_MM = 249.0, 178.0, 22.0, 30.0, 33.5, 4.5
COUNT_MM, NOTE_POINT, MOST_UNPLACED_MM = 5.2, 9.2, 50.0
LISTED = "名单在要素一览之后"
HERE, LATER, ELSEWHERE = "名单在本页末", "名单在第2页末", "名单见详细简报"
MOST_CHANGES, LEAST_PROJECTS = 5, 8
SAID = ("advanced", "weaker", "conflict", "differs")  # which changes a short brief tells first


@dataclass(frozen=True, slots=True)
class Matter:
    """What a brief is about."""

    atlas: Atlas
    rows: gpd.GeoDataFrame  # as selected, without numbers
    selection: Selection
    about: About

    @property
    def moved(self) -> list[Change]:
        """Return how the wordings of the features change."""
        return [one for key in in_order(self.rows)["id"] for one in changes(self.atlas.feature(key))]


def brief(
    atlas: Atlas, selected: gpd.GeoDataFrame, selection: Selection, name: str = "", *, long: bool = False
) -> bytes:
    """Return the brief of `selected`, the features of `selection` in `atlas`, as a .docx file titled `name`.

    Two pages; `long` has every feature with all that is said of it. LayerError when nothing is selected,
    or the map cannot be lettered.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，无从成文 (empty selection)。请减少筛选条件。")
    called = one_line(name) or title(selected, selection) + "简报"
    sources = tuple(one.title for one in parts.cited_documents(atlas, selected))
    about = About(called, f"{in_words(atlas, selection)}；要素 {len(selected)} 个", sources, now(), atlas.version)
    matter, report = Matter(atlas, selected, selection, about), Brief(about, compact=not long)
    report.paragraph(called, "Title")
    day = about.made
    report.paragraph(f"{CREATOR}　{day.year}年{day.month}月{day.day}日", "Subtitle")
    _long(report, matter) if long else _short(report, matter)
    return report.content()


def write_brief(
    atlas: Atlas, selected: gpd.GeoDataFrame, selection: Selection, path: Path, *, name: str = "", long: bool = False
) -> None:
    """Write the brief to `path`, a .docx file; LayerError says what is wrong."""
    if path.suffix.lower() != ".docx":
        raise LayerError(f"简报只写成 .docx，不能写成“{path.suffix}” (docx only)。")
    save(path, brief(atlas, selected, selection, name, long=long))


# ---- two pages -------------------------------------------------------------------------------


def _short(report: Brief, matter: Matter) -> None:
    """Map and counts on the first page; projects, changes and what to know on the second."""
    moved = _told(matter.moved)
    counted = parts.brief_counted(matter.rows)
    where = _unplaced_page(matter.rows, len(counted))
    chosen = _chosen(matter, moved, where == LATER)
    rows = in_order(matter.rows, chosen)
    report.heading("一、概况", 1)
    parts.overview(report, matter.atlas, rows, matter.selection, names=where)
    if rows.geometry.notna().any():
        _map(report, matter, SMALL_FIGURE, chosen)
    parts.brief_counts(report, counted)
    if where == HERE:
        parts.unplaced(report, rows)
    report.heading("二、重点项目", 1, new_page=True)
    told = (parts.brief_project(matter.atlas, row) for row in rows.head(len(chosen)).to_dict("records"))
    parts.projects(report, told, "重点项目（图上编号即序号，小点为其余要素）")
    if moved:
        report.heading("三、表述变化", 1)
        parts.changes_table(report, moved)
    report.heading(f"{'四' if moved else '三'}、说明", 1)
    _notes(report, matter, len(chosen))
    if where == LATER:
        parts.unplaced(report, rows)


def _told(moved: Sequence[Change]) -> list[Change]:
    """The changes that a short brief tells: those between stated stages first."""
    found = [one for one in moved if one.mark in SAID]
    return sorted(found, key=lambda one: SAID.index(one.mark))[:MOST_CHANGES]


def _chosen(matter: Matter, moved: Sequence[Change], listed: bool) -> list[str]:
    """The most cited projects, as many as the second page holds beside `moved` and the notes."""
    rows, room = matter.rows, PAGE_MM - PROJECTS_MM - NOTES_MM
    if listed:
        room -= _unplaced_mm(rows)
    if moved:
        room -= CHANGES_MM + sum(row_mm(parts.change(one), parts.CHANGE_MM) for one in moved)
    built = rows[~rows["layer"].isin(parts.NOT_PROJECTS)]
    found: list[str] = []
    for row in by_weight(built if len(built) else rows).to_dict("records"):
        room -= row_mm(parts.brief_project(matter.atlas, row | {"number": 0}), parts.PROJECT_MM)
        if room < 0 and len(found) >= LEAST_PROJECTS:
            break
        found.append(row["id"])
    return found


def _notes(report: Brief, matter: Matter, told: int) -> None:
    number = len(matter.rows)
    if number > told:
        report.paragraph(
            f"重点项目按被引文件和引文多少取前 {told} 个，区域、轴带和城镇不列；全部 {number} 个要素及其原文见详细简报或导出的文件。",
            "List Paragraph",
        )
    short = "、".join(one.short for one in parts.cited_documents(matter.atlas, matter.rows))
    report.paragraph(f"资料来源：{short}。状态取最新文件的表述。{NOTICE}。", "List Paragraph")


def _unplaced_page(rows: gpd.GeoDataFrame, counted: int) -> str:
    """Where there is room for the names that the map cannot show: one of LISTED = "名单在要素一览之后"
    HERE, LATER, ELSEWHERE."""
    used = FIRST_MM if rows.geometry.notna().any() else FIRST_MM - SMALL_FIGURE.short
    if used + counted * COUNT_MM + _unplaced_mm(rows) <= PAGE_MM:
        return HERE
    return LATER if _unplaced_mm(rows) <= MOST_UNPLACED_MM else ELSEWHERE


def _unplaced_mm(rows: gpd.GeoDataFrame) -> float:
    """How high the names are that the map cannot show."""
    return len(wrapped(parts.unplaced_names(rows), parts.TABLE_MM, NOTE_POINT)) * NOTE_LINE_MM


# ---- the long form ---------------------------------------------------------------------------


def _long(report: Brief, matter: Matter) -> None:
    rows = in_order(matter.rows)
    listed = rows[rows["number"].isin(by_weight(rows)["number"].head(MOST_LISTED))]
    stated = [one for one in matter.atlas.targets if one.zone in matter.selection.zone]
    moved = [one for one in matter.moved if one.feature.id in set(listed["id"])]
    written: list[tuple[str, bool, Callable[[], None]]] = [
        ("范围与概况", True, lambda: parts.overview(report, matter.atlas, rows, matter.selection, names=LISTED)),
        ("分类汇总", True, lambda: parts.counts(report, rows)),
        ("分布示意", rows.geometry.notna().any(), lambda: parts.clusters(report, _map(report, matter, FIGURE))),
        ("要素一览", True, lambda: _list(report, matter.atlas, rows, listed)),
        ("规划原文", True, lambda: _quotes(report, matter.atlas, rows, listed)),
        ("表述变化与不一致", bool(moved), lambda: parts.changes_table(report, moved)),
        ("发展指标", bool(stated), lambda: parts.targets_table(report, stated)),
        ("资料来源与说明", True, lambda: parts.sources(report, matter.atlas, rows)),
    ]
    report.contents()
    told = [(heading, write) for heading, there, write in written if there]
    for at, (heading, write) in enumerate(told):
        report.heading(f"{NUMERALS[at]}、{heading}", 1, new_page=at == 0)
        write()


def _map(report: Brief, matter: Matter, paper: Paper, first: Sequence[str] = ()) -> Sheet:
    """Add the map as a figure and return how it was planned; `first` are the ids of the features that it tells."""
    made = sheet(matter.atlas, matter.rows, matter.selection, paper=paper, first=first)
    parts.picture(report, made, f"{title(matter.rows, matter.selection)}分布示意")
    return made


def _list(report: Brief, atlas: Atlas, rows: gpd.GeoDataFrame, listed: gpd.GeoDataFrame) -> None:
    parts.projects(report, (parts.project(atlas, row) for row in listed.to_dict("records")), "要素一览表")
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


def _quotes(report: Brief, atlas: Atlas, rows: gpd.GeoDataFrame, listed: gpd.GeoDataFrame) -> None:
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
                before, after = sentence(atlas, one)
                said = [(f"“{before}", False), (one["quote"], True), (f"{after}”", False)]
                report.quote(f"{source(one)}：", said, f"（{label('status', one['status'])}）")
            if len(cited) > MOST_QUOTES:
                report.paragraph(
                    f"另有 {len(cited) - MOST_QUOTES} 处引文未列，见川规图中该要素（编号 {row['id']}）或其导出文件。",
                    "List Paragraph",
                )
    _left_out(report, len(rows) - len(listed))
