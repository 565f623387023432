"""The atlas as one GeoDataFrame: a row a feature, columns declared once, citations carried along."""

from __future__ import annotations

from functools import cache
from typing import Any

import geopandas as gpd

from geo.measure import length_km
from geo.placement import Placement, place_feature
from layers.cache import cached
from plans.documents import document
from plans.features import Feature, Mention, features

CRS = "EPSG:4326"
COLUMNS = (
    "id",  # "f-00123", permanent
    "name",
    "aliases",  # tuple of names
    "layer",
    "kind",
    "zones",  # tuple of zone slugs
    "prefectures",  # tuple of adcodes, along the line for lines
    "counties",  # tuple of adcodes
    "status",  # of the newest document
    "status_text",  # its verbatim verb phrase
    "documents",  # tuple of slugs, in order of issue
    "precision",
    "error_km",  # NaN where nothing is drawn
    "placement_method",
    "placement_source",
    "length_km",  # geodesic, of lines; NaN otherwise
    "part_of",  # feature id or ""
    "citations",  # tuple of dicts, in order of issue, then of reading
    "geometry",  # lon/lat degrees; None where nothing is drawn
)
CONTEXT = 20  # characters of prefix and suffix beside a quote


@cache
def table() -> gpd.GeoDataFrame:
    """Return the whole atlas; do not change it, take a copy.

    Raises PlanError or GeoError when the reviewed records break their contract.
    """
    return cached("table", _build)


def _build() -> gpd.GeoDataFrame:
    rows = [_row(feature, place_feature(feature)) for feature in features()]
    return gpd.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=CRS)


def _row(feature: Feature, placement: Placement) -> dict[str, Any]:
    geometry = placement.geometry
    current = feature.current
    lines = geometry is not None and geometry.geom_type.endswith("LineString")
    return {
        "id": feature.id,
        "name": feature.name,
        "aliases": feature.aliases,
        "layer": feature.layer,
        "kind": feature.kind,
        "zones": placement.zones or _cited_zones(feature),
        "prefectures": placement.prefectures,
        "counties": placement.counties,
        "status": current.status,
        "status_text": current.status_text,
        "documents": feature.documents,
        "precision": placement.precision,
        "error_km": placement.error_km,
        "placement_method": placement.method,
        "placement_source": placement.source,
        "length_km": round(length_km(geometry), 1) if lines else None,
        "part_of": feature.part_of,
        "citations": tuple(citation(mention) for mention in feature.mentions),
        "geometry": geometry,
    }


def _cited_zones(feature: Feature) -> tuple[str, ...]:
    """Where no place fixes the zone, a thing belongs to the zones of the plans that name it."""
    return tuple(dict.fromkeys(zone for slug in feature.documents for zone in document(slug).zones))


def citation(mention: Mention) -> dict[str, Any]:
    """Return a mention as it is exported: where it stands, word for word, and what it says."""
    clause, issued = mention.clause, mention.document
    return {
        "document": issued.slug,
        "title": issued.title,
        "date": issued.dated,
        "clause": clause.id,
        "path": " / ".join(clause.path),
        "page": mention.page,
        "quote": mention.quote,
        "prefix": clause.text[max(0, mention.start - CONTEXT) : mention.start],
        "suffix": clause.text[mention.end : mention.end + CONTEXT],
        "start": mention.start,
        "end": mention.end,
        "name": mention.name,
        "status": mention.status,
        "status_text": mention.status_text,
    }
