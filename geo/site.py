"""A place that a name carries."""

from __future__ import annotations

from dataclasses import dataclass

from geo.gazetteer import Place


@dataclass(frozen=True, slots=True)
class Site:
    """A place, where in the name the words for it stand, and why they are read so."""

    place: Place
    start: int
    end: int
    why: str
