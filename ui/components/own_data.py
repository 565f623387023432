"""我的数据: a planner's own layers over the atlas. They live in this session and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from layers.atlas import Atlas
from layers.own.archive import MB, MOST_BYTES
from layers.web.overlay import Drawn
from ui.components.file_field import file_words
from ui.messages import say
from ui.state import own

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from layers.own.upload import Upload

MOST_LAYERS = 5


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

    layer: int  # whose area it is
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
    shown = [one for one in layers() if one.shown]
    words = {"all": say("全部要素"), "other": say("其他或无值")}
    found = []
    for one in shown:
        content = {} if one.drawn.key in sent else {"content": one.drawn.content()}
        found.append({"id": one.id, "key": one.drawn.key, "words": words, **content})
    own.SENT.set(frozenset(one.drawn.key for one in shown))
    return found


def own_data(atlas: Atlas) -> None:
    """Draw the expander: add a file, and for each layer its report, style, area and removal."""
    file_words(MOST_BYTES // MB)
    busy = any((own.LAYERS.get(), own.PROBLEM.get(), own.WAITING.get(), own.AREA.get() is not None))
    with st.expander(say("我的数据"), icon=":material/upload_file:", expanded=busy):
        file = _field()
        if file or busy:
            from ui.components.own_layers import own_layers  # noqa: PLC0415 who brings no file need not wait for what reads one

            own_layers(atlas, file)
        st.caption(say("数据只在本次会话的内存中，不上网、不保存，关闭页面即消失。"))


def _field() -> UploadedFile | None:
    if len(layers()) >= MOST_LAYERS:
        st.info(say("最多叠加 {n} 个图层；请先移除一个。", n=MOST_LAYERS))
        return None
    return st.file_uploader(
        say("叠加自己的图层"),
        key=own.FILE.of(own.ROUND.get()).name,
        max_upload_size=MOST_BYTES // MB,
        help=say(
            "GeoJSON、Shapefile（zip）、GeoPackage、KML/KMZ、奥维 ovkml/ovjsn、GPX、DXF、TopoJSON、FlatGeobuf、"
            "GeoParquet，带坐标列的 CSV、TSV、XLSX、XLS，报批用的地块坐标 txt，或装有这些文件的 zip。坐标系自动识别，可随时改选。"
        ),
    )


def layers() -> tuple[Own, ...]:
    """Return the layers of the planner, the newest first."""
    return own.LAYERS.get()
