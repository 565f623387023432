"""What the tagger learns from: sentences, and where things are named in them.

Three sources: the reviewed records; sentences written for the forms that these lack
(data/training/*.txt, a sentence a line: `[兰合]、[平庆]等{铁路}` marks names and the noun they share;
`[甬舟|railway]` gives the kind where the noun does not); and whole plans written for this
(data/training/plans/*.txt: `[甬舟|railway|starting]` gives what the sentence says of it, too).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plans.clauses import Clause, read_new
from plans.errors import PlanError
from plans.features import Mention
from plans.library import Library
from plans.reading import as_document

LONGEST = 60  # characters: a longer quote runs over a whole list
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence; where its names stand, and the nouns that names before them share."""

    text: str
    names: tuple[Span, ...]
    shared: tuple[Span, ...]

    @property
    def labels(self) -> list[str]:
        """One label a character: B I E of a name, S a name of one character, H a shared noun, O none."""
        found = ["O"] * len(self.text)
        for start, end in self.shared:
            found[start:end] = "H" * (end - start)
        for start, end in self.names:
            found[start:end] = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        return found


def spans(labels: Iterable[str]) -> tuple[list[Span], list[Span]]:
    """Return where names and where shared nouns stand, by labels as in `Example.labels`."""
    names: list[Span] = []
    shared: list[Span] = []
    joined = "".join(labels)
    for found in re.finditer("BI*E?|S|H+", joined):
        (shared if found[0][0] == "H" else names).append(found.span())
    return names, shared


def sentences(text: str) -> Iterator[Span]:
    """Yield where the sentences of a text stand, their closing marks included."""
    for found in re.finditer("[^。;；！？!?]+[。;；！？!?]*", text):
        yield found.span()


# ---- from reviewed records ---------------------------------------------------------------------


def of_document(library: Library, slug: str) -> list[Example]:
    """Return the sentences of a reviewed document, those that name nothing among them."""
    every = (marked_mentions(clause, mentions) for clause, mentions in by_clause(library, slug))
    return [one.example for marked in every for one in marked.sentences()]


def by_clause(library: Library, slug: str) -> list[tuple[Clause, list[Mention]]]:
    """Return the clauses of a reviewed document, each with its mentions."""
    mentions: dict[str, list[Mention]] = {}
    for one in library.mentions:
        if one.document.slug == slug:
            mentions.setdefault(one.clause_id, []).append(one)
    return [(clause, mentions.get(clause.id, [])) for clause in library.clauses(slug)]


def marked_mentions(clause: Clause, mentions: list[Mention]) -> MarkedClause:
    """Return a reviewed clause as if it had been marked: its kinds are those of its features, not given here."""
    status = {_listed(clause.text, one): one.status for one in mentions}
    names = _apart(clause.text, set(status))
    shared = {place for one in mentions if (place := _shared(clause.text, one, names))}
    statuses = tuple(status.get(span, "") for span in names)
    return MarkedClause(clause, tuple(names), tuple(sorted(shared)), ("",) * len(names), statuses)


def _within(start: int, end: int, found: Iterable[Span]) -> tuple[Span, ...]:
    return tuple((a - start, b - start) for a, b in found if start <= a and b <= end)


_AND_MORE = re.compile("(?<![高中平初同])等(?![级教])")


def _listed(text: str, one: Mention) -> Span:
    """Where the words of its own stand: of 古蔺县等通用机场, 古蔺县."""
    quote = text[one.start : one.end]
    more = _AND_MORE.search(quote)
    own = more.start() if more and more.start() > 1 and quote not in one.name else len(quote)
    return one.start, one.start + own


def _apart(text: str, found: Iterable[Span]) -> list[Span]:
    """Return names that do not overlap: of nested ones the whole, of a quote that runs over a list its first part."""
    apart: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if end - start > LONGEST:
            continue
        if apart and start < apart[-1][1]:
            first = apart[-1][0]
            if start - first > 1 and text[start - 1] in "、和与及,，":
                apart[-1] = (first, start - 1)
                apart.append((start, end))
            continue
        apart.append((start, end))
    return apart


def _shared(text: str, one: Mention, names: list[Span]) -> Span | None:
    """Where the noun stands that a name takes from behind its list: 通用机场 of 三台等通用机场."""
    quote = text[slice(*_listed(text, one))]
    if not one.name.startswith(quote) or one.name == quote:
        return None
    noun = one.name[len(quote) :]
    stop = next((end for start, end in sentences(text) if start <= one.start < end), len(text))
    at = text.find(noun, one.start + len(quote), stop)
    taken = any(start < at + len(noun) and at < end for start, end in names)
    return None if at < 0 or taken or len(noun) < 2 else (at, at + len(noun))


