"""Which rows of an atlas belong to each choice of a filter: found once a version, so that a filter is a few steps on flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS

Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]  # of rows
# part of a selection: the columns of the table in which its keys stand
COLUMNS = {
    "zone": ("zones",),
    "layer": ("layer",),
    "kind": ("kind",),
    "status": ("status",),
    "document": ("documents",),
    "place": ("prefectures", "counties"),
}


@lru_cache(VERSIONS)
def members(atlas: Atlas) -> Mapping[str, Mapping[str, Flags]]:
    """Return, by part and key, a flag for each row of the table of `atlas`; keys in the order in which they are met."""
    return {part: _flags(atlas, columns) for part, columns in COLUMNS.items()}


def _flags(atlas: Atlas, columns: Iterable[str]) -> dict[str, Flags]:
    number = len(atlas.table)
    found: dict[str, Flags] = {}
    for column in columns:
        for at, value in enumerate(atlas.table[column]):
            for key in value if isinstance(value, tuple) else (value,):
                if key not in found:
                    found[key] = np.zeros(number, dtype=bool)
                found[key][at] = True
    return found


def any_of(atlas: Atlas, part: str, wanted: Iterable[str]) -> Flags:
    """Return which rows belong to one of the keys `wanted`, or to several; to an unknown one none do."""
    keep = np.zeros(len(atlas.table), dtype=bool)
    for key in wanted:
        if key in members(atlas)[part]:
            keep |= members(atlas)[part][key]
    return keep
