"""What a browser asks for to draw a map. It stands alone: to name the files one need not be able to make them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapPage:
    """The names of a page of the map, and of what it asks for at once: its script, styles, features and base."""

    name: str
    asked: tuple[str, ...]
