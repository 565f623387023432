"""The language of the session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from ui.state.key import Key

LANGUAGE = Key("lang", "zh")  # "zh" or "en"; `?lang=` of any address sets it
CHOICE = Key("language_choice", "zh")


# What this run speaks: a page asks for hundreds of words, and each look into the session takes long.
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def language() -> str:
    """Return the language of the session; an address with `lang` sets it."""
    return _SPOKEN.get() or _settled()


def settle() -> None:
    """Look once, at the start of a run, what it is to speak; a change of language asks for another look."""
    _SPOKEN.set(_settled())


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """Speak a language where there is no session."""
    before = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def _settled() -> str:
    asked = st.query_params.get(LANGUAGE.name)
    if asked in ("zh", "en"):
        LANGUAGE.set(asked)
    return LANGUAGE.get()
