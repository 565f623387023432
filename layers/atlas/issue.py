"""What an integrity check finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One broken promise: what kind, of what record, and why."""

    check: str
    record: str
    reason: str
