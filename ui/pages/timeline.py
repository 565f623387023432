"""承诺时间轴: every project as the documents up to a day say, with the sentence that moved it; played, shared, exported."""

from __future__ import annotations

import datetime
import time
from functools import partial
from html import escape

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.reports import as_csv
from layers.query.selection import Selection, select
from layers.query.timeline import APPEARS, WORDS, as_of, as_table, days, issued_on, moved, otherwise
from plans.errors import PlanError
from plans.vocabulary import keys
from ui.components.chips import restriction_names
from ui.components.facts import as_issued, document_name, feature_link, name_of, reader_link, status
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.messages import plain, say, term, told
from ui.state import address, widgets

MAP_PX = 520
STEP_SECONDS = 4.0
LISTED = 40  # changes of a day that are told at once; the rest is folded away


def page(atlas: Atlas) -> None:
    """Draw the page: a day and filters from the address → the state of that day → map, sentences, export."""
    chosen, day = _asked(atlas)
    st.subheader(say("承诺时间轴"), anchor=False)
    st.caption(
        say("每个项目按截至当日的文件表述显示状态；只有文件写明才变化，旁列原句。发文日期只知年份的，排在当年年初。")
    )
    _controls(atlas, chosen, day)
    selected = select(atlas, chosen)
    rows, changed = as_of(atlas, selected, day), moved(atlas, selected, day)
    if rows.empty:
        st.info(say("截至当日，没有文件写到符合条件的要素。"), icon=":material/filter_alt_off:")
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        focus = chosen.zone or chosen.place
        map_view(
            atlas,
            "map-timeline",
            rows,
            ringed=_ringed(changed),
            statuses=otherwise(selected, rows),
            focus=focus,
            height=MAP_PX,
        )
        linked(_strip(rows), "timeline-strip")
        st.download_button(
            say("导出时间轴 CSV"),
            lambda: as_csv(as_table(atlas, selected)),
            "timeline.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    with right:
        linked(_told(atlas, day, changed), f"timeline-{day}")
    if widgets.PLAYING.get():
        _clock(atlas, day)


def _asked(atlas: Atlas) -> tuple[Selection, datetime.date]:
    """The selection and the day of the address; what is not understood is told and left out."""
    params, known = address.params(), days(atlas)
    try:
        chosen = Selection.parse(atlas, params)
    except (PlanError, GeoError, LayerError) as error:
        st.warning(plain(told(error)))
        chosen = Selection()
    asked = address.asked("at")
    if asked and asked not in map(str, known):
        st.warning(say("没有“{day}”发布的文件，显示最早的一天。", day=plain(asked)))
    return chosen, next((day for day in known if str(day) == asked), known[0])


def _controls(atlas: Atlas, chosen: Selection, day: datetime.date) -> None:
    widgets.DAY.set(day)
    play, slide, zone, layer = st.columns([1, 4, 2, 2], vertical_alignment="bottom")
    playing = widgets.PLAYING.get()
    play.button(
        say("暂停") if playing else say("播放"),
        icon=":material/pause:" if playing else ":material/play_arrow:",
        on_click=_play,
        args=(atlas, chosen, day),
        width="stretch",
    )
    slide.select_slider(
        say("截至"),
        days(atlas),
        key=widgets.DAY.widget,
        format_func=lambda at: issued_on(atlas, at)[0].dated,
        on_change=_show,
        args=(chosen,),
    )
    for at, part, title in ((zone, "zone", "经济区"), (layer, "layer", "图层")):
        key = widgets.TIMELINE.of(part)
        key.set(list(getattr(chosen, part)))
        at.multiselect(
            say(title),
            list(keys(part)),
            key=key.widget,
            format_func=partial(term, part),
            placeholder=say("全部"),
            select_all=False,
            on_change=_narrow,
            args=(chosen, part, day),
        )
    others = [one for one in restriction_names(atlas, chosen) if one[0] not in ("zone", "layer")]
    if others:
        st.caption(say("另按：{filters}", filters="；".join(name for _, _, name in others)))


def _narrow(chosen: Selection, part: str, day: datetime.date) -> None:
    params = chosen.params() | {part: widgets.TIMELINE.of(part).get()}
    _ask(params, day)


def _show(chosen: Selection) -> None:
    widgets.PLAYING.set(False)
    if day := widgets.DAY.get():
        _ask(chosen.params(), day)


def _ask(params: dict[str, list[str]], day: datetime.date) -> None:
    address.ask(**params, at=str(day))


def _play(atlas: Atlas, chosen: Selection, day: datetime.date) -> None:
    """Start from the day shown, from the first where that is the last; or stop."""
    widgets.PLAYING.set(not widgets.PLAYING.get())
    widgets.SINCE.set(time.monotonic())
    if widgets.PLAYING.get() and day == days(atlas)[-1]:
        _ask(chosen.params(), days(atlas)[0])


@st.fragment(run_every=STEP_SECONDS)
def _clock(atlas: Atlas, day: datetime.date) -> None:
    """Turn to the next day when the time of this one is over; stop at the last."""
    if time.monotonic() - widgets.SINCE.get() < STEP_SECONDS - 0.5:
        return
    later = [one for one in days(atlas) if one > day]
    widgets.PLAYING.set(len(later) > 1)
    widgets.SINCE.set(time.monotonic())
    if later:
        address.ask(**(address.params() | {"at": [str(later[0])]}))
    st.rerun()


def _ringed(changed: gpd.GeoDataFrame) -> tuple[str, ...]:
    """What is set off on the map: what moved, as lines and points; a territory would hide all that lies in it."""
    drawn = changed[changed.geometry.notna() & (changed["mark"] != APPEARS)]
    return tuple(drawn["id"][~drawn.geometry.geom_type.isin(["Polygon", "MultiPolygon"])])


def _strip(rows: gpd.GeoDataFrame) -> str:
    found = rows["status"].value_counts()
    told = "".join(
        f"<div><b>{found[key]:,}</b><span>{status(key)}</span></div>" for key in keys("status") if key in found
    )
    return f"<div class='strip'>{told}</div>"


def _told(atlas: Atlas, day: datetime.date, changed: gpd.GeoDataFrame) -> str:
    """What the documents of the day move, each with its sentence."""
    issued = issued_on(atlas, day)
    head = say("、").join(say("《{title}》", title=escape(document_name(one))) for one in issued)
    title = f"<h4>{issued[0].dated}{say('　')}{head}</h4>"
    told = [_change(row) for row in changed.to_dict("records")]
    if not told:
        return f"{title}<p class='nothing'>{say('这一天的文件没有改变任何要素的表述。')}</p>"
    rest = told[LISTED:]
    more = f"<details><summary>{say('其余 {n} 个', n=len(rest))}</summary>{''.join(rest)}</details>" if rest else ""
    counts = say("，").join(f"{say(WORDS[mark])} {n:,}" for mark, n in changed["mark"].value_counts().items())
    return f"{title}<p class='quiet'>{counts}</p>{''.join(told[:LISTED])}{more}"


def _change(row: dict[str, object]) -> str:
    mark = str(row["mark"])
    look = "unchanged" if mark == APPEARS else mark
    return (
        f"<div class='said'><span class='badge {look}'>{say(WORDS[mark])}</span> "
        f"{feature_link(str(row['id']), name_of(str(row['name'])))}{say('　')}{status(str(row['status']))}"
        f"<blockquote>{as_issued(escape(str(row['sentence'])))} {reader_link(str(row['clause']))}</blockquote></div>"
    )
