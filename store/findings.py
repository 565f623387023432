"""A finding: one thing that a plan of the office names, as far as it has been decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from plans.records import Row

OPEN, ACCEPTED, REJECTED, MERGED, SPLIT = "open", "accepted", "rejected", "merged", "split"
PLACE = ("places", "basis", "lon", "lat", "precision", "error_km", "source", "via")  # columns of data/placements.csv


@dataclass(frozen=True, slots=True)
class Said:
    """One place in the text that names it, in the columns of data/mentions."""

    clause: str
    quote: str
    nth: int  # which occurrence of the quote in the clause, from 1
    name: str
    status: str
    status_text: str

    def row(self, feature: str) -> Row:
        """Return it as a line of data/mentions/*.csv."""
        nth = str(self.nth) if self.nth > 1 else ""
        return {
            "feature": feature, "clause": self.clause, "quote": self.quote, "nth": nth,
            "name": self.name, "status": self.status, "status_text": self.status_text,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a plan names. `version` counts the decisions about it: 0 is what the reader proposed."""

    id: str  # "plan-0001/n12"
    document: str
    name: str
    aliases: tuple[str, ...]
    layer: str
    kind: str
    said: tuple[Said, ...]  # in reading order
    place: Mapping[str, str]  # PLACE
    confidence: float = 1.0  # how likely it is that the reader is right
    sure: bool = False
    verdict: str = OPEN
    reason: str = ""  # why it is rejected: a key of the vocabulary
    into: str = ""  # the finding or the feature of the atlas that it was merged into
    notes: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Tell whether it is published: what nobody has looked at, or was rejected, is not."""
        return self.verdict == ACCEPTED

    def feature(self, feature: str) -> Row:
        """Return it as a line of data/features.csv under the id `feature`."""
        return {
            "id": feature, "name": self.name, "aliases": "|".join(self.aliases),
            "layer": self.layer, "kind": self.kind, "part_of": "", "note": "",
        }  # fmt: skip

    def placement(self, feature: str) -> Row:
        """Return where it is as a line of data/placements.csv."""
        return {"feature": feature, **self.place}


def as_content(one: Finding) -> dict[str, Any]:
    """Return what a reader proposed, for JSON."""
    found = asdict(one)
    return {key: found[key] for key in ("name", "aliases", "layer", "kind", "said", "place", "confidence", "sure")}


def from_content(key: str, document: str, content: Mapping[str, Any]) -> Finding:
    """Return the finding that `as_content` wrote."""
    return Finding(
        key, document, content["name"], tuple(content["aliases"]), content["layer"], content["kind"],
        said_of(content["said"]), {name: content["place"][name] for name in PLACE},
        float(content["confidence"]), bool(content["sure"]),
    )  # fmt: skip


def said_of(rows: list[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Return the places in the text that JSON rows tell of."""
    return tuple(Said(**row) for row in rows)
