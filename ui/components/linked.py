"""HTML whose links turn the page within the session: as fast as a button, and still links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.messages import say
from ui.state.key import Key
from ui.state.language import language

_HERE = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "plan_atlas_linked",
    css=(_HERE / "linked.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("selecting.js", "linked.js")),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Picking:
    """Words of the text may be selected: by mouse, or by keys when `round` has become another number."""

    words: str  # what the keys do
    round: int
    take: Callable[[str, int, int], None]  # is told the clause, and where in it the words begin and end


def linked(html: str, key: str, *, wanted: str = "", opened: str = "", picking: Picking | None = None) -> None:
    """Draw `html`, in which all text from documents is escaped; a plain click on a link of the app turns to its page.

    Links are relative: `feature?id=f-00123`, `./?zone=panxi`; `#id` jumps on the page. An element with
    `data-print` prints the page, one with `data-copy` copies that text, a link with `data-copy-link` its
    address. The element with the id `wanted` is set off and brought into view, links with
    `data-feature` of `opened` are set off. With `picking`, the words of an element with `data-selecting` can be.
    """
    more: dict[str, Any] = {"language": language(), "copied": say("已复制"), "wanted": wanted, "opened": opened}
    if picking:
        more |= {"selecting": picking.words, "round": picking.round}
    _MOUNT(
        key=key,
        data={"html": html, **more},
        on_selected_change=lambda: _take(key, picking),
    )


def _take(key: str, picking: Picking | None) -> None:
    told = Key[Any](key, {}).get().get("selected")
    if picking and told:
        picking.take(str(told["clause"]), int(told["start"]), int(told["end"]))
