"""What is told beside the map, as flat tables: changes of wording, stated numbers, coverage."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.export import safe_cells
from layers.text import bracketed
from plans.features import Mention
from plans.story import Change, changes
from plans.targets import KINDS, Target
from plans.vocabulary import label

MARK_WORDS = {
    "advanced": "推进",
    "unchanged": "不变",
    "weaker": "弱化",
    "conflict": "同期不一致",
    "differs": "表述不同",
}
RENAMED = "（更名或调整范围）"


@lru_cache(VERSIONS)
def changes_table(atlas: Atlas) -> pd.DataFrame:
    """Return every change of wording, a row each; `zones`, `layer`, `mark` and `documents` are for filters."""
    found = atlas.table.set_index("id")
    rows = [
        {**_change(one), "zones": found.at[one.feature.id, "zones"]}
        for feature in atlas.features
        for one in changes(feature)
    ]
    return pd.DataFrame(rows)


def _change(one: Change) -> dict[str, object]:
    return {
        "编号": one.feature.id,
        "名称": one.feature.name,
        "变化": MARK_WORDS[one.mark] + (RENAMED if one.renamed else ""),
        "前·表述": one.before.status_text,
        "后·表述": one.after.status_text,
        "前·文件": _cited(one.before),
        "后·文件": _cited(one.after),
        "前·状态": label("status", one.before.status),
        "后·状态": label("status", one.after.status),
        "前·条款": one.before.clause_id,
        "后·条款": one.after.clause_id,
        "layer": one.feature.layer,
        "mark": one.mark,
        "documents": (one.before.document.slug, one.after.document.slug),
    }


def _cited(mention: Mention) -> str:
    page = f"第{mention.page}页" if mention.page else ""
    return f"{mention.document.short}{bracketed(mention.document.dated)}{page}"


@lru_cache(VERSIONS)
def targets_table(atlas: Atlas) -> pd.DataFrame:
    """Return every stated number, a row each; `zone` is for filters."""
    return pd.DataFrame([_target(one) for one in atlas.targets])


def _target(one: Target) -> dict[str, object]:
    return {
        "zone": one.zone,
        "范围": one.scope,
        "指标": one.indicator,
        "类别": KINDS[one.kind],
        "年份": one.year,
        "原文数值": one.value,
        "数值": one.number,
        "单位": one.unit,
        "文件": one.document.short,
        "页": one.page,
        "条款": one.clause_id,
        "原文": one.quote,
        "备注": one.note,
    }


def coverage_table(atlas: Atlas, slug: str) -> pd.DataFrame:
    """Return every sentence, and member of a box, of a document: what it names, or why it is not on the map."""
    return pd.DataFrame(
        [
            {
                "文件": atlas.document(slug).short,
                "条款": unit.clause_id,
                "原文": unit.text,
                "上图要素": "、".join(atlas.feature(one).name for one in unit.claimed),
                "未上图理由": label("reason", unit.reason) if unit.reason else "",
            }
            for unit in atlas.coverage(slug)
        ]
    )


def as_csv(frame: pd.DataFrame) -> str:
    """Return a report as CSV with BOM, as spreadsheets in offices expect it; filter columns left out."""
    shown = frame[[name for name in frame.columns if not name.isascii()]]
    return "\ufeff" + str(safe_cells(shown).to_csv(index=False, lineterminator="\r\n"))
