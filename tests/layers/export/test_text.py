"""GeoJSON by its own rules: what a code is called stands beside it."""

from __future__ import annotations

import json

from geo.gazetteer import called, places
from layers.atlas import bundled
from layers.atlas.table import COLUMNS
from layers.export import geojson
from plans.vocabulary import label

ATLAS = bundled()


def test_labels_stand_beside_codes():
    rows = ATLAS.table
    for entry, row in zip(json.loads(geojson(rows))["features"], rows.itertuples(), strict=True):
        told = entry["properties"]
        for key in ("layer", "status", "precision", "basis"):
            assert told[f"{key}_label"] == label(key, told[key])
        assert told["kind_label"] == label("kind", f"{row.layer}/{row.kind}")
        assert told["zone_names"] == [label("zone", one) for one in row.zones]
        assert told["place_names"] == [called(places()[one]) for one in row.places]
        assert told["prefecture_names"] == [places()[one].name for one in row.prefectures]
        assert told["county_names"] == [places()[one].name for one in row.counties]
        assert told["document_titles"] == [ATLAS.document(slug).title for slug in row.documents]


def test_a_label_follows_its_code():
    road = ATLAS.table[ATLAS.table["name"] == "攀枝花至盐源高速公路"]
    (entry,) = json.loads(geojson(road))["features"]
    names = list(entry["properties"])
    assert [one for one in names if one in COLUMNS] == [one for one in COLUMNS if one not in ("id", "geometry")]
    assert names[names.index("status") + 1] == "status_label"
    assert entry["properties"]["status_label"] == "拟开工"
    assert entry["properties"]["zone_names"] == ["攀西经济区"]
