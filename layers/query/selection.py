"""What a planner asks for: a selection of the atlas, the same for app, address and command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import geopandas as gpd
import numpy as np

from geo.gazetteer import place
from layers.atlas import Atlas
from layers.query.area import area
from layers.query.members import Flags, Numbers, any_of, members
from layers.query.scope import provenance
from layers.query.search import search
from layers.query.within import within
from plans.errors import PlanError
from plans.vocabulary import keys, kinds, label, resolve

PARTS = ("zone", "layer", "kind", "status", "document", "place")


@dataclass(frozen=True, slots=True)
class Selection:
    """Each part is a set of keys, any of which may match; empty parts do not restrict."""

    zone: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    place: tuple[str, ...] = ()  # adcodes
    within: str = ""  # an area as layers.query.area reads it
    q: str = ""

    @classmethod
    def parse(cls, atlas: Atlas, values: Mapping[str, Sequence[str]]) -> Selection:
        """Make a selection of `atlas` from keys, labels, titles and place names; raises on the first unknown one.

        PlanError lists the known values; GeoError names the candidates of an ambiguous place; LayerError
        tells what is wrong with an area.
        """
        asked = "".join(values.get("within", ())[-1:]).strip()
        if asked:
            area(atlas, asked)
        return cls(
            **{
                name: tuple(dict.fromkeys(resolve_(atlas, value) for value in values.get(name, ())))
                for name, resolve_ in _RESOLVE.items()
            },
            within=asked,
            q=" ".join(values.get("q", ())).strip(),
        )

    def params(self) -> dict[str, list[str]]:
        """Return the selection as query parameters; empty parts are left out."""
        found: dict[str, list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                found[field.name] = [value] if isinstance(value, str) else list(value)
        return found

    def __bool__(self) -> bool:
        return bool(self.params())


def _kind(value: str) -> str:
    for layer in keys("layer"):
        for kind in kinds(layer):
            if value in (kind, label("kind", f"{layer}/{kind}"), label("kind", f"{layer}/{kind}", "en")):
                return kind
    known = "、".join(f"{kind} {label('kind', f'{layer}/{kind}')}" for layer in keys("layer") for kind in kinds(layer))
    raise PlanError(f"没有“{value}”这个类型 (unknown kind)。可用：{known}")


def _place(value: str) -> str:
    one = place(value)
    if one.level == "province":
        raise PlanError(f"“{value}”是省级政区，请选市州或县区 (choose a prefecture or county)。")
    return one.adcode


_RESOLVE: dict[str, Callable[[Atlas, str], str]] = {
    "zone": lambda _, value: resolve("zone", value),
    "layer": lambda _, value: resolve("layer", value),
    "kind": lambda _, value: _kind(value),
    "status": lambda _, value: resolve("status", value),
    "document": lambda atlas, value: atlas.document(value).slug,
    "place": lambda _, value: _place(value),
}


def select(
    atlas: Atlas, selection: Selection, *, rows: gpd.GeoDataFrame | None = None, without: str = ""
) -> gpd.GeoDataFrame:
    """Return what matches every part of `selection`, of the table of `atlas` or of some `rows` of it, in their order.

    `without` names a part to leave out, so that its own choices can be counted. An empty
    selection returns all rows, an impossible one none. What they are is told in their `attrs`, see
    layers.query.scope.provenance.
    """
    rows = atlas.table if rows is None else rows
    found = rows[_kept(atlas, selection, rows, without)]
    found.attrs = rows.attrs | provenance(atlas, selection)
    return found


def selected(atlas: Atlas, selection: Selection, rows: gpd.GeoDataFrame) -> Numbers:
    """Return which of `rows` match every part of `selection`, by their numbers in the table of `atlas`: what `select` finds, sooner."""
    found: Numbers = rows.index.to_numpy()[_kept(atlas, selection, rows, "")]
    return found


def _kept(atlas: Atlas, selection: Selection, rows: gpd.GeoDataFrame, without: str) -> Flags:
    """Which of `rows` match every part of a selection but `without`."""
    at = rows.index.to_numpy()
    keep = np.ones(len(rows), dtype=bool)
    for part in PARTS:
        wanted = getattr(selection, part)
        if wanted and part != without:
            keep &= any_of(atlas, part, wanted)[at]
    if selection.within and without != "within":
        keep &= rows.index.isin(within(rows, area(atlas, selection.within)).index)
    if selection.q and without != "q":
        keep &= search(atlas, selection.q).rows.loc[rows.index].to_numpy()
    return keep


def counts(atlas: Atlas, selection: Selection, part: str, *, rows: gpd.GeoDataFrame | None = None) -> dict[str, int]:
    """Return how many features (of `rows`, if given) each choice of `part` would show beside the rest of the selection."""
    rows = atlas.table if rows is None else rows
    at = rows.index.to_numpy()[_kept(atlas, selection, rows, part)]
    found = {key: int(flags[at].sum()) for key, flags in members(atlas)[part].items()}
    return {key: number for key, number in sorted(found.items(), key=lambda of: -of[1]) if number}
