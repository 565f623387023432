"""The pages of the app over an atlas, and the way from one to another."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st

from layers.atlas import Atlas
from store.current import standing
from ui.components.language import language_switch
from ui.components.unknown_page import unknown_page
from ui.messages import plain, say, told
from ui.state import address, view
from ui.state.language import settle

STYLE = Path(__file__).parent / "app.css"


def run(base: Atlas) -> None:
    """Draw the page that the address names, of the app over `base` and what is published beside it."""
    atlas, problem = standing(base)
    # The icon of the page is named: without one the browser is sent to a font server for the icon of the first page.
    st.set_page_config(page_title="川规图 Plan Atlas", page_icon="🗺️", layout="wide")
    st.html(STYLE)
    address.begin()
    settle()
    language_switch()
    pages = {
        path: st.Page(
            partial(_open, name, *atlases),
            title=say(title),
            icon=f":material/{icon}:",
            url_path=path or "map",
            default=not path,
            visibility="hidden" if path == "feature" else "visible",
        )
        for path, name, atlases, title, icon in (
            ("", "atlas", (atlas,), "地图", "map"),
            ("reader", "reader", (atlas,), "规划原文", "menu_book"),
            ("zone", "zone", (atlas,), "区域", "location_city"),
            ("statistics", "statistics", (atlas,), "统计", "bar_chart"),
            ("compare", "compare", (atlas,), "比较", "splitscreen_right"),
            ("here", "here", (atlas,), "此地此线", "pin_drop"),
            ("timeline", "timeline", (atlas,), "承诺时间轴", "timeline"),
            ("changes", "changes", (atlas,), "表述变化", "compare_arrows"),
            ("targets", "targets", (atlas,), "发展指标", "query_stats"),
            ("check", "desk_check", (atlas,), "核对", "rule"),
            ("desk", "desk", (base, atlas), "编审", "fact_check"),
            ("feature", "feature", (atlas,), "要素", "place"),
        )
    }
    address.PAGES.set(pages)
    unknown_page(pages)
    if problem:
        st.warning(plain(told(problem)), icon=":material/database_off:")
    shown = st.navigation(list(pages.values()), position="top")
    st.set_page_config(page_title=f"{shown.title} · 川规图 Plan Atlas")
    shown.run()
    address.drawn(shown.url_path)


def _open(name: str, *atlases: Atlas) -> None:
    """Draw a page. It is imported when it is first opened: the map need not wait for the others."""
    view.STANDS.set(view.STANDS.get() and name == "atlas")
    import_module(f"ui.pages.{name}").page(*atlases)
