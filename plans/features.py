"""Features: one thing, all the clauses that name it, and its story across documents.

A feature has no geometry. Words are the document's, geometry is our inference: the placement is a
record of its own in `geo`, joined by feature id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plans.clauses import Anchored, Clause
from plans.errors import PlanError
from plans.records import Row, span

# How far along each class that states a stage puts a thing. `building` and `promoted` state none:
# whether the thing has begun is not said.
STAGE = {
    "study": 1,
    "seeking_listing": 2,
    "preliminary": 3,
    "starting": 4,
    "under_construction": 5,
    "completing": 6,
    "operating": 7,
}
_SAYS = {"mentioned": -2, "promoted": -1}  # what says less than any stage, and than building
_SOFT = re.compile("支持|推动|力争|争取|鼓励|适时|探索")  # wording that leaves the doing open
_BACKGROUND = re.compile("/c1/")  # 发展背景, 规划背景: the starting point


@dataclass(frozen=True, slots=True)
class Mention(Anchored):
    """One place where a clause names a feature: `clause.text[start:end] == quote`."""

    feature: str  # "f-00123"
    clause: Clause
    quote: str  # verbatim: "攀枝花至盐源"
    name: str  # with the wording its list shares: "攀枝花至盐源高速公路"
    start: int  # characters into Clause.text
    end: int
    status: str  # class of what the clause says
    status_text: str  # the verbatim verb phrase; parts that stand apart are joined by …


@dataclass(frozen=True, slots=True)
class Feature:
    """One named thing bound to a place."""

    id: str
    name: str
    aliases: tuple[str, ...]
    layer: str
    kind: str
    part_of: str  # feature id; empty when it stands alone
    note: str
    mentions: tuple[Mention, ...]  # in order of issue, then of reading

    @property
    def documents(self) -> tuple[str, ...]:
        """The slugs of the documents that name it, in order of issue."""
        return tuple(dict.fromkeys(mention.document.slug for mention in self.mentions))

    @property
    def current(self) -> Mention:
        """The mention whose status the feature shows: the firmest planning text of the newest date that has any."""
        spoken = [one for one in self.mentions if one.status != "mentioned"] or list(self.mentions)
        newest = max(one.document.date for one in spoken)
        last = [one for one in spoken if one.document.date == newest]
        return firmest([one for one in last if not is_background(one)] or last)


def firmness(mention: Mention) -> tuple[int, int]:
    """Rank a wording: a stage before none, the later first; then, of a start, whether it is said without reserve."""
    soft = mention.status == "starting" and bool(_SOFT.search(mention.status_text))
    return STAGE.get(mention.status, _SAYS.get(mention.status, 0)), 0 if soft else 1


def firmest(said: list[Mention]) -> Mention:
    """Return the wording of one date that says most: `推进` beside a stated stage says nothing of its own."""
    return max(said, key=firmness)


def is_background(mention: Mention) -> bool:
    """Tell whether a plan reports this as its starting point (发展背景, 规划背景), and does not plan it."""
    planned = mention.document.kind == "plan"
    return planned and bool(_BACKGROUND.search(mention.clause_id))


def anchor(row: Row, clause: Clause) -> Mention:
    """Find the quote of a reviewed row in its clause; PlanError when it is not there."""
    try:
        start, end = span(clause.text, row["quote"], int(row["nth"] or 1))
    except (PlanError, ValueError) as error:
        raise PlanError(f"{row['feature']} {row['clause']}: {error}") from None
    return Mention(row["feature"], clause, row["quote"], row["name"], start, end, row["status"], row["status_text"])


def gathered(rows: Iterable[Row], mentions: Iterable[Mention]) -> tuple[Feature, ...]:
    """Put each reviewed row together with its mentions (in order of issue); PlanError where either stands alone."""
    cited: dict[str, list[Mention]] = {}
    for mention in mentions:
        cited.setdefault(mention.feature, []).append(mention)
    found = tuple(_feature(row, tuple(cited.pop(row["id"], ()))) for row in rows)
    if cited:
        raise PlanError(f"引文指向不存在的要素 (unknown feature): {', '.join(sorted(cited))}")
    return found


def _feature(row: Row, mentions: tuple[Mention, ...]) -> Feature:
    if not mentions:
        raise PlanError(f"{row['id']} {row['name']} 没有任何引文 (feature without a citation)。")
    return Feature(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        layer=row["layer"],
        kind=row["kind"],
        part_of=row["part_of"],
        note=row["note"],
        mentions=mentions,
    )
