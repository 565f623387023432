"""HTML whose links turn the page within the session: as fast as a button, and still links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from ui import state

_HERE = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "plan_atlas_linked",
    css=(_HERE / "linked.css").read_text(encoding="utf-8"),
    js=(_HERE / "linked.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def linked(html: str, key: str) -> None:
    """Draw `html`, in which all text from documents is escaped; a plain click on a link of the app turns to its page.

    Links are relative: `feature?id=f-00123`, `./?zone=panxi`. An element with `data-print` prints the page.
    """
    clicked = _MOUNT(key=key, data=html, on_go_change=lambda: None).go
    if clicked:
        to = urlsplit(clicked)
        state.go(to.path.removeprefix("./"), **parse_qs(to.query))
