"""A clause as HTML of the reader: its words with what they name, what was searched, and what can be copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from layers.palette import COLOURS
from plans.citing import cited
from plans.clauses import Clause
from plans.coverage import Dismissal
from plans.features import Feature, Mention
from ui.messages import say, term
from ui.state import reading

_HEADINGS = {"chapter": "h3", "section": "h4"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a clause and the tags that set it off."""

    start: int
    end: int
    opening: str
    closing: str


def mention(one: Mention, feature: Feature) -> Mark:
    """Return the mark of a mention of `feature`: in the colour of its layer, it opens its feature beside the text."""
    colour = COLOURS[feature.layer]
    opening = (
        f"<a class='mention' href='reader?clause={quote(one.clause_id)}&feature={one.feature}{reading.searched()}' "
        f"title='{escape(one.name, quote=True)}' data-feature='{one.feature}' style='--colour:{colour}'>"
    )
    return Mark(one.start, one.end, opening, "</a>")


def dismissal(one: Dismissal) -> Mark:
    """Return the mark of a stretch that is not on the map; it tells why."""
    why = escape(say("未上图：{reason}", reason=term("reason", one.reason)), quote=True)
    return Mark(one.start, one.end, f"<span class='dropped' title='{why}'>", "</span>")


def clause_html(one: Clause, marks: Sequence[Mark], words: Sequence[str] = ()) -> str:
    """Return a clause; a heading stands alone, a text can be copied as a citation or as a link."""
    page = f"<span class='page'>{say('第 {page} 页', page=one.first_page)}</span>" if one.first_page else ""
    anchor = f"id='{escape(one.id, quote=True)}'"
    if not one.text:
        size = _HEADINGS.get(one.kind, "h5")
        return f"<{size} {anchor} lang='zh-CN'>{_lit(one.path[-1], words)} {page}</{size}>"
    title = f"<h5 lang='zh-CN'>{_lit(one.path[-1], words)}</h5>" if one.kind == "item" else ""
    length = f"data-length='{len(one.text)}'"  # its words end there, and buttons follow
    return f"{title}<p {anchor} {length} lang='zh-CN'>{_marked(one.text, marks, words)} {page}{_copying(one)}</p>"


def outline(shown: Iterable[Clause]) -> str:
    """Return the chapters and sections as links that jump to them."""
    rows = "".join(
        f"<li class='{one.kind}'><a href='#{quote(one.id)}'>{escape(one.path[-1])}</a></li>"
        for one in shown
        if one.kind in _HEADINGS
    )
    return f"<nav aria-label='{say('目录')}'><ul class='outline' lang='zh-CN'>{rows}</ul></nav>" if rows else ""


def _copying(one: Clause) -> str:
    cite, link = say("复制引文"), say("复制链接")
    return (
        f" <span class='copying'><button type='button' data-copy='{escape(cited(one), quote=True)}'>{cite}</button>"
        f"<a href='reader?clause={quote(one.id)}' data-copy-link>{link}</a></span>"
    )


def _marked(text: str, marks: Iterable[Mark], words: Sequence[str]) -> str:
    """Set off each marked stretch; where two overlap, the first keeps the text."""
    parts: list[str] = []
    at = 0
    for one in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if one.start < at:
            continue
        parts += [_lit(text[at : one.start], words), one.opening, _lit(text[one.start : one.end], words), one.closing]
        at = one.end
    return "".join([*parts, _lit(text[at:], words)])


def _lit(text: str, words: Sequence[str]) -> str:
    """Escaped text with the words that were searched lit up."""
    if not words:
        return escape(text)
    hit = re.compile("(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")")
    return "".join(
        f"<mark>{escape(part)}</mark>" if at % 2 else escape(part) for at, part in enumerate(hit.split(text))
    )
