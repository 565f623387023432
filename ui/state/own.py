"""The planner's own files: the layers read, what waits, what is wrong."""

from __future__ import annotations

from typing import Any

from ui.state.key import Key

LAYERS: Key[tuple[Any, ...]] = Key("own_layers", ())  # layers of the planner, the newest first
SENT: Key[frozenset[str]] = Key("own_sent", frozenset())  # keys of the layers whose content the map was given
AREA: Key[Any] = Key("own_area", None)  # the layer that the atlas is restricted to
MAYBE = Key("own_maybe", False)  # whether features count whose stated error reaches that area
FILE: Key[Any] = Key("own_file", None)
ROUND = Key("own_round", 0)  # number of files received: a new key empties the field
LAST = Key("own_last", 0)  # id of the newest layer
PROBLEM = Key("own_problem", "")  # what is wrong with the last file
CRS: Key[Any] = Key("own_crs", None)
WAITING: Key[Any] = Key("own_waiting", None)  # a file that waits for its coordinate system
