"""A row of a table of projects to the thing that it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from plans.clauses import Clause
from plans.lexicon import expanded, status
from plans.mentions import Proposal
from plans.wording import headed

# What only a table says so
_NATURES = {"前期": "preliminary", "已建": "operating", "拟建": "preliminary", "续建项目": "under_construction"}
LONGEST_REMARK = 6  # characters
_WORKS = frozenset(("building", "promoted", "mentioned"))  # 新建, 改扩建: what is done, not how far it is


def row_proposal(
    clause: Clause, kind: Callable[[str, Sequence[str], Sequence[str]], tuple[str, str, float]]
) -> Proposal:
    """Return the thing that a row names; `kind` tells the layer and kind of a name from its headings, and how likely that layer is.

    Its status is what its columns say, word for word: a goal that completes it, else its nature or category (续建),
    else the heading above it (前期项目), else a goal that begins it, else the works (改扩建).
    """
    assert clause.named is not None
    start, end = clause.named
    name = clause.text[start:end]
    layer, finer, share = kind(name, (), clause.path[:-1])
    text, stage = _stage(clause) if clause.facts else _told(clause)
    long = expanded(name)
    return Proposal(
        quote=name,
        name=name,
        start=start,
        end=end,
        layer=layer,
        kind=finer,
        status_text=text,
        status=stage,
        aliases=(long,) if long != name else (),
        confidence=share,  # the cell is the name; what it is, is read
    )


def _stage(clause: Clause) -> tuple[str, str]:
    """The words of a row that say how far the thing is, and their class; "" and `mentioned` for none."""
    goal = clause.fact("goal")
    aim = status(goal) if goal else "mentioned"
    if aim in {"completing", "operating"}:
        return goal, "completing"  # what a goal reports is still to be done
    columns = [clause.fact("nature"), clause.fact("category"), _remark(clause)]
    said = [(text, _NATURES.get(text) or status(text, told=clause.reports)) for text in columns if text]
    above = headed(clause.path[:-1])
    stages = [one for one in (*said, above, (goal, aim)) if one[1] not in _WORKS]
    works = next((one for one in said if one[1] != "mentioned"), said[0] if said else above)
    return stages[0] if stages else works


def _remark(clause: Clause) -> str:
    """A word in the column of remarks, where lists of a year say 建成 or 在建; "" for none."""
    return next((one.text for one in clause.facts if "备注" in one.head and len(one.text) <= LONGEST_REMARK), "")


def _told(clause: Clause) -> tuple[str, str]:
    """What a line says behind the name of its thing: the last of its parts that tells a stage, else its heading."""
    assert clause.named is not None
    parts = filter(None, re.split("[，,；;。]", clause.text[clause.named[1] :]))
    said = [(part, status(part, told=clause.reports)) for part in parts]
    stages = [one for one in said if one[1] not in _WORKS]
    above = headed(clause.path[:-1])
    works = [one for one in said if one[1] != "mentioned"]
    if stages:
        return stages[-1]
    return works[-1] if works and not above[0] else above
