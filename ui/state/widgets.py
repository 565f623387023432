"""The controls of pages whose address is all their state."""

from __future__ import annotations

import datetime
from typing import Any

from ui.state.key import Chosen, Key

OF: Chosen[str | None] = Chosen("of", None)  # the zone or prefecture of a zone page
ZONE_ONLY = Chosen("zone_only", "")
LINES = Chosen("lines", "")  # what the statistics are by
REACH = Chosen("reach", 0)  # kilometres round a feature
PART = Chosen("part", "")  # what is compared
LEFT = Chosen("left", "")
RIGHT = Chosen("right", "")
SIDE = Chosen("side", "")  # whether a thing stands left, right or on both sides
DAY: Chosen[datetime.date | None] = Chosen("day", None)  # of the timeline
TIMELINE: Chosen[list[str]] = Chosen("timeline", [])  # its filters, by part
PLAYING = Key("playing", False)
SINCE = Key("playing_since", 0.0)  # when the day that is shown came up, in seconds of a clock
HERE: Chosen[Any] = Chosen("here", "")  # what the page of a place was asked
HERE_KM: Chosen[float] = Chosen("here_km", 10)
