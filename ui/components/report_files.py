"""Map sheets and Word briefs of what is filtered. Made when asked for: a page does not wait for them."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.paper.page import PAPERS, paper
from layers.query.selection import Selection
from plans.errors import PlanError
from ui import state
from ui.messages import plain, say, told

WIDTH_PX = 380
LONGEST_TITLE = 40
MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@st.fragment
def report_files(atlas: Atlas, shown: gpd.GeoDataFrame, selection: Selection) -> None:
    """Draw the popover that makes a map sheet (PDF, PNG) or a Word brief of `shown`."""
    with (
        st.popover(say("图件与简报"), icon=":material/print:", width="stretch", disabled=shown.empty),
        st.container(width=WIDTH_PX),
    ):
        st.text_input(
            say("标题"), key=state.REPORT_TITLE, max_chars=LONGEST_TITLE, placeholder=say("留空则按筛选条件命名")
        )
        st.radio(say("纸张"), list(PAPERS), key=state.REPORT_PAPER, format_func=str.upper, horizontal=True)
        buttons = st.columns(3)
        words = {"pdf": say("PDF 图件"), "png": say("PNG 图件"), "docx": say("Word 简报")}
        asked = [
            form for form, at in zip(MIMES, buttons, strict=True) if at.button(plain(words[form]), width="stretch")
        ]
        st.caption(say("{n} 个要素。图件按所选纸张成图，简报为 A4。", n=len(shown)))
        wish = (selection, st.session_state[state.REPORT_PAPER], st.session_state[state.REPORT_TITLE])
        for form in asked:
            st.session_state[state.REPORT_FILE] = (wish, form, _made(atlas, form, shown, wish))
        _offer(wish)


def _made(atlas: Atlas, form: str, shown: gpd.GeoDataFrame, wish: tuple[Selection, str, str]) -> bytes:
    """Return the file; b"" when it cannot be made, and the reason has been told."""
    selection, paper_name, title = wish
    with st.spinner(say("正在制作，通常需要几秒……")):
        try:
            if form == "docx":
                from layers.paper.brief import brief  # noqa: PLC0415 matplotlib is slow to load: only who asks waits

                return brief(atlas, shown, selection, title)
            from layers.paper.sheet import render, sheet  # noqa: PLC0415 see above

            return render(sheet(atlas, shown, selection, title, paper(paper_name)), form)
        except (LayerError, GeoError, PlanError) as error:
            st.error(plain(told(error)))
            return b""


def _offer(wish: tuple[Selection, str, str]) -> None:
    """Offer the last file, as long as it is still what is asked for."""
    made_for, form, content = st.session_state.get(state.REPORT_FILE, (None, "", b""))
    if content and made_for == wish:
        size = f"{len(content) / 1e6:.1f} MB"
        st.download_button(
            say("下载 {form}（{size}）", form=form.upper(), size=size),
            content,
            f"plan-atlas.{form}",
            MIMES[form],
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            width="stretch",
        )
