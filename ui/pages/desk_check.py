"""核对: a draft against the plans, and an office's list of projects against the plans."""

from __future__ import annotations

from html import escape

import geopandas as gpd
import streamlit as st

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.match.answers import answered, sheets, source, workbook
from layers.match.draft import Checked, checked
from layers.match.draft_notes import draft_commented
from layers.match.draft_word import draft_text, draft_word
from layers.match.listing import read_list
from layers.paper import MIMES
from store.current import judged
from ui.components.desk_list import judge_rows
from ui.components.desk_review import said, word
from ui.components.file_field import MOST_MB, file_words
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.messages import plain, say, told

MOST_QUOTES = 3
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(atlas: Atlas) -> None:
    """Draw the page: two tabs. Of what is checked only the judgements are kept, and nothing leaves the machine."""
    file_words()
    draft, listing = st.tabs([say("拟文核对"), say("台账对照")])
    with draft:
        _draft(atlas)
    with listing:
        _list(atlas)
    said()


def _draft(atlas: Atlas) -> None:
    text = st.text_area(say("粘贴一段拟文"), key="desk-draft", height=160)
    file = st.file_uploader(
        say("或上传（.docx .txt）"), ["docx", "txt", "md"], key="desk-draft-file", max_upload_size=MOST_MB
    )
    try:
        words = draft_text(file.name, file.getvalue()) if file else text
    except LayerError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    if not words.strip():
        st.caption(say("文中的每个项目都与规划原文逐字对照：阶段、名称、地点不符的，规划里没有的，都说明并附原文。"))
        return
    found = checked(atlas, words)
    if not found:
        st.info(say("没有读出项目名称。"), icon=":material/search_off:")
        return
    remarked = sum(bool(one.remarks) for one in found)
    left, middle, right = st.columns([4, 1, 1], vertical_alignment="center")
    left.markdown(say("提到项目 {n} 处，其中 **{m} 处需要留意**。", n=len(found), m=remarked))
    if file and file.name.lower().endswith(".docx"):
        data = file.getvalue()
        middle.download_button(
            say("原稿加批注"), lambda: draft_commented(data, found), "draft-comments.docx", MIMES["docx"],
            on_click="ignore", width="stretch",
        )  # fmt: skip
    right.download_button(
        say("下载 Word"),
        lambda: draft_word(atlas, words, found),
        "draft-check.docx",
        MIMES["docx"],
        on_click="ignore",
        width="stretch",
    )
    linked("".join(map(_row, found)), "desk-draft-result")


def _row(one: Checked) -> str:
    """A project of the draft as HTML: its name, what is to be noted, what the plans say."""
    name = f"<a href='feature?id={one.feature.id}'>{escape(one.name)}</a>" if one.feature else escape(one.name)
    remarks = "".join(f"<li>{escape(say(note.text, **dict(note.values)))}</li>" for note in one.remarks)
    said = "".join(
        f"<blockquote>{escape(each.quote)} <b>{escape(each.status_text)}</b> <span class='quiet'>{escape(source(each))}</span></blockquote>"
        for each in one.said[:MOST_QUOTES]
    )
    return f"<h4>{name}</h4>" + (f"<ul>{remarks}</ul>" if remarks else f"<p>{say('未见与规划不一致')}</p>") + said


def _list(atlas: Atlas) -> None:
    file = st.file_uploader(
        say("上传项目清单（.xlsx .xls .csv，表头不限）"),
        ["xlsx", "xls", "csv"],
        key="desk-list-file",
        max_upload_size=MOST_MB,
    )
    if not file:
        st.caption(
            say(
                "按名称、别名、地点和类型对照，每条附理由与把握：规划有而清单无、清单有而规划无、阶段不一致，导出为一个工作簿。"
            )
        )
        return
    try:
        rows = read_list(file.name, file.getvalue())
    except LayerError as error:
        st.error(plain(told(error)), icon=":material/error:")
        return
    with st.spinner(say("正在对照…")):
        answers = answered(atlas, rows, judged())
        tables = sheets(atlas, answers)
    left, right = st.columns([4, 1], vertical_alignment="center")
    matched = sum(one.best is not None for one in answers)
    left.markdown(say("{n} 行中 **{m} 行对上规划**。", n=len(answers), m=matched))
    right.download_button(
        say("下载工作簿"),
        lambda: workbook(atlas, answers),
        "list-match.xlsx",
        EXCEL,
        on_click="ignore",
        width="stretch",
    )
    word()
    judge_rows(atlas, answers)
    shown: gpd.GeoDataFrame = atlas.table[atlas.table["id"].isin([one.best.feature for one in answers if one.best])]
    map_view(atlas, "map-list", shown, height=360)
    for tab, frame in zip(
        st.tabs([f"{title} {len(frame)}" for title, frame in tables.items()]), tables.values(), strict=True
    ):
        tab.dataframe(frame, hide_index=True, width="stretch")
