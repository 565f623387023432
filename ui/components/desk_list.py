"""The rows of an office's list one by one: is it this feature, or none of them? What is said is kept for the next list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from layers.atlas import Atlas
from layers.match.answers import Answer, source
from store.current import versions, workspace
from store.verbs import row_subject
from ui.components.desk_review import decide
from ui.components.hands import Deck, Press, hands
from ui.components.matched import match_told
from ui.messages import say
from ui.state import desk

MOST = 3  # candidates of a row
AHEAD = 24  # rows that the browser can turn to by itself
CERTAIN = 0.98
BUTTONS = {"desk-row-none": "x", "desk-row-before": "k", "desk-row-after": "j"} | {
    f"desk-row-is-{n}": str(n) for n in (1, 2, 3)
}
Row = Mapping[str, str]  # name, place and feature, "" for none


def judge_rows(atlas: Atlas, answers: Sequence[Answer]) -> None:
    """Draw the row that is to be judged, the unsure ones first, and how many are left."""
    rows = {_key(one): one for one in answers}
    waiting = sorted((one for one in rows.values() if one.matches and one.judged is None), key=_doubt)
    judged = sum(one.judged is not None for one in answers)
    left, right = st.columns([4, 1.6], vertical_alignment="center")
    left.markdown(say("已判断 {n} 行，待判断 {m} 行。", n=judged, m=len(waiting)))
    certain = [_row(one, one.matches[0].feature) for one in waiting if one.matches[0].confidence >= CERTAIN]
    right.button(
        say("确认有把握的 {n} 行", n=len(certain)), key="desk-row-certain", width="stretch", disabled=not certain,
        on_click=_say, args=(certain,),
    )  # fmt: skip
    if waiting:
        with st.container(border=True):
            _judge(atlas, rows, waiting)


def _judge(atlas: Atlas, rows: Mapping[str, Answer], waiting: Sequence[Answer]) -> None:
    at = next((at for at, one in enumerate(waiting) if _key(one) == desk.ROW.get()), 0)
    seen = versions()
    near = [
        {
            "id": _key(one), "seen": seen.get(_key(one), 0), "unseen": True, "at": number, "html": _card(atlas, one),
            "others": [match.feature for match in one.matches[:MOST]],
        }
        for number, one in [*enumerate(waiting)][max(0, at - 1) : at + AHEAD]
    ]  # fmt: skip
    with st.container(key="desk-walk"):
        st.markdown(say("待判断第 {at} / {n} 行", at=at + 1, n=len(waiting)))
    hands(
        Deck(
            "desk-list-hands", _key(waiting[at]), near, len(waiting), len(waiting), say("待判断第 {at} / {n} 行"), BUTTONS,
            lambda press, key: _carry_out(rows, press, key), lambda key: rows[key].row.asked.name, {},
        )
    )  # fmt: skip
    _buttons(rows, waiting, at, seen.get(_key(waiting[at]), 0))


def _buttons(rows: Mapping[str, Answer], waiting: Sequence[Answer], at: int, seen: int) -> None:
    """Draw the buttons; the browser takes them and knows the row, these are for a click that it did not take."""
    key, matches = _key(waiting[at]), waiting[at].matches
    before, after = (_key(waiting[(at + step) % len(waiting)]) for step in (-1, 1))
    drawn = [
        *((say("是"), f"desk-row-is-{n}", Press(str(n), key, seen, after, matches[n - 1].feature))
          for n in range(1, MOST + 1) if n <= len(matches)),
        (say("都不是"), "desk-row-none", Press("x", key, seen, after)),
        (say("上一行"), "desk-row-before", Press("k", key, seen, before)),
        (say("以后再说"), "desk-row-after", Press("j", key, seen, after)),
    ]  # fmt: skip
    for column, (words, name, press) in zip(st.columns(len(drawn)), drawn, strict=True):
        column.button(
            words, key=name, shortcut=press.act, width="stretch", disabled=press.act in "jk" and press.to == key,
            on_click=_carry_out, args=(rows, press),
        )  # fmt: skip


def _key(one: Answer) -> str:
    return row_subject(one.row.asked.name, one.row.asked.place)


def _doubt(one: Answer) -> tuple[bool, float]:
    return one.matches[0].claimed, one.matches[0].confidence


def _card(atlas: Atlas, one: Answer) -> str:
    """A row and what it may be, by number, as HTML."""
    asked = one.row.asked
    told = " · ".join(filter(None, (asked.place, asked.kind, asked.stage, one.row.years, one.row.money)))
    lines = [f"<h4>{escape(asked.name)} <small>{escape(told)}</small></h4>"]
    for number, match in enumerate(one.matches[:MOST], 1):
        feature = atlas.feature(match.feature)
        said = match_told(f"feature?id={feature.id}", feature.name, match, feature.current, source(feature.current))
        lines.append(f"<div class='choice'><b>{number}</b><div>{said}</div></div>")
    return "".join(lines)


def _row(one: Answer, feature: str) -> Row:
    return {"name": one.row.asked.name, "place": one.row.asked.place, "feature": feature}


def _carry_out(rows: Mapping[str, Answer], press: Press, key: str = "") -> None:
    """Do what a key says of the row it was pressed on; what cannot be done is told, and the row stays."""
    done = press.act in "jk" or _said([_row(rows[press.on], press.other)], {press.on: press.seen}, key)
    desk.ROW.set(press.to if done else press.on)


def _say(rows: Sequence[Row]) -> None:
    """Keep what is said of many rows."""
    seen = versions()
    _said(rows, {key: seen.get(key, 0) for key in (row_subject(row["name"], row["place"]) for row in rows)})


def _said(rows: Sequence[Row], seen: Mapping[str, int], key: str = "") -> bool:
    """Keep what is said of rows in one decision of the log; tell whether that could be."""
    return decide(workspace(), "match", seen, {"rows": list(rows)}, key=key) is not None
