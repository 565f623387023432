"""What the report pages share: filters in a row, a count, an export, a table with links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from layers.english import name_english
from layers.query.reports import as_csv
from plans.vocabulary import resolve
from ui.messages import say, term
from ui.state.language import LANGUAGE, language

_NAME = "名称"  # the column of features


def choices(at: DeltaGenerator, title: str, options: Sequence[str], words: Callable[[str], str] = str) -> list[str]:
    """Draw a filter that leaves everything in when nothing is chosen; return what is chosen."""
    return at.multiselect(title, options, format_func=words, placeholder=say("全部"), select_all=False)


def labels_of(group: str) -> Callable[[str], str]:
    """Return what says a Chinese label of a vocabulary `group` in the language of the session; "" stays."""
    return lambda chinese: term(group, resolve(group, chinese)) if chinese else ""


def headed(title: str, make: Callable[[], str], file: str) -> None:
    """Draw the title of a table, and beside it the button that hands it out as CSV."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.markdown(title, width="content")
        st.download_button(
            say("导出 CSV"), make, file, "text/csv",
            key=f"csv-{file}", on_click="ignore", type="tertiary", icon=":material/download:",
        )  # fmt: skip


def report(
    rows: pd.DataFrame,
    file: str,
    summary: str,
    links: Mapping[str, str],
    words: Mapping[str, Callable[[str], str]] | None = None,
) -> None:
    """Draw the rows with their count and export; `links` maps a column of keys to the address they open.

    Only columns with Chinese heads are shown; the others serve the filters. No rows: a hint. `words`
    says the cells of a column in the language of the session; all else is of the documents, and stays.
    """
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(f"**{say('{n} 条', n=len(rows))}**{say('　')}{summary}")
    if rows.empty:
        st.info(say("没有符合条件的记录。请减少筛选条件。"), icon=":material/filter_alt_off:")
        return
    right.download_button(say("导出 CSV"), lambda: as_csv(rows), file, "text/csv", on_click="ignore", width="stretch")
    shown = rows[[name for name in rows.columns if not name.isascii()]].copy()
    if language() != "zh" and _NAME in shown:
        shown.insert(int(shown.columns.get_loc(_NAME)) + 1, "中文名称", shown[_NAME])
        shown[_NAME] = shown[_NAME].map(name_english)
    for column, of in (words or {}).items():
        shown[column] = shown[column].map(of)
    for column, address in links.items():
        shown[column] = address + shown[column] + _language()
    st.dataframe(
        shown,
        hide_index=True,
        height=640,
        placeholder="",
        column_config={column: say(column) for column in shown.columns}
        | {
            column: st.column_config.LinkColumn(say(column), display_text=f"{address.rsplit('?', 1)[1]}([^&]+)")
            for column, address in links.items()
        },
    )
    if language() != "zh":
        st.caption(say("引文为文件原文，保留中文；英文名由本图按规则译出。"))


def _language() -> str:
    return "" if language() == "zh" else f"&{LANGUAGE}={language()}"
