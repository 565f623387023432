"""A reviewer's keys and clicks: each is carried out on the finding that was before their eyes, once, in order.

The page takes them in the browser (hands.js) and turns to the next finding there at once, however long the server
takes to draw it. Each says which finding it was pressed on, in which version, and what it turned to; the browser
tells all that are not yet answered, so that none is lost where several meet, and the number of each makes it one
decision however often it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from plans.vocabulary import keys
from store import StoreError
from store.findings import OPEN, Finding
from store.state import State
from store.workspace import Workspace
from ui.components.desk_review import Review, decide
from ui.messages import say, told
from ui.state import desk
from ui.state.key import Key

KEY = "desk-hands"
# The buttons of the page that are taken in the browser, and the key of each
BUTTONS = {
    "desk-accept": "a", "desk-reject": "x", "desk-undo": "u", "desk-edit": "e", "desk-hold": "m",
    "desk-before": "k", "desk-after": "j", **{f"desk-merge-{n}": str(n) for n in range(1, 10)},
}  # fmt: skip
AHEAD = 24  # findings that nobody has looked at, which the browser can turn to by itself
MOST_REFUSED = 9
NEAR = 8  # findings before and after the open one
_MOUNT = st.components.v2.component(
    "plan_atlas_hands", js=(Path(__file__).parent / "hands.js").read_text(encoding="utf-8"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Press:
    """A key or a click: what it does, on which finding as it was seen, what opens then; `other` is merged with it."""

    act: str
    on: str
    seen: int
    to: str = ""
    other: str = ""
    other_seen: int = 0


def hands(review: Review, card: Callable[[Finding], str]) -> None:
    """Draw the open finding as `card` writes it in HTML, and take the keys."""
    hand, done = desk.HANDLED.get()
    held = desk.MERGING.get()
    words = {
        "walk": say("第 {at} / {n} 条，未看 {open}"),
        "lost": say("“{key}”没有执行：这一条还没有画出来"),
    }
    near = [{**_line(review.state, one), "at": at, "html": card(one)} for at, one in _near(review)]
    _MOUNT(
        key=KEY,
        data={
            "hand": hand, "done": done, "open": review.shown.id, "near": near, "buttons": BUTTONS, "words": words,
            "n": len(review.findings), "unseen": sum(one.verdict == OPEN for one in review.findings),
            "refused": [(number, words) for of, number, words in desk.REFUSED.get() if of == hand],
            "held": [held, review.state.versions.get(held, 0)] if held else None,
        },
        on_pressed_change=lambda: _pressed(review.held),
    )  # fmt: skip


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
        words, key=name, shortcut=press.act, width="stretch", on_click=carry_out, args=(held, press), **look
    )  # fmt: skip


# ---- carrying out ----------------------------------------------------------------------------------


def _pressed(held: Workspace) -> None:
    """Carry out what the browser tells and was not carried out yet."""
    said = Key[Any](KEY, {}).get().get("pressed")
    hand = str(said["hand"])
    for row in said["presses"]:
        known, done = desk.HANDLED.get()
        number = int(row["number"])
        if known != hand or number > done:
            press = Press(**{name: row[name] for name in Press.__slots__ if name in row})
            carry_out(held, press, f"{hand}-{number}")
            desk.HANDLED.set((hand, number))
            if (
                problem := desk.PROBLEM.get()
            ):  # told beside the finding, and kept: the next key may be carried out at once
                desk.PROBLEM.set("")
                on = held.state().findings.get(press.on)
                words = say("“{name}”没有执行 {key}：", name=on.name if on else press.on, key=press.act.upper())
                desk.REFUSED.set((*desk.REFUSED.get(), (hand, number, words + told(problem)))[-MOST_REFUSED:])


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
