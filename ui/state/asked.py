"""Restrictions of the map page one by one: taken back from a chip, or taken over from a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from layers.query.selection import PARTS, Selection
from layers.query.sentence import Reading
from ui.state import own, view
from ui.state.key import Key

SENTENCE: Key[tuple[str, Reading] | None] = Key("sentence", None)  # the sentence whose chips stand, and its reading


def drop(part: str, left: Sequence[str] = ()) -> None:
    """Take back one restriction: of a part all but the keys that are `left`; words, an area, or the own layer ("own").

    What the filter itself holds now may be a label of before, which the page has yet to find the key of.
    """
    if part == "own":
        own.AREA.set(None)
    elif part in PARTS:
        view.FILTERS[part].set(list(left))
    elif part == view.WITHIN.name:
        view.leave_area()
    else:
        view.Q.set("")


def adopt(text: str, reading: Reading) -> None:
    """Show what a sentence selects, in the place of all filters, and take the map there."""
    for part, key in view.FILTERS.items():
        key.set(list(getattr(reading.selection, part)))
    view.Q.set(reading.selection.q)
    view.WITHIN.set(reading.selection.within)
    SENTENCE.set((text, reading))
    chosen = reading.selection
    view.FOCUS.set(tuple(filter(None, [chosen.within])) or chosen.place or chosen.zone)


def as_words(text: str) -> None:
    """Search the words of a sentence as they stand, without its filters."""
    view.clear()
    SENTENCE.set(None)
    view.Q.set(text)


def standing(chosen: Selection) -> tuple[str, Reading] | None:
    """Return the sentence of the chips; None once they are no longer what it was read as."""
    held = SENTENCE.get()
    if held and any(
        not set(getattr(chosen, one.name)) <= set(getattr(held[1].selection, one.name)) for one in fields(chosen)
    ):
        SENTENCE.set(None)
    return SENTENCE.get() if chosen else None
