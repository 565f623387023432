"""`Atlas`: a library whose features are placed; and the one of the nine documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, cached_property

import geopandas as gpd
import pandas as pd

from geo.placement import Placement, place_feature
from layers.atlas.cache import kept
from layers.atlas.stored import decoded, encoded
from layers.atlas.table import as_table
from plans.documents import DATA
from plans.library import Library
from plans.records import Records, read_records

_REFERENCE = ("geometry/*.geojson", "geometry/*.csv", "geometry/*.txt", "vocabulary.toml")


class Atlas(Library):
    """A library whose features are placed: immutable, and equal to every atlas of its version.

    Functions take the atlas they speak of. What they derive from it is cached by the version: an atlas
    can stand as a key.
    """

    def __init__(self, records: Records, base: Atlas | None = None) -> None:
        """Hold `records`; those of `base`, if there is one, are among them and share what it has derived."""
        super().__init__(records, base)
        self._beside = base
        self.version = hashlib.sha256(f"{records.digest()} {reference_hash()}".encode()).hexdigest()[:12]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atlas) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def beside(self, more: Records) -> Atlas:
        """Return an atlas that holds `more` as well: what stands here already is shared, not copied."""
        return Atlas(self.records.joined(more), self)

    @cached_property
    def placements(self) -> Mapping[str, Placement]:
        """Where each feature is, by its id; GeoError when a record is missing or unusable."""
        rows = {row["feature"]: row for row in self.records.placements}
        return {one.id: place_feature(one, rows.get(one.id)) for one in self.features}

    @cached_property
    def table(self) -> gpd.GeoDataFrame:
        """The features as one table, see layers.atlas.table.COLUMNS; do not change it, take a copy.

        Raises PlanError or GeoError when the reviewed records break their contract.
        """
        if self._beside is None:
            made = decoded(kept("table", self.version, lambda: encoded(as_table(self.features, self.placements))))
        else:
            made = self._joined(self._beside)
        made.attrs = {"version": self.version}  # pandas hands it on to every part that is taken of the table
        return made

    def _joined(self, base: Atlas) -> gpd.GeoDataFrame:
        """The rows of `base` where nothing more is said of their features, and rows of their own for the others."""
        same = {one.id for one in base.features if self.feature(one.id) is one}
        fresh = [one for one in self.features if one.id not in same]
        rows = {row["feature"]: row for row in self.records.placements}
        made = as_table(fresh, {one.id: place_feature(one, rows.get(one.id)) for one in fresh})
        both = pd.concat([base.table[base.table["id"].isin(same)], made], ignore_index=True)
        order = {one.id: at for at, one in enumerate(self.features)}
        return both.sort_values("id", key=lambda ids: ids.map(order), ignore_index=True)


@cache
def reference_hash() -> str:
    """Return a hash (sha256, hex) over what places all atlases alike: boundaries, seats, rivers, vocabulary."""
    found = hashlib.sha256()
    for pattern in _REFERENCE:
        for path in sorted(DATA.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


@cache
def bundled() -> Atlas:
    """Return the atlas of the nine documents, from data/. Only what starts a program asks for it."""
    return Atlas(read_records(DATA))
