"""What a brief quotes: where a citation stands, and its sentence word for word."""

from __future__ import annotations

import re
from typing import Any

from layers.atlas import Atlas

SENTENCE = 160  # characters of a sentence that are quoted
STOP = re.compile("[。；;\n]")
NUMBERED = re.compile("[一二三四五六七八九十百]+(?=、$)")  # what stands before a clause that has no heading


def source(citation: dict[str, Any]) -> str:
    """Return where a citation stands: 《title》第N页; where pages are not printed, 《title》第七条 or “heading”."""
    heading = citation["path"].rsplit(" / ", 1)[-1].strip()
    if citation["page"]:
        place = f"第{citation['page']}页"
    elif numbered := NUMBERED.match(heading):
        place = f"第{numbered[0]}条"
    else:
        place = f"“{heading}”" if heading else ""
    return f"《{citation['title']}》{place}"


def sentence(atlas: Atlas, citation: dict[str, Any]) -> tuple[str, str]:
    """Return what stands before and after a quote in its sentence, word for word; cuts are shown by …."""
    text = atlas.clause(citation["clause"]).text
    start, end = citation["start"], citation["end"]
    left = max((stop.end() for stop in STOP.finditer(text, 0, start)), default=0)
    stop = STOP.search(text, end)
    right = stop.end() if stop else len(text)
    room = max(0, (SENTENCE - (end - start)) // 2)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    return (
        "…" + before[-room:] if len(before) > room else before,
        after[:room] + "…" if len(after) > room else after,
    )
