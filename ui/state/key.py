"""A typed name in session_state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar, cast

import streamlit as st

T = TypeVar("T")


@dataclass(frozen=True)
class Key(Generic[T]):
    """One thing that the app remembers; `name` is also the key of the widget that shows it."""

    name: str
    default: T

    def get(self) -> T:
        """Return what is remembered, or the default."""
        return cast(T, st.session_state.get(self.name, self.default))

    def set(self, value: T) -> None:
        """Remember `value`; not while the widget of this key stands on the page."""
        st.session_state[self.name] = value

    def correct(self, value: T) -> None:
        """Write what the widget itself holds in another way: it stays as it stands in the browser."""
        st.session_state[self.widget] = value

    def known(self) -> bool:
        """Tell whether anything was remembered; what a widget shows is forgotten with its page."""
        return self.name in st.session_state

    @property
    def widget(self) -> str:
        """The key of the widget that shows it."""
        return self.name

    def of(self, part: str | int) -> Self:
        """Return the key of one of several of a kind: a map, a file field, a part of a table."""
        return replace(self, name=f"{self.name}-{part}")


@dataclass(frozen=True)
class Chosen(Key[T]):
    """What a widget holds and the app sets too; each time it does, the widget becomes a new one, under a new name.

    With each message the browser tells what all its widgets hold: one that left before the browser heard of what was
    set would take it back. Of a widget that it does not know yet it tells nothing.
    """

    @property
    def _number(self) -> Key[int]:
        return Key(f"{self.name}-number", 0)

    @property
    def widget(self) -> str:
        """The key of the widget that shows it now."""
        return f"{self.name}-{self._number.get()}"

    def get(self) -> T:
        """Return what the widget holds, or the default."""
        return cast(T, st.session_state.get(self.widget, self.default))

    def set(self, value: T) -> None:
        """Let a new widget hold `value`, unless the one that stands does."""
        if not self.known() or value != self.get():
            self._number.set(self._number.get() + 1)
            self.correct(value)

    def known(self) -> bool:
        """Tell whether the widget holds anything."""
        return self.widget in st.session_state
