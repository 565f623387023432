"""A quote is found where it stands; pieces that stand apart are found in their order."""

from __future__ import annotations

import pytest

from plans.errors import PlanError
from plans.records import span

TEXT = "加强与重庆对接，支持万州、达州，与重庆市对接开州铁路。"


@pytest.mark.parametrize(
    ("quote", "nth", "found"),
    [
        pytest.param("对接", 2, "对接", id="second-occurrence"),
        pytest.param("加强与…支持", 1, "加强与重庆对接，支持", id="two-pieces"),
        pytest.param("加强与…支持…对接", 1, "加强与重庆对接，支持万州、达州，与重庆市对接", id="three-pieces"),
    ],
)
def test_a_quote_is_found(quote, nth, found):
    start, end = span(TEXT, quote, nth)
    assert TEXT[start:end] == found


@pytest.mark.parametrize("quote", ["支持…加强与", "加强与…支持…加强与", "没有…支持"], ids=["turned", "third", "first"])
def test_pieces_out_of_order_are_not(quote):
    with pytest.raises(PlanError, match="quote not found"):
        span(TEXT, quote)
