"""我的数据: a planner's own layers over the atlas. They live in this session and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st
from shapely.geometry import mapping

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.own.upload import MOST_BYTES, CrsNeededError, Upload, in_system
from layers.own.words import sentences
from layers.query.within import LARGEST_KM, area_of, may_lie_within, within
from layers.web.overlay import Drawn, drawn, outline
from serve import tasks
from serve.work import desk
from ui.components.file_field import file_words
from ui.components.own_systems import choose_missing, choose_system, suspected
from ui.components.waiting import waited
from ui.messages import plain, say, told
from ui.state import own

MOST_LAYERS = 5
READ_SECONDS = 60
DEFAULT_KM = 5.0  # round lines and points


@dataclass(frozen=True, eq=False, slots=True)
class Own:
    """A layer of the planner and how it stands on the map."""

    id: int
    upload: Upload
    column: str
    shown: bool
    drawn: Drawn


@dataclass(frozen=True, eq=False, slots=True)
class OwnArea:
    """The atlas restricted to a layer of the planner: rows drawn inside, and rows whose error reaches in."""

    title: str
    outline: dict[str, Any]  # GeoJSON geometry, simplified
    inside: pd.Index
    maybe: pd.Index


def restricted(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return the table of the atlas, or the part of it that lies in the planner's own area."""
    chosen: OwnArea | None = own.AREA.get()
    if chosen is None:
        return atlas.table
    rows = chosen.inside.union(chosen.maybe) if own.MAYBE.get() else chosen.inside
    found = atlas.table.loc[rows.sort_values()]
    found.attrs = atlas.table.attrs | {"within": chosen.title}  # which files that are made of them tell
    return found


def area_outline() -> dict[str, Any] | None:
    """Return the outline of the planner's own area for the map, None when there is none."""
    chosen: OwnArea | None = own.AREA.get()
    return chosen.outline if chosen else None


def overlay() -> list[dict[str, Any]]:
    """Return the layers as the map takes them: the content of one goes out once, its key from then on."""
    sent = own.SENT.get()
    shown = [one for one in _layers() if one.shown]
    words = {"all": say("全部要素"), "other": say("其他或无值")}
    found = []
    for one in shown:
        content = {} if one.drawn.key in sent else {"content": one.drawn.content()}
        found.append({"id": one.id, "key": one.drawn.key, "words": words, **content})
    own.SENT.set(frozenset(one.drawn.key for one in shown))
    return found


def own_data(atlas: Atlas) -> None:
    """Draw the expander: add a file, and for each layer its report, style, area and removal."""
    file_words(MOST_BYTES // 1024**2)
    busy = any((own.LAYERS.get(), own.PROBLEM.get(), own.WAITING.get()))
    with st.expander(say("我的数据"), icon=":material/upload_file:", expanded=busy):
        _receive()
        _area()
        for one in _layers():
            _layer(atlas, one)
        st.caption(say("数据只在本次会话的内存中，不上网、不保存，关闭页面即消失。"))


def _layers() -> tuple[Own, ...]:
    return own.LAYERS.get()


# ---- adding ----------------------------------------------------------------------------------


def _receive() -> None:
    if len(_layers()) >= MOST_LAYERS:
        st.info(say("最多叠加 {n} 个图层；请先移除一个。", n=MOST_LAYERS))
        return
    file = st.file_uploader(
        say("叠加自己的图层"),
        key=own.FILE.of(own.ROUND.get()).name,
        max_upload_size=MOST_BYTES // 1024**2,
        help=say(
            "GeoJSON、Shapefile（zip）、GeoPackage、KML/KMZ、奥维 ovkml/ovjsn、GPX、DXF、TopoJSON、FlatGeobuf、"
            "GeoParquet，带坐标列的 CSV、TSV、XLSX、XLS，报批用的地块坐标 txt，或装有这些文件的 zip。坐标系自动识别，可随时改选。"
        ),
    )
    if file:
        own.WAITING.set(None)
        _add(file.name, file.getvalue())
    problem = own.PROBLEM.get()
    if problem:
        st.error(plain(told(problem)), icon=":material/error:")
    waiting = own.WAITING.get()
    if waiting:
        name, data, systems, error = waiting
        code = choose_missing(name, error)
        if code:
            _add(name, data, {**systems, error.layer: code})


def _add(name: str, data: bytes, systems: Mapping[str, str] | None = None) -> None:
    """Read a file into the session, or keep what is wrong with it; then draw the page anew."""
    own.PROBLEM.set("")
    try:
        upload = waited(desk().ask(tasks.read, name, data, dict(systems or {}), seconds=READ_SECONDS), "own-read")
        with st.spinner(say("正在读取…")):
            number = 1 + max((one.id for one in _layers()), default=own.LAST.get())
            own.LAST.set(number)
            added = Own(number, upload, "", True, drawn(upload.name, upload.frame, turn=number))
            own.LAYERS.set((added, *_layers()))
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
    own.LAYERS.set(tuple(changed if one.id == changed.id else one for one in _layers()))
    st.rerun()


def _remove(gone: Own) -> None:
    own.LAYERS.set(tuple(one for one in _layers() if one.id != gone.id))


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
            own.AREA.set(OwnArea(title, mapping(outline(area)), inside, maybe))
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
