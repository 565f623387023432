"""What the app remembers: all session_state keys, and the address that reopens a view.

The address is the source of truth on arrival and after back/forward; from then on the widgets are,
and the address follows them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NoReturn

import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.selection import PARTS, Selection
from plans.errors import PlanError
from plans.vocabulary import keys

FEATURE = "feature"
ACT = "act"  # before the key of a map: stamp of the last act on it that was answered
FOCUS = "focus"  # zones, places or feature that the map should move to; () keeps the view
MAP = "map"
CANVAS = "canvas"  # the folium maps of this session by language
TABLE = "table"
GROUP = "group"  # the part of a selection that the table is grouped by
ROWS = "rows"  # ids of the features whose rows are selected in the table
TOP = "top"  # id of the feature that stands first in the table: the last one picked outside it
SURROUND_KM = "surround_km"
VIEW = "view"  # lat, lon, zoom that the address asks for
DOCUMENT = "document_read"
FIND = "find"
DRAWN_PROBLEM = "drawn_problem"  # what is wrong with the area that was drawn last
WITHIN = "within"  # the area that the features are selected by, as layers.query.area reads it
PAGES = "pages"  # the pages of the app by url_path, for turning from one to another
OF = "of"  # the widgets of the pages whose address is all their state
ZONE_ONLY = "zone_only"
LINES = "lines"
REACH = "reach"
PART, LEFT, RIGHT, SIDE = "part", "left", "right", "side"
OWN = "own_layers"  # layers of the planner, the newest first
OWN_SENT = "own_sent"  # keys of the layers whose content the map was given
OWN_AREA = "own_area"  # the layer that the atlas is restricted to
OWN_MAYBE = "own_maybe"  # whether features count whose stated error reaches that area
OWN_FILE = "own_file"
OWN_ROUND = "own_round"  # number of files received: a new key empties the field
OWN_LAST = "own_last"  # id of the newest layer
OWN_PROBLEM = "own_problem"  # what is wrong with the last file
OWN_CRS = "own_crs"
OWN_WAITING = "own_waiting"  # a file that waits for its coordinate system
REPORT_TITLE = "report_title"
REPORT_PAPER = "report_paper"
REPORT_LONG = "report_long"  # whether a brief has every feature and clause
REPORT_FILE = "report_file"  # the last sheet or brief: what it was made of, its form, content and name
EXPORT_FORMAT = "export_format"
EXPORT_CRS = "export_crs"
LANGUAGE = "lang"  # "zh" or "en"; `?lang=` of any address sets it
LANGUAGE_CHOICE = "language_choice"
_READER = "reader_address"
_ADDRESS = "address"  # the query parameters that this session wrote last


def language() -> str:
    """Return the language of the session; an address with `lang` sets it."""
    asked = st.query_params.get(LANGUAGE)
    if asked in ("zh", "en"):
        st.session_state[LANGUAGE] = asked
    return str(st.session_state.get(LANGUAGE, "zh"))


def speak(wanted: str) -> None:
    """Turn the session and its address to a language ("zh" or "en"); Chinese needs no word in the address."""
    st.session_state[LANGUAGE] = wanted
    params = {key: st.query_params.get_all(key) for key in st.query_params if key != LANGUAGE}
    if wanted != "zh":
        params[LANGUAGE] = [wanted]
    if st.session_state.get(_ADDRESS) == {key: st.query_params.get_all(key) for key in st.query_params}:
        st.session_state[_ADDRESS] = params  # the view is the same
    st.query_params.from_dict(params)


def keep_language() -> None:
    """Put the language of the session back into an address that lost it, as that of a page just turned to."""
    if language() != "zh" and LANGUAGE not in st.query_params:
        st.query_params[LANGUAGE] = language()


def read_address(atlas: Atlas, *, acted: bool = False) -> list[str]:
    """Bring filters and feature in line with a new address; return what in it was not understood.

    Back and forward change the address and nothing else. Where the planner did something (`acted`:
    on the map) it is the address of the view before, sent before the browser learned of the last one.
    """
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    if "q" in st.session_state:  # widgets forget on another page
        written = st.session_state.get(_ADDRESS, {})
        if params == written or acted or _view_asks() != {key: of for key, of in written.items() if key != LANGUAGE}:
            return []
    values: dict[str, list[str]] = {}
    problems: list[str] = []
    for part in PARTS:
        for value in params.get(part, []):
            try:
                values.setdefault(part, []).extend(getattr(Selection.parse(atlas, {part: [value]}), part))
            except (PlanError, GeoError) as error:
                problems.append(str(error))
    for part in PARTS:
        st.session_state[part] = values.get(part, [])
    st.session_state["q"] = " ".join(params.get("q", []))
    try:
        st.session_state[WITHIN] = Selection.parse(atlas, {WITHIN: params.get(WITHIN, [])}).within
    except LayerError as error:
        st.session_state[WITHIN] = ""
        problems.append(str(error))
    wanted = (params.get(FEATURE) or [""])[-1]
    try:
        st.session_state[FEATURE] = atlas.feature(wanted).id if wanted else ""
    except PlanError as error:
        st.session_state[FEATURE] = ""
        problems.append(str(error))
    st.session_state[VIEW] = _view(params.get(VIEW, []), problems)
    opened = (st.session_state[FEATURE],) if st.session_state[FEATURE] else ()
    st.session_state[ROWS], st.session_state[TOP] = opened, st.session_state[FEATURE]
    drawn = (st.session_state[WITHIN],) if st.session_state[WITHIN] else ()
    st.session_state[FOCUS] = drawn or opened or tuple(values.get("place", ())) or tuple(values.get("zone", ()))
    st.session_state[_ADDRESS] = params
    return problems


def _view(asked: list[str], problems: list[str]) -> tuple[float, float, float] | None:
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


def selection() -> Selection:
    """Return the selection that the widgets show."""
    parts = {part: tuple(st.session_state.get(part, ())) for part in PARTS}
    return Selection(**parts, within=st.session_state.get(WITHIN, ""), q=st.session_state.get("q", "").strip())


def _view_asks() -> dict[str, list[str]]:
    """Return the query parameters of this view, but for its language."""
    opened = {FEATURE: [st.session_state[FEATURE]]} if st.session_state.get(FEATURE) else {}
    return selection().params() | opened


def write_address() -> None:
    """Make the address reopen this view."""
    params = _view_asks()
    if language() != "zh":
        params[LANGUAGE] = [language()]
    if st.session_state.get(_ADDRESS) != params:
        st.session_state[_ADDRESS] = params
        st.query_params.from_dict(params)


def choose(feature_id: str, *, move: bool = False) -> None:
    """Open the panel of a feature ("" closes it) and put its row first; `move` takes the map there."""
    st.session_state[FEATURE] = st.session_state[TOP] = feature_id
    st.session_state[ROWS] = (feature_id,) if feature_id else ()
    if move:
        st.session_state[FOCUS] = (feature_id,)


def choose_rows(ids: tuple[str, ...]) -> None:
    """Take over the rows that are selected in the table: all are ringed on the map, a single one opens."""
    st.session_state[ROWS] = ids
    st.session_state[FEATURE] = ids[0] if len(ids) == 1 else ""
    if ids:
        st.session_state[FOCUS] = ids


def act(atlas: Atlas, done: Mapping[str, Any]) -> None:
    """Answer what was done on the map: a feature clicked, a layer switched, an area drawn."""
    if "id" in done:
        choose(done["id"])
    elif "layer" in done:
        _switch(done["layer"], alone=done["act"] == "only")
    elif "area" in done:
        _draw(atlas, ";".join(f"{lon:g},{lat:g}" for lon, lat in done["area"]))
    elif "near" in done:
        lon, lat = done["near"]
        _draw(atlas, f"{lon:g},{lat:g}~{done['km']:g}")
    elif "need" in done:  # the map was opened anew and holds no content
        st.session_state[OWN_SENT] = set()


def _draw(atlas: Atlas, drawn: str) -> None:
    """Select by an area that was drawn; one that is none is told, and the area before it stays."""
    try:
        st.session_state[WITHIN] = Selection.parse(atlas, {WITHIN: [drawn]}).within
        st.session_state[DRAWN_PROBLEM] = ""
    except LayerError as error:
        st.session_state[DRAWN_PROBLEM] = str(error)


def _switch(layer: str, *, alone: bool) -> None:
    """Take a layer off the map or put it back; alone: show it only, or all again."""
    shown = st.session_state["layer"] or list(keys("layer"))
    if alone:
        found = [] if shown == [layer] else [layer]
    else:
        found = [key for key in keys("layer") if (key in shown) != (key == layer)]
    st.session_state["layer"] = [] if len(found) == len(keys("layer")) else found


def clear() -> None:
    """Drop every filter; the view and the open feature stay."""
    for part in PARTS:
        st.session_state[part] = []
    st.session_state["q"] = st.session_state[WITHIN] = ""


def surround(feature_id: str) -> None:
    """Select what lies within the kilometres of the panel round a feature, and take the map there."""
    km = st.session_state[SURROUND_KM]  # as it stands now: the click may come before the page knows of it
    st.session_state[WITHIN] = f"{feature_id}~{km:g}"
    st.session_state[FOCUS] = (st.session_state[WITHIN],)


def leave_area() -> None:
    """Drop the area that the features are selected by."""
    st.session_state[WITHIN] = ""


def narrow(part: str, groups: tuple[str, ...], table: str) -> None:
    """Filter to the group that was chosen in a grouped table, and show its features."""
    chosen = st.session_state[table].selection.rows
    if chosen and groups[chosen[0]] in keys(part):
        st.session_state[part] = [groups[chosen[0]]]
        st.session_state[GROUP] = ""
        if part == "zone":
            frame(part)


def frame(part: str) -> None:
    """Take the map to the zones or places that were just chosen."""
    st.session_state[FOCUS] = tuple(st.session_state[part])


def read_reader_address(atlas: Atlas) -> list[str]:
    """Open what a new address of the reader asks for; return what in it was not understood."""
    asked = st.query_params.get("clause") or st.query_params.get("document") or ""
    if st.session_state.get(_READER) == asked and DOCUMENT in st.session_state:
        return []
    st.session_state[_READER] = asked
    st.session_state[DOCUMENT] = atlas.documents[0].slug
    try:
        if asked:
            st.session_state[DOCUMENT] = atlas.document(asked.split("/", 1)[0]).slug
        if "/" in asked:
            atlas.clause(asked)
    except PlanError as error:
        return [str(error)]
    return []


def turn_to_document() -> None:
    """Let the address follow the document that was chosen; a search belongs to the one before."""
    st.session_state[_READER] = st.session_state[DOCUMENT]
    st.session_state[FIND] = ""
    ask(document=st.session_state[DOCUMENT])


# ---- pages whose address is all their state --------------------------------------------------


def asked(name: str, default: str = "") -> str:
    """Return what the address says of `name`, the last where it says so more than once."""
    return str(st.query_params.get(name, default))


def ask(**params: str) -> None:
    """Make the address say `params` and nothing else; empty ones are left out."""
    st.query_params.from_dict(_with_language({key: value for key, value in params.items() if value}))


def go(page: str, **params: str | list[str]) -> NoReturn:
    """Turn to another page (by its url_path) without loading the app again; `params` are its address."""
    st.switch_page(st.session_state[PAGES][page], query_params=_with_language(params))


def _with_language(params: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {**params, LANGUAGE: language()} if language() != "zh" else dict(params)
