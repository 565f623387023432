"""Markdown: headings, tables, and paragraphs; its marks become white space, so that every offset holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from plans.clean import Line
from plans.sources.source import Grid, Left, Source, nothing_behind
from plans.sources.text import written_lines

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BREAK = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|```.*|~~~.*)\s*")
# What is written to look so and is not read: emphasis, code, links and pictures, tags, quotation, bullets.
_MARKS = re.compile(
    r"^\s{0,3}(?:>\s?)+|^\s*[*+-]\s+|\*\*|__|(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w])|`+|!?\[(?=[^\]]*\]\()|\]\([^)\s]*\)"
    r"|</?[a-zA-Z][^<>]*>|<!--.*?-->|\s#+\s*$"
)


def parse_markdown(text: str) -> Source:
    """Return the lines and tables of a Markdown text."""
    lines = written_lines(text)
    body, left = _without_front_matter(lines)
    parts: list[Line | Grid] = []
    i = 0
    while i < len(body):
        if _begins_table(body, i):
            end = next((k for k in range(i + 2, len(body)) if "|" not in body[k].text), len(body))
            parts.append(Grid(_rows([body[i], *body[i + 2 : end]]), 1))
            left.append(_left(body[i + 1]))
            i = end
            continue
        plain = _plain(body[i])
        if _BREAK.fullmatch(body[i].text) or not plain.bare:
            left.append(_left(body[i]))
        else:
            parts.append(plain)
        i += 1
    return Source(tuple(parts), tuple(left))


def has_table(text: str) -> bool:
    """Tell whether a text holds a table of Markdown: a row with bars, and a rule with bars below it."""
    lines = written_lines(text)
    return any(_begins_table(lines, i) for i in range(len(lines)))


def _begins_table(lines: list[Line], i: int) -> bool:
    return (
        i + 1 < len(lines)
        and "|" in lines[i].text
        and "|" in lines[i + 1].text
        and _RULE.fullmatch(lines[i + 1].text) is not None
    )


def _left(line: Line) -> Left:
    return Left(line.start, line.start + len(line.text), line.page, "标记")


def _without_front_matter(lines: list[Line]) -> tuple[list[Line], list[Left]]:
    """Part the lines of a YAML head from the text."""
    if lines and lines[0].start == 0 and lines[0].bare == "---":
        end = next((i for i, line in enumerate(lines[1:], 1) if line.bare == "---"), 0)
        return lines[end + 1 :] if end else lines, [_left(line) for line in lines[: end + 1]] if end else []
    return lines, []


def _plain(line: Line) -> Line:
    """The line with its marks blanked; a heading has its level."""
    heading = _HEADING.match(line.text)
    text = line.text
    if heading:
        text = " " * heading.end() + text[heading.end() :]
    return replace(line, text=_blanked(text), level=len(heading[1]) if heading else 0)


def _blanked(text: str) -> str:
    return _MARKS.sub(lambda found: " " * len(found[0]), text)


def _rows(lines: list[Line]) -> tuple[tuple[Line, ...], ...]:
    rows = [tuple(_cells(line)) for line in lines]
    width = len(rows[0])
    return tuple(row + tuple(nothing_behind(row[-1]) for _ in range(width - len(row))) for row in rows)


def _cells(line: Line) -> Iterator[Line]:
    """The cells of a row; a bar with a backslash before it is text."""
    text = line.text.rstrip()
    at = text.find("|") + 1 if text.lstrip().startswith("|") else 0
    for found in re.finditer(r"((?:[^|\\]|\\.)*)(\||$)", text[at:]):
        if found[0] or at == 0:
            yield Line(_blanked(found[1]), line.start + at + found.start(), line.page)
