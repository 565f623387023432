"""The parts that a brief is made of: scope, counts, map, projects, changes, numbers, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.gazetteer import places
from layers.atlas import Atlas
from layers.paper.sheet import Sheet, render
from layers.paper.word import Brief
from layers.query.reports import MARK_WORDS
from layers.query.scope import in_words
from layers.query.selection import Selection
from layers.query.whereabouts import crossed, named
from layers.symbols import NOTICE
from layers.text import bracketed
from plans.documents import Document
from plans.places import short_name
from plans.story import Change
from plans.targets import KINDS, Target
from plans.vocabulary import keys, label, precision_words

PICTURE_DPI = 220
TABLE_MM = 158.0  # between the margins
LENGTHS = (
    "图上长度为线要素在图上的大地线长度，已另列整体的分段不重复计；"
    "示意线仅依次连接文中地名，其长度不是建设里程，线路之间也有重叠，不宜作为规模数据引用。"
)
STAGES = {
    "建成\n在建": ("operating", "completing", "under_construction"),
    "推进\n拟开工": ("building", "starting"),
    "前期\n争取": ("preliminary", "study", "seeking_listing"),
    "支持\n提及": ("promoted", "mentioned"),
}
PROJECT_HEAD = ("序号", "名称", "类别", "地点", "状态", "依据")
PROJECT_MM = (9.0, 45.0, 19.0, 26.0, 22.0, 37.0)
CHANGE_HEAD = ("名称", "变化", "前", "后")
CHANGE_MM = (44.0, 18.0, 48.0, 48.0)
FEW_CITIES = 2  # so many prefectures are told with their counties
NOT_PROJECTS = ("zone", "corridor", "city")  # layers whose things are strategies and places, never built


def overview(report: Brief, atlas: Atlas, rows: gpd.GeoDataFrame, selection: Selection, *, names: str) -> None:
    """Tell the scope and how much it holds; `names` says where those without a place are listed."""
    cited = int(rows["citations"].map(len).sum())
    number = int((~rows["layer"].isin(NOT_PROJECTS)).sum())
    unplaced = int(rows.geometry.isna().sum())
    report.paragraph(f"本简报的范围为：{in_words(atlas, selection)}。")
    report.paragraph(
        f"共有要素 {len(rows)} 个，项目和设施 {number} 个，区域、轴带和城镇 {len(rows) - number} 个；"
        f"引文 {cited} 处，出自 {len(cited_documents(atlas, rows))} 份文件。"
        + (f"其中 {unplaced} 个要素文中未给出可落图的位置，不上图，{names}。" if unplaced else "")
    )


def picture(report: Brief, made: Sheet, caption: str) -> None:
    """Add a planned map as a figure."""
    wide = made.plan.view.layout.width
    report.picture(render(made, "png", PICTURE_DPI)[0], min(wide, TABLE_MM), caption)


def counts(report: Brief, rows: gpd.GeoDataFrame) -> None:
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


def brief_counted(rows: gpd.GeoDataFrame) -> list[tuple[str, ...]]:
    """Return the numbers of features by layer and stage: layers in two halves side by side."""
    layers = [key for key in keys("layer") if key in set(rows["layer"])]
    lines = [*(_counted(rows[rows["layer"] == key], label("layer", key)) for key in layers), _counted(rows, "合计")]
    half = -(-len(lines) // 2)
    empty = ("",) * len(lines[0])
    return [(*left, *right) for left, right in zip(lines[:half], [*lines[half:], empty], strict=False)]


def brief_counts(report: Brief, counted: Sequence[tuple[str, ...]]) -> None:
    """Add the table of `brief_counted`."""
    head = ("图层", "要素", *STAGES)
    report.table("要素数量，按图层与状态", (*head, *head), counted, (18.0, 11.0, *(12.5,) * 4) * 2)


def _counted(rows: pd.DataFrame, name: str) -> tuple[str, ...]:
    numbers = (int(rows["status"].isin(found).sum()) for found in STAGES.values())
    return (name, str(len(rows)), *(str(number or "—") for number in numbers))


# ---- projects ---------------------------------------------------------------------------------


def project(atlas: Atlas, row: dict[str, Any]) -> tuple[str, ...]:
    """Return a feature as a row of the table of projects, with all of its documents and pages."""
    return (*_named(row), _where(row), label("status", row["status"]), _grounds(atlas, row))


def brief_project(atlas: Atlas, row: dict[str, Any]) -> tuple[str, ...]:
    """Return a feature as a row of one or two lines: prefectures alone, and the newest document."""
    cities = [short_name(places()[code].name) for code, _ in named(row) or crossed(row)]
    where = "、".join(cities[:FEW_CITIES]) + ("等" if len(cities) > FEW_CITIES else "") or "—"
    newest = row["citations"][-1]
    page = f"第{newest['page']}页" if newest["page"] else ""
    more = f"等{len(row['documents'])}份" if len(row["documents"]) > 1 else ""
    return (*_named(row), where, label("status", row["status"]), atlas.document(newest["document"]).short + page + more)


def _named(row: dict[str, Any]) -> tuple[str, str, str]:
    return str(row["number"]), row["name"], label("kind", f"{row['layer']}/{row['kind']}")


def projects(report: Brief, rows: Iterable[tuple[str, ...]], caption: str) -> None:
    """Add the table of projects."""
    report.table(caption, PROJECT_HEAD, rows, PROJECT_MM)


def unplaced_names(rows: gpd.GeoDataFrame) -> str:
    """Return every feature that the map cannot show, by name; "" where there is none."""
    some = rows[rows.geometry.isna()]
    return f"文中未给出可落图位置的 {len(some)} 个要素：{'、'.join(some['name'])}。" if len(some) else ""


def unplaced(report: Brief, rows: gpd.GeoDataFrame) -> None:
    """Add the names of the features that the map cannot show."""
    if names := unplaced_names(rows):
        report.paragraph(names, "List Paragraph")


def clusters(report: Brief, made: Sheet) -> None:
    """Tell what the counted symbols of a figure stand for, by the numbers of the table."""
    for one in made.plan.lettering.clusters:
        numbers = "、".join(str(member.number) for member in one.members)
        report.paragraph(f"图中 {one.key}（{one.place}，{len(one.members)} 个）：{numbers}。", "List Paragraph")


def _where(row: dict[str, Any]) -> str:
    """市州（县区）, or several 市州; of a long list the first few."""
    found = named(row) or crossed(row)
    few = len(found) <= FEW_CITIES
    return (
        _some(
            [
                short_name(places()[code].name) + (f"（{_some(inside)}）" if few and inside else "")
                for code, inside in found
            ]
        )
        or "—"
    )


def _some(names: list[str], most: int = 3) -> str:
    return "、".join(names[:most]) + (f"等{len(names)}处" if len(names) > most else "")


def _grounds(atlas: Atlas, row: dict[str, Any]) -> str:
    """Documents with the pages: 攀西规划第172页."""
    pages: dict[str, list[str]] = {}
    for one in row["citations"]:
        found = pages.setdefault(atlas.document(one["document"]).short, [])
        if one["page"] and str(one["page"]) not in found:
            found.append(str(one["page"]))
    return "；".join(short + (f"第{_some(found, 4)}页" if found else "") for short, found in pages.items())


# ---- what the plans say of themselves ----------------------------------------------------------


def change(one: Change) -> tuple[str, ...]:
    """Return a change of wording as a row of a table."""
    marked = MARK_WORDS[one.mark] + ("（更名）" if one.renamed else "")
    return one.feature.name, marked, _said(one, "before"), _said(one, "after")


def changes_table(report: Brief, moved: Iterable[Change]) -> None:
    """Add the table of changes, and what its words mean."""
    report.table("同一项目在各文件中的表述", CHANGE_HEAD, map(change, moved), CHANGE_MM)
    report.paragraph(
        "注：“同期不一致”指同日印发的文件或同一文件内写明的阶段不能同时成立；“表述不同”指用语有别而未写明阶段进退。",
        "List Paragraph",
    )


def _said(one: Change, when: str) -> str:
    said = getattr(one, when)
    page = f"第{said.page}页" if said.page else ""
    return f"“{said.status_text}” {said.document.short}{bracketed(said.document.dated)}{page}"


def targets_table(report: Brief, stated: Sequence[Target]) -> None:
    """Add the table of the numbers that plans state."""
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


def sources(report: Brief, atlas: Atlas, rows: gpd.GeoDataFrame) -> None:
    """List the documents, and say how far quotes and positions can be relied on."""
    for one in cited_documents(atlas, rows):
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


def cited_documents(atlas: Atlas, rows: pd.DataFrame) -> list[Document]:
    """Return the documents that the features stand in, in order of issue."""
    slugs = {slug for found in rows["documents"] for slug in found}
    return [one for one in atlas.documents if one.slug in slugs]
