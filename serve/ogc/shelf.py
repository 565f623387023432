"""The collections of an atlas as they are served: what each is called, its fields and its items."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.export import geojson
from plans.vocabulary import keys, label

Item = dict[str, Any]
Fields = Mapping[str, dict[str, str]]
TYPES = {int: "integer", float: "number", list: "array"}  # of JSON; all else is text
EVERYTHING = "features"


@dataclass(frozen=True, slots=True)
class Kind:
    """A collection of records that are no features: its names, how its items are made, what selects among them."""

    title: tuple[str, str]  # Chinese, English
    words: tuple[str, str]
    make: Callable[[Atlas], list[Item]]
    parts: tuple[str, ...]  # of layers.query.selection.Selection


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The items of a collection, each a GeoJSON feature in WGS84, and their shapes (lon/lat degrees, None where nothing is drawn)."""

    fields: Fields
    items: tuple[Item, ...]
    shapes: NDArray[np.object_]
    place: Mapping[str, int]  # where the item of an id stands

    @property
    def bounds(self) -> list[float]:
        """West, south, east, north of what is drawn; those of Sichuan where nothing is."""
        drawn = [one for one in self.shapes if one is not None]
        return [round(float(one), 4) for one in shapely.total_bounds(drawn)] if drawn else [97.35, 26.05, 108.55, 34.32]


@lru_cache(VERSIONS * 32)  # all collections of the last atlases
def shelf(atlas: Atlas, key: str) -> Shelf:
    """Return the collection `key` of `atlas`: a layer, `features` for all of them, or a key of KINDS."""
    if key in KINDS:
        items = KINDS[key].make(atlas)
    elif key == EVERYTHING:
        items = [_with_id(one) for one in json.loads(geojson(atlas.table))["features"]]
    else:
        items = [one for one in shelf(atlas, EVERYTHING).items if one["properties"]["layer"] == key]
    drawn = [json.dumps(one["geometry"]) if one["geometry"] else None for one in items]
    shapes = shapely.from_geojson(np.array(drawn, dtype=object))
    return Shelf(_fields(items), tuple(items), shapes, {one["id"]: at for at, one in enumerate(items)})


def _fields(items: list[Item]) -> Fields:
    """The properties of the items and their types, each by the first value that is known."""
    known: dict[str, Any] = {}
    for one in items:
        for name, value in one["properties"].items():
            if known.get(name) is None:
                known[name] = value
    return {name: {"type": TYPES.get(type(value), "string")} for name, value in known.items()}


def _with_id(item: Item) -> Item:
    """The id stands among the properties as well: a table in a GIS shows those alone."""
    return item | {"properties": {"id": item["id"], **item["properties"]}}


def titles(key: str) -> tuple[str, str]:
    """Return the Chinese and the English title of a collection."""
    if key in KINDS:
        return KINDS[key].title
    if key == EVERYTHING:
        return "全部要素", "All features"
    return label("layer", key), label("layer", key, "en")


def words(key: str) -> tuple[str, str]:
    """Return what a collection holds, in Chinese and English."""
    if key in KINDS:
        return KINDS[key].words
    chinese, english = titles(key)
    return f"{chinese}：每个要素附全部引文", f"{english}: every feature with the clauses that name it"


def collections() -> tuple[str, ...]:
    """Return the keys of all collections, in the order in which they are listed."""
    return (EVERYTHING, *keys("layer"), *KINDS)


def _item(key: str, properties: dict[str, Any]) -> Item:
    return {"type": "Feature", "id": key, "geometry": None, "properties": {"id": key, **properties}}


def _citations(atlas: Atlas) -> list[Item]:
    return [
        _item(f"{feature}-{number}", {"feature": feature, **cited})
        for feature, all_cited in zip(atlas.table["id"], atlas.table["citations"], strict=True)
        for number, cited in enumerate(all_cited, start=1)
    ]


def _clauses(atlas: Atlas) -> list[Item]:
    cited: dict[str, dict[str, None]] = {}
    for one in atlas.mentions:
        cited.setdefault(one.clause_id, {})[one.feature] = None
    return [
        _item(
            one.id,
            {
                "document": one.document.slug,
                "kind": one.kind,
                "label": one.label,
                "heading": one.heading,
                "path": " / ".join(one.path),
                "page": one.page_at(0),
                "text": one.text,
                "features": list(cited.get(one.id, ())),
            },
        )
        for document in atlas.documents
        for one in atlas.clauses(document.slug)
    ]


def _documents(atlas: Atlas) -> list[Item]:
    return [
        _item(
            one.slug,
            {
                "document": one.slug,
                "title": one.title,
                "issuer": one.issuer,
                "date": one.dated,
                "number": one.number,
                "kind": one.kind,
                "zones": list(one.zones),
                "url": one.url,
                "sha256": one.sha256,
            },
        )
        for one in atlas.documents
    ]


def _targets(atlas: Atlas) -> list[Item]:
    return [
        _item(
            f"t-{number:04}",
            {
                "zone": one.zone,
                "scope": one.scope,
                "indicator": one.indicator,
                "kind": one.kind,
                "year": one.year,
                "value": one.value,
                "number": one.number,
                "unit": one.unit,
                "document": one.document.slug,
                "clause": one.clause_id,
                "page": one.page,
                "quote": one.quote,
                "note": one.note,
            },
        )
        for number, one in enumerate(atlas.targets, start=1)
    ]


_OF_FEATURES = ("zone", "layer", "kind", "document", "place", "within")
KINDS = {
    "citations": Kind(
        ("引文", "Citations"),
        ("每一处引文：要素、条款、原文、动词", "Every quote: its feature, its clause, its words, its verb"),
        _citations,
        (*_OF_FEATURES, "status", "q"),
    ),
    "clauses": Kind(
        ("条款", "Clauses"),
        ("全部条款的原文，及其写到的要素", "The text of every clause, and the features that it names"),
        _clauses,
        ("zone", "layer", "document", "place", "within", "q"),
    ),
    "documents": Kind(
        ("文件", "Documents"),
        ("所收文件：题名、发文机关、日期、文号", "The documents: title, issuer, date, number"),
        _documents,
        ("zone", "document", "q"),
    ),
    "targets": Kind(
        ("发展指标", "Targets"),
        ("文件中写明的数值，逐字附原文", "The numbers that the documents state, word for word"),
        _targets,
        ("zone", "document", "q"),
    ),
}
