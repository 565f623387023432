"""Texts in the forms of other provinces, annotated by hand: how well the model that ships reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.proposed.measure import Tally, measured

FOLDER = Path(__file__).parent / "unseen"


@pytest.fixture(scope="module")
def count() -> Tally:
    total = Tally()
    for one in measured(FOLDER).values():
        total.add(one)
    return total


@pytest.mark.parametrize(("group", "least"), [("transport", 0.92), ("five", 0.90), ("all", 0.85)])
def test_what_is_named_is_found(count, group, least):
    assert count.f1(group) >= least, count.faults


@pytest.mark.parametrize(
    ("key", "least"),
    [("layer", 0.93), ("status", 0.92), ("name", 0.95), ("drawn", 0.70), ("placed", 0.97)],
)
def test_what_is_found_is_right(count, key, least):
    assert count.share(key) >= least, count.faults
