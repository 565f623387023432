"""Decisions: who decided what about which version of what, when and why. The log holds them in order, for good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log. `hash` is over the line and the hash of the line before: none can be changed or left out."""

    number: int
    key: str
    at: str  # UTC, ISO 8601
    by: str
    verb: str
    seen: Mapping[str, int]  # subject: the version that was seen; the first is what it is about, others are touched
    why: str
    content: Mapping[str, Any]
    hash: str

    def is_about(self, slug: str) -> bool:
        """Tell whether it is about a plan, or something in it."""
        named = (*self.seen, str(self.content.get("document", "")))
        return any(one.partition("/")[0] == slug for one in named)

    def line(self) -> str:
        """Return it as a line of the audit log: who did what to which subjects when, and its hash. Nothing of what they hold."""
        told: dict[str, Any] = {"time": self.at, "decision": self.number, "by": self.by, "verb": self.verb}
        of = {"undone": self.content["decision"]} if self.verb == UNDO else {}
        return json.dumps(told | of | {"subjects": list(self.seen), "hash": self.hash}, ensure_ascii=False)

    def row(self) -> dict[str, Any]:
        """Return it as a row of the table `decision`."""
        return {
            "number": self.number, "key": self.key, "at": self.at, "by": self.by, "verb": self.verb,
            "seen": canonical(list(self.seen.items())), "why": self.why, "content": canonical(self.content), "hash": self.hash,
        }  # fmt: skip


def canonical(value: Any) -> str:
    """Return `value` as JSON, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(before: str, row: Mapping[str, Any]) -> str:
    """Return the hash of a row of the log after the hash `before`."""
    told = canonical([before, *(row[name] for name in ("number", "key", "at", "by", "verb", "seen", "why", "content"))])
    return hashlib.sha256(told.encode()).hexdigest()


def decision(
    before: Decision | None,
    *,
    key: str,
    by: str,
    verb: str,
    seen: Mapping[str, int],
    why: str,
    content: Mapping[str, Any],
) -> Decision:
    """Return the decision that follows `before` in the log."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    number = before.number + 1 if before else 1
    made = Decision(number, key, at, by, verb, dict(seen), why, json.loads(canonical(content)), "")
    return Decision(**{**_fields(made), "hash": chained(before.hash if before else "", made.row())})


def read_row(row: RowMapping | Mapping[str, Any]) -> Decision:
    """Return the decision that a row of the table holds."""
    told = {**row, "seen": dict(json.loads(row["seen"])), "content": json.loads(row["content"])}
    return Decision(**{name: told[name] for name in Decision.__slots__})


def _fields(one: Decision) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Decision.__slots__}


def effective(log: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that hold: without those undone, and without the undoing itself."""
    undone: set[int] = set()
    held: list[Decision] = []
    for one in reversed(list(log)):
        if one.number in undone:
            continue
        if one.verb == UNDO:
            undone.add(int(one.content["decision"]))
        else:
            held.append(one)
    return held[::-1]


def touches(log: Iterable[Decision]) -> Iterator[tuple[str, int, int]]:
    """Yield what a log touches: subject, its new version, number of the decision."""
    versions: dict[str, int] = {}
    for one in log:
        for subject in one.seen:
            versions[subject] = versions.get(subject, 0) + 1
            yield subject, versions[subject], one.number
