"""A review as it stands on the page: the plan, its findings in reading order, the one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from store import StoreError
from store.decisions import Decision
from store.findings import OPEN, Finding
from store.state import State
from store.workspace import Workspace
from ui.messages import plain, told
from ui.state import desk


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """What was on the page when something was decided: that is the version the decision names."""

    held: Workspace
    state: State
    findings: Sequence[Finding]
    shown: Finding

    @property
    def seen(self) -> dict[str, int]:
        """The version of the open finding that is on the page."""
        return {self.shown.id: self.state.versions.get(self.shown.id, 0)}

    @property
    def at(self) -> int:
        """How many findings stand before the open one."""
        return self.findings.index(self.shown)

    def decide(self, verb: str, content: Mapping[str, Any], why: str = "") -> bool:
        """Decide about the open finding; tell whether that could be."""
        return decide(self.held, verb, self.seen, content, why=why) is not None

    def after(self, *without: str) -> str:
        """Return the next finding that nobody has looked at, from the open one on and around; the open one if none is left."""
        following = [*self.findings[self.at + 1 :], *self.findings[: self.at]]
        unseen = (one.id for one in following if one.verdict == OPEN and one.id not in without)
        return next(unseen, self.shown.id)


def decide(
    held: Workspace, verb: str, seen: Mapping[str, int], content: Mapping[str, Any], *, why: str = "", key: str = ""
) -> Decision | None:
    """Write a decision of who is there, once for a `key`; where it cannot be, keep the reason for the page, and return None."""
    try:
        return held.decide(verb, seen, by=desk.author(), why=why, key=key, **content)
    except StoreError as error:
        desk.PROBLEM.set(str(error))
        return None


def open_added(slug: str, made: Decision) -> None:
    """Turn to the thing that a decision added to a plan, to be named and placed."""
    key = f"{slug}/d{made.number}.1"
    desk.turn_to(slug, key)
    desk.EDIT.set(key)


def open_finding(one: Finding) -> None:
    """Turn to a finding."""
    desk.EDIT.set("")
    desk.turn_to(one.document, one.id)


def word() -> None:
    """Say what was done last, or why it could not be."""
    if problem := desk.PROBLEM.get():
        st.error(plain(told(problem)), icon=":material/error:")
    if done := desk.DONE.get():
        st.toast(plain(done))
        desk.DONE.set("")


def said() -> None:
    """Let go of what could not be done, once the page is drawn to its end: another key may draw it anew before."""
    desk.PROBLEM.set("")
