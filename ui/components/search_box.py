"""The search field of the map page: suggests while one types, takes pinyin and whole sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from geo.gazetteer import place_path, places
from geo.romanise import place_english
from layers.atlas import Atlas
from layers.english import english
from layers.query.search import Suggestion, search, suggestions
from layers.query.selection import select
from layers.query.sentence import read
from ui.messages import say, term
from ui.state import asked, view
from ui.state.language import language

_HERE = Path(__file__).parent
_MOUNT = st.components.v2.component(
    "plan_atlas_search",
    css=(_HERE / "search_box.css").read_text(encoding="utf-8"),
    js=(_HERE / "search_box.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
KEY = "search-box"
MOST_FRAMED = 60  # hits that the map is moved to


@st.fragment
def search_box(atlas: Atlas) -> None:
    """Draw the field; what is chosen in it changes the filters."""
    typed = str((st.session_state.get(KEY) or {}).get("typed") or "").strip()[:80]
    done = _MOUNT(
        key=KEY,
        data={
            "label": say("搜索名称或原文"),
            "placeholder": say("机场、pzh，或一句话"),
            "value": view.Q.get(),
            "typed": typed,
            "options": _options(atlas, typed) if typed else [],
        },
        on_typed_change=lambda: None,
        on_go_change=lambda: None,
    ).go
    if done:
        _answer(atlas, json.loads(done))
        st.rerun()


def _options(atlas: Atlas, typed: str) -> list[dict[str, str]]:
    reading = read(atlas, typed) if len(typed) > 3 else None
    found = [_option(atlas, one) for one in suggestions(atlas, typed)]
    if reading and len(reading.understood) > 1:
        words = " · ".join(one.words for one in reading.understood)
        found.insert(0, {"name": words, "note": say("按一句话理解"), "part": "sentence", "key": typed})
    return found


def _option(atlas: Atlas, one: Suggestion) -> dict[str, str]:
    if one.part == "zone":
        name, note = term("zone", one.key), say("经济区")
    elif one.part == "place":
        chinese = place_path(places()[one.key]).removeprefix("四川省")
        name = chinese if language() == "zh" else f"{place_english(one.key, full=True)} {chinese}"
        note = say("市州、县区")
    else:
        row = atlas.table[atlas.table["id"] == one.key].iloc[0]
        name = row["name"] if language() == "zh" else f"{english(atlas)[one.key]} {row['name']}"
        note = term("kind", f"{row['layer']}/{row['kind']}")
    return {"name": name, "note": note, "part": one.part, "key": one.key}


def _answer(atlas: Atlas, done: dict[str, Any]) -> None:
    """Open the feature, add the place or zone, read the sentence, or search the words."""
    part, key = done["part"], done["key"]
    if part == "feature":
        view.choose(key, move=True)
    elif part in view.FILTERS:
        chosen = view.FILTERS[part]
        chosen.set([*chosen.get(), *([] if key in chosen.get() else [key])])
        view.frame(part)
    else:
        ask(atlas, key.strip(), sentence=part == "sentence")


def ask(atlas: Atlas, text: str, *, sentence: bool = False) -> None:
    """Search `text`; read it as a sentence where its words are found nowhere, or where that is asked for."""
    found, reading = search(atlas, text), read(atlas, text)
    literal = found.how in ("", "latin") and bool(found.rows.any())
    better = reading.understood and not literal
    if (
        better and found.rows.any()
    ):  # 成都西站 is no Chengdu and West Station: a slip of the words finds more than nothing
        better = not reading.rest and len(select(atlas, reading.selection)) > 0
    if reading.understood and (sentence or better):
        asked.adopt(text, reading)
        return
    asked.SENTENCE.set(None)
    view.Q.set(text)
    hits = atlas.table["id"][found.rows]
    if text and len(hits) <= MOST_FRAMED:
        view.FOCUS.set(tuple(hits))
