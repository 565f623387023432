"""A reviewer's keys and clicks on findings (ui/components/hands.py): what each is, and what it decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from plans.vocabulary import keys
from store import StoreError
from store.findings import OPEN, Finding
from store.state import State
from store.workspace import Workspace
from ui.components.desk_review import Review, decide
from ui.components.hands import Deck, Press, hands
from ui.messages import say
from ui.state import desk

# The buttons of the page that are taken in the browser, and the key of each
BUTTONS = {
    "desk-accept": "a", "desk-reject": "x", "desk-undo": "u", "desk-edit": "e", "desk-hold": "m",
    "desk-before": "k", "desk-after": "j", **{f"desk-merge-{n}": str(n) for n in range(1, 10)},
}  # fmt: skip
# Other buttons: they act on what the server has drawn, and wait for that
BESIDE = {
    "desk-sure": "s", "desk-pick": "q", "desk-requote": "w", "desk-quote-more": "p", "desk-new": "n",
    "desk-way-point": "d", "desk-way-course": "l", "desk-way-county": "g", "desk-way-same": "y",
}  # fmt: skip
AHEAD = 24  # findings that nobody has looked at, which the browser can turn to by itself
NEAR = 8  # findings before and after the open one


def finding_hands(review: Review, card: Callable[[Finding], str]) -> None:
    """Draw the open finding as `card` writes it in HTML, and take the keys."""
    holds = desk.MERGING.get()
    hands(
        Deck(
            "desk-hands", review.shown.id,
            [{**_line(review.state, one), "at": at, "html": card(one)} for at, one in _near(review)],
            len(review.findings), sum(one.verdict == OPEN for one in review.findings),
            say("第 {at} / {n} 条，未看 {open}"), BUTTONS,
            lambda press, key: carry_out(review.held, press, key), lambda key: _called(review.held, key), BESIDE,
            (holds, review.state.versions.get(holds, 0)) if holds else None,
        )
    )  # fmt: skip


def _called(held: Workspace, key: str) -> str:
    one = held.state().findings.get(key)
    return one.name if one else key


def _line(state: State, one: Finding) -> dict[str, Any]:
    return {"id": one.id, "seen": state.versions.get(one.id, 0), "unseen": one.verdict == OPEN}


def _near(review: Review) -> list[tuple[int, Finding]]:
    """What can be turned to before the server answers, with the place of each in the plan."""
    at, every = review.at, list(enumerate(review.findings))
    unseen = [one for one in [*every[at + 1 :], *every[:at]] if one[1].verdict == OPEN][:AHEAD]
    wanted = dict([*every[max(0, at - NEAR) : at + NEAR + 1], *unseen])
    return sorted(wanted.items())


def hand_button(column: DeltaGenerator, press: Press, held: Workspace, words: str, **look: Any) -> None:
    """Draw a button of BUTTONS, with its key beside its words."""
    name = next(name for name, key in BUTTONS.items() if key == press.act)
    column.button(
        words, key=name, shortcut=press.act, width="content", on_click=carry_out, args=(held, press), **look
    )  # fmt: skip


# ---- carrying out ----------------------------------------------------------------------------------


def carry_out(held: Workspace, press: Press, key: str = "") -> None:
    """Do what a key says; what cannot be done is told, and the finding it was pressed on stays open."""
    state = held.state()
    to = _done(held, state, press, key)
    if press.act != "e":
        desk.EDIT.set("")
    desk.turn_to(press.on.partition("/")[0], press.on if to is None else to)


def _done(held: Workspace, state: State, press: Press, key: str) -> str | None:
    """Decide what a key says, and return what opens, "" for the first unseen; None where it could not be."""
    if press.act == "u":
        return _undone(held, state, press.on.partition("/")[0], key)
    if press.act == "e":
        desk.toggle_edit(press.on)
    elif press.act == "m" and press.other in ("", press.on):
        desk.MERGING.set("" if press.other else press.on)
    elif verb := _verb(press):
        seen = {press.on: press.seen} | ({press.other: press.other_seen} if "/" in press.other else {})
        if press.act == "m":
            desk.MERGING.set("")
            seen = dict(reversed(seen.items()))  # what was held becomes part of what is open
        if not decide(held, verb, seen, _content(press), key=key):
            return None
    return press.to


def _verb(press: Press) -> str:
    merging = press.act == "m" or press.act.isdigit()
    return "merge" if merging else {"a": "accept", "x": "reject"}.get(press.act, "")


def _content(press: Press) -> dict[str, str]:
    if press.act == "x":
        return {"reason": desk.REASON.get() or keys("reason")[0]}
    return {} if press.act == "a" else {"into": press.on if press.act == "m" else press.other}


def last_of(state: State, slug: str) -> int:
    """Return the newest decision of who is there about a plan that can be undone; 0 when there is none."""
    author = desk.author()
    for one in reversed(state.log):
        if one.by == author and one.verb != "undo" and one.is_about(slug):
            try:
                return state.undoable(one.number).number
            except StoreError:
                continue
    return 0


def _undone(held: Workspace, state: State, slug: str, key: str) -> str | None:
    """Undo the last decision, and return what it was about; "" where what it added is no more."""
    number = last_of(state, slug)
    if not number:
        desk.PROBLEM.set("没有可以撤销的决定 (nothing to undo)。")
        return None
    one = state.undoable(number)
    try:
        held.undo(number, by=desk.author(), key=key)
    except StoreError as error:
        desk.PROBLEM.set(str(error))
        return None
    about = next(iter(one.seen), "")
    return about if about in held.state().findings else ""


def press_of(review: Review, act: str, other: str = "") -> Press:
    """Return what a key says on the page as it is drawn: for a click that the browser did not take."""
    one, to = review.shown, review.shown.id
    at = review.at + {"k": -1, "j": 1}.get(act, 0)
    if act in ("k", "j"):
        to = review.findings[min(max(0, at), len(review.findings) - 1)].id
    elif act in ("a", "x"):
        to = review.after()
    press = Press(act, one.id, review.seen[one.id], to)
    other = desk.MERGING.get() if act == "m" else other
    if not other:
        return press
    gone = (other,) if act == "m" else ()  # what is merged into another is seen
    to = one.id if other == one.id else review.after(*gone)
    return replace(press, to=to, other=other, other_seen=review.state.versions.get(other, 0))
