"""Whether two names mean one thing: what an office writes against what the plans name."""

from layers.match.match import Asked, Match, Thing, alike, candidates, matched

__all__ = ["Asked", "Match", "Thing", "alike", "candidates", "matched"]
