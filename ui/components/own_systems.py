"""The coordinate systems of a planner's own layers: asked for where a file names none, changeable at any time."""

from __future__ import annotations

import streamlit as st

from geo.recognise import Choice
from layers.own.settle import systems_of
from layers.own.upload import CrsNeededError, Upload
from ui.messages import plain, say, told
from ui.state import own

OTHER = "other"


def choose_missing(name: str, error: CrsNeededError) -> str:
    """Offer the systems that put a layer into Sichuan, and a field for any other; return the one that is asked for."""
    layer = f"{name} · {error.layer}" if error.layer else name
    asked = plain(told(error), 500)
    if error.choices:
        asked = say("{name} 的坐标是投影坐标，但没有写明坐标系，请选择：", name=plain(layer))
    st.warning(asked)
    words = {one.code: _words(one) for one in error.choices}
    key = own.CRS.of(own.ROUND.get()).name
    code = st.selectbox(
        say("坐标系"), [*words, OTHER], format_func=lambda one: words.get(one) or say("其他，填 EPSG 代码"), key=key
    )
    if code == OTHER:
        code = st.text_input(say("EPSG 代码"), placeholder="EPSG:4544", key=f"{key}-code")
    return code if st.button(say("按此坐标系读取"), type="primary", disabled=not code) else ""


def suspected(id_: int, upload: Upload) -> dict[str, str]:
    """Warn of outlines that fit an offset system; return that system for every layer when it is asked for."""
    offset = upload.report.offset
    if not offset or offset in [one.settled.crs for one in upload.layers]:
        return {}
    st.warning(say("坐标疑似 {offset}（网络地图偏移坐标）。", offset=offset), icon=":material/warning:")
    asked = st.button(say("按 {offset} 纠正", offset=offset), key=f"own-offset-{id_}", width="stretch")
    return {one.raw.name: offset for one in upload.layers if one.settled.crs} if asked else {}


def choose_system(id_: int, upload: Upload) -> dict[str, str]:
    """Show the system of a layer of a file; return another one for it when it is asked for."""
    names = [one.raw.name for one in upload.layers if one.settled.crs]
    name = names[0]
    if len(names) > 1:
        name = st.selectbox(say("图层"), names, key=f"own-layer-{id_}")
    layer = next(one for one in upload.layers if one.raw.name == name)
    words = {"": say("按文件识别"), **{one.code: _words(one) for one in systems_of(layer.raw)}}
    if layer.chosen not in words:
        words[layer.chosen] = layer.settled.crs
    key = f"own-system-{id_}-{names.index(name)}-{layer.chosen}"
    code = st.selectbox(
        say("坐标系"),
        [*words, OTHER],
        index=list(words).index(layer.chosen),
        format_func=lambda one: words.get(one) or say("其他，填 EPSG 代码"),
        key=key,
        help=say("选错了可随时改回；只影响这个图层"),
    )
    if code == OTHER:
        code = st.text_input(say("EPSG 代码"), placeholder="EPSG:4544", key=f"{key}-code") or layer.chosen
    return {name: code} if code != layer.chosen else {}


def _words(one: Choice) -> str:
    name = say(one.name) if one.code in _SAID else one.name
    return say("落在{place}：{crs}", place=one.lands.removeprefix("四川省"), crs=name) if one.lands else name


_SAID = ("EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09")  # degrees are named in words of the catalogue
