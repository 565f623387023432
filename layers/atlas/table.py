"""The atlas as one GeoDataFrame: a row a feature, columns declared once, citations carried along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Protocol

import geopandas as gpd

from geo.gazetteer import zone_of
from geo.measure import length_km
from geo.placement import Placement
from plans.clauses import Clause
from plans.features import Feature

CRS = "EPSG:4326"
COLUMNS = (
    "id",  # "f-00123", permanent
    "name",
    "aliases",  # tuple of names
    "layer",
    "kind",
    "zones",  # tuple of zone slugs
    "places",  # tuple of adcodes that the text or public sources name, along the line for lines
    "prefectures",  # tuple of adcodes of Sichuan: those of `places`, then those that a line crosses as drawn
    "counties",  # tuple of adcodes, likewise
    "status",  # of the newest document
    "status_text",  # its verbatim verb phrase
    "documents",  # tuple of slugs, in order of issue
    "precision",
    "basis",  # text, known or guess: how its place is known
    "error_km",  # NaN where nothing is drawn
    "placement_method",
    "placement_source",
    "length_km",  # geodesic, of lines; NaN otherwise
    "part_of",  # feature id or ""
    "citations",  # tuple of dicts, in order of issue, then of reading
    "geometry",  # lon/lat degrees; None where nothing is drawn
)
CONTEXT = 20  # characters of prefix and suffix beside a quote


def as_table(features: Iterable[Feature], placements: Mapping[str, Placement]) -> gpd.GeoDataFrame:
    """Return `features`, each where its placement puts it: a row each, in their order."""
    return as_frame([_row(feature, placements[feature.id]) for feature in features])


def as_frame(rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return rows as they are made by `row` as one table."""
    return gpd.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=CRS)


def _row(feature: Feature, placement: Placement) -> dict[str, Any]:
    cited = tuple(citation(mention, mention.clause) for mention in feature.mentions)
    return row(feature, placement, feature.current, feature.documents, _cited_zones(feature), cited)


class Said(Protocol):
    """What a citation is made of: a reviewed mention, or the proposal of a rule."""

    @property
    def quote(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def status_text(self) -> str: ...


def row(  # noqa: PLR0917 the columns of a row are what they are
    feature: Feature,
    placement: Placement,
    current: Said,
    documents: tuple[str, ...],
    cited_zones: tuple[str, ...],
    citations: tuple[dict[str, Any], ...],
) -> dict[str, Any]:
    """Return the columns of one feature; where no place is known, it lies somewhere in `cited_zones`."""
    geometry = placement.geometry
    lies_in = placement.prefectures if placement.places else tuple(chain(*map(_prefectures, cited_zones)))
    return {
        "id": feature.id,
        "name": feature.name,
        "aliases": feature.aliases,
        "layer": feature.layer,
        "kind": feature.kind,
        "zones": tuple(dict.fromkeys(zone_of()[code] for code in lies_in)),
        "places": placement.named,
        "prefectures": lies_in,
        "counties": placement.counties,
        "status": current.status,
        "status_text": current.status_text,
        "documents": documents,
        "precision": placement.precision,
        "basis": placement.basis,
        "error_km": placement.error_km,
        "placement_method": placement.method,
        "placement_source": placement.source,
        "length_km": round(length_km(geometry), 1) if placement.is_line else None,
        "part_of": feature.part_of,
        "citations": citations,
        "geometry": geometry,
    }


def _prefectures(zone: str) -> tuple[str, ...]:
    return tuple(code for code, of in zone_of().items() if of == zone)


def _cited_zones(feature: Feature) -> tuple[str, ...]:
    """Where no place fixes the zone, a thing belongs to the zones of the plans that name it."""
    return tuple(dict.fromkeys(zone for mention in feature.mentions for zone in mention.document.zones))


def citation(said: Said, clause: Clause) -> dict[str, Any]:
    """Return what a clause says as it is exported: where it stands, word for word, and its status.

    A row of a table has its `facts`, too: what it says in its other columns, by their heads.
    """
    issued = clause.document
    facts = {"facts": {one.head: one.text for one in clause.facts}} if clause.facts else {}
    return {
        "document": issued.slug,
        "title": issued.title,
        "date": issued.dated,
        "clause": clause.id,
        "path": " / ".join(clause.path),
        "page": clause.page_at(said.start),
        "quote": said.quote,
        "prefix": clause.text[max(0, said.start - CONTEXT) : said.start],
        "suffix": clause.text[said.end : said.end + CONTEXT],
        "start": said.start,
        "end": said.end,
        "name": said.name,
        "status": said.status,
        "status_text": said.status_text,
    } | facts
