"""The reader: a document as issued, its outline, and the features of each clause."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.webmap import COLOURS
from plans.clauses import Clause, clauses
from plans.documents import Document, document, documents
from plans.errors import PlanError
from plans.features import Mention, feature, mentions


def page() -> None:
    """Draw the reader page; `?clause=` (or `?document=`) opens a place in it."""
    wanted = st.query_params.get("clause", "")
    opened = _opened(wanted or st.query_params.get("document", ""))
    slugs = [one.slug for one in documents()]
    with st.sidebar:
        slug = st.radio("文件", slugs, index=slugs.index(opened.slug), format_func=lambda key: document(key).short)
        query = st.text_input("在本文件中查找", icon=":material/search:")
    if slug != opened.slug:
        st.query_params.from_dict({"document": slug})
        wanted = ""
    issued = document(slug)
    st.subheader(issued.title, anchor=False)
    st.caption(" · ".join(part for part in (issued.issuer, issued.number, issued.dated) if part))
    shown = [one for one in clauses(slug) if query in one.text + one.heading] if query else list(clauses(slug))
    if not shown:
        st.info(f"本文件中没有“{query}”。")
        return
    named = _named(slug)
    st.html(_STYLE + "".join(_clause(one, named.get(one.id, []), one.id == wanted) for one in shown))
    if wanted:
        st.html(
            "<script>document.getElementById('wanted')?.scrollIntoView({block:'center'})</script>",
            unsafe_allow_javascript=True,
        )


def _opened(wanted: str) -> Document:
    try:
        return document(wanted.split("/", 1)[0]) if wanted else documents()[0]
    except PlanError as error:
        st.warning(str(error))
        return documents()[0]


def _named(slug: str) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for one in mentions():
        if one.clause_id.startswith(slug + "/"):
            found.setdefault(one.clause_id, []).append(one)
    return found


def _clause(one: Clause, named: list[Mention], wanted: bool) -> str:
    mark = " id='wanted' class='wanted'" if wanted else ""
    page = f"<span class='page'>第 {one.first_page} 页</span>" if one.first_page else ""
    if not one.text:
        size = {"chapter": "h3", "section": "h4"}.get(one.kind, "h5")
        return f"<{size}{mark}>{escape(one.path[-1])} {page}</{size}>"
    title = f"<h5>{escape(one.path[-1])}</h5>" if one.kind == "item" else ""
    return f"{title}<p{mark}>{_marked(one.text, named)} {page}</p>"


def _marked(text: str, named: list[Mention]) -> str:
    """Mark each mention in the colour of its layer; each opens its feature on the map."""
    parts: list[str] = []
    at = 0
    for one in sorted(named, key=lambda mention: (mention.start, -mention.end)):
        if one.start < at:
            continue
        colour = COLOURS[feature(one.feature).layer]
        parts.append(escape(text[at : one.start]))
        parts.append(
            f"<a href='./?feature={one.feature}' target='_self' title='{escape(one.name, quote=True)}' "
            f"style='border-color:{colour}'>{escape(one.quote)}</a>"
        )
        at = one.end
    return "".join([*parts, escape(text[at:])])


_STYLE = """<style>
p{line-height:1.9;max-width:52rem} p a{color:inherit;text-decoration:none;border-bottom:2px solid} p a:hover{background:#ffe08a66}
.page{opacity:.5;font-size:.8rem;white-space:nowrap} .wanted{background:#fff3c4;outline:6px solid #fff3c4}
</style>"""
