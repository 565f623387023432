"""The outline of any plan: lines and tables of a source to headings, paragraphs and rows, each with its place.

First lines become paragraphs, by the form of the whole document; then each paragraph is a heading, a
numbered paragraph or a plain one, by its own form and what follows; then they nest by the rank of their
numbers: 编 章 节 条 一、 （一） 1. （1） ①, and 12.1.1 below what stands above it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.clean import Clean, Line, join, width
from plans.sources.source import Grid

_NUMERAL = "[一二三四五六七八九十百零〇]"
ENDED = re.compile(r"[。！？!?：:；;…][”’』」）)\]】*]*$")
SENTENCE = re.compile(r"[。！？!?][”’』」）)\]】]*$")
_LEAD = re.compile(r"([^。：:；;]{2,40})[。：:]")
_UNFINISHED = re.compile("[、，,（(《“\\-－—～~]$")  # no paragraph ends so
LONGEST_CUT = 30  # characters: a shorter line may well be a whole one
LONGEST_HEADING = 50  # characters
LONGEST_BARE = 26  # characters of a heading without a number
WIDEST_PRINT = 90.0  # characters on a printed line


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of number: how it looks, how high it stands, and the letter of its ids."""

    pattern: re.Pattern[str]
    rank: float
    letter: str


def _form(pattern: str, rank: float, letter: str) -> Form:
    return Form(re.compile(pattern), rank, letter)


