"""Statuses and names that say more than the texts are found by `check`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import Atlas, bundled
from layers.atlas.check_words import names, statuses

ATLAS = bundled()


def test_the_record_is_clean():
    assert [*statuses(ATLAS), *names(ATLAS)] == []


@pytest.mark.parametrize(
    ("feature_id", "changed", "check"),
    [
        pytest.param("f-01743", {"status": "under_construction"}, "status against verb", id="says-more-than-the-verb"),
        pytest.param("f-00013", {"status": "starting"}, "status against verb", id="says-less"),
        pytest.param("f-00687", {"status": "mentioned"}, "status against verb", id="a-verb-is-not-mentioned"),
        pytest.param("f-01743", {"status": "done"}, "unknown status", id="no-such-status"),
        pytest.param(
            "f-01743", {"status_text": ""}, "status without wording, or wording without status", id="no-words"
        ),
    ],
)
def test_a_status_is_checked_against_its_verb(feature_id, changed, check):
    slug, at = next(
        (slug, at)
        for slug, rows in ATLAS.records.mentions.items()
        for at, row in enumerate(rows)
        if row["feature"] == feature_id and row["status_text"]
    )
    rows = list(ATLAS.records.mentions[slug])
    rows[at] = rows[at] | changed
    mentions = {**ATLAS.records.mentions, slug: tuple(rows)}
    assert check in {one.check for one in statuses(Atlas(replace(ATLAS.records, mentions=mentions)))}


@pytest.mark.parametrize(
    ("feature_id", "changed", "check"),
    [
        pytest.param("f-00213", {"name": "眉山青龙国际物流园"}, "name not in its texts", id="a-place-that-we-know"),
        pytest.param("f-00213", {"aliases": "国际物流园"}, "alias within the name", id="fragment"),
        pytest.param("f-00213", {"aliases": "成自宜高铁"}, "alias of two features", id="shared"),
        pytest.param("f-00213", {"aliases": "成都天府国际机场"}, "alias of another feature", id="a-name"),
    ],
)
def test_names_are_checked_against_their_texts(feature_id, changed, check):
    features = tuple(row | changed if row["id"] == feature_id else row for row in ATLAS.records.features)
    assert check in {one.check for one in names(Atlas(replace(ATLAS.records, features=features)))}
