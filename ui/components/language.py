"""The switch of languages, in the header of every page."""

from __future__ import annotations

import streamlit as st

from ui.messages import LANGUAGES, say
from ui.state import address
from ui.state.language import CHOICE, language


def language_switch() -> None:
    """Draw the switch, and keep the language of the session in the address."""
    address.keep_language()
    CHOICE.set(language())
    with st.container(key="language", width="content"):
        st.segmented_control(
            say("语言"),
            list(LANGUAGES),
            key=CHOICE.name,
            required=True,
            format_func=LANGUAGES.__getitem__,
            on_change=lambda: address.speak(CHOICE.get()),
            label_visibility="collapsed",
        )
