"""The maps in the browser: what was built, and the last act on each that was answered."""

from __future__ import annotations

from ui.state.key import Key

MAP = "map"  # the map of the map page
ACT: Key[int | None] = Key("act", None)  # of each map: the stamp of the last act on it that was answered
FEED = Key("feed", "")  # of each map: the word under which it hears at once what it shows
SAID: Key[tuple[int, int]] = Key(
    "said", (0, 0)
)  # of each map: how often it was told what to show, and the hash of the last
PAGE = Key("map_page", "")  # the pages of the maps, by atlas and language
