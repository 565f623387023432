"""此地此线: what do the plans say of here: a name, a position or a drawn site → distances, targets, every quote, a Word paper."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from shapely.geometry import mapping

from geo.gazetteer import places
from layers.atlas import Atlas
from layers.english import name_english
from layers.errors import LayerError
from layers.paper import MIMES
from layers.paper.here import paper
from layers.query.area import drawn
from layers.query.here import REACHES_KM, SITE, USUAL_KM, Here, as_table, here
from layers.query.reports import as_csv
from layers.web.map import to_show
from plans.errors import PlanError
from plans.vocabulary import keys
from ui.components.canvas import show
from ui.components.facts import (
    as_issued,
    document_name,
    feature_link,
    indicator_name,
    name_of,
    place_name,
    reader_link,
    scope_name,
    status,
)
from ui.components.linked import linked
from ui.messages import plain, say, term, told
from ui.state import address, widgets
from ui.state.language import language

MAP_PX = 460
LISTED = 15


def page(atlas: Atlas) -> None:
    """Draw the page of the spot that the address names by `at`, within `km` of it."""
    st.subheader(say("此地此线"), anchor=False)
    found = _found(atlas)
    _controls(found)
    left, right = st.columns([1, 1], gap="large")
    with right:
        _map(atlas, found)
    with left:
        if found is None:
            st.info(
                say(
                    "写一个地名、项目名或经纬度，在地图上单击，或用画圆、多边形工具画出地块，即可看到各规划对此地及其周边怎么说。"
                ),
                icon=":material/pin_drop:",
            )
            return
        linked(_head(found) + _near(found), f"here-{found.key}")
    _exports(found)
    linked(_targets(found) + _sayings(found), f"said-{found.key}")


def _found(atlas: Atlas) -> Here | None:
    asked = address.asked("at")
    try:
        return here(atlas, asked, _km()) if asked else None
    except (LayerError, PlanError) as error:
        st.warning(plain(told(error), 400))
        return None


def _km() -> float | None:
    try:
        return float(address.asked("km"))
    except ValueError:
        return None


def _controls(found: Here | None) -> None:
    widgets.HERE.set(address.asked("at") if found is None or found.name != SITE else "")
    km = found.reach_km if found else USUAL_KM
    widgets.HERE_KM.set(km)
    field, reach = st.columns([3, 2], vertical_alignment="bottom")
    field.text_input(
        say("地名、项目名或 经度,纬度"),
        key=widgets.HERE.widget,
        placeholder=say("如：盐源、攀盐高速、101.5,27.4"),
        icon=":material/search:",
        on_change=lambda: address.ask(at=widgets.HERE.get().strip()),
    )
    reach.segmented_control(
        say("附近（公里内）"),
        sorted({*REACHES_KM, km}),
        key=widgets.HERE_KM.widget,
        format_func=lambda one: f"{one:g}",
        required=True,
        on_change=lambda: address.ask(at=address.asked("at"), km=f"{widgets.HERE_KM.get():g}"),
    )


def _map(atlas: Atlas, found: Here | None) -> None:
    """What lies near, and the spot as an outline; a click on a feature or a drawn site asks for that."""
    rows = atlas.table[atlas.table["id"].isin({*found.told["id"], found.key})] if found else atlas.table.iloc[:0]
    focus: list[str] = [f"{found.key}~{found.reach_km:g}" if ";" not in found.key else found.key] if found else []
    scope: dict[str, Any] | None = mapping(found.shape.buffer(0.0005)) if found else None
    ringed = (found.key,) if found and found.key.startswith("f-") else ()
    on_map = to_show(atlas, rows.index, ringed, focus or keys("zone"), scope=scope, drawn=_drawn(found), ground=True)
    for act in show(atlas, on_map, "map-here", MAP_PX):
        if "id" in act:
            address.go("feature", id=act["id"])
        if "at" in act:
            lon, lat = act["at"]
            address.go("here", at=f"{lon:.5f},{lat:.5f}", km=f"{widgets.HERE_KM.get():g}")
        if "near" in act:
            lon, lat = act["near"]
            address.go("here", at=f"{lon:.5f},{lat:.5f}", km=f"{act['km']:.3g}")
        if "area" in act:
            corners = ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in act["area"])
            address.go("here", at=corners, km=f"{widgets.HERE_KM.get():g}")


def _drawn(found: Here | None) -> dict[str, Any] | None:
    """The site or the circle that was asked for, to be changed on the map."""
    if found is None or "," not in found.key:
        return None
    return drawn(found.key if ";" in found.key else f"{found.key}~{found.reach_km:g}")


def _head(found: Here) -> str:
    where = place_name(found.county.adcode) if found.county else ""
    up = say("、").join(
        f"<a href='zone?of={one.adcode}'>{escape(place_name(one.adcode))}</a>" for one in found.prefectures
    ) or say("四川省以外")
    zone = say("、").join(f"<a href='zone?of={one}'>{term('zone', one)}</a>" for one in found.zones)
    error = f"<span>{say('位置误差 ±{km} 公里', km=f'{found.error_km:g}')}</span>" if found.error_km else ""
    name = found.name if found.name != SITE else say(SITE)
    if found.key.startswith("f-"):
        name = name_of(name)
    elif found.key in places():
        name = place_name(found.key)
    covering = say("、").join(feature_link(row.id, _alone(row.name)) for row in found.covering.head(8).itertuples())
    inside = f"<p><b>{say('图上在这些规划区域之内')}</b>{say('：')}{covering}</p>" if covering else ""
    return (
        f"<h3 style='font-size:1.45rem;font-weight:600;padding:0;margin:0 0 .2rem'>{escape(name)}</h3>"
        f"<div class='chips'><span>{escape(where)}</span>{up}{zone}{error}</div>{inside}"
    )


def _alone(name: str) -> str:
    """A name within a sentence: one language is enough."""
    return name if language() == "zh" else name_english(name)


def _near(found: Here) -> str:
    rows = [
        f"<tr><td>{feature_link(row['id'], name_of(row['name']))}</td>"
        f"<td class='number'>{row['km']:.1f} ± {row['apart_error_km']:.0f}</td>"
        f"<td class='nowrap quiet'>{say('确在范围内') if row['verdict'] == 'sure' else say('可能在范围内')}</td>"
        f"<td class='nowrap'>{status(row['status'])}</td></tr>"
        for row in found.told.to_dict("records")
    ]
    title = f"<h4>{say('周边 {km} 公里内的规划要素', km=f'{found.reach_km:g}')} <small>{len(rows)}</small></h4>"
    rule = say("距离为图上最近点的大地线公里数 ± 两处位置误差之和。")
    unknown = (
        say("另有 {n} 个要素的位置误差大于 {km} 公里，无法判断。", n=found.unknown, km=f"{found.reach_km:g}")
        if found.unknown
        else ""
    )
    if not rows:
        return f"{title}<p class='nothing'>{say('没有位置足够可靠的要素。')}</p><p class='quiet'>{unknown}</p>"
    rest = rows[LISTED:]
    more = f"<details><summary>{say('其余 {n} 个', n=len(rest))}</summary><table class='near'>{''.join(rest)}</table></details>"
    return f"{title}<table class='near'>{''.join(rows[:LISTED])}</table>{more if rest else ''}<p class='quiet'>{rule}{unknown}</p>"


def _exports(found: Here) -> None:
    stem = found.name if found.name != SITE else say(SITE)
    with st.container(horizontal=True):
        st.download_button(
            say("Word 说明（两页）"), lambda: paper(found), f"{stem}-规划情况.docx", MIMES["docx"], on_click="ignore", icon=":material/description:"
        )  # fmt: skip
        st.download_button(
            say("导出 CSV"), lambda: as_csv(as_table(found)), f"{stem}-规划情况.csv", "text/csv", on_click="ignore", icon=":material/download:"
        )  # fmt: skip


def _targets(found: Here) -> str:
    if not found.targets:
        return ""
    rows = "".join(
        f"<tr><td>{escape(scope_name(one.scope))}</td><td>{escape(indicator_name(one.indicator))}</td><td>{one.year}</td>"
        f"<td>{escape(one.value)} {reader_link(one.clause_id)}</td></tr>"
        for one in found.targets
    )
    title = f"{say('所在市州和经济区的目标')} <small>{len(found.targets)}</small>"
    return f"<details><summary>{title}</summary><table>{rows}</table></details>"


def _sayings(found: Here) -> str:
    """Every quote, by document, the nearest first."""
    parts = []
    for issued, said in found.sayings:
        quotes = "".join(_quote(row, one, found.key) for row, one in said)
        head = f"<h4>{escape(document_name(issued))} <small>{issued.dated} · {say('{n} 处', n=len(said))}</small></h4>"
        parts.append(head + quotes)
    return "".join(parts)


def _quote(row: dict[str, Any], one: dict[str, Any], key: str) -> str:
    if row["id"] == key:
        apart = ""
    elif pd.notna(row.get("km")):
        apart = say("{km} ± {error} 公里", km=f"{row['km']:.1f}", error=f"{row['apart_error_km']:.0f}")
    else:
        apart = say("写明在本县（市、区），位置不详")
    page = " · " + say("第 {page} 页", page=one["page"]) if one["page"] else ""
    text = f"{escape(one['prefix'])}<mark>{escape(one['quote'])}</mark>{escape(one['suffix'])}"
    return (
        f"<div class='said'>{feature_link(row['id'], name_of(row['name']))}{say('　')}{status(one['status'])} "
        f"<span class='quiet'>{apart}{page}</span>"
        f"<blockquote>{as_issued(f'…{text}…')} {reader_link(one['clause'])}</blockquote></div>"
    )
