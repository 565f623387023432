"""A review as it stands on the page: the plan, its findings in reading order, the one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store import StoreError
from store.findings import OPEN, Finding
from store.state import State
from store.workspace import Workspace
from ui.state import address, desk


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
        return decide(self.held, verb, self.seen, content, why)

    def decide_and_go_on(self, verb: str, content: Mapping[str, Any]) -> None:
        """Decide, and open the next that nobody has looked at; where it cannot be decided, stay."""
        if self.decide(verb, content):
            following = [*self.findings[self.at + 1 :], *self.findings[: self.at]]
            open_finding(next((one for one in following if one.verdict == OPEN), self.shown))


def decide(held: Workspace, verb: str, seen: Mapping[str, int], content: Mapping[str, Any], why: str = "") -> bool:
    """Write a decision of who is there; where it cannot be, keep the reason for the page, and return False."""
    try:
        held.decide(verb, seen, by=desk.author(), why=why, **content)
    except StoreError as error:
        desk.PROBLEM.set(str(error))
        return False
    return True


def open_finding(one: Finding) -> None:
    """Turn to a finding."""
    desk.EDIT.set(False)
    desk.DRAWN.set(None)
    address.ask(plan=one.document, finding=one.id)
