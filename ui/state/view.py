"""What the map page shows: filters, the open feature, the selected rows, and where the map looks.

The address is the source of truth on arrival and after back/forward; from then on the widgets are,
and the address follows them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.selection import PARTS, Selection
from plans.errors import PlanError
from plans.vocabulary import keys
from ui.state import address, own
from ui.state.key import Chosen, Key
from ui.state.language import LANGUAGE, language

# The filters: a list of keys for each part of a selection, and words.
FACET = "zone"  # the one whose choices all stand on the page (ui.components.facet)
FILTERS: Mapping[str, Key[list[str]]] = {part: (Key if part == FACET else Chosen)(part, []) for part in PARTS}
STANDS = Key("stands", False)  # whether the page was drawn in the run before: on another page its widgets are forgotten
ACTED = Key("acted", False)  # whether this run is for something that was done on the map
Q = Key("q", "")
WITHIN = Key("within", "")  # the area that the features are selected by, as layers.query.area reads it
PROBLEMS: Key[tuple[address.Params, list[str]]] = Key(
    "problems", ({}, [])
)  # what an address asked for, and what in it was not understood
DRAWN_PROBLEM = Key("drawn_problem", "")  # what is wrong with the area that was drawn last
FEATURE = Key("feature", "")  # id of the open feature
ROWS: Key[tuple[str, ...]] = Key("rows", ())  # ids of the features that are ringed on the map
TICKED: Key[tuple[str, ...]] = Key("ticked", ())  # ids of the features whose rows are ticked in the table
NAMED = Key("named", "")  # id of the feature whose name was chosen last in the table
TOP = Key("top", "")  # id of the feature that stands first in the table: the last one picked outside it
FOCUS: Key[tuple[str, ...]] = Key(
    "focus", ()
)  # zones, places or feature that the map should move to; () keeps the view
GROUND = ("zone", "place")  # the parts that the map moves to
FRAMED = Key("framed", "")  # the part of the filters whose choices the map should move to
LOOK: Key[dict[str, Any]] = Key(
    "look", {}
)  # how the map begins, as the address asks: view (lat, lon, zoom), color, base, legend
TABLE: Key[Any] = Key("table", None)
TURN = Key("turn", 0)  # number of the table: one in another order, or in which nothing is chosen any more, is a new one
SEEN = ("color", "base", "legend")  # of an address, for the map alone
GROUP = Chosen("group", "")  # the part of a selection that the table is grouped by
SURROUND_KM = Key("surround_km", 30)


def selection() -> Selection:
    """Return the selection that the widgets show."""
    parts = {part: tuple(key.get()) for part, key in FILTERS.items()}
    return Selection(**parts, within=WITHIN.get(), q=Q.get().strip())


# ---- the address -----------------------------------------------------------------------------


def read(atlas: Atlas) -> list[str]:
    """Bring filters and feature in line with a new address; return what in it was not understood.

    Back and forward change the address and nothing else. Where the planner did something it is the address of the
    view before, sent before the browser learned of the last one.
    """
    params, arrived, acted = address.params(), not STANDS.get(), ACTED.get()
    ACTED.set(False)
    if not arrived:
        written = address.WRITTEN.get()
        if params == written or acted or _asks() != {key: of for key, of in written.items() if key != LANGUAGE.name}:
            return _still_wrong()
    STANDS.set(True)
    problems: list[str] = []
    values = _read_filters(atlas, params, problems)
    _read_feature(atlas, params, problems)
    LOOK.set(
        {"view": _look(params.get("view", []), problems), **{key: params[key][-1] for key in SEEN if key in params}}
    )
    drawn, opened = tuple(filter(None, [WITHIN.get()])), tuple(filter(None, [FEATURE.get()]))
    ROWS.set(opened)
    _begin_table(FEATURE.get())
    FOCUS.set(drawn or opened or tuple(values.get("place", ())) or tuple(values.get("zone", ())))
    address.WRITTEN.set(params)
    PROBLEMS.set((_asks(), problems))
    return problems


def _still_wrong() -> list[str]:
    """Return what was not understood of the address, until the planner asks for something else."""
    asked, problems = PROBLEMS.get()
    return problems if asked == _asks() else []


def _read_filters(atlas: Atlas, params: address.Params, problems: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for part in PARTS:
        for value in params.get(part, []):
            try:
                values.setdefault(part, []).extend(getattr(Selection.parse(atlas, {part: [value]}), part))
            except (PlanError, GeoError) as error:
                problems.append(str(error))
    for part, key in FILTERS.items():
        key.set(values.get(part, []))
    Q.set(" ".join(params.get(Q.name, [])))
    try:
        WITHIN.set(Selection.parse(atlas, {WITHIN.name: params.get(WITHIN.name, [])}).within)
    except LayerError as error:
        WITHIN.set("")
        problems.append(str(error))
    return values


def _read_feature(atlas: Atlas, params: address.Params, problems: list[str]) -> None:
    wanted = (params.get(FEATURE.name) or [""])[-1]
    try:
        FEATURE.set(atlas.feature(wanted).id if wanted else "")
    except PlanError as error:
        FEATURE.set("")
        problems.append(str(error))


def _look(asked: list[str], problems: list[str]) -> tuple[float, float, float] | None:
    """Read `view=lat,lon,zoom`; a bad one is a problem, not a view."""
    if not asked:
        return None
    try:
        lat, lon, zoom = (float(number) for number in asked[-1].split(","))
    except ValueError:
        lat = lon = zoom = math.nan
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= zoom <= 24):  # NaN is none of these
        problems.append(f"视图“{asked[-1]}”应写作 纬度,经度,级别 (bad view)。")
        return None
    return lat, lon, zoom


def _asks() -> address.Params:
    """Return the query parameters of this view, but for its language."""
    opened = {FEATURE.name: [FEATURE.get()]} if FEATURE.get() else {}
    return selection().params() | opened


def write() -> None:
    """Make the address reopen this view."""
    address.put(_asks() | ({LANGUAGE.name: [language()]} if language() != "zh" else {}))


# ---- what planners do ------------------------------------------------------------------------


def choose(feature_id: str, *, move: bool = False) -> None:
    """Open the panel of a feature ("" closes it) and put its row first; `move` takes the map there."""
    FEATURE.set(feature_id)
    ROWS.set((feature_id,) if feature_id else ())
    _begin_table(feature_id)
    if move:
        FOCUS.set((feature_id,))


def _begin_table(top: str) -> None:
    """Draw the table anew with a feature ("" for none) ticked in its first row."""
    TOP.set(top)
    TICKED.set((top,) if top else ())
    NAMED.set("")
    TURN.set(TURN.get() + 1)


def choose_name(feature_id: str) -> None:
    """Open the feature whose name was chosen in the table, which stands as it is: the next one is a key away."""
    NAMED.set(feature_id)
    FEATURE.set(feature_id)
    ROWS.set(tuple(dict.fromkeys((feature_id, *TICKED.get()))))
    FOCUS.set((feature_id,))


def choose_rows(ids: tuple[str, ...]) -> None:
    """Take over the rows that are ticked in the table: all are ringed on the map, a single one opens."""
    ROWS.set(ids)
    TICKED.set(ids)
    FEATURE.set(ids[0] if len(ids) == 1 else "")
    if ids:
        FOCUS.set(ids)


def act(atlas: Atlas, done: Mapping[str, Any]) -> None:
    """Answer what was done on the map: a feature clicked, a layer switched, an area drawn."""
    if "id" in done:
        choose(done["id"])
    elif "layers" in done:
        _switch(done["layers"])
    elif "area" in done:
        _draw(atlas, ";".join(f"{lon:g},{lat:g}" for lon, lat in done["area"]))
    elif "near" in done:
        lon, lat = done["near"]
        _draw(atlas, f"{lon:g},{lat:g}~{done['km']:g}")
    elif "need" in done:  # the map was opened anew and holds no content
        own.SENT.set(frozenset())


def _draw(atlas: Atlas, drawn: str) -> None:
    """Select by an area that was drawn; one that is none is told, and the area before it stays."""
    try:
        WITHIN.set(Selection.parse(atlas, {WITHIN.name: [drawn]}).within)
        DRAWN_PROBLEM.set("")
    except LayerError as error:
        DRAWN_PROBLEM.set(str(error))


def _switch(layers: list[str]) -> None:
    """Show these layers alone; all or none of them mean no filter."""
    found = [key for key in keys("layer") if key in layers]
    FILTERS["layer"].set([] if len(found) == len(keys("layer")) else found)


def clear() -> None:
    """Drop every filter; the view and the open feature stay."""
    for key in FILTERS.values():
        key.set([])
    Q.set("")
    WITHIN.set("")


def surround(feature_id: str) -> None:
    """Select what lies within the kilometres of the panel round a feature, and take the map there."""
    WITHIN.set(
        f"{feature_id}~{SURROUND_KM.get():g}"
    )  # as it stands now: the click may come before the page knows of it
    FOCUS.set((WITHIN.get(),))


def leave_area() -> None:
    """Drop the area that the features are selected by."""
    WITHIN.set("")


def narrow(part: str, groups: tuple[str, ...], table: str) -> None:
    """Filter to the group that was chosen in a grouped table, and show its features."""
    chosen = st.session_state[table].selection.rows
    if chosen and groups[chosen[0]] in keys(part):
        FILTERS[part].set([groups[chosen[0]]])
        GROUP.set("")
        if part == "zone":
            frame(part)


def frame(part: str) -> None:
    """Let the next run take the map to the zones or places that were just chosen."""
    FRAMED.set(part)


def frame_chosen() -> None:
    """Take the map there, once the page knows the keys of what was chosen."""
    if part := FRAMED.get():
        FRAMED.set("")
        FOCUS.set(tuple(FILTERS[part].get()))
