"""A clause as it is cited in a paper or a letter."""

from __future__ import annotations

from plans.clauses import Clause


def cited(one: Clause) -> str:
    """Return `《title》（number，date）chapter / section，第N页：“text”`; parts that the document lacks are left out."""
    of = one.document
    issued = "，".join(part for part in (of.number, of.dated) if part)
    above = one.path[:-1] if one.kind == "paragraph" and one.path[-1:] == (one.heading,) else one.path
    where = "，".join(part for part in (" / ".join(above), _pages(one)) if part)
    return f"《{of.title}》（{issued}）{where}：“{one.text}”"


def _pages(one: Clause) -> str:
    if one.first_page is None:
        return ""
    last = one.pages[-1][1] if one.pages else one.first_page
    return f"第{one.first_page}页" if last == one.first_page else f"第{one.first_page}—{last}页"
