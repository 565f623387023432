"""Synthetic atlases that the benchmarks measure on: as many features as asked, and otherwise like the atlas."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from benchmarks.copies import SHIFT_DEGREE, copied, copies
from benchmarks.measure import clear_target
from layers.atlas import bundled
from layers.atlas.table import COLUMNS, CRS
from layers.query.selection import Selection, counts, select

ATLAS = bundled()

NUMBER = 10_000


@pytest.fixture(scope="module")
def many():
    return copies(ATLAS.table, NUMBER)


def test_there_are_as_many_as_asked_with_ids_of_their_own(many):
    assert len(many) == NUMBER
    assert many["id"].is_unique
    assert many["id"].str.fullmatch(r"f-\d{5,}").all()
    assert list(many.columns) == list(COLUMNS)
    assert many.crs == CRS


def test_the_atlas_itself_stands_first(many):
    assert_geodataframe_equal(many.head(len(ATLAS.table)), ATLAS.table)


def test_no_number_below_the_atlas():
    with pytest.raises(ValueError, match="not made smaller"):
        copies(ATLAS.table, len(ATLAS.table) - 1)


def test_geometry_is_valid_and_shifted_a_little(many):
    shapes = many.geometry[many.geometry.notna()]
    assert shapes.is_valid.all()
    number = len(ATLAS.table)
    for i in (number, number + 1, 2 * number + 5):
        moved, own = many.geometry[i], many.geometry[i % number]
        if own is None or own.area:
            assert moved is own or moved.equals(own)
        else:
            assert moved.geom_type == own.geom_type
            assert 0 < shapely.hausdorff_distance(moved, own) <= SHIFT_DEGREE * 2**0.5 + 1e-9
    copied = many.iloc[number : 2 * number]
    lines = (shapely.get_dimensions(copied.geometry.to_numpy()) < 2) & copied.geometry.notna().to_numpy()
    same = copied.geometry.reset_index(drop=True).geom_equals(ATLAS.table.geometry)
    assert not (same & lines).any()


def test_every_run_makes_the_same(many):
    assert_geodataframe_equal(copies(ATLAS.table, NUMBER), many)


def test_citations_are_shared(many):
    assert many["citations"].iloc[len(ATLAS.table)] is ATLAS.table["citations"].iloc[0]


def test_a_part_belongs_to_the_whole_of_its_own_copy(many):
    named = many[many["part_of"] != ""]
    assert named["part_of"].isin(many["id"]).all()
    places = pd.Series(range(NUMBER), index=many["id"])
    rounds = places // len(ATLAS.table)
    assert (rounds[named["part_of"]].to_numpy() == rounds[named["id"]].to_numpy()).all()


@pytest.mark.parametrize("chosen", [Selection(zone=("panxi",)), Selection(layer=("park",)), Selection(q="机场")])
def test_selections_are_proportionate(chosen):
    own = len(select(ATLAS, chosen))
    assert own
    rounds, rest = divmod(NUMBER, len(ATLAS.table))
    assert len(select(copied(ATLAS, NUMBER), chosen)) == rounds * own + len(
        select(ATLAS, chosen, rows=ATLAS.table.head(rest))
    )


def test_counts_are_proportionate():
    own, found = counts(ATLAS, Selection(), "layer"), counts(copied(ATLAS, NUMBER), Selection(), "layer")
    assert sum(found.values()) == NUMBER
    assert all(4 * own[key] <= found[key] <= 5 * own[key] for key in own)


def test_a_click_is_aimed_at_a_feature_of_the_atlas(many):
    target = clear_target(many, len(ATLAS.table))
    assert target.name in set(ATLAS.table["name"])