FORMS = (
    _form(rf"第\s*(?:{_NUMERAL}+|\d+)\s*(?:编|篇|部分)(?=[\s:：、]|$|\S)", 1, "e"),
    _form(rf"第\s*(?:{_NUMERAL}+|\d+)\s*章", 2, "c"),
    _form(rf"第\s*(?:{_NUMERAL}+|\d+)\s*节", 3, "s"),
    _form(rf"第\s*(?:{_NUMERAL}+|\d+)\s*条(?![路线河铁公江沟主])", 4, "a"),
    _form(rf"{_NUMERAL}+\s*[、．](?=\s*\S)", 5, "t"),
    _form(rf"[（(]\s*{_NUMERAL}+\s*[）)]\s*[、.．]?", 6, "u"),
    _form(
        r"(?:专栏|专\s*栏|附表|附件|表)\s*(?:\d+(?:[-－.]\d+)*|[一二三四五六七八九十]+)(?=[\s:：、]|[^\d\W]|$)",
        6.9,
        "b",
    ),
    _form(r"\d{1,2}(?:[.．]\d{1,2}){1,4}(?:[.．、]\s*|\s+|(?=[^\W\d]))", 6.2, "d"),
    _form(r"\d{1,3}(?:[.．、](?!\d)\s*|\s+(?=[^\W\d]))", 7, "n"),
    _form(r"[（(]\s*\d{1,3}\s*[）)]\s*[、.．]?", 8, "m"),
    _form(r"\d{1,2}[）)]\s*", 8.5, "m"),
    _form(r"[①-⑳⑴-⒇❶-❿➀-➓]", 9, "o"),
)
BARE = 11.0  # the rank of a heading without a number
_BULLET = re.compile(r"\s*(?:[●■◆▲★○□◇※•·➢►▪]|——|-\s|\uf0b7|\uf06c|\uf075)\s*")
# What follows a number that counts something: 60 分钟, 17 号线, 1.5亿元
_COUNTED = re.compile(
    "[%％‰万亿千百多余个条座项处家所年月日时分吨亩元户人次倍度岁期位部辆架列台套届级号世强带]|公里|公顷|米|平方|立方|以[上下内]|km"
)
_PARTED = re.compile("[%％‰万亿千百倍吨元亩度]|公里|公顷|米|平方|立方|个百分")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph or a table, below the headings of `path`."""

    kind: str  # heading, numbered, paragraph, table
    letter: str  # of its id
    label: str  # "第一章", "（一）", "12.1.1"; "" without a number
    heading: str  # its own heading, or the lead sentence of a paragraph
    lines: tuple[Line, ...]
    body: Clean  # its lines in one
    rank: float = 0.0  # of what opens a part; 0 of what opens none
    level: int = 0  # of a heading, where the file says so
    grid: Grid | None = None

    @property
    def page(self) -> int:
        return self.grid.page if self.grid else self.lines[0].page


def outlined(parts: Sequence[Line | Grid]) -> list[Piece]:
    """Return the pieces of a source in reading order; every line and table stands in one of them."""
    lines = [one for one in parts if isinstance(one, Line)]
    layout = Layout.of([one for one in lines if not one.whole])
    pieces: list[Piece] = []
    pending: list[Line] = []
    for part in [*parts, None]:
        if isinstance(part, Line):
            pending.append(part)
            continue
        pieces += [_classed(tuple(one)) for one in _paragraphs(pending, layout)]
        pending = []
        if part is not None:
            pieces.append(Piece("table", "g", "", "", (), Clean("", ()), grid=part))
    return _settled(pieces)


# ---- lines to paragraphs -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set: all of it tells, not one line."""

    wrap: float  # characters at which print has wrapped them; 0 where each is a paragraph
    edge: float  # the indent at which most of them begin
    cuts: bool  # a long line that stops inside a sentence is a rare one: a page has cut it

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Tell the layout of `lines`, those that are no paragraphs by their form."""
        indents = sorted(line.indent for line in lines)
        long = [line.bare for line in lines if len(line.bare) > LONGEST_CUT]
        cut = sum(_cut(bare) for bare in long)
        few = max(len(long), 5)  # of so few lines one may be cut
        return cls(wrapped_at(lines), indents[len(indents) // 2] if indents else 0.0, 4 * cut < few)


def wrapped_at(lines: Sequence[Line]) -> float:
    """Return the width in characters at which print has wrapped `lines`; 0 where each is a paragraph.

    In print the lines that break off inside a sentence are the widest ones, and all about as wide; where
    a line is a paragraph, widths have no common limit. Before a line with a number of its own nothing breaks
    off: a numbered list of names is no print.
    """
    widths = sorted(width(line.text) for line in lines)
    if len(widths) < 4:
        return 0.0
    limit = widths[int(0.9 * (len(widths) - 1))]
    if not 12 <= limit <= WIDEST_PRINT:
        return 0.0
    broken = sum(
        limit - 2.5 <= width(line.text) <= limit + 4 and not ENDED.search(line.bare) and not opens(after.bare)
        for line, after in itertools.pairwise(lines)
    )
    return limit if broken >= max(3, 0.2 * len(lines)) else 0.0


def _paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[list[Line]]:
    """Put together the lines of each paragraph."""
    part: list[Line] = []
    for line in lines:
        if part and not _goes_on(part, line, layout):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _goes_on(part: list[Line], line: Line, layout: Layout) -> bool:
    """Tell whether `line` continues the paragraph of `part`."""
    last, indented = part[-1], line.indent > layout.edge + 1
    if last.whole or line.whole or last.level or line.level:
        return False
    if _UNFINISHED.search(last.bare):
        return True
    if not layout.wrap:
        return layout.cuts and _cut(last.bare) and not opens(line.bare)
    if width(last.text) + last.indent < layout.wrap - 3.5:
        return False
    if SENTENCE.search(last.bare) or last.bare.endswith(("：", ":")):
        begins_indented = part[0].indent >= layout.edge + 1  # then a line without an indent goes on
        return begins_indented and not indented and not opens(line.bare)
    return not (opens(line.bare) and (indented or last.bare.endswith(("；", ";"))))


def _cut(bare: str) -> bool:
    """Tell whether a long line stops inside a sentence, as where a page ended."""
    return (
        len(bare) > LONGEST_CUT
        and re.search(r"[\w，、]$", bare) is not None
        and re.search("[，。；]", bare) is not None
    )


def opens(bare: str) -> bool:
    """Tell whether a line begins with a number of its own or a bullet."""
    return numbered(bare) is not None or _BULLET.match(bare) is not None


def numbered(bare: str) -> tuple[Form, str, str] | None:
    """Return the form, the label and the rest of a line that begins with a number; None where it has none.

    `2025年` and `60 分钟` count something and are none.
    """
    for form in FORMS:
        found = form.pattern.match(bare)
        if found is None:
            continue
        rest = bare[found.end() :].lstrip()
        if form.letter in "nd" and _counts(found[0], rest):
            return None
        if form.letter == "t" and not rest:
            return None
        return form, found[0].strip(), rest
    return None


def _counts(label: str, rest: str) -> bool:
    """Tell whether the number at the beginning of a line counts something, and is no number of the line."""
    if not rest or rest[0] in "-—～~至、,，.":
        return True
    parts = len(re.findall(r"\d+", label))
    if parts == 2:
        return _PARTED.match(rest) is not None
    return parts == 1 and label.strip().isdigit() and _COUNTED.match(rest) is not None


# ---- paragraphs to pieces ----------------------------------------------------------------------


def _classed(lines: tuple[Line, ...]) -> Piece:
    """A heading by its number or level, a paragraph with a number, or a plain one; bare headings come later."""
    body = join(list(lines))
    bare, level = body.text, lines[0].level
    found = numbered(lines[0].bare)
    short = len(bare) <= LONGEST_HEADING and not ENDED.search(bare.rstrip("：:"))
    if found is None:
        if level and len(bare) <= 2 * LONGEST_HEADING:
            return Piece("heading", "h", "", bare, lines, body, BARE, level)
        return Piece("paragraph", "p", "", _lead(bare), lines, body, level=level)
    form, written, _ = found
    label = re.sub(r"\s", "", written)
    rest = bare[len(label) :].lstrip(" \u3000") if bare.startswith(label) else bare
    rank = form.rank + 0.1 * len(re.findall(r"\d+", label)) if form.letter == "d" else form.rank
    if (short and not _several(rest)) or (level and len(bare) <= 2 * LONGEST_HEADING):
        return Piece("heading", form.letter, label, rest, lines, body, rank, level)
    return Piece("numbered", form.letter, label, _lead(rest), lines, body, rank)


def _several(text: str) -> bool:
    """Tell whether a line without an end still reads as a sentence."""
    return text.count("，") + text.count(",") > 2


def _lead(text: str) -> str:
    """The opening sentence that names a paragraph; "" where it is all of it, or too long for a name."""
    found = _LEAD.match(text)
    return found[1] if found and found.end() < len(text) else ""


def _settled(pieces: list[Piece]) -> list[Piece]:
    """Find the headings that have no number; and make text of a heading with nothing below it."""
    found = list(pieces)
    for i, one in enumerate(pieces):
        if one.kind == "paragraph" and _heads(pieces, i):
            found[i] = Piece("heading", "h", "", one.body.text, one.lines, one.body, BARE)
    for i, one in enumerate(list(found)):
        after = found[i + 1] if i + 1 < len(found) else None
        if one.kind == "heading" and (_is_leaf(one, after) or _ends_list(found[max(0, i - 2) : i], one, after)):
            found[i] = Piece("numbered", one.letter, one.label, "", one.lines, one.body, one.rank, one.level)
    return found


def _heads(pieces: list[Piece], i: int) -> bool:
    """Tell whether a plain paragraph is a heading: short, without an end, between texts."""
    one, body = pieces[i], pieces[i].body.text
    if len(body) > LONGEST_BARE or ENDED.search(body) or re.search("[，,；;。、《]", body) or _BULLET.match(body):
        return False
    if not re.search(r"[\u3400-\u9fff]{2}", body) or i + 1 == len(pieces) or (one.lines[0].whole and one.level):
        return False
    after = pieces[i + 1]
    before = pieces[i - 1] if i else None
    if before is not None and before.kind in {"paragraph", "numbered"} and not ENDED.search(before.body.text):
        return False
    return after.kind in {"table", "heading", "numbered"} or len(after.body.text) > LONGEST_BARE + 4


def _ends_list(before: Sequence[Piece], one: Piece, after: Piece | None) -> bool:
    """Tell whether a line is the last of a numbered list of names: two of its like before it, no number behind."""
    like = [piece for piece in before if piece.kind == "numbered" and piece.letter == one.letter and not piece.heading]
    listed = len(like) == 2 and not any(ENDED.search(piece.body.text) for piece in like)
    return listed and bool(one.label) and not (after and after.label)


def _is_leaf(one: Piece, after: Piece | None) -> bool:
    if after is None:
        return True
    if after.level and one.level:
        return after.level <= one.level
    return bool(after.rank) and after.rank <= one.rank and not (after.level and not one.level)
