"""What a plan says of itself: its title, who issues it, and when; nothing is taken from its file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from plans.outline import Piece
from plans.sources.source import Grid

NAMES = (
    "规划|纲要|方案|意见|决定|计划|报告|通知|行动|清单|条例|办法|项目表|计划表|安排表|一览表|措施|讲话|要点"
    "|项目名单|项目库|项目目录|答复|复函|答复的函"
)
_ENDS = re.compile(rf"(?:{NAMES})(?:[（(][^（）()]*[）)])*$")
_FORMS = re.compile(
    r"[（(](?:\d{4}\s*[—\-－–~至]+\s*\d{4}\s*年?|征求意见稿|公示稿?|送审稿|草案|修订版?|试行|\d{4}年\S*?版?)[）)]"
)
_NOTICE = re.compile(
    r"关于(?:印发|发布|批准|转发)\s*[《〈]?(.{4,60}?(?:规划|纲要|方案|意见|计划|行动|清单))[》〉]?的(?:通知|批复|函)$"
)
LONGEST_TITLE = 60
FRONT, BACK = 40, 30  # pieces before and behind the text that are looked at
_ISSUERS = re.compile(r"(?:[\u4e00-\u9fff]{2,24}?(?:人民政府|委员会|厅|(?<![格布结])局|委)(?:办公厅|办公室)?[、\s]?)+")
_DIGITS = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0"}
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月")
_NUMBER = re.compile(r"[〔\[［(（]\s*(\d{4})\s*[〕\]］)）]\s*\d+\s*号")
_CHINESE_DATE = re.compile(
    r"([〇零○O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
UNKNOWN = (datetime.date.min, "unknown")


def title_of(pieces: Sequence[Piece], told: str = "") -> str:
    """Return the title of a plan: what its first lines say, else what the file itself tells, else a headline; "" for none."""
    lines = _front(pieces)
    for i, line in enumerate(lines):
        if notice := _NOTICE.search(line):
            return notice[1]
        for size in (1, 2, 3):
            said = "".join(lines[i : i + size])
            if 5 <= len(said) <= LONGEST_TITLE and _ENDS.search(said) and not re.search("[。；，,]", said):
                return _whole(said, lines[i + size : i + size + 1])
    return told if _ENDS.search(told) else _headline(pieces, lines)


def _headline(pieces: Sequence[Piece], lines: Sequence[str]) -> str:
    """A short first line without a number over a longer one: 全省一季度重大水利工程进展."""
    if len(pieces) < 2 or not lines or pieces[0].label or pieces[0].grid:
        return ""
    first, below = lines[0], pieces[1].body.text
    plain = 8 <= len(first) <= LONGEST_TITLE and not re.search("[。；;：:]", first)
    return first if plain and (pieces[1].grid or len(below) > len(first)) else ""


def _whole(said: str, after: Sequence[str]) -> str:
    """A title with the years or the state of the draft that stand below it."""
    if notice := _NOTICE.search(said):
        return notice[1]
    return said + after[0] if after and _FORMS.fullmatch(after[0]) else said


def _front(pieces: Sequence[Piece]) -> list[str]:
    """The short lines before the text."""
    lines: list[str] = []
    for piece in pieces[:FRONT]:
        if piece.grid:
            lines = lines if any(map(_ENDS.search, lines)) else _over(piece.grid)
            break
        if piece.label:
            if lines:
                break
            continue
        lines += [re.sub(r"\s", "", line.text) for line in piece.lines][:4]
    return [line for line in lines if line]


def _over(grid: Grid) -> list[str]:
    """The rows of one cell that stand over the heads of a table."""
    lines: list[str] = []
    for row in grid.rows[:3]:
        said = {id(cell): re.sub(r"\s", "", cell.text) for cell in row if cell.bare}
        if len(said) != 1:
            break
        lines += said.values()
    return lines


def issued_on(pieces: Sequence[Piece]) -> tuple[datetime.date, str]:
    """Return the date of issue and how exact it is: day, month, year, or unknown (then `datetime.date.min`).

    A date that stands alone, before or behind the text, is that of issue; the number of a document
    (川府发〔2021〕7号) has its year.
    """
    said = [_plain(piece) for piece in (*pieces[:FRONT], *pieces[FRONT:][-BACK:]) if piece.kind != "table"]
    for pattern, precision in ((_DAY, "day"), (_MONTH, "month"), (_NUMBER, "year")):
        for line in said:
            found = pattern.search(line)
            alone = found and (precision == "year" or len(line) - len(found[0]) <= 24)
            if found and alone and (date := _date(found.groups())) is not None:
                return date, precision
    return UNKNOWN


def _plain(piece: Piece) -> str:
    """The words of a piece with Chinese dates in digits: 二〇二五年一月."""
    return _CHINESE_DATE.sub(_in_digits, re.sub(r"\s", "", piece.body.text[:400]))


def _in_digits(found: re.Match[str]) -> str:
    year = "".join(_DIGITS[char] for char in found[1])
    day = f"{_counted(found[3])}日" if found[3] else ""
    return f"{year}年{_counted(found[2])}月{day}"


def _counted(said: str) -> int:
    tens, ten, units = said.rpartition("十")
    return (10 * int(_DIGITS.get(tens, "1")) if ten else 0) + int(_DIGITS.get(units, "0"))


def _date(groups: Sequence[str | None]) -> datetime.date | None:
    year, month, day = (int(one or 1) for one in (*groups, "1", "1")[:3])
    try:
        return datetime.date(year, month, day) if 1949 <= year <= 2100 else None
    except ValueError:
        return None


def issuer_of(pieces: Sequence[Piece], title: str) -> str:
    """Return who issues a plan, where a line before or behind the text is a name of such; "" where none is."""
    said = [_plain(piece) for piece in (*pieces[:FRONT], *pieces[FRONT:][-BACK:]) if piece.kind != "table"]
    for line in said:
        if line != title and (found := _ISSUERS.fullmatch(_DAY.sub("", line))):
            return found[0]
    return ""
