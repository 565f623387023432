"""The map of a session: built once in its language, with the words of its tools and signs; a rerun sends only what to show."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.symbols import MODES, NOTICE
from layers.web.basemaps import Base, tile_bases
from layers.web.map import Shown, atlas_map
from serve.feed import FEEDS, new_word
from ui.messages import plain, say, told
from ui.state import canvas
from ui.state.language import language

LONGEST_SAID = 100_000  # characters; layers of the planner come with the page alone


def show(atlas: Atlas, group: Shown, key: str, height: int) -> list[dict[str, Any]]:
    """Draw the map with what `group` shows; return what was done on it since the last run, in order."""
    group.filter["answered"] = canvas.ACT.of(key).get()
    _say(group, key)
    drawn = _canvas(atlas)
    st_folium(
        drawn,
        key=_key(atlas, key),
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=group,
        render=False,  # by the canvas itself, once
    )
    group.leave(drawn)
    if problem := _tiles()[1]:  # below the map: above it, it would be built anew
        st.warning(plain(told(problem)), icon=":material/map:")
    acts = new_acts(atlas, key)
    if acts:
        canvas.ACT.of(key).set(acts[-1]["stamp"])
    return acts


def _say(group: Shown, key: str) -> None:
    """Tell the map by its feed, before the page does, what it shows; the number tells the map that both are one."""
    feed, said = canvas.FEED.of(key), canvas.SAID.of(key)
    if not feed.get():
        feed.set(new_word())
    group.filter["feed"] = feed.get()
    (number, before), now = said.get(), hash(_written(group))
    group.filter["number"] = number + (now != before)
    if now != before:
        said.set((number + 1, now))
        message = _written(group)
        if len(message) < LONGEST_SAID:
            FEEDS.say(feed.get(), message)


def _written(group: Shown) -> str:
    return json.dumps(group.filter, ensure_ascii=False)


def new_acts(atlas: Atlas, key: str) -> list[dict[str, Any]]:
    """Return what was done on the map that is not yet answered, in order; the map tells an act until it hears of its answer."""
    told_last = (st.session_state.get(_key(atlas, key)) or {}).get("last_active_drawing") or {}
    answered = canvas.ACT.of(key).get() or 0
    return [act for act in told_last.get("acts", ()) if act["stamp"] > answered]  # st_folium's own words have no acts


def _key(atlas: Atlas, key: str) -> str:
    return f"{key}-{language()}-{atlas.version}"


def _canvas(atlas: Atlas) -> Any:
    """The folium map of an atlas in the language of the session, built once for each."""
    built = canvas.CANVAS.of(_key(atlas, "map"))
    if not built.known():
        built.set(atlas_map(atlas, _words(), language(), _tiles()[0]))
    return built.get()


def _tiles() -> tuple[tuple[Base, ...], str]:
    """The tile servers of basemaps.toml; none, and what is wrong with it, where the file is broken."""
    try:
        return tile_bases(), ""
    except LayerError as error:
        return (), str(error)


def _words() -> dict[str, str]:
    return {
        "legend": say("图例与图层"),
        "fail": say("地图数据加载失败，请刷新页面。"),
        "only": say("只看{layer}"),
        "sure": say("位置精确或近似"),
        "unsure": say("只知所在县市（空心）"),
        "track": say("沿现有铁路、河道"),
        "built": say("示意线：建成、在建"),
        "starting": say("示意线：推进建设、拟开工"),
        "planned": say("示意线：前期、争取"),
        "color_by": say("着色"),
        "by_layer": say("按图层"),
        "by_zone": say("按经济区"),
        "base": say("底图"),
        "base_plain": say("行政区"),
        "base_relief": say("地貌晕渲"),
        "thin": say("只画放得下的"),
        "more": say("另有 {n} 个要素，放大后显示"),
        "wheel": say("按住 Ctrl 滚动可缩放；单击地图后可直接滚动缩放"),
        "map_label": say("规划要素地图：N、P 键逐个查看，回车打开"),
        "lang": "zh-CN" if language() == "zh" else "en",
        **{key: say(mode) for key, mode in MODES.items()},
        "notice": say(NOTICE),
        **_of_tools(),
    }


def _of_tools() -> dict[str, str]:
    return {
        "north": say("正北"),
        "length": say("量算长度"),
        "area": say("量算面积"),
        "rectangle": say("矩形选择要素"),
        "polygon": say("多边形选择要素"),
        "circle": say("圆形选择要素"),
        "radius": say("半径"),
        "zoom_in": say("放大"),
        "zoom_out": say("缩小"),
        "home": say("回到全省"),
        "full": say("全屏"),
        "link": say("复制当前视图的链接"),
        "copied": say("链接已复制"),
        "help_length": say("依次单击，双击结束；Esc 取消"),
        "help_area": say("依次单击，双击结束；Esc 取消"),
        "help_rectangle": say("单击两个对角；Esc 取消"),
        "help_polygon": say("依次单击，双击闭合；Esc 取消"),
        "drag": say("拖动以定位"),
        "help_point": say("单击所在处；或拖动圆点"),
        "help_county": say("单击所在的县（市、区）"),
        "help_same": say("单击一条现有的线，沿用其走向"),
        "help_course": say("依次单击沿线各点，双击或回车结束；退格撤一点；Esc 取消"),
        "help_circle": say("单击圆心，再单击圆周；Esc 取消"),
        "edit": say("拖动修改选区；双击顶点删除"),
    }
