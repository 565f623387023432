"""Two zones, two prefectures or two documents side by side: maps that move together, tables row by row."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.gazetteer import prefectures
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.comparison import SIDES, check, counts_beside, counts_csv, frames, wordings
from layers.query.profile import Subject, subject
from layers.query.reports import MARK_WORDS
from layers.query.summary import count
from plans.vocabulary import keys
from ui.components.facts import dot, subject_name
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.components.matrix import matrix_table
from ui.components.report import choices, headed, labels_of, report
from ui.messages import plain, say, term, told
from ui.state import address, widgets

MAP_PX = 440
USUAL = {
    "zone": ("chengdu-plain", "southern"),
    "place": ("510400", "513400"),
    "document": ("panxi-2021", "revitalization-opinion-2023"),
}


def page(atlas: Atlas) -> None:
    """Draw the two subjects that the address names by `left` and `right`, of one kind."""
    sides = _asked(atlas)
    _choosers(*sides)
    left, right = sides
    try:
        check(left, right)
    except LayerError as error:
        st.warning(plain(told(error)))
        return
    for column, one, bounds in zip(st.columns(2, gap="medium"), sides, frames(left, right), strict=True):
        with column:
            linked(_head(one), f"head-{one.key}-{column is not None}-{one == left}")
            map_view(atlas, f"map-{'left' if one == left else 'right'}", one.features, focus=(left.key, right.key), bounds=bounds, height=MAP_PX, synced=True)  # fmt: skip
    if left.part == "document":
        _wordings(left, right)
    _counts(left, right)


def _asked(atlas: Atlas) -> tuple[Subject, Subject]:
    """What the address asks for; a side that is not named or not known stands at its usual."""
    found: dict[str, Subject] = {}
    for side in ("left", "right"):
        asked = address.asked(side)
        if not asked:
            continue
        try:
            found[side] = subject(atlas, asked)
        except LayerError as error:
            st.warning(plain(told(error)))
    part = next(iter(found.values())).part if found else "zone"
    usual = [Subject(atlas, part, key) for key in USUAL[part]]
    left = found.get("left") or next(one for one in usual if one != found.get("right"))
    return left, found.get("right") or next(one for one in usual if one != left)


def _choosers(left: Subject, right: Subject) -> None:
    part, a, b = st.columns([2, 3, 3], vertical_alignment="bottom")
    words = {"zone": say("经济区"), "place": say("市州"), "document": say("文件")}
    widgets.PART.set(left.part)
    part.segmented_control(
        say("比较什么"),
        list(words),
        key=widgets.PART.widget,
        required=True,
        format_func=words.__getitem__,
        on_change=_change_part,
    )
    for at, title, key, one in ((a, say("左"), widgets.LEFT, left), (b, say("右"), widgets.RIGHT, right)):
        key.set(one.key)
        at.selectbox(
            title,
            _options(one),
            key=key.widget,
            format_func=lambda option: subject_name(Subject(left.atlas, left.part, option)),
            on_change=_change,
        )


def _options(one: Subject) -> list[str]:
    if one.part == "zone":
        return list(keys("zone"))
    if one.part == "place":
        return [each.adcode for each in prefectures()]
    return [each.slug for each in one.atlas.documents]


def _change_part() -> None:
    left, right = USUAL[widgets.PART.get()]
    address.ask(left=left, right=right)


def _change() -> None:
    address.ask(left=widgets.LEFT.get(), right=widgets.RIGHT.get())


def _head(one: Subject) -> str:
    rows = one.features
    address = f"./?{one.part}={one.key}"
    page = "" if one.part == "document" else f"<a href='zone?of={one.key}'>{say('区域页')}</a>"
    return (
        f"<div class='chips'><b>{escape(subject_name(one))}</b><span>{say('{n} 个要素', n=len(rows))}</span>"
        f"<a href='{address}'>{say('在地图上打开')}</a>{page}</div>"
    )


def _counts(left: Subject, right: Subject) -> None:
    shared = len(set(left.features["id"]) & set(right.features["id"]))
    title = f"**{say('图层 × 状态')}**{say('　')}:small[{say('两侧共有 {n} 个要素', n=shared)}]"
    headed(title, lambda: counts_csv(left, right), f"compare-{left.key}-{right.key}-counts.csv")
    linked(_beside(left, right), f"beside-{left.key}-{right.key}")
    for column, one in zip(st.columns(2, gap="medium"), (left, right), strict=True):
        with column:
            linked(
                matrix_table(one.atlas, count(one.atlas, one.features, "layer", "status"), {one.part: one.key}),
                f"matrix-{one.key}-{one == left}",
            )


def _beside(left: Subject, right: Subject) -> str:
    """The layers of both sides as bars that meet in the middle."""
    found = counts_beside(left, right).groupby("layer", sort=False)[["left", "right"]].sum()
    top = max(1, int(found.to_numpy().max()))
    rows = "".join(
        f"<tr><td class='left'>{_bar(row.left, top)}</td><td class='number'>{row.left}</td>"
        f"<th class='middle'>{dot(layer)}{term('layer', layer)}</th>"
        f"<td class='number right'>{row.right}</td><td>{_bar(row.right, top)}</td></tr>"
        for layer, row in found.iterrows()
    )
    titles = (
        f"<th style='text-align:right'><b>{escape(subject_name(left))}</b></th><td class='number'></td><td class='middle'></td>"
        f"<td class='number'></td><th><b>{escape(subject_name(right))}</b></th>"
    )
    return f"<table class='beside'><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"


def _bar(number: int, top: int) -> str:
    return f"<i style='width:{100 * number / top:.1f}%'></i>"


def _wordings(left: Subject, right: Subject) -> None:
    """The features of two documents: in both with both wordings and the change, only left, only right."""
    found = wordings(left.atlas, left.key, right.key)
    numbers = found["side"].value_counts()
    st.markdown(f"**{say('两份文件各怎么说')}**")
    columns = st.columns([3, 2, 2], vertical_alignment="bottom")
    side = columns[0].segmented_control(
        say("出现在"), list(SIDES), key=widgets.SIDE.widget, default="both", required=True,
        format_func=lambda key: f"{say(SIDES[key])} {numbers.get(key, 0)}",
    )  # fmt: skip
    marks = choices(columns[1], say("变化"), list(MARK_WORDS), lambda key: say(MARK_WORDS[key]))
    layers = choices(columns[2], say("图层"), keys("layer"), lambda key: term("layer", key))
    rows = found[
        (found["side"] == side)
        & (found["mark"].isin(marks) | (not marks))
        & (found["layer"].isin(layers) | (not layers))
    ]
    summary = f"{say('左')}{say('：')}{plain(subject_name(left))}{say('　')}{say('右')}{say('：')}{plain(subject_name(right))}"
    links = {"编号": "./feature?id=", "左·条款": "./reader?clause=", "右·条款": "./reader?clause="}
    report(rows, f"compare-{left.key}-{right.key}.csv", summary, links, _WORDS)


_WORDS = {"图层": labels_of("layer"), "变化": say, "左·状态": labels_of("status"), "右·状态": labels_of("status")}
