"""The controls of pages whose address is all their state."""

from __future__ import annotations

from ui.state.key import Key

OF: Key[str | None] = Key("of", None)  # the zone or prefecture of a zone page
ZONE_ONLY = Key("zone_only", "")
LINES = Key("lines", "")  # what the statistics are by
REACH = Key("reach", 0)  # kilometres round a feature
PART = Key("part", "")  # what is compared
LEFT = Key("left", "")
RIGHT = Key("right", "")
SIDE = Key("side", "")  # whether a thing stands left, right or on both sides
