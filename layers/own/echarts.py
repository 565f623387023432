"""Maps of ECharts: GeoJSON whose coordinates are packed into text, a step from the last position in two characters."""

from __future__ import annotations

from typing import Any

_ZERO = 64  # "@"
SCALE = 1024  # steps a degree


def decoded(geometry: Any, scale: Any = None) -> Any:
    """Return a GeoJSON geometry with its packed coordinates as lists of degrees; what is no such geometry as it is."""
    if not isinstance(geometry, dict) or "encodeOffsets" not in geometry:
        return geometry
    steps = float(scale) if isinstance(scale, (int, float)) and scale > 0 else SCALE
    try:
        coordinates = _lists(geometry.get("coordinates"), geometry["encodeOffsets"], steps)
    except (TypeError, IndexError, ValueError):
        return {"type": "unreadable"}
    return {"type": geometry.get("type"), "coordinates": coordinates}


def _lists(packed: Any, offsets: Any, scale: float, depth: int = 0) -> Any:
    if isinstance(packed, str):
        return _positions(packed, offsets, scale)
    if depth > 3:
        raise ValueError("nested too deeply")
    return [_lists(one, start, scale, depth + 1) for one, start in zip(packed, offsets, strict=True)]


def _positions(packed: str, start: Any, scale: float) -> list[list[float]]:
    x, y = int(start[0]), int(start[1])
    found = []
    for i in range(0, len(packed) - 1, 2):
        x, y = x + _step(packed[i]), y + _step(packed[i + 1])
        found.append([x / scale, y / scale])
    return found


def _step(character: str) -> int:
    """Zigzag: even numbers are steps forward, odd ones back."""
    number = ord(character) - _ZERO
    return (number >> 1) ^ -(number & 1)
