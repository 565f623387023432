"""A planner's keys and clicks on cards: each is carried out on the card that was before their eyes, once, in order.

The page takes them in the browser (hands.js) and turns to the next card there at once, however long the server
takes to draw it. Each says which card it was pressed on, in which version, and what it turned to; the browser
tells all that are not yet answered, so that none is lost where several meet, and the number of each makes it one
decision however often it is told. A key of another button waits until the page has drawn what is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.messages import say, told
from ui.state import desk
from ui.state.key import Key

MOST_REFUSED = 9
_MOUNT = st.components.v2.component(
    "plan_atlas_hands", js=(Path(__file__).parent / "hands.js").read_text(encoding="utf-8"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Press:
    """A key or a click: what it does, on which card as it was seen, what opens then; `other` is what a digit stands for."""

    act: str
    on: str
    seen: int
    to: str = ""
    other: str = ""
    other_seen: int = 0


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards that can be turned to, and what a key does; `carry` takes a press and a key that makes it one decision."""

    name: str  # of the component on its page
    open: str  # the card that is drawn
    near: Sequence[Mapping[str, Any]]  # id, seen, unseen, at, html, and others: what its digits stand for
    total: int
    unseen: int
    walk: str  # where one is, with {at}, {n} and {open}
    buttons: Mapping[str, str]  # of the page that are taken in the browser, with the key of each
    carry: Callable[[Press, str], None]
    called: Callable[[str], str]  # the name of a card
    beside: Mapping[str, str]  # other buttons, with the key of each
    held: tuple[str, int] | None = None  # what M holds, as it was seen


def hands(deck: Deck) -> None:
    """Draw the open card, and take the keys."""
    hand, done = desk.HANDLED.of(deck.name).get()
    words = {
        "walk": deck.walk,
        "lost": say("“{key}”没有执行：这一条还没有画出来"),
        "later": say("“{key}”待页面画完后执行"),
        "gone": say("“{key}”没有执行：此处没有这个按钮"),
    }
    _MOUNT(
        key=deck.name,
        data={
            "hand": hand, "done": done, "open": deck.open, "near": deck.near, "buttons": deck.buttons, "words": words,
            "n": deck.total, "unseen": deck.unseen, "beside": deck.beside, "held": deck.held,
            "refused": [(number, words) for of, number, words in desk.REFUSED.get() if of == hand],
        },
        on_pressed_change=lambda: _pressed(deck),
    )  # fmt: skip


def _pressed(deck: Deck) -> None:
    """Carry out what the browser tells and was not carried out yet."""
    said = Key[Any](deck.name, {}).get().get("pressed")
    hand, handled = str(said["hand"]), desk.HANDLED.of(deck.name)
    for row in said["presses"]:
        known, done = handled.get()
        number = int(row["number"])
        if known != hand or number > done:
            press = Press(**{name: row[name] for name in Press.__slots__ if name in row})
            deck.carry(press, f"{hand}-{number}")
            handled.set((hand, number))
            if problem := desk.PROBLEM.get():  # told beside the card, and kept: the next key may be carried out at once
                desk.PROBLEM.set("")
                words = say("“{name}”没有执行 {key}：", name=deck.called(press.on), key=press.act.upper())
                desk.REFUSED.set((*desk.REFUSED.get(), (hand, number, words + told(problem)))[-MOST_REFUSED:])
