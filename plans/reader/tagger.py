"""Where a sentence names things: a conditional random field over characters (python-crfsuite).

Lafferty, McCallum, Pereira (2001), doi:10.5555/645530.655813; CRFsuite, Okazaki (2007).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from plans.reader.examples import Example, Span, spans
from plans.reader.signs import signs

SETTINGS = {"c1": 0.5, "c2": 0.3, "max_iterations": 70, "feature.minfreq": 3, "feature.possible_transitions": True}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name that the tagger sees, by its place in the sentence."""

    start: int
    end: int
    certainty: float  # of the least certain character; not calibrated


class Tagger:
    """A trained tagger, read from a file."""

    def __init__(self, path: Path) -> None:
        """Open the model at `path`."""
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path))

    def tag(self, text: str, voice: Iterable[Span] = ()) -> tuple[list[Tagged], list[Span]]:
        """Return the names of a sentence and the nouns they share, in order; `voice` is what the rules find."""
        if not text:
            return [], []
        labels = self._model.tag(pycrfsuite.ItemSequence(signs(text, voice)))
        names, shared = spans(labels)
        return [Tagged(start, end, self._certainty(labels, start, end)) for start, end in names], shared

    def _certainty(self, labels: Sequence[str], start: int, end: int) -> float:
        return min(float(self._model.marginal(labels[i], i)) for i in (start, (start + end) // 2, end - 1))


def train(examples: Iterable[tuple[Example, Sequence[Span]]], path: Path) -> None:
    """Learn from sentences, each with what the rules find in it, and write the model to `path`."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for example, voice in examples:
        if example.text:
            trainer.append(pycrfsuite.ItemSequence(signs(example.text, voice)), example.labels)
    trainer.set_params(SETTINGS)
    trainer.train(str(path))
