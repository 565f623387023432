"""The language of the session."""

from __future__ import annotations

import streamlit as st

from ui.state.key import Key

LANGUAGE = Key("lang", "zh")  # "zh" or "en"; `?lang=` of any address sets it
CHOICE = Key("language_choice", "zh")


def language() -> str:
    """Return the language of the session; an address with `lang` sets it."""
    asked = st.query_params.get(LANGUAGE.name)
    if asked in ("zh", "en"):
        LANGUAGE.set(asked)
    return LANGUAGE.get()
