"""Map sheets and Word briefs of what is filtered. Made when asked for: a page does not wait for them."""

from __future__ import annotations

import datetime

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.paper import MIMES
from layers.paper.page import PAPERS
from layers.query.scope import file_stem
from layers.query.selection import Selection
from plans.errors import PlanError
from serve import tasks
from serve.work import desk
from ui.components.opened import opened
from ui.components.waiting import standing
from ui.messages import plain, say, told
from ui.state import papers

WIDTH_PX, HEIGHT_PX = 380, 300
LONGEST_TITLE = 40
MOST_SECONDS = 300
LOOK_SECONDS = 0.5  # between two looks at work under way
FORMS = ("pdf", "png", "docx")
WORDS = {"pdf": "分布图", "png": "分布图", "docx": "简报"}  # in the name of a file
Wish = tuple[Selection, str, str, bool]  # what a file is made of: selection, paper, title, long form of the brief


@st.fragment
def report_files(atlas: Atlas, shown: gpd.GeoDataFrame, selection: Selection) -> None:
    """Draw the popover that makes a map sheet (PDF, PNG) or a Word brief of `shown`."""
    files = st.popover(
        say("图件与简报"),
        icon=":material/print:",
        width="stretch",
        disabled=shown.empty,
        key="reports",
        on_change="rerun",
    )
    with opened(files, WIDTH_PX, HEIGHT_PX) as drawn:
        if not drawn:
            return
        st.text_input(
            say("标题"), key=papers.TITLE.name, max_chars=LONGEST_TITLE, placeholder=say("留空则按筛选条件命名")
        )
        st.radio(say("纸张"), list(PAPERS), key=papers.PAPER.name, format_func=str.upper, horizontal=True)
        st.toggle(say("详细简报：全部要素与原文"), key=papers.LONG.name)
        buttons = st.columns(len(FORMS))
        words = {"pdf": say("PDF 图件"), "png": say("PNG 图件"), "docx": say("Word 简报")}
        asked = [
            form for form, at in zip(FORMS, buttons, strict=True) if at.button(plain(words[form]), width="stretch")
        ]
        st.caption(say("{n} 个要素。图件按所选纸张成图，简报为 A4。", n=len(shown)))
        wish = (selection, papers.PAPER.get(), papers.TITLE.get(), papers.LONG.get())
        for form in asked:
            _begin(atlas, form, shown, wish)
        if papers.JOB.get():
            _under_way()
        if papers.PROBLEM.get():
            st.error(plain(told(papers.PROBLEM.get())))
        _offer(wish)


def _begin(atlas: Atlas, form: str, shown: gpd.GeoDataFrame, wish: Wish) -> None:
    """Have a file made, in place of the one that is being made."""
    _stop()
    papers.PROBLEM.set("")
    selection, paper_name, title, long = wish
    look = tasks.Look(title, paper_name, long)
    try:
        job = desk().ask(tasks.report, atlas.records, selection, form, look, shown.index, seconds=MOST_SECONDS)
    except LayerError as error:
        papers.PROBLEM.set(str(error))
        return
    papers.JOB.set((wish, form, file_stem(atlas, selection, WORDS[form], datetime.date.today()), job))


@st.fragment(run_every=LOOK_SECONDS)
def _under_way() -> None:
    """Tell how far the file is; the page goes on meanwhile. When it is made, draw the page with it."""
    if not papers.JOB.get():
        return
    wish, form, stem, job = papers.JOB.get()
    if job.done:
        papers.JOB.set(None)
        try:
            papers.FILE.set((wish, *tasks.bundle(form, stem, job.result()), stem))
        except (LayerError, GeoError, PlanError) as error:
            papers.PROBLEM.set(str(error))
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(standing(job))
        st.button(say("取消"), key="report-stop", icon=":material/close:", on_click=_stop)


def _stop() -> None:
    """End the work on the file that is being made, if there is one."""
    if papers.JOB.get():
        papers.JOB.get()[-1].cancel()
    papers.JOB.set(None)


def _offer(wish: Wish) -> None:
    """Offer the last file, as long as it is still what is asked for."""
    made_for, form, content, stem = papers.FILE.get()
    if content and made_for == wish:
        size = f"{len(content) / 1e6:.1f} MB"
        st.download_button(
            say("下载 {form}（{size}）", form=form.upper(), size=size),
            content,
            f"{stem}.{form}",
            MIMES[form],
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            width="stretch",
        )
