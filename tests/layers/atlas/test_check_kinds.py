"""What is no feature, and kinds that are not what the name says, are found by `check`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import Atlas, bundled
from layers.atlas.check_kinds import kinds

RECORDS = bundled().records


def test_the_record_is_clean():
    assert [*kinds(bundled())] == []


@pytest.mark.parametrize(
    ("feature_id", "changed", "check"),
    [
        pytest.param("f-01499", {"kind": "vocational_college"}, "kind against head noun", id="university-town"),
        pytest.param("f-01689", {"kind": "ancient_town"}, "kind against head noun", id="village"),
        pytest.param(
            "f-00953", {"layer": "science", "kind": "innovation_platform"}, "kind against head noun", id="park"
        ),
    ],
)
def test_a_kind_is_checked_against_the_head_noun(feature_id, changed, check):
    features = tuple(row | changed if row["id"] == feature_id else row for row in RECORDS.features)
    found = [(one.check, one.record) for one in kinds(Atlas(replace(RECORDS, features=features)))]
    assert found == [(check, feature_id)]


def test_what_only_a_positioning_names_is_no_feature():
    """安宁河谷农业现代化示范区 without the clause that plans it: what is left says what the zone is to be."""
    slug = "panxi-2021"
    kept = tuple(
        row
        for row in RECORDS.mentions[slug]
        if row["feature"] != "f-01539" or row["clause"].startswith(f"{slug}/c2/s3/")
    )
    found = kinds(Atlas(replace(RECORDS, mentions={**RECORDS.mentions, slug: kept})))
    assert [(one.check, one.record) for one in found] == [("positioning kept as a feature", "f-01539")]


@pytest.mark.parametrize(
    ("feature_id", "changed", "check"),
    [
        pytest.param("f-00815", {"lon": "", "lat": ""}, "brand without a site", id="brand"),
        pytest.param("f-00044", {"source": "武侯城区"}, "position known by its town alone", id="town"),
        pytest.param(
            "f-00044", {"source": "新津区中部，全区范围约10公里"}, "position known by its town alone", id="side"
        ),
        pytest.param("f-00044", {"source": "利州城区，常识"}, "position known by its town alone", id="added"),
    ],
)
def test_positions_say_what_they_are_known_by(feature_id, changed, check):
    placements = tuple(row | changed if row["feature"] == feature_id else row for row in RECORDS.placements)
    found = [(one.check, one.record) for one in kinds(Atlas(replace(RECORDS, placements=placements)))]
    assert found == [(check, feature_id)]
