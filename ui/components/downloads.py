"""Files of what is filtered: GeoJSON with one click, every other format and coordinate system with three."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geo.systems import CHOICES, GCJ02, WGS84, CoordinateSystem
from layers.export import FORMATS, content, coordinate_system, file_name
from ui.components.opened import opened
from ui.messages import say
from ui.state import papers, view

WIDTH_PX, HEIGHT_PX = 460, 260  # the longest name of a coordinate system in full


@st.fragment
def downloads(shown: gpd.GeoDataFrame) -> None:
    """Draw the export of exactly the features of `shown`, or of those of them whose rows are ticked; made when asked for."""
    ticked = shown["id"].isin(view.TICKED.get())
    if ticked.sum() > 1:
        shown = shown[ticked]
        st.caption(say("导出所选的 {n} 行", n=len(shown)))
    first, more = st.columns(2)
    with first:
        _button(say("导出 GeoJSON"), shown, "geojson", WGS84)
    formats = more.popover(
        say("更多格式"), icon=":material/folder_zip:", width="stretch", key="formats", on_change="rerun"
    )
    with opened(formats, WIDTH_PX, HEIGHT_PX) as drawn:
        if not drawn:
            return
        form = st.selectbox(
            say("格式"), list(FORMATS), key=papers.FORMAT.name, format_func=lambda key: say(FORMATS[key].title)
        )
        asked = st.selectbox(
            say("坐标系"), FORMATS[form].systems, key=papers.CRS.name, format_func=lambda key: say(CHOICES[key])
        )
        system = coordinate_system(asked, shown)
        st.caption(say("{n} 个要素，全部带引文。", n=len(shown)) + _remark(system))
        _button(say("导出 {file}", file=file_name(shown, form, system)), shown, form, system)


def _remark(system: CoordinateSystem) -> str:
    """What to know of a system: that it is offset; which zone the data goes to, and what that costs."""
    if system == GCJ02:
        return say("坐标经过偏移，不可用于测绘和规划成果。")
    if system.meridian is None:
        return ""
    words = say("投影带中央经线 {degree}°E（{key}）。", degree=system.meridian, key=system.key)
    if system.spans:
        words += say(
            "所选要素跨 {first}°E 至 {last}°E 各带，取其中心所在的一带；离中央经线越远，长度变形越大。",
            first=system.spans[0],
            last=system.spans[1],
        )
    return words


def _button(words: str, shown: gpd.GeoDataFrame, form: str, system: CoordinateSystem) -> None:
    st.download_button(
        words,
        lambda: content(shown, form, system),
        file_name(shown, form, system),
        FORMATS[form].mime,
        key=f"export-{words}",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
