"""The numbers that the plans set, per zone, each with its sentence."""

from __future__ import annotations

import streamlit as st

from layers.reports import as_csv, targets_table
from plans.vocabulary import keys, label


def page() -> None:
    """Draw the page of targets: filters → rows → export."""
    st.subheader("发展指标", anchor=False)
    st.caption("各规划写明的目标、基期与已实现数值；数值为原文用语，换算见备注。")
    found = targets_table()
    columns = st.columns([2, 2, 3])
    zones = columns[0].multiselect(
        "经济区", keys("zone"), format_func=lambda key: label("zone", key), placeholder="全部", select_all=False
    )
    kinds = columns[1].multiselect("类别", list(dict.fromkeys(found["类别"])), placeholder="全部", select_all=False)
    words = columns[2].text_input("查找", placeholder="如：城镇化率、装机", icon=":material/search:").split()
    rows = found[(found["zone"].isin(zones) | (not zones)) & (found["类别"].isin(kinds) | (not kinds))]
    for word in words:
        rows = rows[(rows["范围"] + rows["指标"] + rows["原文"]).str.contains(word, regex=False)]
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(f"**{len(rows)} 条**")
    if rows.empty:
        st.info("没有符合条件的指标。请减少筛选条件。", icon=":material/filter_alt_off:")
        return
    right.download_button(
        "导出 CSV", lambda: as_csv(rows), "targets.csv", "text/csv", on_click="ignore", width="stretch"
    )
    shown = rows.drop(columns="zone").assign(条款=[f"./reader?clause={key}" for key in rows["条款"]])
    st.dataframe(
        shown,
        hide_index=True,
        height=640,
        placeholder="",
        column_config={"条款": st.column_config.LinkColumn("条款", display_text=r"clause=(.+)", help="打开原文")},
    )
