"""HTML whose links turn the page within the session: as fast as a button, and still links."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.messages import say
from ui.state.language import language

_HERE = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "plan_atlas_linked",
    css=(_HERE / "linked.css").read_text(encoding="utf-8"),
    js=(_HERE / "linked.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def linked(html: str, key: str, *, wanted: str = "", opened: str = "") -> None:
    """Draw `html`, in which all text from documents is escaped; a plain click on a link of the app turns to its page.

    Links are relative: `feature?id=f-00123`, `./?zone=panxi`; `#id` jumps on the page. An element with
    `data-print` prints the page, one with `data-copy` copies that text, a link with `data-copy-link` its
    address. The element with the id `wanted` is set off and brought into view, links with
    `data-feature` of `opened` are set off.
    """
    more = {"language": language(), "copied": say("已复制"), "wanted": wanted, "opened": opened}
    _MOUNT(key=key, data={"html": html, **more})
