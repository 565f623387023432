"""The page of an economic zone or prefecture: positioning, targets, projects, corridors, changes; made to be printed."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from geo.gazetteer import prefectures, zone_of
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.profile import Statement, Subject, area, changes_of, corridors, statements, targets_of
from layers.query.reports import MARK_WORDS
from layers.query.summary import count, kilometres
from plans.places import short_name
from plans.targets import KINDS, Target
from plans.vocabulary import keys
from ui.components.facts import (
    document_called,
    document_name,
    dot,
    feature_link,
    indicator_name,
    marked,
    name_of,
    reader_link,
    scope_name,
    status,
    subject_name,
)
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.components.matrix import matrix_table
from ui.components.paper import paper_head, paper_legend
from ui.messages import plain, say, term, told
from ui.state import address, widgets

MAP_PX = 520
PAGE_PX = 700  # what an A4 page holds across, so that the map prints whole
SPOKEN = 6  # statements of positioning that stand open


def page(atlas: Atlas) -> None:
    """Draw the page of the zone or prefecture that the address names by `of`; without one, the chooser."""
    asked = address.asked("of")
    try:
        one = area(atlas, asked) if asked else None
    except LayerError as error:
        st.warning(plain(told(error)))
        one = None
    _chooser(atlas, one)
    if one is None:
        linked(_overview(atlas), "zones")
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        linked(_head(one) + _positioning(one), f"head-{one.key}")
    with right, st.container(width=PAGE_PX):
        map_view(atlas, "map-zone", one.features, focus=one.focus, height=MAP_PX)
        linked(paper_legend(one.features), f"legend-{one.key}")
    linked(_projects(one), f"projects-{one.key}")
    left, right = st.columns([1, 1], gap="large")
    with left:
        linked(_targets(one), f"targets-{one.key}")
    with right:
        linked(_corridors(one) + _changes(one), f"corridors-{one.key}")
    linked(_list(one), f"list-{one.key}")


def _chooser(atlas: Atlas, one: Subject | None) -> None:
    options = [code for zone in keys("zone") for code in (zone, *_members(zone))]
    widgets.OF.set(one.key if one else None)
    st.selectbox(
        say("经济区或市州"),
        options,
        key=widgets.OF.widget,
        index=None,
        placeholder=say("选择经济区或市州"),
        format_func=lambda key: ("" if key in keys("zone") else "　") + subject_name(area(atlas, key)),
        on_change=lambda: address.ask(of=widgets.OF.get() or ""),
        label_visibility="collapsed",
        width=320,
    )


def _members(zone: str) -> list[str]:
    return [one.adcode for one in prefectures() if zone_of()[one.adcode] == zone]


def _overview(atlas: Atlas) -> str:
    """The five zones as cards, each with its prefectures."""
    cards = []
    for zone in keys("zone"):
        rows = Subject(atlas, "zone", zone).features
        members = say("、").join(
            f"<a href='zone?of={code}'>{escape(short_name(subject_name(Subject(atlas, 'place', code))))}</a>"
            for code in _members(zone)
        )
        cards.append(
            f"<div class='card'><h4><a href='zone?of={zone}'>{term('zone', zone)}</a></h4>"
            f"<p class='quiet'>{say('{n} 个要素', n=len(rows))}</p><p>{members}</p></div>"
        )
    return f"<h4>{say('五个经济区，二十一个市州')}</h4><div class='cards'>{''.join(cards)}</div>"


def _head(one: Subject) -> str:
    rows = one.features
    roads = kilometres(one.atlas, rows[rows["layer"] == "transport"], "kind", "status", one.key).total
    numbers = {
        say("要素"): f"{len(rows):,}",
        say("引文"): f"{sum(map(len, rows['citations'])):,}",
        say(
            "在建、推进与拟开工"
        ): f"{int(rows['status'].isin(['under_construction', 'building', 'starting']).sum()):,}",
        say("交通线路（区内图上公里）"): f"{roads:,.0f}",
    }
    strip = "".join(f"<div><b>{number}</b><span>{word}</span></div>" for word, number in numbers.items())
    where = f"./?{one.part}={one.key}"
    return (
        f"<h3 style='font-size:1.6rem;font-weight:600;padding:0;margin:0 0 .4rem'>{escape(subject_name(one))}</h3>"
        f"{paper_head(one)}<div class='strip'>{strip}</div>"
        f"<div class='chips screen'><a href='{where}'>{say('在地图上打开')}</a>"
        f"<a href='compare?left={one.key}'>{say('与另一处比较')}</a><button data-print>{say('打印')}</button></div>"
    )


# ---- positioning and targets -------------------------------------------------------------------


def _positioning(one: Subject) -> str:
    found = [_statement(said) for said in statements(one)]
    if not found:
        return f"<h4>{say('定位')}</h4><p class='nothing'>{say('文件中没有直接写明其定位的文字。')}</p>"
    rest = "".join(found[SPOKEN:])
    more = f"<details><summary>{say('其余 {n} 处', n=len(found) - SPOKEN)}</summary>{rest}</details>" if rest else ""
    return f"<h4>{say('定位')} <small>{say('原文')}</small></h4>{''.join(found[:SPOKEN])}{more}"


def _statement(said: Statement) -> str:
    marks = tuple((start - said.start, end - said.start) for start, end in said.marks)
    return f"<blockquote>{marked(said.words, marks)}<div class='quiet'>{_source(said)}</div></blockquote>"


def _source(said: Statement | Target) -> str:
    page = " " + say("第 {page} 页", page=said.page) if said.page else ""
    return f"{escape(document_name(said.document))}{page} {reader_link(said.clause_id)}"


def _targets(one: Subject) -> str:
    found = targets_of(one)
    head = f"<h4>{say('目标与指标')} <small>{len(found)}</small></h4>"
    if not found:
        return f"{head}<p class='nothing'>{say('文件中没有以其为范围的数值。')}</p>"
    tables = "".join(
        f"<details{' open' if kind == 'target' else ''}><summary>{say(word)} <small>{len(rows)}</small></summary>"
        f"<table>{''.join(_target(one, target) for target in rows)}</table></details>"
        for kind, word in KINDS.items()
        if (rows := [target for target in found if target.kind == kind])
    )
    return f"{head}<div class='columns'>{tables}</div>"


def _target(one: Subject, stated: Target) -> str:
    shown = "quiet screen" if stated.scope == one.name else "quiet"  # on paper the page says of whom it tells
    return (
        f"<tr><td>{escape(indicator_name(stated.indicator))}<div class='{shown}'>{escape(scope_name(stated.scope))}</div></td>"
        f"<td class='nowrap'>{stated.year}</td><td>{escape(stated.value)}</td><td class='quiet'>{_source(stated)}</td></tr>"
    )


# ---- projects, corridors, changes --------------------------------------------------------------


def _projects(one: Subject) -> str:
    head = f"<h4>{say('图层 × 状态')} <small>{say('点数字在地图上打开')}</small></h4>"
    return head + matrix_table(one.atlas, count(one.atlas, one.features, "layer", "status"), {one.part: one.key})


def _corridors(one: Subject) -> str:
    rows = corridors(one)
    head = f"<h4>{say('经过的轴带廊道')} <small>{len(rows)}</small></h4>"
    if rows.empty:
        return f"{head}<p class='nothing'>{say('没有。')}</p>"
    body = "".join(
        f"<tr><td>{feature_link(row.id, name_of(row.name))}</td><td class='nowrap'>{status(row.status)}</td>"
        f"<td class='number'>{_km(row.km)} / {_km(row.length_km)}</td>"
        f"<td class='nowrap quiet'>{say('文中点名') if row.named else say('仅图上经过')}</td></tr>"
        for row in rows.itertuples()
    )
    titles = (say("名称"), say("状态"), say("区内 / 全长 km"), say("依据"))
    cells = "".join(f"<th{' class=number' if at == 2 else ''}>{word}</th>" for at, word in enumerate(titles))
    return f"{head}<div class='columns'><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"


def _km(number: float) -> str:
    return "—" if pd.isna(number) or not number else f"{number:,.0f}"


def _changes(one: Subject) -> str:
    rows = changes_of(one)
    head = f"<h4>{say('表述变化与不一致')} <small>{len(rows)}</small></h4>"
    if rows.empty:
        return f"{head}<p class='nothing'>{say('没有。')}</p>"
    said = document_called(one.atlas)
    told = "".join(
        f"<p class='change {row['mark']}'>{feature_link(row['编号'], name_of(row['名称']))} <span class='badge {row['mark']}'>{say(MARK_WORDS[row['mark']])}</span><br>"
        f"<span class='quiet'>{escape(said(row['前·文件']))}“{escape(row['前·表述'])}” → "
        f"{escape(said(row['后·文件']))}“{escape(row['后·表述'])}”</span></p>"
        for row in rows.to_dict("records")
    )
    return f"{head}<div class='columns'>{told}</div>"


def _list(one: Subject) -> str:
    """Every feature, a table a layer, folded away on the screen."""
    rows = one.features
    tables = "".join(
        f"<details><summary>{dot(layer)}{term('layer', layer)} <small>{len(found)}</small></summary>"
        f"<table>{''.join(_listed(one, row) for row in found.to_dict('records'))}</table></details>"
        for layer in keys("layer")
        if len(found := rows[rows["layer"] == layer])
    )
    head = f"<h4>{say('全部要素')} <small>{len(rows)} / {len(one.atlas.table)}</small></h4>"
    return f"{head}<div class='columns listing'>{tables}</div>"


def _listed(one: Subject, row: dict[str, Any]) -> str:
    cited = row["citations"][-1]
    page = " " + say("第 {page} 页", page=cited["page"]) if cited["page"] else ""
    where = escape(document_name(one.atlas.document(cited["document"]))) + page
    return (
        f"<tr><td>{feature_link(row['id'], name_of(row['name']))}</td>"
        f"<td class='nowrap screen'>{term('kind', row['layer'] + '/' + row['kind'])}</td>"
        f"<td class='nowrap'>{status(row['status'])}</td><td class='nowrap quiet'>{where}</td></tr>"
    )
