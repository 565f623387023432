"""川规图 Plan Atlas: the Streamlit front end. Page configuration and navigation only."""

import streamlit as st

from ui.pages import atlas, changes, reader, targets

st.set_page_config(page_title="川规图 Plan Atlas", page_icon="🗺️", layout="wide")
STYLE = "<style>.block-container{padding:3.4rem 1.2rem 1rem;max-width:none}[data-testid=stSidebarHeader]{display:none}[data-testid=stSidebarUserContent]{padding-top:1rem}[data-testid=stVerticalBlock]{gap:.6rem}</style>"

st.html(STYLE)
st.navigation(
    [
        st.Page(atlas.page, title="地图", icon=":material/map:", url_path="map", default=True),
        st.Page(reader.page, title="规划原文", icon=":material/menu_book:", url_path="reader"),
        st.Page(changes.page, title="表述变化", icon=":material/compare_arrows:", url_path="changes"),
        st.Page(targets.page, title="发展指标", icon=":material/query_stats:", url_path="targets"),
    ],
    position="top",
).run()
