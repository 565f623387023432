"""The map page: filters → one selection → map, panel, table, export."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import geopandas as gpd
import streamlit as st
from shapely.geometry import mapping

from layers.atlas import Atlas
from layers.query.area import area, drawn
from layers.query.selection import Selection, counts, select, selected
from layers.query.within import may_lie_within
from layers.web.map import to_show
from ui.components.canvas import show, take_acts, tell
from ui.components.chips import chips
from ui.components.downloads import downloads
from ui.components.filters import filters, mend
from ui.components.own_data import area_outline, overlay, own_data, restricted
from ui.components.panel import panel
from ui.components.report_files import report_files
from ui.components.rows import rows
from ui.messages import plain, say, told
from ui.state import canvas, own, view

HEIGHT = 680


def page(atlas: Atlas) -> None:
    """Draw the map page.

    A new page is drawn in two runs: the map first; filters, exports and the table, which are heavy to unpack, when the
    map tells that it is drawn (or when the planner does anything else). A click on an export between the two would be
    lost: Streamlit knows the button of the last run alone.
    """
    mend(atlas)
    view.frame_chosen()
    stands = view.STANDS.get()
    problems = view.read(atlas)
    held, selection = restricted(atlas), view.selection()
    shown = select(atlas, selection, rows=held)
    above = st.container()  # always there: what stands below would be built anew in another place
    chosen = view.FEATURE.get()
    beside = st.columns([7, 4] if chosen else [999, 1])  # always two: the map would be built anew in another place
    with (
        beside[0],
        st.container(key="atlas-map"),
    ):  # first of all, so that a filter reaches the map before anything else is drawn
        on_map = _on_map(atlas, held, selection, shown.index)
        show(atlas, on_map, canvas.MAP, HEIGHT, acted=lambda: _acted(atlas))
    if chosen:
        with beside[1], st.container(key="panel", border=True):
            panel(atlas, atlas.table[atlas.table["id"] == chosen].iloc[0])
    with above:
        for problem in [*problems, *filter(None, [view.DRAWN_PROBLEM.get()])]:
            st.warning(plain(told(problem)))
        chips(atlas, held, selection, shown)
    with st.sidebar:
        st.markdown("### 川规图 Plan Atlas")
        if stands:
            filters(atlas, held, selection, changed=lambda part: _filtered(atlas, part))
            own_data(atlas)
    view.write()
    _below(atlas, held, shown, whole=stands)


def _acted(atlas: Atlas) -> None:
    """Answer what was done on the map before the page is drawn anew for it."""
    acts = [act for act in take_acts(atlas, canvas.MAP) if "drawn" not in act]
    for act in acts:
        view.act(atlas, act)
    view.ACTED.set(bool(acts))


def _filtered(atlas: Atlas, part: str) -> None:
    """Tell the map what a filter now shows before the page begins to be drawn anew: the browser would unpack that first."""
    if part in view.GROUND:
        view.frame(part)
    mend(atlas)
    view.frame_chosen()
    if not own.LAYERS.get():  # these come with the page alone, and are sent once
        held, selection = restricted(atlas), view.selection()
        tell(_on_map(atlas, held, selection, selected(atlas, selection, held)), canvas.MAP)


def _on_map(atlas: Atlas, held: gpd.GeoDataFrame, selection: Selection, rows: Collection[int]) -> dict[str, Any]:
    """What the map shows of the view: `rows` (numbers in the table) are those of `held` that match the selection."""
    return to_show(
        atlas,
        rows,
        view.ROWS.get(),
        view.FOCUS.get(),
        counts=counts(atlas, selection, "layer", rows=held),
        layers=selection.layer,
        look=view.LOOK.get(),
        outlined=[*selection.zone, *selection.place],
        none="" if len(rows) else say("没有符合全部条件的要素。"),
        scope=_scope(atlas, selection.within),
        drawn=drawn(selection.within),
        overlay=overlay(),
        waited=True,
    )


def _scope(atlas: Atlas, within: str) -> dict[str, Any] | None:
    """The outlines of what the features are selected by: an area of the address, a layer of the planner."""
    found = [*([mapping(area(atlas, within))] if within else []), *([own] if (own := area_outline()) else [])]
    return {"type": "GeometryCollection", "geometries": found} if found else None


def _below(atlas: Atlas, held: gpd.GeoDataFrame, shown: gpd.GeoDataFrame, *, whole: bool) -> None:
    drawn = int(shown.geometry.notna().sum())
    left, middle, right = st.columns([4, 1.6, 3.4], vertical_alignment="center")
    unplaced = len(shown) - drawn
    left.markdown(
        f"**{say('{n} 个要素', n=len(shown))}**"
        + (say("，其中 {n} 个文中未给出可落图的位置", n=unplaced) if unplaced else "")
        + _doubtful(atlas, held)
    )
    if shown.empty or not whole:  # the chips above the map tell why nothing is left
        return
    with middle:
        report_files(atlas, shown, view.selection())
    with right:
        downloads(shown)
    rows(atlas, shown)


def _doubtful(atlas: Atlas, held: gpd.GeoDataFrame) -> str:
    """Tell how many more may lie in the area, as far as their stated error goes."""
    chosen = view.selection()
    if not chosen.within:
        return ""
    around = may_lie_within(select(atlas, chosen, rows=held, without="within"), area(atlas, chosen.within))
    return say("；另有 {n} 个按位置误差可能在选区内", n=len(around)) if len(around) else ""
