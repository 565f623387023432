"""The one base error of the package; a conflict carries what the other did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.decisions import Decision


class StoreError(Exception):
    """Something cannot be kept or found in the workspace; the message names the way out."""


class ConflictError(StoreError):
    """A decision saw an older version of its subject; `first` are the decisions made since, in order."""

    def __init__(self, message: str, first: tuple[Decision, ...]) -> None:
        super().__init__(message)
        self.first = first
