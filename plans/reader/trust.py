"""How far a reading can be trusted: what tells a right one, and the chance that it is right.

Learned from the readings of reviewed documents by models that had not seen them. `SURE` is a chance,
not a score: of what reaches it, at least as many in a hundred are right (docs/reader.md shows it).
"""

from __future__ import annotations

from collections.abc import Sequence

from plans.lexicon import evidence, head_noun
from plans.reader.examples import Span
from plans.reader.tagger import Tagged

SURE = 0.97
RIGHT, WRONG = "right", "wrong"
_STEPS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def trust_signs(tagged: Tagged, name: str, layer_share: float, voice: Sequence[Span], phrase: str) -> list[str]:
    """What tells whether a name is read rightly; `layer_share` is how likely its layer is, `voice` what the rules find."""
    head = head_noun(name)
    same = (tagged.start, tagged.end) in voice
    over = any(start < tagged.end and tagged.start < end for start, end in voice)
    kind = "none" if head is None else "weak" if head.weak else "strong"
    voiced = "same" if same else "over" if over else "none"
    step, likely = _step(tagged.certainty), _step(layer_share)
    rest = name[: head.start] if head else name
    return [
        f"c{step}", *(f"c>{i}" for i in range(step)), *(f"l>{i}" for i in range(likely)), f"cl{min(step, likely)}",
        f"v{voiced}", f"h{kind}", f"e{evidence(rest)}", f"n{min(len(name), 16) // 3}", f"q{bool(phrase)}",
        f"vh{voiced}{kind}", f"y{head.layer if head else '-'}",
    ]  # fmt: skip


def _step(share: float) -> int:
    return sum(share >= step for step in _STEPS)
