"""What a page raised, told in the planner's language, with a way on."""

from __future__ import annotations

import streamlit as st

from geo.errors import GeoError
from layers.errors import LayerError
from plans.errors import PlanError
from store.errors import StoreError
from ui.messages import plain, say, told
from ui.state import view


def tell(error: Exception) -> bool:
    """Say what went wrong and offer ways on; True, for nothing else is to be shown. The server's log has the rest."""
    known = isinstance(error, PlanError | GeoError | LayerError | StoreError)
    st.error(
        plain(told(error)) if known else say("这一页没有画完：程序出错，已记入服务器日志。筛选与数据仍在。"),
        icon=":material/error:",
    )
    with st.container(horizontal=True):
        st.button(say("再试一次"), key="trouble-again", icon=":material/refresh:")
        st.button(say("清除筛选后再试"), key="trouble-clear", icon=":material/filter_alt_off:", on_click=view.clear)
    return True
