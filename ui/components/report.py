"""What the report pages share: filters in a row, a count, an export, a table with links."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from layers.reports import as_csv
from ui.messages import say


def choices(at: DeltaGenerator, title: str, options: Sequence[str], words: Callable[[str], str] = str) -> list[str]:
    """Draw a filter that leaves everything in when nothing is chosen; return what is chosen."""
    return at.multiselect(title, options, format_func=words, placeholder="全部", select_all=False)


def headed(title: str, make: Callable[[], str], file: str) -> None:
    """Draw the title of a table, and beside it the button that hands it out as CSV."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.markdown(title, width="content")
        st.download_button(
            say("导出 CSV"), make, file, "text/csv",
            key=f"csv-{file}", on_click="ignore", type="tertiary", icon=":material/download:",
        )  # fmt: skip


def report(rows: pd.DataFrame, file: str, summary: str, links: dict[str, str]) -> None:
    """Draw the rows with their count and export; `links` maps a column of keys to the address they open.

    Only columns with Chinese heads are shown; the others serve the filters. No rows: a hint.
    """
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(f"**{len(rows)} 条**　{summary}")
    if rows.empty:
        st.info("没有符合条件的记录。请减少筛选条件。", icon=":material/filter_alt_off:")
        return
    right.download_button("导出 CSV", lambda: as_csv(rows), file, "text/csv", on_click="ignore", width="stretch")
    shown = rows[[name for name in rows.columns if not name.isascii()]].copy()
    for column, address in links.items():
        shown[column] = address + shown[column]
    st.dataframe(
        shown,
        hide_index=True,
        height=640,
        placeholder="",
        column_config={
            column: st.column_config.LinkColumn(column, display_text=f"{address.rsplit('?', 1)[1]}(.+)")
            for column, address in links.items()
        },
    )
