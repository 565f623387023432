"""What print adds to a text: page numbers, alone on a line or run into one, and the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.clean import FOOTER, Line
from plans.outline import ENDED, wrapped_at
from plans.sources.source import Grid, Left, Source

_CONTENTS = re.compile(r".{2,60}?(?:[.．·…⋯_\-]{4,}|\t|\s{4,})\s*[-—]?\s*\d{1,4}\s*[-—]?")
_CONTENTS_HEAD = re.compile(r"目\s*[录錄次]|contents", re.IGNORECASE)
_ALONE = re.compile(r"\s*[-—–·\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／]\s*\d+)?[-—–·\s]*")
_RUN_IN = re.compile(r"(\d{1,4})(?=[^\W\d_a-zA-Z]|[“‘《（])")
# A number before one of these counts something.
_UNITS = re.compile(
    "[年月日个万亿千百多余条座项处家所公平立吨米亩元人户次倍度号级届大小以分时天周强期岁位、.．%％县市国批种类类部]"
)
MOST_PAGES_APART = 40


def without_noise(source: Source) -> Source:
    """Return a source without what print added: that is left out, with the reason."""
    parts: list[Line | Grid] = []
    left = list(source.left)
    numbers = _page_numbers(source)
    contents = False
    for i, part in enumerate(source.parts):
        if not isinstance(part, Line):
            parts.append(part)
            continue
        if _CONTENTS_HEAD.fullmatch(part.bare) and _lists_pages(source.parts[i + 1 : i + 4]):
            contents = True
            left.append(_left(part, "目录"))
        elif _is_contents(part, near=contents):
            left.append(_left(part, "目录"))
        elif part.start in numbers:
            start, end = numbers[part.start]
            left.append(Left(part.start + start, part.start + end, part.page, "页码"))
            rest = part.text[:start] + " " * (end - start) + part.text[end:]
            if rest.strip():
                parts.append(replace(part, text=rest))
        else:
            contents = False
            parts.append(part)
    return replace(source, parts=tuple(parts), left=tuple(left))


def _left(line: Line, reason: str) -> Left:
    return Left(line.start, line.start + len(line.text), line.page, reason)


def _lists_pages(parts: Sequence[Line | Grid]) -> bool:
    return any(isinstance(part, Line) and _is_contents(part, near=True) for part in parts)


def _is_contents(line: Line, *, near: bool) -> bool:
    if not _CONTENTS.fullmatch(line.bare):
        return False
    return near or bool(re.search(r"[.．·…⋯]{6,}", line.bare))


def _page_numbers(source: Source) -> dict[int, tuple[int, int]]:
    """Where page numbers stand in the lines of a text without pages, by the beginning of the line.

    Numbers alone on a line, or before a line that goes on inside a sentence, are page numbers where they
    ascend through the document, as page numbers do; a single one counts for nothing.
    """
    lines = [part for part in source.parts if isinstance(part, Line) and not part.whole]
    if source.pages or not lines:
        return {line.start: (0, len(line.text)) for line in lines if FOOTER.fullmatch(line.bare)} if lines else {}
    wrap = wrapped_at(lines)
    found = list(_candidates(lines, wrap)) if wrap else []
    footers = {line.start: (0, len(line.text)) for line in lines if FOOTER.fullmatch(line.bare)}
    run = _ascending([(number, line, span) for number, line, span in found if line.start not in footers])
    return footers | ({line.start: span for _, line, span in run} if len(run) > 1 else {})


def _candidates(lines: Sequence[Line], wrap: float) -> Iterator[tuple[int, Line, tuple[int, int]]]:
    before: Line | None = None
    for line in lines:
        if alone := _ALONE.fullmatch(line.text):
            yield int(alone[1]), line, (0, len(line.text))
            continue
        lead = len(line.text) - len(line.text.lstrip())
        found = _RUN_IN.match(line.text, lead)
        broken = before is not None and not ENDED.search(before.bare)
        if found and (broken or wrap) and not _UNITS.match(line.text, found.end()):
            yield int(found[1]), line, found.span(1)
        before = line


def _ascending(found: list[tuple[int, Line, tuple[int, int]]]) -> list[tuple[int, Line, tuple[int, int]]]:
    """The longest run of numbers that ascend, each by no more than MOST_PAGES_APART."""
    best: list[list[tuple[int, Line, tuple[int, int]]]] = []
    for one in found:
        before = max((run for run in best if 0 < one[0] - run[-1][0] <= MOST_PAGES_APART), key=len, default=[])
        best.append([*before, one])
    return max(best, key=len, default=[])
