"""What moved between documents, and where documents of one date disagree."""

from __future__ import annotations

import streamlit as st

from layers.atlas import Atlas
from layers.query.reports import MARK_WORDS, RENAMED, changes_table
from plans.vocabulary import keys
from ui.components.facts import document_called, document_name
from ui.components.report import choices, labels_of, report
from ui.messages import say, term

LINKS = {"编号": "./?feature=", "前·条款": "./reader?clause=", "后·条款": "./reader?clause="}


def page(atlas: Atlas) -> None:
    """Draw the page of changes: filters → rows → export."""
    st.subheader(say("表述变化"), anchor=False)
    st.caption(
        say(
            "同一项目在先后文件中的用语，以及同期文件之间的不一致。发展基础中的叙述不参与比较。“推进”“弱化”“同期不一致”只用于写明阶段的文字；“弱化”指阶段后退，或由“开工”改为“支持、推动开工”一类留有余地的说法；其余为“表述不同”。"
        )
    )
    columns = st.columns(4)
    marks = choices(columns[0], say("变化"), list(MARK_WORDS), lambda key: say(MARK_WORDS[key]))
    zones = choices(columns[1], say("经济区"), keys("zone"), lambda key: term("zone", key))
    layers = choices(columns[2], say("图层"), keys("layer"), lambda key: term("layer", key))
    slugs = choices(
        columns[3],
        say("涉及文件"),
        [one.slug for one in atlas.documents],
        lambda slug: document_name(atlas.document(slug)),
    )
    found = changes_table(atlas)
    rows = found[
        (found["mark"].isin(marks) | (not marks))
        & (found["layer"].isin(layers) | (not layers))
        & (found["zones"].map(lambda of: not zones or not set(of).isdisjoint(zones)))
        & (found["documents"].map(lambda of: set(slugs) <= set(of)))
    ]
    summary = say("，").join(
        f"{say(MARK_WORDS[mark])} {number}" for mark, number in rows["mark"].value_counts().items()
    )
    report(
        rows,
        "changes.csv",
        summary,
        LINKS,
        {
            "变化": _mark,
            **dict.fromkeys(("前·文件", "后·文件"), document_called(atlas)),
            **dict.fromkeys(("前·状态", "后·状态"), labels_of("status")),
        },
    )


def _mark(words: str) -> str:
    mark, renamed, _ = words.partition(RENAMED)
    return say(mark) + (say(RENAMED) if renamed else "")
