"""The numbers that the plans set, per zone, each with its sentence."""

from __future__ import annotations

import streamlit as st

from layers.atlas import Atlas
from layers.english import gloss
from layers.query.reports import targets_table
from plans.targets import KINDS
from plans.vocabulary import keys
from ui.components.facts import document_called, indicator_name, scope_name
from ui.components.report import choices, report
from ui.messages import say, term
from ui.state.language import language


def page(atlas: Atlas) -> None:
    """Draw the page of targets: filters → rows → export."""
    st.subheader(say("发展指标"), anchor=False)
    st.caption(say("各规划写明的目标、基期与已实现数值；数值为原文用语，换算见备注。"))
    columns = st.columns([2, 2, 3])
    zones = choices(columns[0], say("经济区"), keys("zone"), lambda key: term("zone", key))
    kinds = choices(columns[1], say("类别"), list(KINDS.values()), say)
    words = columns[2].text_input(say("查找"), placeholder=say("如：城镇化率、装机"), icon=":material/search:").split()
    found = targets_table(atlas)
    rows = found[(found["zone"].isin(zones) | (not zones)) & (found["类别"].isin(kinds) | (not kinds))]
    for word in words:
        said = rows["范围"] + rows["指标"] + rows["原文"] + rows["指标"].map(indicator_name)
        rows = rows[said.str.contains(word, regex=False, case=False)]
    report(
        rows,
        "targets.csv",
        "",
        {"条款": "./reader?clause="},
        {"类别": say, "指标": indicator_name, "单位": _unit, "范围": scope_name, "文件": document_called(atlas)},
    )


def _unit(chinese: str) -> str:
    return gloss("unit", chinese) if chinese and language() != "zh" else chinese
