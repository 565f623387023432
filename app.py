"""川规图 Plan Atlas: the Streamlit front end. Page configuration and navigation only."""

import streamlit as st

from ui import state
from ui.components.language import language_switch
from ui.components.unknown_page import unknown_page
from ui.messages import say
from ui.pages import atlas, changes, compare, feature, reader, statistics, targets, zone

st.set_page_config(page_title="川规图 Plan Atlas", page_icon="🗺️", layout="wide")
STYLE = "<style>.block-container{padding:4.1rem 1.2rem 1rem;max-width:none}[data-testid=stSidebarHeader]{display:none}[data-testid=stSidebarUserContent]{padding-top:1rem}[data-testid=stVerticalBlock]{gap:.6rem}.st-key-language{position:fixed;top:.75rem;right:3.6rem;z-index:999991;width:auto}[data-testid=stStatusWidget]{margin-right:9.6rem}[data-testid=stBaseButton-primary]{color:light-dark(#fff,#15181d)}</style>"

st.html(STYLE)
language_switch()
PAGES = {
    "": st.Page(atlas.page, title=say("地图"), icon=":material/map:", url_path="map", default=True),
    "reader": st.Page(reader.page, title=say("规划原文"), icon=":material/menu_book:", url_path="reader"),
    "zone": st.Page(zone.page, title=say("区域"), icon=":material/location_city:", url_path="zone"),
    "statistics": st.Page(statistics.page, title=say("统计"), icon=":material/bar_chart:", url_path="statistics"),
    "compare": st.Page(compare.page, title=say("比较"), icon=":material/splitscreen_right:", url_path="compare"),
    "changes": st.Page(changes.page, title=say("表述变化"), icon=":material/compare_arrows:", url_path="changes"),
    "targets": st.Page(targets.page, title=say("发展指标"), icon=":material/query_stats:", url_path="targets"),
    "feature": st.Page(feature.page, title=say("要素"), url_path="feature", visibility="hidden"),
}
st.session_state[state.PAGES] = PAGES
unknown_page(PAGES)
st.navigation(list(PAGES.values()), position="top").run()
