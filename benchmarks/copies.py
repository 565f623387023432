"""Synthetic atlases of any size: the atlas copied, its points and lines shifted, for measuring only.

The product knows nothing of this: to it a copied atlas is one like any other.
"""

from __future__ import annotations

from functools import cache, cached_property

import geopandas as gpd
import numpy as np
import shapely

from layers.atlas import Atlas
from layers.atlas.cache import kept
from layers.atlas.stored import decoded, encoded

SEED = 20211231
SHIFT_DEGREE = 0.25  # at most, in each direction


Shapes = np.ndarray[tuple[int, ...], np.dtype[np.object_]]


def copies(atlas: gpd.GeoDataFrame, number: int) -> gpd.GeoDataFrame:
    """Return `number` rows: `atlas` itself, then copies of it under new ids until there are enough.

    Points and lines of copies are shifted by up to SHIFT_DEGREE, the same in every run; areas keep their
    boundaries; citations are shared. ValueError when `number` is less than `atlas` holds.
    """
    if number < len(atlas):
        raise ValueError(f"{number} < {len(atlas)}: an atlas is not made smaller")
    whole = atlas.iloc[np.arange(number) % len(atlas)].reset_index(drop=True)
    ids = _ids(atlas, number)
    whole["id"] = ids
    of_round = {(i // len(atlas), atlas["id"].iloc[i % len(atlas)]): key for i, key in enumerate(ids)}
    whole["part_of"] = [of_round.get((i // len(atlas), up), "") for i, up in enumerate(whole["part_of"])]
    whole["geometry"] = _shifted(whole.geometry.to_numpy().copy(), len(atlas))
    return whole.set_crs(atlas.crs)


def _ids(atlas: gpd.GeoDataFrame, number: int) -> list[str]:
    last = max(int(key.removeprefix("f-")) for key in atlas["id"])
    return [*atlas["id"], *(f"f-{last + 1 + i:05d}" for i in range(number - len(atlas)))]


def _shifted(shapes: Shapes, first: int) -> Shapes:
    shift = np.random.default_rng(SEED).uniform(-SHIFT_DEGREE, SHIFT_DEGREE, (len(shapes), 2))
    shift[:first] = 0
    shift[shapely.get_dimensions(shapes) == 2] = 0
    at, of = shapely.get_coordinates(shapes, return_index=True)
    return np.asarray(shapely.set_coordinates(shapes, at + shift[of]))


class Copies(Atlas):
    """An atlas of `number` features: those of another one, then copies of them."""

    def __init__(self, real: Atlas, number: int) -> None:
        """Hold the records of `real`; only the table knows of the copies."""
        super().__init__(real.records)
        self.real, self.number = real, number
        self.version = f"{real.version}-{number}"

    @cached_property
    def table(self) -> gpd.GeoDataFrame:
        """The rows of the real atlas, then their copies."""
        cited = self.real.table["citations"].tolist()  # shared with the copies, and not kept once more for each
        bare = self.real.table.assign(citations=[()] * len(cited))
        table = decoded(kept("copies", self.version, lambda: encoded(copies(bare, self.number))))
        table["citations"] = [cited[i % len(cited)] for i in range(self.number)]
        return table


@cache
def copied(real: Atlas, number: int) -> Atlas:
    """Return an atlas of `number` features, one in a process however often a page runs; `real` itself where it holds just as many."""
    return real if number == len(real.table) else Copies(real, number)
