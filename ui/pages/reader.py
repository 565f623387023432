"""The reader: a document as issued, its outline, and the features of each clause."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from layers.palette import COLOURS
from layers.reports import as_csv, coverage_table
from plans.clauses import Clause, clauses
from plans.coverage import Dismissal, dismissals
from plans.documents import document, documents
from plans.features import Mention, feature, mentions
from plans.vocabulary import label
from ui import state
from ui.messages import plain


def page() -> None:
    """Draw the reader page; `?clause=` (or `?document=`) opens a place in it."""
    for problem in state.read_reader_address():
        st.warning(plain(problem))
    with st.sidebar:
        slug = st.radio(
            "文件",
            [one.slug for one in documents()],
            key=state.DOCUMENT,
            format_func=lambda key: document(key).short,
            on_change=state.turn_to_document,
        )
        words = st.text_input("在本文件中查找", key=state.FIND, icon=":material/search:").split()
        dropped = st.toggle("显示未上图的文字", help="灰底文字没有成为地图要素，悬停可见理由")
    wanted = st.query_params.get("clause", "")
    issued = document(slug)
    st.subheader(plain(issued.title), anchor=False)
    st.caption(plain(" · ".join(part for part in (issued.issuer, issued.number, issued.dated) if part)))
    shown = [one for one in clauses(slug) if all(word in one.text + one.heading for word in words)]
    if words:
        st.markdown(f"**找到 {len(shown)} 处**")
    if not shown:
        st.info(f"本文件中没有“{plain(' '.join(words))}”。", icon=":material/search_off:")
        return
    _coverage(slug)
    named, left = _named(slug), _dropped(slug) if dropped else {}
    marks = {one.id: [*map(_mention, named.get(one.id, [])), *map(_dismissal, left.get(one.id, []))] for one in shown}
    st.html(_STYLE + "".join(_clause(one, marks[one.id], one.id == wanted) for one in shown))
    if wanted:
        st.html(
            "<script>document.getElementById('wanted')?.scrollIntoView({block:'center'})</script>",
            unsafe_allow_javascript=True,
        )


def _named(slug: str) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for one in mentions():
        if one.clause_id.startswith(slug + "/"):
            found.setdefault(one.clause_id, []).append(one)
    return found


def _dropped(slug: str) -> dict[str, list[Dismissal]]:
    found: dict[str, list[Dismissal]] = {}
    for one in dismissals(slug):
        found.setdefault(one.clause_id, []).append(one)
    return found


def _coverage(slug: str) -> None:
    """Tell how much of the document is on the map, and hand out the account of the rest."""
    found = coverage_table(slug)
    claimed = int((found["上图要素"] != "").sum())
    left, right = st.columns([4, 1], vertical_alignment="center")
    left.markdown(
        f"全文 {len(found)} 处（句，专栏内为列举项）：**{claimed} 处已上图**，{len(found) - claimed} 处注明理由未上图。"
    )
    right.download_button("导出覆盖清单", lambda: as_csv(found), f"coverage-{slug}.csv", "text/csv", on_click="ignore")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a clause and the tags that set it off."""

    start: int
    end: int
    opening: str
    closing: str


def _mention(one: Mention) -> Mark:
    """A mention stands in the colour of its layer, and opens its feature on the map."""
    colour = COLOURS[feature(one.feature).layer]
    opening = (
        f"<a href='./?feature={one.feature}' target='_self' title='{escape(one.name, quote=True)}' "
        f"style='border-color:{colour}'>"
    )
    return Mark(one.start, one.end, opening, "</a>")


def _dismissal(one: Dismissal) -> Mark:
    reason = escape(label("reason", one.reason), quote=True)
    return Mark(one.start, one.end, f"<span class='dropped' title='未上图：{reason}'>", "</span>")


def _clause(one: Clause, marks: list[Mark], wanted: bool) -> str:
    mark = " id='wanted' class='wanted'" if wanted else ""
    page = f"<span class='page'>第 {one.first_page} 页</span>" if one.first_page else ""
    if not one.text:
        size = {"chapter": "h3", "section": "h4"}.get(one.kind, "h5")
        return f"<{size}{mark}>{escape(one.path[-1])} {page}</{size}>"
    title = f"<h5>{escape(one.path[-1])}</h5>" if one.kind == "item" else ""
    return f"{title}<p{mark}>{_marked(one.text, marks)} {page}</p>"


def _marked(text: str, marks: list[Mark]) -> str:
    """Set off each marked stretch; where two overlap, the first keeps the text."""
    parts: list[str] = []
    at = 0
    for one in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if one.start < at:
            continue
        parts += [escape(text[at : one.start]), one.opening, escape(text[one.start : one.end]), one.closing]
        at = one.end
    return "".join([*parts, escape(text[at:])])


_STYLE = """<style>
p{line-height:1.9;max-width:52rem} p a{color:inherit;text-decoration:none;border-bottom:2px solid} p a:hover{background:#ffe08a66}
.dropped{background:#8882;border-radius:2px} .page{opacity:.5;font-size:.8rem;white-space:nowrap} .wanted{background:#fff3c4;outline:6px solid #fff3c4}
</style>"""
