"""Whether two names mean one thing: what an office writes against what the plans name."""

from layers.match.match import Asked, Match, candidates, matched

__all__ = ["Asked", "Match", "candidates", "matched"]
