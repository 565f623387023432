"""The pages of the app over an atlas, and the way from one to another."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from layers.atlas import Atlas
from store.current import standing
from ui.components.language import language_switch
from ui.components.unknown_page import unknown_page
from ui.messages import plain, say, told
from ui.pages import atlas as map_page
from ui.pages import changes, compare, desk, desk_check, feature, here, reader, statistics, targets, timeline, zone
from ui.state import address
from ui.state.language import settle

STYLE = Path(__file__).parent / "app.css"


def run(base: Atlas) -> None:
    """Draw the page that the address names, of the app over `base` and what is published beside it."""
    atlas, problem = standing(base)
    # The icon of the page is named: without one the browser is sent to a font server for the icon of the first page.
    st.set_page_config(page_title="川规图 Plan Atlas", page_icon="🗺️", layout="wide")
    st.html(STYLE)
    settle()
    language_switch()
    pages = {
        "": st.Page(
            partial(map_page.page, atlas), title=say("地图"), icon=":material/map:", url_path="map", default=True
        ),
        **{
            path: st.Page(partial(page, atlas), title=say(title), icon=f":material/{icon}:", url_path=path)
            for path, page, title, icon in (
                ("reader", reader.page, "规划原文", "menu_book"),
                ("zone", zone.page, "区域", "location_city"),
                ("statistics", statistics.page, "统计", "bar_chart"),
                ("compare", compare.page, "比较", "splitscreen_right"),
                ("here", here.page, "此地此线", "pin_drop"),
                ("timeline", timeline.page, "承诺时间轴", "timeline"),
                ("changes", changes.page, "表述变化", "compare_arrows"),
                ("targets", targets.page, "发展指标", "query_stats"),
            )
        },
        "check": st.Page(partial(desk_check.page, atlas), title=say("核对"), icon=":material/rule:", url_path="check"),
        "desk": st.Page(
            partial(desk.page, base, atlas), title=say("编审"), icon=":material/fact_check:", url_path="desk"
        ),
        "feature": st.Page(partial(feature.page, atlas), title=say("要素"), url_path="feature", visibility="hidden"),
    }
    address.PAGES.set(pages)
    unknown_page(pages)
    if problem:
        st.warning(plain(told(problem)), icon=":material/database_off:")
    shown = st.navigation(list(pages.values()), position="top")
    st.set_page_config(page_title=f"{shown.title} · 川规图 Plan Atlas")
    shown.run()
