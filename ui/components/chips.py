"""Every restriction as a chip that takes it back; what a sentence was understood as; what leaves nothing."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from layers.atlas import Atlas
from layers.query.search import HOW, search
from layers.query.selection import PARTS, Selection, select
from ui.components.filters import COUNTED, area_name, choice_label
from ui.messages import plain, say, told
from ui.state import asked, own, view

MOST_VALUES = 4  # keys of a part that have a chip each; more share one


def chips(atlas: Atlas, held: gpd.GeoDataFrame, chosen: Selection, shown: gpd.GeoDataFrame) -> None:
    """Draw the chips of `chosen`; where nothing is `shown`, tell which of them to take back, and what that brings."""
    found = restriction_names(atlas, chosen)
    _sentence(chosen)
    if found:
        with st.container(key="chips", horizontal=True, gap="small", vertical_alignment="center"):
            for part, value, name in found:
                st.button(
                    f"{name} ✕",
                    key=f"chip-{part}-{value}",
                    help=say("去掉此条件"),
                    on_click=asked.drop,
                    args=(part, [one for one in getattr(chosen, part, ()) if value and one != value]),
                )
    if chosen.q and (how := search(atlas, chosen.q).how):
        way = say(HOW[how])
        st.caption(say("文字中没有“{words}”，按{way}找到。", words=plain(chosen.q, 40), way=way))
    if found and shown.empty:
        _nothing(atlas, held, chosen)


def restriction_names(atlas: Atlas, chosen: Selection) -> list[tuple[str, str, str]]:
    """Return each restriction: its part, its key ("" for the whole part), and its name."""
    titles = {**COUNTED, "place": "市州、县区"}
    found: list[tuple[str, str, str]] = []
    for part in PARTS:
        values, title = getattr(chosen, part), say(titles[part])
        if len(values) > MOST_VALUES:
            found.append((part, "", f"{title}{say('：')}{say('{n} 项', n=len(values))}"))
            continue
        named = [(value, choice_label(atlas, part, value)) for value in values]
        found += [(part, value, f"{title}{say('：')}{plain(name, 24)}") for value, name in named]
    if chosen.within:
        found.append((view.WITHIN.name, "", plain(area_name(atlas, chosen.within), 40)))
    if chosen.q:
        found.append((view.Q.name, "", f"{say('搜索')}{say('：')}{plain(chosen.q, 24)}"))
    if own.AREA.get() is not None:
        found.append(("own", "", say("自有图层选区")))
    return found


def _sentence(chosen: Selection) -> None:
    """Tell what of a sentence was understood as the chips, what was not, and offer to search its words."""
    standing = asked.standing(chosen)
    if standing is None:
        return
    text, reading = standing
    said = [say("“{text}”理解为下列条件，可逐个去掉。", text=plain(text, 80))]
    if reading.rest:
        said.append(say("未理解：{words}。", words=say("、").join(f"“{plain(one, 30)}”" for one in reading.rest)))
    if any(one.assumed for one in reading.understood):
        said.append(say("句中没有写距离，取 30 公里。"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join([*said, *(plain(told(one)) for one in reading.doubts)]))
        st.button(say("改为按文字搜索"), type="tertiary", on_click=asked.as_words, args=(text,))


def _nothing(atlas: Atlas, held: gpd.GeoDataFrame, chosen: Selection) -> None:
    """Name each part that, taken back alone, brings features again."""
    parts = [part for part in (*PARTS, view.WITHIN.name, view.Q.name) if getattr(chosen, part)]
    brings = {part: len(select(atlas, chosen, rows=held, without=part)) for part in parts}
    if own.AREA.get() is not None:
        brings["own"] = len(select(atlas, chosen))
    titles = {**COUNTED, "place": "市州、县区", "within": "选区", "q": "搜索", "own": "自有图层选区"}
    with st.container(horizontal=True, vertical_alignment="center", key="nothing"):
        helps = {part: number for part, number in brings.items() if number}
        st.markdown(f"**{say('没有符合全部条件的要素。')}** " + ("" if helps else say("去掉任何一项也没有。")))
        for part, number in sorted(helps.items(), key=lambda one: one[1]):
            title = say(titles[part])
            st.button(
                say("去掉“{title}”：{n} 个", title=title, n=number),
                key=f"without-{part}",
                on_click=asked.drop,
                args=(part,),
            )
