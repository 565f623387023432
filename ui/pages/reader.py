"""The reader: a document as issued, its outline, the features of each clause, and one of them on a map beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TypeVar

import streamlit as st

from layers.atlas import Atlas
from layers.english import document_english, gloss
from layers.query.reports import as_csv, coverage_table
from layers.query.search import clauses
from plans.clauses import Clause
from plans.coverage import Dismissal
from plans.features import Mention
from ui.components.clause_text import clause_html, dismissal, mention, outline
from ui.components.facts import document_name, feature_link, name_of, status
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.messages import plain, say, term, told
from ui.state import address, reading, view
from ui.state.language import language

MAP_PX = 420


def page(atlas: Atlas) -> None:
    """Draw the reader page; `?clause=` (or `?document=`) opens a place in it, `?feature=` a map beside it."""
    problems = reading.read(atlas)
    for problem in problems:
        st.warning(plain(told(problem)))
    with st.sidebar:
        slug = st.radio(
            say("文件"),
            [one.slug for one in atlas.documents],
            key=reading.DOCUMENT.widget,
            format_func=lambda key: document_name(atlas.document(key)),
            on_change=reading.turn,
        )
        words = st.text_input(
            say("在全部文件中查找"), key=reading.FIND.widget, icon=":material/search:", on_change=reading.look
        ).split()
        dropped = st.toggle(say("显示未上图的文字"), help=say("灰底文字没有成为地图要素，悬停可见理由"))
    opened = address.asked(view.FEATURE.name)
    text, beside = st.columns([7, 4] if opened else [999, 1], gap="medium")  # always two: the text stays where it is
    with text:
        _text(atlas, slug, words, dropped=dropped)
    if opened:
        with beside, st.container(key="reader-beside"):
            _beside(atlas, opened)


def _text(atlas: Atlas, slug: str, words: list[str], *, dropped: bool) -> None:
    issued = atlas.document(slug)
    spoken, issuer = language(), issued.issuer
    if spoken == "zh":
        st.subheader(plain(issued.title), anchor=False)
    else:
        st.subheader(plain(document_english(issued.slug, issued.title)), anchor=False)
        st.caption(plain(issued.title))
        issuer = gloss("issuer", issuer)
    st.caption(plain(" · ".join(part for part in (issuer, issued.number, issued.dated) if part)))
    found = clauses(atlas, " ".join(words))
    shown = found.pop(slug, ()) if words else atlas.clauses(slug)
    if words:
        st.markdown(f"**{say('本文件找到 {n} 处，其他文件 {m} 处', n=len(shown), m=sum(map(len, found.values())))}**")
    if not shown and not found:
        st.info(say("各文件中都没有“{words}”。", words=plain(" ".join(words))), icon=":material/search_off:")
        return
    _coverage(atlas, slug)
    html = _clauses(atlas, slug, shown, words, dropped=dropped) + "".join(
        f"<h3>{escape(document_name(atlas.document(other)))} <small>{say('{n} 处', n=len(hits))}</small></h3>"
        + _clauses(atlas, other, hits, words, dropped=dropped)
        for other, hits in found.items()
    )
    linked(
        f"<article>{html}</article>", "reader", wanted=address.asked("clause"), opened=address.asked(view.FEATURE.name)
    )
    with st.sidebar:
        linked(outline(shown), "outline")


def _clauses(atlas: Atlas, slug: str, shown: Sequence[Clause], words: list[str], *, dropped: bool) -> str:
    named = _by_clause(one for one in atlas.mentions if one.document.slug == slug)
    left = _by_clause(atlas.dismissals(slug)) if dropped else {}
    return "".join(
        clause_html(
            one,
            [
                *(mention(said, atlas.feature(said.feature)) for said in named.get(one.id, [])),
                *map(dismissal, left.get(one.id, [])),
            ],
            words,
        )
        for one in shown
    )


One = TypeVar("One", Mention, Dismissal)


def _by_clause(found: Iterable[One]) -> dict[str, list[One]]:
    """What stands in a document, by its clause."""
    placed: dict[str, list[One]] = {}
    for one in found:
        placed.setdefault(one.clause_id, []).append(one)
    return placed


def _coverage(atlas: Atlas, slug: str) -> None:
    """Tell how much of the document is on the map, and hand out the account of the rest."""
    found = coverage_table(atlas, slug)
    claimed = int((found["上图要素"] != "").sum())
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(
        say(
            "全文 {n} 处（句，专栏内为列举项）：**{claimed} 处已上图**，{rest} 处注明理由未上图。",
            n=len(found),
            claimed=claimed,
            rest=len(found) - claimed,
        )
    )
    right.download_button(
        say("导出覆盖清单"), lambda: as_csv(found), f"coverage-{slug}.csv", "text/csv", on_click="ignore"
    )


def _beside(atlas: Atlas, feature_id: str) -> None:
    """The feature of a mention: its name and status, a small map, and the ways on."""
    rows = atlas.table[atlas.table["id"] == feature_id]
    if rows.empty:
        st.warning(say("没有编号为“{id}”的要素。", id=plain(feature_id)))
        return
    row = rows.iloc[0]
    close = f"<a href='reader?clause={escape(address.asked('clause'), quote=True)}{reading.searched()}' data-back>{say('关闭')}</a>"
    linked(
        f"<h4 tabindex='-1' data-focus>{escape(name_of(row['name']))}</h4>"
        f"<div class='chips'>{status(row['status'])}<span>{term('kind', row['layer'] + '/' + row['kind'])}</span>{close}</div>"
        f"<div class='chips'>{feature_link(row['id'], say('要素页：附近、相关与固定链接'))}"
        f"<a href='./?feature={row['id']}'>{say('在地图上打开')}</a></div>",
        f"beside-{feature_id}",
    )
    if row.geometry is None:
        st.info(say("文中未给出可落图的位置，地图上不画。"), icon=":material/location_off:")
        return
    map_view(atlas, "map-reader", rows, selected=feature_id, focus=(feature_id,), height=MAP_PX)
