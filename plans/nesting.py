"""Pieces of an outline to clauses: ids by position, paths by the rank of what opens a part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plans.clause import Clause
from plans.clean import Clean, Line, join
from plans.documents import Document
from plans.lexicon import head_noun, is_place, lead_pattern, stands
from plans.outline import BARE, LONGEST_BARE, SENTENCE, Piece, numbered, opens
from plans.sources.source import Left
from plans.tables import GAP, Head, Row, head, rows

IN_TABLE = 100.0  # the rank of a group of rows is that of its number below this: it ends with its table
_KINDS = {"c": "chapter", "s": "section", "b": "box"}


@dataclass(frozen=True, slots=True)
class Open:
    """A part that is open: what follows is below it."""

    rank: float
    level: int
    id: str
    shown: str


def nested(doc: Document, pieces: Sequence[Piece]) -> tuple[list[Clause], list[Left]]:
    """Return the clauses of a plan in reading order, and the rows that only repeat the heads of their table."""
    nest = _Nest(doc)
    found: list[Clause] = []
    for piece in pieces:
        found += nest.table(piece) if piece.grid else nest.read(piece)
    return found, nest.left


class _Nest:
    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.open: list[Open] = []
        self.count: Counter[str] = Counter()
        self.left: list[Left] = []
        self.heads: tuple[Head, int] | None = None  # of the table just before, and how many columns it has

    def read(self, piece: Piece) -> Iterator[Clause]:
        """A heading opens a part and says nothing more; a numbered paragraph opens one, too, and is text."""
        self.heads = None
        self._leave_table()
        if self._is_title(piece):
            yield self._clause("title", self._next("h"), piece.body, piece.page, ())
        elif piece.kind == "paragraph":
            above = (piece.heading,) if piece.heading else ()
            yield self._clause("paragraph", self._next("p"), piece.body, piece.page, above)
        else:
            yield self._opened(piece)

    def _is_title(self, piece: Piece) -> bool:
        return not self.open and not piece.label and re.sub(r"\s", "", piece.body.text) in self.doc.title

    def _opened(self, piece: Piece) -> Clause:
        self._leave(piece)
        shown = _shown(piece)
        key = self._next(piece.letter)
        self.open.append(Open(self._rank(piece), piece.level, key, shown))
        kind = _KINDS.get(piece.letter, "article")
        made = self._clause(kind, key, piece.body, piece.page, ())
        named = _name(piece) if piece.kind == "numbered" else None
        made = replace(made, label=piece.label, heading=piece.heading, named=named)
        return made if piece.kind == "numbered" else replace(made, text="", offsets=(), pages=())

    def _leave(self, piece: Piece) -> None:
        """Close the parts that do not reach over this one: its like, and deeper ones."""
        while self.open and not self._holds(self.open[-1], piece):
            self.open.pop()

    def _holds(self, above: Open, piece: Piece) -> bool:
        """Tell whether an open part can hold `piece`: by the levels that the file gives, else by their numbers."""
        if piece.level and above.level:
            return above.level < piece.level
        if piece.level and not piece.label:
            return False  # what has no level of its own stands below what has one
        return above.rank < piece.rank

    def _leave_table(self) -> None:
        while self.open and self.open[-1].rank >= IN_TABLE:
            self.open.pop()

    def _rank(self, piece: Piece) -> float:
        """The rank of a part; without a number, just below what holds it where the file gives its level."""
        if piece.label or not piece.level:
            return piece.rank
        return self.open[-1].rank + 0.01 if self.open else 0.01

    def _next(self, letter: str) -> str:
        above = self.open[-1].id if self.open else self.doc.slug
        key = f"{above}/{letter}"
        self.count[key] += 1
        return f"{key}{self.count[key]}"

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(one.shown for one in self.open if one.shown)

    def table(self, piece: Piece) -> Iterator[Clause]:
        """The rows of a table; without heads of its own it goes on from one before of as many columns."""
        grid = piece.grid
        assert grid is not None
        own = head(grid)
        known = self.heads
        if own is None and known and known[1] == grid.columns:
            heads = replace(known[0], first=0, rows=0)
        else:
            self._leave_table()
            heads = own or Head(("",) * grid.columns, ("",) * grid.columns)
        repeated = bool(own and known and own.words == known[0].words)
        self.heads = (heads, grid.columns)
        for cell in _cells(row for row in grid.rows[heads.first : heads.first + heads.rows]):
            self.left.append(
                Left(cell.start, cell.start + len(cell.text), cell.page, "重复的表头" if repeated else "表头")
            )
        for row in rows(grid, heads):
            yield from self._row(row)

    def _row(self, row: Row) -> Iterator[Clause]:
        if row.kind == "group":
            yield self._group(row)
        elif row.kind == "text":
            first = row.cells[0]
            for cell in row.cells:
                above = (join([first]).text,) if cell is not first and len(first.bare) < LONGEST_BARE else ()
                for part in _paragraphs(cell):
                    yield self._clause("paragraph", self._next("p"), join([part]), part.page, above)
        else:
            named = row.named
            heading = row.body.text[slice(*named)] if named else ""
            made = self._clause(row.kind, self._next("r"), row.body, row.cells[0].page, (heading,))
            yield replace(made, heading=heading, facts=row.facts, named=named)

    def _group(self, row: Row) -> Clause:
        """A row that heads those below it: 一、 above （一）, and one without a number below both."""
        text = row.body.text.replace(GAP, " ")
        number = re.match(r"[（(]?[一二三四五六七八九十]+[）)]?(?= )", text)  # a number in a cell of its own
        found = numbered(f"{number[0].strip('、')}、{text}" if number and number[0][0] not in "（(" else text)
        rank = IN_TABLE + (found[0].rank if found else BARE)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        key = self._next("g")
        self.open.append(Open(rank, 0, key, _words(row)))
        made = self._clause("group", key, row.body, row.cells[0].page, ())
        return replace(made, heading=text, text="", offsets=(), pages=())

    def _clause(self, kind: str, key: str, body: Clean, page: int, above: tuple[str, ...]) -> Clause:
        paged = self.doc.pages is not None
        return Clause(
            document=self.doc,
            id=key,
            kind=kind,
            label="",
            heading=above[-1] if above else "",
            text=body.text,
            offsets=body.offsets,
            pages=body.pages if paged else (),
            first_page=page if paged else None,
            path=(*self.path, *filter(None, above)),
        )


def _name(piece: Piece) -> tuple[int, int] | None:
    """Where the name stands in a line of a numbered list of things; None where it is none.

    Such a line is nothing but a name (3.德州至高唐高速公路), or a name and where it lies (6.百崎湖通道，丰泽区，盾构段已贯通).
    """
    text = piece.body.text
    label = re.match(rf"{re.escape(piece.label)}\s*", text)
    start = label.end() if label else 0
    first = _FIRST.match(text, start)
    if first and is_place(first["place"]) and not lead_pattern().match(first["name"]):
        return start, first.end("name")
    end = len(re.sub("[；;。]$", "", text))
    name = text[start:end]
    noun = head_noun(name)
    said = re.search("[，,；;。：:]", name) or re.search(r"[^\d号期]、", name) or lead_pattern().match(name)
    return (start, end) if noun and not said and stands(name, noun) else None


_FIRST = re.compile("(?P<name>[^，,。；;：:]{4,40})[，,](?P<place>[^，,、。；;：:和至]{2,8})(?=[，,、和至])")


def _words(row: Row) -> str:
    """What a group is called: its number and name, without its sums."""
    said = [join([cell]).text for cell in row.cells[:2]]
    return " ".join(one for one in said if not re.fullmatch(r"[\d.,]+", one)) or said[0]


def _shown(piece: Piece) -> str:
    """The number of a part and its heading or lead, as they are written."""
    spaced = piece.label[:1] == "第" or piece.letter in "bd"
    return f"{piece.label}{' ' if spaced and piece.heading else ''}{piece.heading}"


def _paragraphs(cell: Line) -> Iterator[Line]:
    """The paragraphs of a cell: a line that closes a sentence, or comes before a number, ends one."""
    start = 0
    for found in re.finditer("[\n\u2028]", cell.text):
        before, after = cell.text[start : found.start()], cell.text[found.end() :].lstrip()
        if before.strip() and (SENTENCE.search(before.strip()) or opens(after)):
            yield replace(cell, text=before, start=cell.start + start)
            start = found.end()
    if cell.text[start:].strip():
        yield replace(cell, text=cell.text[start:], start=cell.start + start)


def _cells(found: Iterable[Sequence[Line]]) -> list[Line]:
    """The cells of rows, a merged one once; empty ones left out."""
    return [cell for cell in {id(cell): cell for row in found for cell in row}.values() if cell.bare]
