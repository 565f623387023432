"""A typed name in session_state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

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

    def known(self) -> bool:
        """Tell whether anything was remembered; what a widget shows is forgotten with its page."""
        return self.name in st.session_state

    def of(self, part: str | int) -> Key[T]:
        """Return the key of one of several of a kind: a map, a file field, a part of a table."""
        return Key(f"{self.name}-{part}", self.default)
