"""What moved between documents, and where documents of one date disagree."""

from __future__ import annotations

import streamlit as st

from layers.reports import MARK_WORDS, as_csv, changes_table
from plans.documents import document, documents
from plans.vocabulary import keys, label


def page() -> None:
    """Draw the page of changes: filters → rows → export."""
    st.subheader("表述变化", anchor=False)
    st.caption("同一项目在先后文件中的用语，以及同期文件之间的不一致。发展基础中的叙述不参与比较。")
    found = changes_table()
    columns = st.columns(4)
    marks = columns[0].multiselect(
        "变化", list(MARK_WORDS), format_func=MARK_WORDS.__getitem__, placeholder="全部", select_all=False
    )
    zones = columns[1].multiselect(
        "经济区", keys("zone"), format_func=lambda key: label("zone", key), placeholder="全部", select_all=False
    )
    layers = columns[2].multiselect(
        "图层", keys("layer"), format_func=lambda key: label("layer", key), placeholder="全部", select_all=False
    )
    slugs = columns[3].multiselect(
        "涉及文件",
        [one.slug for one in documents()],
        format_func=lambda slug: document(slug).short,
        placeholder="全部",
        select_all=False,
    )
    rows = found[
        (found["mark"].isin(marks) | (not marks))
        & (found["layer"].isin(layers) | (not layers))
        & (found["zones"].map(lambda of: not zones or bool(set(of) & set(zones))))
        & (found["documents"].map(lambda of: set(slugs) <= set(of)))
    ]
    left, right = st.columns([3, 1], vertical_alignment="center")
    counts = "，".join(f"{MARK_WORDS[mark]} {number}" for mark, number in rows["mark"].value_counts().items())
    left.markdown(f"**{len(rows)} 条**　{counts}")
    if rows.empty:
        st.info("没有符合条件的变化。请减少筛选条件。", icon=":material/filter_alt_off:")
        return
    right.download_button(
        "导出 CSV", lambda: as_csv(rows), "changes.csv", "text/csv", on_click="ignore", width="stretch"
    )
    shown = rows.drop(columns=["layer", "mark", "documents", "zones"]).assign(
        编号=[f"./?feature={key}" for key in rows["编号"]]
    )
    st.dataframe(
        shown,
        hide_index=True,
        height=640,
        placeholder="",
        column_config={"编号": st.column_config.LinkColumn("编号", display_text=r"feature=(.+)", help="在地图中打开")},
    )
