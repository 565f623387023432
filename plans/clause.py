"""A clause: one node of a document's tree, and what stands at a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plans.documents import Document
from plans.tables import Fact


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the tree; text and offsets as in `Clean`, empty on mere headings."""

    document: Document
    id: str  # "panxi-2021/c7/s1/p2"
    kind: str  # chapter, section, paragraph, box, item, article; row, more, total, figures, text of tables
    label: str  # "第七章", "专栏5", "1", "三"; empty on paragraphs
    heading: str  # "建设四川南向开放门户"; a paragraph's lead sentence
    text: str
    offsets: tuple[int, ...]
    pages: tuple[tuple[int, int], ...]  # empty on documents without printed pages
    first_page: int | None
    path: tuple[str, ...]  # headings from the top, this one included
    facts: tuple[Fact, ...] = ()  # of a row of a table, by its heads
    named: tuple[int, int] | None = None  # of a row or a line that is a thing: where in `text` its name stands

    @property
    def reads(self) -> bool:
        """Tell whether it is prose, in which things may be named: rows of tables tell theirs by their heads."""
        return bool(self.text) and self.kind not in {"title", "row", "more", "total", "figures"}

    def fact(self, role: str) -> str:
        """What a row says in the column of a role (see plans.tables.ROLES), word for word; "" for nothing."""
        return next((one.text for one in self.facts if one.role == role), "")

    @property
    def reports(self) -> bool:
        """Tell whether it stands where a plan reports what has been done (发展基础)."""
        return any(_REPORTED.search(heading) for heading in self.path)

    @property
    def looks_ahead(self) -> bool:
        """Tell whether it stands in a plan, or where a report says what is to be done (2025年重点工作)."""
        ahead = _PLANS.search(self.document.title) or any(_AHEAD.search(heading) for heading in self.path)
        return bool(ahead) and not self.reports

    def page_at(self, position: int) -> int | None:
        """Return the printed page of character `position`; None where pages are not printed."""
        if not self.pages:
            return self.first_page
        return max((start, page) for start, page in self.pages if start <= position)[1]


_REPORTED = re.compile(r"(?:^|[\s、）)\d年])(?:规划|发展|建设|工作|现状)?(?:基础|现状|成就|成效|回顾|评价)(?:与\w+)?$")
_PLANS = re.compile("(?:规划|纲要|方案|计划|要点|分工|安排|建议|清单|项目库)(?:（[^（）]*）|\\([^()]*\\))?$")
_AHEAD = re.compile(
    r"(?:重点|主要|总体|工作|目标|下一步|今年|20\d\d年)(?:的|政府|年度)*(?:工作|任务|目标|安排|部署|要求|打算|计划|举措|措施)"
    r"(?:安排|部署|建议)?$"
)


class Anchored:
    """What stands at a place in a clause: records with a `clause` and a `start` in its text."""

    __slots__ = ()
    clause: Clause
    start: int

    @property
    def clause_id(self) -> str:
        return self.clause.id

    @property
    def document(self) -> Document:
        return self.clause.document

    @property
    def page(self) -> int | None:
        """The printed page on which it begins; None where pages are not printed."""
        return self.clause.page_at(self.start)
