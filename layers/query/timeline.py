"""How every project stands as the documents up to a day say: it moves only when one says so, and the sentence is told.

A day is the date of a document. What a feature shows on a day is what `Feature.current` would be if
the later documents had not been issued; on the last day it is what the table of the atlas shows.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.english import name_english
from layers.export import safe_cells
from layers.query.relations import sentence_of
from layers.query.reports import MARK_WORDS
from plans.documents import Document
from plans.features import Feature
from plans.story import timeline
from plans.vocabulary import label

APPEARS = "appears"  # the mark of what a document is the first to name; the others are those of plans.story
WORDS = {APPEARS: "首次写入", **MARK_WORDS}
LINE_HEADS = ("日期", "编号", "名称", "英文名", "变化", "状态", "状态原文", "文件", "页", "条款", "句子")


def days(atlas: Atlas) -> tuple[datetime.date, ...]:
    """Return the dates on which documents were issued, in order."""
    return tuple(sorted({one.date for one in atlas.documents}))


def issued_on(atlas: Atlas, day: datetime.date) -> tuple[Document, ...]:
    """Return the documents of one date, in order of issue."""
    return tuple(one for one in atlas.documents if one.date == day)


def until(feature: Feature, day: datetime.date) -> Feature | None:
    """Return `feature` as the documents up to `day` name it; None where none does yet."""
    said = tuple(one for one in feature.mentions if one.document.date <= day)
    return replace(feature, mentions=said) if said else None


@lru_cache(VERSIONS)
def steps(atlas: Atlas) -> pd.DataFrame:
    """Return every moment of every feature, a row each: id, day, mark, status, status_text, clause, sentence.

    `mark` is `appears` for the first document that names it, a mark of plans.story where the wording of a date is held
    against the one before, else "". Status and sentence are those that hold from that day on.
    """
    rows = []
    for feature in atlas.features:
        for at, moment in enumerate(timeline(feature)):
            standing = until(feature, moment.date)
            current = standing.current if standing else feature.current
            start, end = sentence_of(current)
            rows.append(
                {
                    "id": feature.id,
                    "day": moment.date,
                    "mark": APPEARS if at == 0 else moment.moved.mark if moment.moved else "",
                    "status": current.status,
                    "status_text": current.status_text,
                    "document": current.document.slug,
                    "clause": current.clause_id,
                    "page": current.page or 0,
                    "sentence": current.clause.text[start:end].strip(),
                }
            )
    return pd.DataFrame(rows)


def as_of(atlas: Atlas, selected: gpd.GeoDataFrame, day: datetime.date) -> gpd.GeoDataFrame:
    """Return those of `selected` that a document up to `day` names, with the status it gives them.

    Columns of the table, `status` and `status_text` those of the day, and of steps() mark (of this very day, else ""),
    day (since when it stands so), document, clause, page, sentence. In the order of `selected`.
    """
    found = steps(atlas)
    held = found[found["day"] <= day].groupby("id", sort=False).last()
    rows = selected[selected["id"].isin(held.index)]
    told = held.loc[rows["id"]].set_axis(rows.index)
    said = told[["status", "status_text", "mark", "day", "document", "clause", "page", "sentence"]].copy()
    said.loc[said["day"] != day, "mark"] = ""
    return rows.drop(columns=["status", "status_text"]).join(said)


def otherwise(selected: gpd.GeoDataFrame, rows: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the status, by id, of those `rows` of as_of() that stood otherwise than `selected` shows them today."""
    today = selected.loc[rows.index, "status"]
    apart = rows[rows["status"] != today]
    return dict(zip(apart["id"], apart["status"], strict=True))


def moved(atlas: Atlas, selected: gpd.GeoDataFrame, day: datetime.date) -> gpd.GeoDataFrame:
    """Return the rows of as_of() that a document of `day` itself names anew or words otherwise, the weightiest first."""
    rows = as_of(atlas, selected, day)
    told = rows[rows["mark"].isin([mark for mark in WORDS if mark != "unchanged"])]
    rank = told["mark"].map(list(_RANK).index)
    return told.iloc[rank.argsort(kind="stable")]


_RANK = ("advanced", "weaker", "conflict", "differs", APPEARS)


def counts(atlas: Atlas, selected: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how many of `selected` stand in each status on each day: a row a day, a column a status of the vocabulary."""
    found = {day: as_of(atlas, selected, day)["status"].value_counts() for day in days(atlas)}
    return pd.DataFrame(found).T.fillna(0).astype(int)


def as_table(atlas: Atlas, selected: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return every step of `selected` as people read it, by day, under LINE_HEADS; safe for a spreadsheet."""
    names = dict(zip(selected["id"], selected["name"], strict=True))
    found = steps(atlas)
    found = found[found["id"].isin(names)].sort_values(["day", "id"], kind="stable")
    rows = [
        (
            atlas.document(one.document).dated if one.day == atlas.document(one.document).date else one.day.isoformat(),
            one.id,
            names[one.id],
            name_english(names[one.id]),
            WORDS.get(one.mark, ""),
            label("status", one.status),
            one.status_text,
            atlas.document(one.document).short,
            one.page or "",
            one.clause,
            one.sentence,
        )
        for one in found.itertuples(index=False)
    ]
    return safe_cells(pd.DataFrame(rows, columns=list(LINE_HEADS)))
