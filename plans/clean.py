"""Issued text to clean paragraphs, every character mapped back to its offset in the source.

Three kinds of noise stand in the text: what the page adds (line wraps, footers, captions),
what the conversion from PDF added (spaces beside punctuation and digits, full-width points in
numbers) and nothing else: no word is ever changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FOOTER = re.compile(r"—\d+—")
CAPTION = re.compile(r"图 ?\d+　 ?\S{2,30}示意图")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: `source[start:start + len(text)] == text`."""

    text: str
    start: int
    page: int  # printed page; 1 on unpaged documents
    level: int = 0  # of a heading, where the file says so; 0 where it does not
    whole: bool = False  # a paragraph of its own, not a line that print has wrapped
    indent: float = 0  # where print begins it, in characters from the margin

    @property
    def bare(self) -> str:
        return self.text.strip()


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text; `offsets[i]` is where character `i` stands in the source file."""

    text: str
    offsets: tuple[int, ...]
    pages: tuple[tuple[int, int], ...] = ()  # (first character, printed page), ascending


def lines(source: str) -> Iterator[Line]:
    """Yield the written lines of `source` with their printed page; footers and captions left out.

    A new page begins after a footer, and at a line that opens with one ASCII space (the trace
    of a footer that the conversion dropped). Footer digits are scrambled and never read.
    """
    page, turned, start = 1, False, 0
    for text in source.split("\n"):
        bare = text.strip()
        if FOOTER.fullmatch(bare):
            turned = True
        elif bare:
            if turned or re.match(r" [^ \u3000]", text):
                page, turned = page + 1, False
            if not CAPTION.fullmatch(bare):
                yield Line(text, start, page)
        start += len(text) + 1


_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_WRITTEN = re.compile(r"\S+")


def join(parts: list[Line]) -> Clean:
    """Join wrapped `parts` into one clean text.

    White space goes unless it parts two Latin letters or digits; a full-width point between digits
    becomes `.`. Offsets and pages follow.
    """
    text = ""
    offsets: list[int] = []
    pages: list[tuple[int, int]] = []
    for part in parts:
        turned = not pages or pages[-1][1] != part.page
        for written in _WRITTEN.finditer(part.text):
            start, end = part.start + written.start(), part.start + written.end()
            if offsets and start > offsets[-1] + 1 and text[-1] in _LATIN and written[0][0] in _LATIN:
                text += " "
                offsets.append(offsets[-1] + 1)
            if turned:
                pages.append((len(text), part.page))
                turned = False
            text += written[0]
            offsets.extend(range(start, end))
    return Clean(_pointed(text) if "．" in text else text, tuple(offsets), tuple(pages))


def _pointed(text: str) -> str:
    return "".join(
        "." if char == "．" and 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit() else char
        for i, char in enumerate(text)
    )


_BLANK = re.compile(r"(?<![0-9A-Za-z])\s|\s(?![0-9A-Za-z])")
_HALF = re.compile(r"[0-9A-Za-z%.\-+/]")


def width(text: str) -> float:
    """Return the printed width of a line in full-width characters; conversion spaces do not count."""
    bare = _BLANK.sub("", text.strip())
    return len(bare) - 0.5 * len(_HALF.findall(bare))
