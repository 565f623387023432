"""Sentences for the planner that are made below the interface: the Chinese and what stands in its places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A Chinese sentence with {places}, and their values; the interface says it in its language."""

    text: str
    values: tuple[tuple[str, str | int | float], ...] = ()


def note(text: str, **values: str | int | float) -> Note:
    """Return the note `text` with `values` for its {places}."""
    return Note(text, tuple(values.items()))
