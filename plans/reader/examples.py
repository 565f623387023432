"""What the tagger learns from: sentences, and where things are named in them.

Two sources: the reviewed records, and sentences written for the forms that these lack
(data/training/*.txt, a sentence a line: `[兰合]、[平庆]等{铁路}` marks names and the noun they share;
`[甬舟|railway]` gives the kind where the noun does not).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plans.clauses import Clause
from plans.errors import PlanError
from plans.features import Mention
from plans.library import Library

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
    mentions: dict[str, list[Mention]] = {}
    for one in library.mentions:
        if one.document.slug == slug:
            mentions.setdefault(one.clause_id, []).append(one)
    return [example for clause in library.clauses(slug) for example in _of_clause(clause, mentions.get(clause.id, []))]


def _of_clause(clause: Clause, mentions: list[Mention]) -> Iterator[Example]:
    names = _apart(clause.text, {_listed(clause.text, one) for one in mentions})
    shared = {place for one in mentions if (place := _shared(clause.text, one, names))}
    for start, end in sentences(clause.text):
        yield Example(clause.text[start:end], *(_within(start, end, of) for of in (names, sorted(shared))))


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

_MARK = re.compile(r"\[([^\]|]+)(?:\|([a-z_/]+))?\]|\{([^}|]+)(?:\|([a-z_/]+))?\}")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that was written to learn from, with the kinds that were given to its names."""

    example: Example
    kinds: tuple[str, ...]  # of each name; "" where its noun says it


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
    """Read a marked sentence; the kind of a shared noun goes to the names before it. ValueError for a bad mark."""
    text, at = "", 0
    names: list[Span] = []
    shared: list[Span] = []
    kinds: list[str] = []
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        name, kind, noun, of_list = found.groups()
        span = (len(text), len(text) + len(name or noun))
        text += name or noun
        at = found.end()
        if name:
            names.append(span)
            kinds.append(kind or "")
            continue
        begun = max((text.rfind(mark, 0, span[0]) for mark in "，。；"), default=-1)
        kinds = [
            known or (of_list or "") if start > begun else known for known, (start, _) in zip(kinds, names, strict=True)
        ]
        shared.append(span)
    text += line[at:]
    if re.search(r"[\[\]{}|]", text):
        raise ValueError(f"标记不成对“{text[:20]}”")
    return Written(Example(text, tuple(names), tuple(shared)), tuple(kinds))
