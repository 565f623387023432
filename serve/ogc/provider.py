"""pygeoapi's way to our items: it asks for a page of what a `Question` has found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pygeoapi.provider.base import BaseProvider, ProviderItemNotFoundError
from shapely.geometry import mapping

from serve.ogc.question import Question
from serve.ogc.shelf import Fields, Item
from serve.ogc.systems import CRS84, projected


class AtlasProvider(BaseProvider):  # type: ignore[misc]
    """The items of one collection, as far as they are asked for: `data` of its definition is a Question."""

    data: Question

    @property
    def fields(self) -> Fields:
        """The properties and their JSON types; a copy, since pygeoapi writes into it."""
        return {name: dict(of) for name, of in self.data.shelf.fields.items()}

    def query(
        self,
        *,
        offset: int = 0,
        limit: int = 10,
        resulttype: str = "results",
        sortby: Sequence[dict[str, str]] = (),
        select_properties: Sequence[str] = (),
        skip_geometry: bool = False,
        crs_transform_spec: Any = None,
        **_: Any,
    ) -> dict[str, Any]:
        """Return a page of the items, in their own order or as `sortby` says, with how many there are in all."""
        order = self._sorted(sortby)
        page = order[offset : offset + limit] if resulttype == "results" else order[:0]
        uri = crs_transform_spec.target_crs_uri if crs_transform_spec else CRS84
        return {
            "type": "FeatureCollection",
            "features": self._items(page, uri, select_properties, skip_geometry),
            "numberMatched": len(order),
            "numberReturned": len(page),
        }

    def get(self, identifier: str, crs_transform_spec: Any = None, **_: Any) -> Item:
        """Return the item of an id; pygeoapi answers 404 when there is none."""
        at = self.data.shelf.place.get(identifier)
        if at is None:
            message = f"没有编号为“{identifier}”的条目 (no such item)。"
            raise ProviderItemNotFoundError(message, user_msg=message)
        uri = crs_transform_spec.target_crs_uri if crs_transform_spec else CRS84
        return self._items(np.array([at]), uri)[0]

    def _sorted(self, sortby: Sequence[dict[str, str]]) -> Any:
        """The positions in order; by several properties from the last to the first, what is not known at the end."""
        order = self.data.asked
        items = self.data.shelf.items
        for rule in reversed(sortby):
            values = {at: items[at]["properties"][rule["property"]] for at in order}
            told = [at for at in order if values[at] is not None]
            told.sort(key=values.__getitem__, reverse=rule["order"] == "-")
            order = np.array([*told, *(at for at in order if values[at] is None)], dtype=np.intp)
        return order

    def _items(self, page: Any, uri: str, only: Sequence[str] = (), bare: bool = False) -> list[Item]:
        """The items at these positions: in a system, of some properties, with or without geometry. Each is a copy at its top."""
        found = [dict(self.data.shelf.items[at]) for at in page]
        if only:
            for one in found:
                one["properties"] = {name: value for name, value in one["properties"].items() if name in only}
        if bare:
            for one in found:
                one["geometry"] = None
        elif uri != CRS84:
            for one, shape in zip(found, projected(self.data.shelf.shapes[page], uri), strict=True):
                one["geometry"] = None if shape is None else mapping(shape)
        return found
