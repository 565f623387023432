"""The layers of a planner in 我的数据: read from a file, styled, moved to another system, used as an area, removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from shapely.geometry import mapping
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.own.upload import CrsNeededError, in_system
from layers.own.words import sentences
from layers.query.within import LARGEST_KM, area_of, may_lie_within, within
from layers.web.overlay import drawn, outline
from serve import tasks
from serve.work import desk
from ui.components.own_data import Own, OwnArea, layers
from ui.components.own_systems import choose_missing, choose_system, suspected
from ui.components.waiting import waited
from ui.messages import plain, say, told
from ui.state import own

READ_SECONDS = 60
DEFAULT_KM = 5.0  # round lines and points


def own_layers(atlas: Atlas, file: UploadedFile | None) -> None:
    """Add a file where one was brought; tell what is wrong or missing; draw the area and every layer."""
    if file:
        own.WAITING.set(None)
        _add(file.name, file.getvalue())
    if own.PROBLEM.get():
        st.error(plain(told(own.PROBLEM.get())), icon=":material/error:")
    if own.WAITING.get():
        name, data, systems, error = own.WAITING.get()
        code = choose_missing(name, error)
        if code:
            _add(name, data, {**systems, error.layer: code})
    _area()
    for one in layers():
        _layer(atlas, one)


def _add(name: str, data: bytes, systems: Mapping[str, str] | None = None) -> None:
    """Read a file into the session, or keep what is wrong with it; then draw the page anew."""
    own.PROBLEM.set("")
    try:
        upload = waited(desk().ask(tasks.read, name, data, dict(systems or {}), seconds=READ_SECONDS), "own-read")
        with st.spinner(say("正在读取…")):
            number = 1 + max((one.id for one in layers()), default=own.LAST.get())
            own.LAST.set(number)
            added = Own(number, upload, "", True, drawn(upload.name, upload.frame, turn=number))
            own.LAYERS.set((added, *layers()))
            own.WAITING.set(None)
    except CrsNeededError as error:
        own.WAITING.set((name, data, systems or {}, error))
    except (LayerError, GeoError) as error:
        own.PROBLEM.set(str(error))
    own.ROUND.set(own.ROUND.get() + 1)  # a new key empties the field
    st.rerun()


# ---- a layer ---------------------------------------------------------------------------------


def _layer(atlas: Atlas, one: Own) -> None:
    st.html("<hr class='own-rule'>")
    head, away = st.columns([6, 1], vertical_alignment="center")
    shown = head.checkbox(
        plain(one.upload.name, 40), value=one.shown, key=f"own-shown-{one.id}", help=say("在地图上显示")
    )
    away.button(
        "✕", key=f"own-remove-{one.id}", help=say("移除这个图层"), type="tertiary", on_click=_remove, args=(one,)
    )
    if shown != one.shown:
        _put(replace(one, shown=shown))
    st.caption("  \n".join(plain(line) for line in _told(one)))
    wanted = suspected(one.id, one.upload) or choose_system(one.id, one.upload)
    if wanted:
        _move(one, wanted)
    columns = ["", *(column for column in one.upload.frame.columns if column != "geometry")]
    column = st.selectbox(
        say("按列着色"),
        columns,
        index=columns.index(one.column),
        format_func=lambda key: key or say("单一颜色"),
        key=f"own-column-{one.id}",
    )
    if column != one.column:
        _put(replace(one, column=column, drawn=drawn(one.upload.name, one.upload.frame, column, one.id)))
    _area_form(atlas, one)


def _put(changed: Own) -> None:
    own.LAYERS.set(tuple(changed if one.id == changed.id else one for one in layers()))
    st.rerun()


def _remove(gone: Own) -> None:
    own.LAYERS.set(tuple(one for one in layers() if one.id != gone.id))
    _drop_area_of(gone)


def _told(one: Own) -> list[str]:
    """The report, a sentence a line."""
    found = [say(note.text, **dict(note.values)) for note in sentences(one.upload.report)]
    if one.drawn.features < one.upload.report.kept:
        found.append(say("数据较大，图上只画前 {n} 个；选区仍用全部要素。", n=one.drawn.features))
    return found


def _move(one: Own, systems: Mapping[str, str]) -> None:
    """Read layers of a file in other systems than before, or tell why that cannot be."""
    own.PROBLEM.set("")
    try:
        upload = in_system(one.upload, systems)
    except (LayerError, GeoError) as error:
        own.PROBLEM.set(str(error))
        st.rerun()
    column = one.column if one.column in upload.frame else ""
    _drop_area_of(one)  # it was where the layer no longer is
    _put(replace(one, upload=upload, column=column, drawn=drawn(upload.name, upload.frame, column, one.id)))


# ---- the layer as an area --------------------------------------------------------------------


def _area_form(atlas: Atlas, one: Own) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    km = left.number_input(
        say("周边 km"),
        min_value=0.0,
        max_value=LARGEST_KM,
        value=0.0 if one.upload.has_polygons else DEFAULT_KM,
        step=1.0,
        format="%g",
        key=f"own-km-{one.id}",
        help=say("0 表示面内；大于 0 表示距图形多少公里以内"),
    )
    if right.button(say("用作选区"), key=f"own-area-{one.id}", width="stretch"):
        _choose_area(atlas, one, km)


def _choose_area(atlas: Atlas, one: Own, km: float) -> None:
    own.PROBLEM.set("")
    try:
        with st.spinner(say("正在选取…")):
            area = area_of(one.upload.frame, km)
            title = say("{name} 周边 {km} 公里", name=one.upload.name, km=f"{km:g}") if km else one.upload.name
            inside, maybe = within(atlas.table, area).index, may_lie_within(atlas.table, area).index
            own.AREA.set(OwnArea(one.id, title, mapping(outline(area)), inside, maybe))
    except LayerError as error:
        own.PROBLEM.set(str(error))
    st.rerun()


def _area() -> None:
    """Tell what the area holds, and how many more it may hold."""
    chosen: OwnArea | None = own.AREA.get()
    if chosen is None:
        return
    st.success(
        say(
            "选区 {title}：{n} 个要素落在其中，另有 {maybe} 个在其外，但误差范围触及选区。",
            title=plain(chosen.title, 60),
            n=len(chosen.inside),
            maybe=len(chosen.maybe),
        ),
        icon=":material/select_all:",
    )
    st.checkbox(say("也列出误差范围触及的要素"), key=own.MAYBE.name)
    st.button(say("取消选区"), on_click=_drop_area, width="stretch")


def _drop_area() -> None:
    own.AREA.set(None)


def _drop_area_of(one: Own) -> None:
    if own.AREA.get() is not None and own.AREA.get().layer == one.id:
        _drop_area()
