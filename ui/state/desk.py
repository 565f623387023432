"""The desk: which plan and finding are open, what is being read, what is drawn, and who decides."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from serve.work import Job
from store.roles import shared
from store.workspace import who
from ui.state import address
from ui.state.key import Key

NOBODY = "未登录"  # who is not known where a workspace asks
HEADER = "PLAN_ATLAS_USER_HEADER"  # the header by which a trusted proxy names who is there


@dataclass(frozen=True, slots=True)
class Read:
    """A plan that is being read."""

    name: str
    job: Job
    known: str = ""  # its slug, where it was kept before

    @property
    def slug(self) -> str:
        """The slug of the plan; "" while it is not kept yet."""
        return self.job.progress.slug if self.job.progress else self.known


PLAN = Key("desk_plan", "")
OPENED = Key("desk_opened", "")  # the finding that is open; "" is the first that nobody has looked at
CAME: Key[str | None] = Key("desk_came", None)  # the finding that the address said last
HANDLED: Key[tuple[str, int]] = Key(
    "desk_handled", ("", 0)
)  # the keyboard that was heard last, and the number of its last key carried out
NAME = Key("desk_name", "")  # who decides, as typed; "" is who the system knows
READS: Key[tuple[Read, ...]] = Key("desk_reads", ())
ROUND = Key("desk_round", 0)  # number of files received: a new key empties the field
PASTED = Key("desk_pasted", "")
PROBLEM = Key("desk_problem", "")  # what could not be done last
REFUSED: Key[tuple[tuple[str, int, str], ...]] = Key("desk_refused", ())  # keyboard, number of its key, why
DONE = Key("desk_done", "")  # what was done last, in words
SENT = Key("desk_sent", "")  # the content that the map was given last
SELECTED: Key[tuple[str, int, int] | None] = Key("desk_selected", None)  # clause, start and end of the words selected
PICKING = Key("desk_picking", 0)  # number of times that words were to be selected by keys
ROW = Key("desk_row", "")  # the row of a list that was turned to; "" is the least sure
MERGING = Key("desk_merging", "")  # the finding that is to be merged into another
COUNTY: Key[str | None] = Key("desk-county", None)  # picked for a finding
WAY = Key("desk_way", ("", ""))  # the finding that is being placed on the map, and how
REASON = Key("desk-reason", "")  # why a finding is rejected
EDIT = Key("desk_edit", "")  # the finding whose forms are open
WHOLE = Key("desk_whole", False)


def opened() -> str:
    """Return the finding that is open: what an address asks for when it arrives, and then what was turned to.

    While a page is drawn its browser still tells the address before: what is open is not taken from there.
    """
    asked = address.asked("finding")
    if asked != CAME.get():
        CAME.set(asked)
        OPENED.set(asked)
    return OPENED.get()


def turn_to(slug: str, finding: str) -> None:
    """Open a finding of a plan, and make the address say so."""
    OPENED.set(finding)
    CAME.set(finding)
    WAY.set(("", ""))
    address.ask(plan=slug, finding=finding)


def way(finding: str) -> str:
    """Return how a finding is being placed on the map; "" when it is not."""
    placed, how = WAY.get()
    return how if placed == finding else ""


def turn_way(finding: str, how: str) -> None:
    """Place a finding in this way, or no more where it is just that."""
    WAY.set((finding, "" if way(finding) == how else how))


def toggle_edit(finding: str) -> None:
    """Open the forms of a finding, or close them."""
    EDIT.set("" if EDIT.get() == finding else finding)


def author() -> str:
    """Return who decides: as logged in, as a trusted proxy says, as typed, or as the system knows."""
    if st.user.get("is_logged_in"):
        return str(st.user.get("email") or st.user.get("name") or who())
    header = os.environ.get(HEADER)
    if header or shared():  # a name that is typed proves nothing
        return str(st.context.headers.get(header or "") or "") or NOBODY
    return NAME.get().strip() or who()
