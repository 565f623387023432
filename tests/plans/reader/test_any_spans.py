"""Whatever a tagger sees in a sentence, it is read without an error, and every name stands where the reader says."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.atlas import bundled
from plans.reader.examples import sentences
from plans.reader.reader import Reader, says_which
from plans.reader.tagger import Tagged

SENTENCES = [
    clause.text[start:end]
    for one in bundled().documents[:3]
    for clause in bundled().clauses(one.slug)
    for start, end in sentences(clause.text)
]


class Seen:
    """A tagger that sees what it is told."""

    def __init__(self, marks: list[int], shared: bool) -> None:
        self.spans = list(zip(marks[::2], marks[1::2], strict=False))
        self.shared = self.spans.pop() if shared and self.spans else None

    def tag(self, *_: Any) -> tuple[list[Tagged], list[tuple[int, int]]]:
        return [Tagged(start, end, 0.5) for start, end in self.spans], [self.shared] if self.shared else []


@st.composite
def seen(draw: st.DrawFn) -> tuple[str, Seen]:
    sentence = draw(st.sampled_from(SENTENCES))
    marks = draw(st.lists(st.integers(0, len(sentence)), max_size=10, unique=True))
    return sentence, Seen(sorted(marks), draw(st.booleans()))


@given(seen())
@settings(max_examples=300, deadline=None)
def test_any_spans_are_read(case):
    sentence, tagger = case
    reader = Reader(cast("Any", tagger), cast("Any", None), cast("Any", None))
    for one in reader.names(sentence):
        assert 0 <= one.full.start < one.full.end <= len(sentence)
        says_which(one.name)
