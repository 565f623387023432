"""The atlas in numbers: matrices, kilometres of line and charts; every number opens the map that shows it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from layers.atlas import Atlas
from layers.query.selection import Selection, select
from layers.query.summary import WHOLE, Matrix, count, kilometres, matrix_csv
from layers.web.charts import BAR_PX, PICK, bars
from plans.errors import PlanError
from plans.vocabulary import keys, resolve
from ui.components.facts import status
from ui.components.linked import linked
from ui.components.matrix import matrix_table, names
from ui.components.report import headed
from ui.messages import plain, say, term, told
from ui.state import address, widgets

USUAL_LINES = "transport"
AXIS_PX = 90  # the axis of a chart, its title and the room about it


def page(atlas: Atlas) -> None:
    """Draw the statistics of the province, or of the zone in the address (`zone`), lines of one layer (`lines`)."""
    zone, lines = _asked()
    rows = select(atlas, Selection(zone=(zone,) if zone else ()))
    also = {"zone": zone} if zone else {}
    _controls(zone, lines)
    linked(_strip(atlas, rows, zone), "strip")
    left, right = st.columns(2, gap="large")
    by_status, km = count(atlas, rows, "layer", "status"), _km(atlas, rows, zone, lines)
    with left:
        st.markdown(f"**{say('图层与状态')}**{say('　')}:small[{say('点一段，在地图上打开')}]")
        linked(f"<div class='chips'>{''.join(map(status, keys('status')))}</div>", "legend")
        _chart(atlas, by_status, say("要素数"), also)
    with right:
        st.markdown(f"**{say('线路长度与状态')}**{say('　')}:small[{say('点一段，在地图上打开')}]")
        _line_layers(rows, lines)
        _chart(atlas, km, say("图上长度（公里）"), also)
    _matrix(atlas, by_status, say("图层 × 状态"), "layer-status", also)
    if not zone:
        _matrix(atlas, count(atlas, rows, "layer", "zone"), say("图层 × 经济区"), "layer-zone", {})
        _matrix(atlas, count(atlas, rows, "zone", "status"), say("经济区 × 状态"), "zone-status", {})
    _matrix(atlas, km, say("线路长度（公里）：类型 × 状态"), "km-kind-status", also)
    if not zone:
        of_layer = rows[rows["layer"] == lines]
        _matrix(
            atlas,
            kilometres(atlas, of_layer, "zone", "status"),
            say("线路长度（公里）：经济区 × 状态"),
            "km-zone-status",
            {"layer": lines},
        )
    st.caption(_rules())


def _asked() -> tuple[str, str]:
    """What the address asks for; what is not known is said and left out."""
    found = []
    for group, param, usual in (("zone", "zone", ""), ("layer", "lines", USUAL_LINES)):
        asked = address.asked(param, usual)
        try:
            found.append(resolve(group, asked) if asked else "")
        except PlanError as error:
            st.warning(plain(told(error)))
            found.append(usual)
    return found[0], found[1]


def _controls(zone: str, lines: str) -> None:
    widgets.ZONE_ONLY.set(zone)
    st.segmented_control(
        say("范围"),
        ["", *keys("zone")],
        key=widgets.ZONE_ONLY.widget,
        required=True,
        format_func=lambda key: term("zone", key) if key else say("全省"),
        on_change=lambda: address.ask(zone=widgets.ZONE_ONLY.get(), lines=_unless_usual(lines)),
        label_visibility="collapsed",
    )


def _unless_usual(lines: str) -> str:
    return "" if lines == USUAL_LINES else lines


def _line_layers(rows: pd.DataFrame, lines: str) -> None:
    having = [key for key in keys("layer") if rows[rows["layer"] == key]["length_km"].notna().any() or key == lines]
    widgets.LINES.set(lines)
    st.segmented_control(
        say("线路所属图层"),
        having,
        key=widgets.LINES.widget,
        required=True,
        format_func=lambda key: term("layer", key),
        on_change=lambda: address.ask(zone=address.asked("zone"), lines=_unless_usual(widgets.LINES.get())),
        label_visibility="collapsed",
    )


def _km(atlas: Atlas, rows: Any, zone: str, lines: str) -> Matrix:
    return kilometres(atlas, rows[rows["layer"] == lines], "kind", "status", zone or WHOLE)


def _strip(atlas: Atlas, rows: Any, zone: str) -> str:
    roads = _km(atlas, rows, zone, "transport").total
    numbers = {
        say("要素"): len(rows),
        say("引文"): sum(map(len, rows["citations"])),
        say("已落图"): int(rows.geometry.notna().sum()),
        say("跨两个以上经济区"): int((rows["zones"].map(len) > 1).sum()),
        say("交通线路（图上公里，不重复计）"): round(roads),
    }
    return "<div class='strip'>{}</div>".format(
        "".join(f"<div><b>{number:,}</b><span>{word}</span></div>" for word, number in numbers.items())
    )


def _chart(atlas: Atlas, matrix: Matrix, axis: str, also: dict[str, str]) -> None:
    """Draw stacked bars; a click opens the map with exactly what the piece counts."""
    rows, columns = (names(atlas, part, list(of)) for part, of in ((matrix.rows, matrix.cells.index), (matrix.columns, matrix.cells.columns)))  # fmt: skip
    spec = bars(matrix, rows, columns, axis)
    with st.container(height=BAR_PX * len(rows) + AXIS_PX, border=False):  # kept free, so that nothing jumps
        event = st.vega_lite_chart(
            spec, on_select="rerun", selection_mode=PICK, key=f"chart-{matrix.unit}", width="stretch"
        )
    picked = event.selection.get(PICK)
    if picked:
        row, column = picked[0]["row"], picked[0]["column"]
        layer, _, kind = row.partition("/")
        address.go("", **also, layer=layer, **({"kind": kind} if kind else {}), status=column)


def _matrix(atlas: Atlas, matrix: Matrix, title: str, file: str, also: dict[str, str]) -> None:
    headed(
        f"**{title}**", lambda: matrix_csv(atlas, matrix), f"{file}{''.join('-' + key for key in also.values())}.csv"
    )
    linked(matrix_table(atlas, matrix, also), f"matrix-{file}")


def _rules() -> str:
    return say(
        "计数：跨经济区的要素在各区各计一次，合计只计一次。公里：大地线长度，示意线只是图上长度，不是建设里程；已单列的分段按自己的状态计，所属整体只计余下部分；经济区一栏只计区内长度。"
    )
