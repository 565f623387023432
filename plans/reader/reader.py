"""A plan's clauses to proposals: what each names, of which layer, and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plans.clauses import Clause
from plans.documents import DATA
from plans.lexicon import expanded
from plans.mentions import Proposal, find_mentions
from plans.reader.classes import Classes, kind_signs
from plans.reader.examples import Span, sentences
from plans.reader.fullnames import FullName, full_names
from plans.reader.governing import governed
from plans.reader.tagger import Tagged, Tagger
from plans.wording import classed

MODEL = DATA / "model"
TAGGER, KINDS = "tagger.crfsuite", "kinds.crfsuite"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence, and what governs it."""

    tagged: Tagged
    full: FullName
    phrase: str  # the verb phrase, its parts joined by …
    reports: bool  # the sentence says that it is done

    @property
    def name(self) -> str:
        return self.full.name


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained reader."""

    tagger: Tagger
    kinds: Classes

    @classmethod
    def open(cls, folder: Path = MODEL) -> Reader:
        """Read the model in `folder`."""
        return cls(Tagger(folder / TAGGER), Classes(folder / KINDS))

    def read(self, clause: Clause) -> list[Proposal]:
        """Return the proposals for one clause in reading order."""
        voice = [(one.start, one.end) for one in find_mentions(clause.text, told=clause.reports)]
        found = []
        for start, end in sentences(clause.text):
            heard = [(a - start, b - start) for a, b in voice if start <= a and b <= end]
            names = self.names(clause.text[start:end], heard)
            found += [self._proposal(one, names, start, clause) for one in names]
        return found

    def names(self, sentence: str, voice: Sequence[Span] = ()) -> list[Named]:
        """Return what a sentence names, in reading order; `voice` is what the rules find in it."""
        tagged, shared = self.tagger.tag(sentence, voice)
        spans = [(one.start, one.end) for one in tagged]
        named = []
        for one in governed(sentence, spans, shared):
            members = [tagged[number] for number in one.members]
            full = full_names(sentence, [spans[number] for number in one.members], shared)
            for tag, names in zip(members, full, strict=True):
                named += [Named(tag, name, one.phrase, one.reports) for name in names]
        return named

    def _proposal(self, one: Named, beside: Sequence[Named], offset: int, clause: Clause) -> Proposal:
        layer, kind = self.kind(one.name, [other.name for other in beside], clause.path)
        start, end = offset + one.full.start, offset + one.full.end
        long = expanded(one.name)
        phrase, said = classed(one.phrase, clause.text, start, end, told=clause.reports or one.reports)
        return Proposal(
            quote=clause.text[start:end],
            name=one.name,
            start=start,
            end=end,
            layer=layer,
            kind=kind,
            status_text=phrase,
            status=said,
            aliases=(long,) if long != one.name else (),
            confidence=one.tagged.certainty,
        )

    def kind(self, name: str, around: Sequence[str], path: Sequence[str]) -> tuple[str, str]:
        """Return the likeliest layer of a name, and its likeliest kind there."""
        likely = self.kinds.likelihoods(kind_signs(name, around, path))
        layers: Counter[str] = Counter()
        for label, share in likely.items():
            layers[label.partition("/")[0]] += share  # type: ignore[assignment]
        layer = max(layers, key=layers.__getitem__)
        kind = max((label for label in likely if label.startswith(f"{layer}/")), key=likely.__getitem__)
        return layer, kind.partition("/")[2]


@cache
def bundled_reader() -> Reader:
    """Return the reader whose model ships."""
    return Reader.open()
