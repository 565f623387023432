"""A facet: choices that all stand on the page, each with the number of features it would show; one click is one choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.state.key import Key

_HERE = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "plan_atlas_facet",
    css=(_HERE / "facet.css").read_text(encoding="utf-8"),
    js=(_HERE / "facet.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_ANSWERED = Key("answered", 0)  # of each facet: the stamp of the last press that was taken over


def facet(
    title: str,
    labels: Mapping[str, str],
    counts: Mapping[str, int],
    held: Key[list[str]],
    changed: Callable[[str], None],
) -> None:
    """Draw the choices of `labels` (by key, in order); `held` keeps the keys of those chosen, `changed` is told its name.

    The browser tells what was pressed, not what is chosen: so a press that left before the browser heard of another
    change takes nothing of that back.
    """
    key = f"{held.name}-facet"
    _MOUNT(
        key=key,
        data={
            "title": title,
            "choices": [{"key": one, "label": label, "count": counts.get(one, 0)} for one, label in labels.items()],
            "chosen": held.get(),
            "answered": _ANSWERED.of(key).get(),
        },
        on_acts_change=lambda: _take(key, labels, held, changed),
    )


def _take(key: str, labels: Mapping[str, str], held: Key[list[str]], changed: Callable[[str], None]) -> None:
    told: list[dict[str, Any]] = Key[dict[str, Any]](key, {}).get().get("acts") or []
    answered, chosen = _ANSWERED.of(key), set(held.get())
    for act in told:
        if act["stamp"] > answered.get():
            answered.set(act["stamp"])
            (chosen.add if act["on"] else chosen.discard)(act["key"])
    held.set([one for one in labels if one in chosen])
    changed(held.name)
