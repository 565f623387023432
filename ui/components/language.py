"""The switch of languages, in the header of every page."""

from __future__ import annotations

import streamlit as st

from ui.messages import LANGUAGES, say
from ui.state import address
from ui.state.language import CHOICE, language

_TELL = st.components.v2.component(
    "plan_atlas_language", js="export default ({ data }) => { document.documentElement.lang = data; }"
)


def language_switch() -> None:
    """Draw the switch, keep the language of the session in the address, and tell it to the page for who hears it read."""
    address.keep_language()
    _TELL(key="page-language", data="zh-CN" if language() == "zh" else "en", height=0)
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
