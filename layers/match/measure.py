"""How well lists are matched: precision and recall on lists made from the atlas with names changed as offices do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.atlas import Atlas
from layers.match.changed import Row, made_list
from layers.match.match import Match, matched


@dataclass(slots=True)
class Figures:
    """Counts over a list; a claim is right where it names the feature that the row was made of."""

    rows: int = 0
    claimed: int = 0
    right: int = 0
    known: int = 0  # rows that mean a feature
    by: dict[str, Counter[str]] = field(default_factory=dict)  # by change: right, wrong, missed
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.known if self.known else 1.0


def measured(atlas: Atlas, size: int = 1000, seed: int = 1, kinds: str = "first") -> Figures:
    """Return the figures of a made list of `size` rows."""
    rows = made_list(atlas, size, seed, kinds)
    return _counted(atlas, rows, matched(atlas, [row.asked for row in rows]))


def _counted(atlas: Atlas, rows: Sequence[Row], found: Sequence[Sequence[Match]]) -> Figures:
    figures = Figures(len(rows))
    names = dict(zip(atlas.table["id"], atlas.table["name"], strict=True))
    for row, matches in zip(rows, found, strict=True):
        best = matches[0] if matches and matches[0].claimed else None
        figures.known += bool(row.truth)
        figures.claimed += best is not None
        right = best is not None and best.feature == row.truth
        figures.right += right
        outcome = "right" if right or (not row.truth and best is None) else "wrong" if best else "missed"
        figures.by.setdefault(row.how, Counter())[outcome] += 1
        if outcome != "right":
            near = f"{names[matches[0].feature]} {matches[0].confidence}" if matches else "-"
            figures.faults.append(
                f"{outcome} {row.how}: {row.asked.name} [{row.asked.place}] → {near}，应为 {names.get(row.truth, '无')}"
            )
    return figures
