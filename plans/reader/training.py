"""Make the reader's model from reviewed records and written sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random

from plans.documents import DATA
from plans.features import Mention
from plans.lexicon import endings, head_noun
from plans.library import Library
from plans.mentions import named_spans
from plans.reader import classes, tagger
from plans.reader.augment import varied
from plans.reader.classes import kind_signs
from plans.reader.examples import (
    Example,
    MarkedClause,
    Span,
    Written,
    by_clause,
    marked_mentions,
    marked_plan,
    of_document,
    sentences,
    written,
)
from plans.reader.governing import governed
from plans.reader.reader import KINDS, STAGES, TAGGER
from plans.reader.stages import stage_signs, stretch, told_around, without_context
from plans.reader.telling import told_sentences
from plans.vocabulary import keys, kinds
from plans.wording import ruled
from plans.words import may_name

SEED = 12
Voiced = tuple[Example, Sequence[Span]]
Kind = tuple[list[str], str]  # signs, "transport/expressway"
Staged = tuple[list[str], str]  # signs, "starting"


def train(library: Library, slugs: Iterable[str], folder: Path) -> None:
    """Train on the documents `slugs` of `library` and on what is written for it; the model goes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    named = list(slugs)
    written_ = [one.example for one in all_written()]
    reviewed = [one for slug in named for one in of_document(library, slug)]
    random = Random(SEED)
    more = [varied(one, random) for one in reviewed if one.names]  # what is written varies of itself
    tagger.train(map(voiced, [*written_, *reviewed, *more]), folder / TAGGER)
    classes.train(_kinds(library, named), folder / KINDS)
    classes.train(_stages(library, named), folder / STAGES, **{"feature.minfreq": 2})


def voiced(example: Example) -> Voiced:
    """Return a sentence with what the rules find in it."""
    return example, named_spans(example.text) if may_name(example.text) else []


def all_written() -> list[Written]:
    """Return the sentences that were written to learn from, those of whole plans among them."""
    alone = [one for path in sorted((DATA / "training").glob("*.txt")) for one in written(path)]
    return [*alone, *(one for clause in written_plans() for one in clause.sentences())]


@cache
def written_plans() -> tuple[MarkedClause, ...]:
    """Return the clauses of the plans that were written to learn from."""
    return tuple(clause for path in sorted((DATA / "training" / "plans").glob("*.txt")) for clause in marked_plan(path))


# ---- kinds ---------------------------------------------------------------------------------------


def _kinds(library: Library, slugs: Sequence[str]) -> Iterator[Kind]:
    seen = {(tuple(signs), kind): None for slug in slugs for signs, kind in _reviewed_kinds(library, slug)}
    yield from ((list(signs), kind) for signs, kind in seen)
    for one in all_written():
        yield from _written_kinds(one)
    for noun, meanings in endings().items():
        for before, kind, weak in meanings:
            if not weak:
                yield kind_signs(f"地{before.replace('*', '')}{noun}"), kind


def _reviewed_kinds(library: Library, slug: str) -> Iterator[Kind]:
    of_clause: dict[str, list[Mention]] = defaultdict(list)
    for mention in library.mentions:
        if mention.document.slug == slug:
            of_clause[mention.clause_id].append(mention)
    for mentions in of_clause.values():
        clause = mentions[0].clause
        for start, end in sentences(clause.text):
            inside = [one for one in mentions if start <= one.start < end]
            for one in inside:
                feature = library.feature(one.feature)
                signs = kind_signs(one.name, [other.name for other in inside], clause.path)
                yield signs, f"{feature.layer}/{feature.kind}"


def _written_kinds(one: Written) -> Iterator[Kind]:
    names = [one.example.text[start:end] for start, end in one.example.names]
    for name, kind in zip(names, one.kinds, strict=True):
        head = None if kind else head_noun(name)
        if kind or (head and not head.weak):
            yield kind_signs(name, names), _with_layer(kind) if kind or head is None else f"{head.layer}/{head.kind}"


def _with_layer(kind: str) -> str:
    layer = next((layer for layer in keys("layer") if kind in kinds(layer)), None)
    if layer is None:
        raise KeyError(kind)
    return f"{layer}/{kind}"


# ---- stages --------------------------------------------------------------------------------------


def _stages(library: Library, slugs: Sequence[str]) -> Iterator[Staged]:
    for one in written_plans():
        yield from _staged(one)
    for slug in slugs:
        for clause, mentions in by_clause(library, slug):
            yield from _staged(marked_mentions(clause, mentions))


def _staged(marked: MarkedClause) -> Iterator[Staged]:
    """Signs and class of each name of a clause of which a class is known."""
    for sentence, one in zip(told_sentences(marked.clause), marked.sentences(), strict=True):
        names = one.example.names
        for group in governed(sentence.text, names, one.example.shared):
            for (a, b), known in ((names[number], one.statuses[number]) for number in group.members):
                if known:
                    around = stretch(sentence.text, names, (a, b))
                    told = told_around(sentence, around, reports=group.reports)
                    _, said = ruled(group.phrase, marked.clause, sentence.start + a, sentence.start + b, told=told)
                    signs = stage_signs(sentence, around, sentence.text[a:b], said, told=told)
                    yield signs, known
                    yield without_context(signs), known
