"""Plain text: its encoding told from its bytes, its lines as they stand."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from plans.clean import Line
from plans.errors import PlanError
from plans.sources.barred import parted
from plans.sources.flat import with_tables
from plans.sources.source import Grid, Source

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHERS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
LEAST_JUDGED = 10  # characters: a shorter text may have no common one
LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029]+")
# What Chinese prose is made of, in simplified and traditional form: text read in a wrong encoding has none of it.
_PLAIN = frozenset("的一是在不了有和人中大为上国以要来用生到地于出就分对成会可主发年动同工也能下面而方后产这")
_COMMON = _PLAIN | frozenset(
    "設建發國業產區規劃項目程路市縣省推進加快實施與為於對會動發設建设发业区规划项目程路市县推进加快实施与"
)


def parse_text(text: str) -> Source:
    """Return the lines of a plain text, and the tables among them."""
    parts: list[Line | Grid] = []
    for run in parted(written_lines(text)):
        parts += [run] if isinstance(run, Grid) else with_tables(text, run)
    return Source(tuple(parts))


def written_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not empty."""
    return [
        Line(found[0], found.start(), 1, indent=_indent(found[0])) for found in LINE.finditer(text) if found[0].strip()
    ]


def _indent(line: str) -> float:
    blank = line[: len(line) - len(line.lstrip())]
    return sum(1 if char in "\u3000\t" else 0.5 for char in blank)


def decoded(path: Path) -> str:
    """Return the characters of a text file: UTF-8, UTF-16, GB 18030 or Big5, by what makes most sense.

    PlanError where its bytes are no text.
    """
    content = path.read_bytes()
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _or_refused(path, content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = [text for encoding in OTHERS if (text := _tried(content, encoding)) is not None]
    best = max(found, key=_sense, default="")
    if not best or (len(best) > LEAST_JUDGED and not _sense(best)):
        raise PlanError(
            f"“{path.name}”不是文本，或编码不是 UTF-8、UTF-16、GB18030、Big5 (bad encoding)。请另存为 UTF-8。"
        )
    return best


def _or_refused(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise PlanError(f"“{path.name}”以 {encoding} 标记开头，内容却不是 (bad encoding)。请另存为 UTF-8。") from None


def _tried(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sense(text: str) -> float:
    return sum(char in _COMMON for char in text) / max(1, len(text))
