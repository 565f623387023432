"""The switch of languages, in the header of every page."""

from __future__ import annotations

import streamlit as st

from ui import state
from ui.messages import LANGUAGES, say


def language_switch() -> None:
    """Draw the switch, and keep the language of the session in the address."""
    state.keep_language()
    st.session_state[state.LANGUAGE_CHOICE] = state.language()
    with st.container(key="language", width="content"):
        st.segmented_control(
            say("语言"),
            list(LANGUAGES),
            key=state.LANGUAGE_CHOICE,
            required=True,
            format_func=LANGUAGES.__getitem__,
            on_change=lambda: state.speak(st.session_state[state.LANGUAGE_CHOICE]),
            label_visibility="collapsed",
        )
