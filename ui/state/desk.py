"""The desk: which plan and finding are open, what is being read, what is drawn, and who decides."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from store.jobs import Job
from store.roles import shared
from store.workspace import who
from ui.state.key import Key

NOBODY = "未登录"  # who is not known where a workspace asks
HEADER = "PLAN_ATLAS_USER_HEADER"  # the header by which a trusted proxy names who is there

PLAN = Key("desk_plan", "")
NAME = Key("desk_name", "")  # who decides, as typed; "" is who the system knows
JOBS: Key[tuple[Job, ...]] = Key("desk_jobs", ())
ROUND = Key("desk_round", 0)  # number of files received: a new key empties the field
PASTED = Key("desk_pasted", "")
PROBLEM = Key("desk_problem", "")  # what could not be done last
DONE = Key("desk_done", "")  # what was done last, in words
SENT = Key("desk_sent", "")  # the content that the map was given last
DRAWN: Key[Any] = Key("desk_drawn", None)  # lon, lat and km of the circle drawn last
EDIT = Key("desk_edit", False)
WHOLE = Key("desk_whole", False)


def author() -> str:
    """Return who decides: as logged in, as a trusted proxy says, as typed, or as the system knows."""
    if st.user.get("is_logged_in"):
        return str(st.user.get("email") or st.user.get("name") or who())
    header = os.environ.get(HEADER)
    if header or shared():  # a name that is typed proves nothing
        return str(st.context.headers.get(header or "") or "") or NOBODY
    return NAME.get().strip() or who()
