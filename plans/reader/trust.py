"""How far a reading can be trusted: what tells a right one, and the chance that it is right.

Learned from the readings of reviewed documents by models that had not seen them. `SURE` is a chance,
not a score: of what reaches it, at least as many in a hundred are right in each document apart
(docs/reader.md shows it).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plans.lexicon import evidence, head_noun, is_place
from plans.reader.classes import Classes
from plans.reader.examples import Span
from plans.reader.tagger import Tagged

SURE, UNSURE = 0.97, 0.969  # what is not proven stays below
TRUST, STEPS = "trust.crfsuite", "trust.json"
RIGHT, WRONG = "right", "wrong"
SETTINGS = {"c1": 3.0, "c2": 1.0}  # few readings, so that little is believed
LEAST = 50  # readings, before a share counts
FEW = 30  # readings of one document, below which its share proves nothing
Scored = Sequence[tuple[float, bool]]  # (score, right) of readings
_STEPS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def trust_signs(tagged: Tagged, name: str, layer: tuple[str, float], voice: Sequence[Span], phrase: str) -> list[str]:
    """What tells whether a name is read rightly: its layer and how likely that is, what the rules find (`voice`)."""
    head = head_noun(name)
    same = (tagged.start, tagged.end) in voice
    over = any(start < tagged.end and tagged.start < end for start, end in voice)
    kind = "none" if head is None else "weak" if head.weak else "strong"
    voiced = "same" if same else "over" if over else "none"
    step, likely = _step(tagged.certainty), _step(layer[1])
    rest = name[: head.start] if head else name
    return [
        f"c{step}", *(f"c>{i}" for i in range(step)), *(f"l>{i}" for i in range(likely)), f"cl{min(step, likely)}",
        f"v{voiced}", f"h{kind}", f"e{evidence(rest)}", f"n{min(len(name), 16) // 3}", f"q{bool(phrase)}",
        f"vh{voiced}{kind}", f"y{head.layer if head else '-'}", f"k{head.kind if head else '-'}",
        f"d{head is not None and head.layer == layer[0]}", f"p{is_place(rest)}", f"j{bool(_JOINED.search(name))}",
    ]  # fmt: skip


_JOINED = re.compile("[与和及、“”()（）]")


def _step(share: float) -> int:
    return sum(share >= step for step in _STEPS)


@dataclass(frozen=True, slots=True)
class Trust:
    """A learned score of readings, and what share of held-out readings was right from each score on."""

    score: Classes
    steps: tuple[tuple[float, float], ...]  # (from this score on, share right), rising

    @classmethod
    def open(cls, folder: Path) -> Trust | None:
        """Read what was learned; None where nothing was."""
        if not (folder / TRUST).exists():
            return None
        steps = json.loads((folder / STEPS).read_text(encoding="utf-8"))
        return cls(Classes(folder / TRUST), tuple((low, share) for low, share in steps))

    def chance(self, signs: Sequence[str]) -> float:
        """Return the chance that a reading is right."""
        score = self.score.likelihood(signs, RIGHT)
        return next((share for low, share in reversed(self.steps) if score >= low), 0.0)


def steps(documents: Sequence[Scored]) -> list[tuple[float, float]]:
    """Return the share of right readings from each score on, never falling; from `SURE` on only where that is proven."""
    every = sorted(pair for scored in documents for pair in scored)
    surest = sure_from(documents)
    if surest is None:
        return [(low, min(share, UNSURE)) for low, share in _pooled(every)]
    below = [(low, min(share, UNSURE)) for low, share in _pooled([pair for pair in every if pair[0] < surest])]
    return [*below, (surest, round(_right([pair for pair in every if pair[0] >= surest]), 4))]


def sure_from(documents: Sequence[Scored]) -> float | None:
    """Return the lowest score from which on `SURE` of all readings are right, and of each document's; None for none.

    Texts differ more than readings of one text: an average over them promises too much.
    """
    for surest in sorted({score for scored in documents for score, _ in scored}):
        above = [[pair for pair in scored if pair[0] >= surest] for scored in documents]
        every = [pair for scored in above for pair in scored]
        if len(every) < LEAST:
            return None
        if _right(every) >= SURE and all(_right(scored) >= SURE for scored in above if len(scored) >= FEW):
            return surest
    return None


def _right(scored: Scored) -> float:
    return sum(right for _, right in scored) / len(scored)


def _pooled(ranked: Scored) -> list[tuple[float, float]]:
    """Shares of right readings by score, never falling (pool adjacent violators, Ayer et al. 1955)."""
    blocks = [[ranked[i][0], *_count(ranked[i : i + LEAST])] for i in range(0, len(ranked), LEAST)]
    if len(blocks) > 1 and blocks[-1][2] < LEAST:
        _, right, number = blocks.pop()
        blocks[-1] = [blocks[-1][0], blocks[-1][1] + right, blocks[-1][2] + number]
    pooled: list[list[float]] = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            _, right, number = pooled.pop()
            pooled[-1] = [pooled[-1][0], pooled[-1][1] + right, pooled[-1][2] + number]
    return [(low, round(right / number, 4)) for low, right, number in pooled]


def _count(of: Scored) -> tuple[float, float]:
    return float(sum(right for _, right in of)), float(len(of))