# ---- written for this ----------------------------------------------------------------------------

_MARK = re.compile(
    r"\[(?P<name>[^\]|]+)(?:\|(?P<kind>[a-z_/]*))?(?:\|(?P<status>[a-z_]+))?\]|\{(?P<noun>[^}|]+)(?:\|(?P<of_list>[a-z_/]+))?\}"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence or a whole text that was written to learn from, with the kinds that were given to its names."""

    example: Example
    kinds: tuple[str, ...]  # of each name; "" where its noun says it
    statuses: tuple[str, ...] = ()  # of each name; "" where nobody could say, or the sentence stands alone


def written(path: Path) -> list[Written]:
    """Read a file of marked sentences; PlanError names a line that is marked wrongly."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(marked(line.strip()))
            except ValueError as error:
                raise PlanError(f"{path.name} 第{number}行：{error} (badly marked sentence)。") from None
    return found


def marked(line: str) -> Written:
    """Read what is marked; the kind of a shared noun goes to the names before it. ValueError for a bad mark."""
    parts: list[str] = []
    size = at = 0
    names: list[Span] = []
    shared: list[Span] = []
    kinds: list[str] = []
    statuses: list[str] = []
    for found in _MARK.finditer(line):
        plain, words = line[at : found.start()], found["name"] or found["noun"]
        parts += [plain, words]
        span = (size + len(plain), size + len(plain) + len(words))
        size, at = span[1], found.end()
        if found["name"]:
            names.append(span)
            kinds.append(found["kind"] or "")
            statuses.append(found["status"] or "")
            continue
        shared.append(span)
        before = "".join(parts[:-1])
        begun = max((before.rfind(mark) for mark in "，。；\n"), default=-1)
        for i in range(len(names) - 1, -1, -1):
            if names[i][0] <= begun:
                break
            kinds[i] = kinds[i] or found["of_list"] or ""
    text = "".join([*parts, line[at:]])
    if bad := re.search(r"[\[\]{}].{0,20}", text):
        raise ValueError(f"标记不成对“{bad[0]}”")
    return Written(Example(text, tuple(names), tuple(shared)), tuple(kinds), tuple(statuses))


@dataclass(frozen=True, slots=True)
class MarkedClause:
    """A clause of a plan that was written to learn from; places are those in its text."""

    clause: Clause
    names: tuple[Span, ...]
    shared: tuple[Span, ...]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]

    def sentences(self) -> Iterator[Written]:
        """Yield its sentences as if each had been written alone."""
        for start, end in sentences(self.clause.text):
            inside = [i for i, (a, b) in enumerate(self.names) if start <= a and b <= end]
            names = tuple((self.names[i][0] - start, self.names[i][1] - start) for i in inside)
            example = Example(self.clause.text[start:end], names, _within(start, end, self.shared))
            yield Written(example, *(tuple(of[i] for i in inside) for of in (self.kinds, self.statuses)))


def marked_plan(path: Path) -> list[MarkedClause]:
    """Read a plan whose names are marked (`[name|kind|status]`), its first line a comment; PlanError for a bad mark."""
    try:
        whole = marked(path.read_text(encoding="utf-8").partition("\n")[2])
    except ValueError as error:
        raise PlanError(f"{path.name}：{error} (badly marked plan)。") from None
    text = whole.example.text
    clauses, _ = read_new(as_document(path, text), text)
    return [_marked_clause(clause, whole) for clause in clauses if clause.reads and not clause.named]


def _marked_clause(clause: Clause, whole: Written) -> MarkedClause:
    at = {place: i for i, place in enumerate(clause.offsets)}

    def inside(spans: Iterable[Span]) -> list[tuple[int, Span]]:
        """Those of `spans` that stand in the clause, by their numbers, as places in its text."""
        return [
            (i, (at[start], at[end - 1] + 1)) for i, (start, end) in enumerate(spans) if {start, end - 1} <= at.keys()
        ]

    names = inside(whole.example.names)
    return MarkedClause(
        clause,
        tuple(span for _, span in names),
        tuple(span for _, span in inside(whole.example.shared)),
        tuple(whole.kinds[i] for i, _ in names),
        tuple(whole.statuses[i] for i, _ in names),
    )
