"""Map sheets and Word briefs of what is filtered. Made when asked for: a page does not wait for them."""

from __future__ import annotations

import datetime
import io
import zipfile

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.paper.page import PAPERS, paper
from layers.query.scope import file_stem
from layers.query.selection import Selection
from plans.errors import PlanError
from ui.messages import plain, say, told
from ui.state import papers

WIDTH_PX = 380
LONGEST_TITLE = 40
MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
FORMS = ("pdf", "png", "docx")
WORDS = {"pdf": "分布图", "png": "分布图", "docx": "简报"}  # in the name of a file
Wish = tuple[Selection, str, str, bool]  # what a file is made of: selection, paper, title, long form of the brief


@st.fragment
def report_files(atlas: Atlas, shown: gpd.GeoDataFrame, selection: Selection) -> None:
    """Draw the popover that makes a map sheet (PDF, PNG) or a Word brief of `shown`."""
    with (
        st.popover(say("图件与简报"), icon=":material/print:", width="stretch", disabled=shown.empty),
        st.container(width=WIDTH_PX),
    ):
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
            made = _made(atlas, form, shown, wish)
            stem = file_stem(atlas, selection, WORDS[form], datetime.date.today())
            papers.FILE.set((wish, *_one(form, stem, made), stem))
        _offer(wish)


def _made(atlas: Atlas, form: str, shown: gpd.GeoDataFrame, wish: Wish) -> list[bytes]:
    """Return the files; none when they cannot be made, and the reason has been told."""
    selection, paper_name, title, long = wish
    with st.spinner(say("正在制作，通常需要几秒……")):
        try:
            if form == "docx":
                from layers.paper.brief import brief  # noqa: PLC0415 matplotlib is slow to load: only who asks waits

                return [brief(atlas, shown, selection, title, long=long)]
            from layers.paper.sheet import render, sheet  # noqa: PLC0415 see above

            return render(sheet(atlas, shown, selection, title, paper(paper_name)), form)
        except (LayerError, GeoError, PlanError) as error:
            st.error(plain(told(error)))
            return []


def _one(form: str, stem: str, made: list[bytes]) -> tuple[str, bytes]:
    """The ending and content of one file to take: several pages of pictures are a zip."""
    if len(made) < 2:
        return form, b"".join(made)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at, content in enumerate(made, start=1):
            archive.writestr(f"{stem}-{at}.{form}", content)
    return "zip", out.getvalue()


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
