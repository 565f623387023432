"""Written lines to blocks: a heading, or a whole paragraph put together again.

Two written forms occur. A *printed* text has its lines wrapped at the page width, so paragraphs
must be put together again; a *flowing* text has a paragraph a line, now and then cut by a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.clean import Clean, Line, join, width

NUMERAL = "一二三四五六七八九十百"
_HEADS = (
    ("chapter", re.compile(rf"(第[{NUMERAL}]+章)\s*(\S.*)")),
    ("section", re.compile(rf"(第[{NUMERAL}]+节)\s*(\S.*)")),
    ("box", re.compile(r"(专栏\s?\d+)\s*(\S.*)")),
)
_ITEM = re.compile(r"(\d+)[　\s]\s*(\S.{0,24})")
# 一 to 九百九十九, well formed: anything else in front of a 、 is text, not a number
NUMBER = "(?:[一二三四五六七八九]百)?(?:零[一二三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])?"
_TOP = re.compile(rf"(?=[{NUMERAL}])({NUMBER})、\s*(\S.*)")
_SUB = re.compile(rf"[（(](?=[{NUMERAL}])({NUMBER})[）)]\s*(\S.*)")
_ENDED = re.compile(r"[。！？：:；;…][”’』」）)]*$")
_LEAD = re.compile(r"([^。：:]{2,24})。")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or a paragraph with its text."""

    kind: str  # chapter, section, box, item, article, paragraph, title; "body" where a box ends
    label: str
    heading: str
    body: Clean | None
    page: int


def blocks(written: list[Line]) -> Iterator[Block]:
    """Yield the headings and paragraphs of `written`, in reading order."""
    return _printed(written) if is_printed(written) else _flowing(written)


def is_printed(written: list[Line]) -> bool:
    """Tell whether lines are wrapped at a page width: then many break off inside a sentence."""
    broken = sum(width(line.text) > 20 and not _ENDED.search(line.bare) for line in written)
    return broken > 0.3 * len(written)


def _printed(written: list[Line]) -> Iterator[Block]:
    """Put wrapped lines together.

    A paragraph ends where a line that closes a sentence is short, or where the next line is an
    indented (narrower) full line that opens with a lead sentence. Lines of a box are wider than
    those of the body: the first narrow unfinished line after a box is body again.
    """
    part: list[Line] = []
    in_box = False
    i = 0

    def flush() -> Iterator[Block]:
        """Close the open paragraph."""
        if part:
            yield _paragraph(join(part), part[0].page)
            part.clear()

    while i < len(written):
        line = written[i]
        head = _head(line.bare)
        if head:
            yield from flush()
            kind, label, heading = head
            in_box = kind == "box"
            following = written[i + 1] if i + 1 < len(written) else None
            if following and width(line.text) > 24 and _continues_heading(following):
                heading, i = heading + following.bare, i + 1
            yield Block(kind, label, _tight(heading), None, line.page)
        elif in_box and (item := _ITEM.fullmatch(line.bare)) and _opens_item(line, part):
            yield from flush()
            yield Block("item", item[1], _tight(item[2]), None, line.page)
        else:
            if part and in_box and _leaves_box(part[-1], line):
                yield from flush()
                in_box = False
                yield Block("body", "", "", None, line.page)
            elif part and not in_box and _begins(part[-1], line):
                yield from flush()
            part.append(line)
        i += 1
    yield from flush()


def _head(bare: str) -> tuple[str, str, str] | None:
    for kind, pattern in _HEADS:
        found = pattern.fullmatch(bare)
        if found and not bare.endswith("。"):
            return kind, re.sub(r"\s", "", found[1]), found[2]
    return None


def _continues_heading(following: Line) -> bool:
    return not _head(following.bare) and width(following.text) < 20 and not _ENDED.search(following.bare)


def _opens_item(line: Line, part: list[Line]) -> bool:
    """An item opens a box or follows a closed sentence; its number and title stand alone."""
    return (not part or bool(_ENDED.search(part[-1].bare))) and not _ENDED.search(line.bare)


def _leaves_box(last: Line, line: Line) -> bool:
    return bool(_ENDED.search(last.bare)) and not _ENDED.search(line.bare) and width(line.text) < 32


def _begins(last: Line, line: Line) -> bool:
    if not _ENDED.search(last.bare):
        return False
    if width(last.text) < 25:
        return True
    lead = re.match(r"[^。]{2,25}。 \S", line.bare)
    return bool(lead) and width(line.text) <= 27.5


def _tight(text: str) -> str:
    """Drop the white space of a heading that was spaced out for print."""
    return re.sub(r"\s+", "", text)


def _paragraph(body: Clean, page: int) -> Block:
    return Block("paragraph", "", _lead(body.text), body, page)


def _lead(text: str) -> str:
    """The opening sentence that names a paragraph; empty where it is all of it, or too long for a name."""
    lead = _LEAD.match(text)
    return lead[1] if lead and lead.end() < len(text) else ""


def _flowing(written: list[Line]) -> Iterator[Block]:
    """Read a text with a paragraph a line; a line that a page has cut is joined to the next."""
    part: list[Line] = []
    for line in _without_front_matter(written):
        if _CAPTION.search(line.bare):
            continue
        if part and not _ENDED.search(part[-1].bare):
            part.append(line)
        elif (head := _head(line.bare) or _short_head(line.bare)) is not None:
            if part:
                yield _numbered(part)
            part = []
            yield Block(head[0], head[1], head[2], None, line.page)
        else:
            if part:
                yield _numbered(part)
            part = [line]
    if part:
        yield _numbered(part)


_CAPTION = re.compile(r"(\s摄|供图|^华西都市报封面新闻记者.*)$")


def _without_front_matter(written: list[Line]) -> Iterator[Line]:
    """Leave out YAML front matter, Markdown titles and quotations (title and adoption note)."""
    fenced = bool(written) and written[0].bare == "---"
    bold = False
    for i, line in enumerate(written):
        if fenced:
            fenced = i == 0 or line.bare != "---"
            continue
        opens, closes = line.bare.startswith("**"), line.bare.endswith("**")
        if opens or bold:
            bold = not closes
        elif not line.bare.startswith(">"):
            yield line


def _short_head(bare: str) -> tuple[str, str, str] | None:
    """A line of its own, without a full stop, is a heading: `一、…`, `（一）…`, or a bare title."""
    if (_ENDED.search(bare) and not bare.endswith(("：", ":"))) or len(bare) > 45:
        return None
    if found := _TOP.fullmatch(bare):
        return "chapter", found[1], _tight(found[2])
    if found := _SUB.fullmatch(bare):
        return "section", found[1], _tight(found[2])
    if bare.startswith("——") or (re.search("[，,；《]", bare) and "： " not in bare):
        return None
    return "title", "", bare


def _numbered(part: list[Line]) -> Block:
    """A paragraph, or an article where it opens with `一、` or `（一）`."""
    body = join(part)
    found = _SUB.fullmatch(body.text) or _TOP.fullmatch(body.text)
    if not found:
        return Block("paragraph", "", "", body, part[0].page)
    return Block("article", found[1], _lead(found[2]), body, part[0].page)
