"""The controls of pages whose address is all their state."""

from __future__ import annotations

import datetime
from typing import Any

from ui.state.key import Key

OF: Key[str | None] = Key("of", None)  # the zone or prefecture of a zone page
ZONE_ONLY = Key("zone_only", "")
LINES = Key("lines", "")  # what the statistics are by
REACH = Key("reach", 0)  # kilometres round a feature
PART = Key("part", "")  # what is compared
LEFT = Key("left", "")
RIGHT = Key("right", "")
SIDE = Key("side", "")  # whether a thing stands left, right or on both sides
DAY: Key[datetime.date | None] = Key("day", None)  # of the timeline
TIMELINE: Key[list[str]] = Key("timeline", [])  # its filters, by part
PLAYING = Key("playing", False)
SINCE = Key("playing_since", 0.0)  # when the day that is shown came up, in seconds of a clock
HERE: Key[Any] = Key("here", "")  # what the page of a place was asked
HERE_KM = Key("here_km", 10)
