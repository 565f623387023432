"""The address of the map page and what stands in its widgets: whichever changed last holds."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from layers.folders import ROOT


@pytest.fixture
def app() -> AppTest:
    app = (
        AppTest.from_file(ROOT / "app.py", default_timeout=120).run().run()
    )  # the filters come with the second run, beside a map that is drawn
    app.multiselect(key="zone").set_value(["panxi"]).run()
    assert app.query_params == {"zone": "panxi"}
    return app


def test_back_takes_the_view_back(app: AppTest):
    app.query_params.clear()
    app.run()
    assert app.session_state["zone"] == []
    assert app.query_params == {}


def test_an_address_from_before_the_last_filter_takes_nothing_back(app: AppTest):
    app.query_params.clear()  # the browser asks before it heard of the last address
    app.multiselect(key="layer").set_value(["park"]).run()
    assert app.session_state["zone"] == ["panxi"]
    assert app.query_params == {"zone": "panxi", "layer": "park"}


def test_a_filter_that_was_cleared_stays_cleared(app: AppTest):
    app.multiselect(key="zone").set_value([]).run()
    app.query_params["zone"] = "panxi"
    app.session_state["q"] = "机场"
    app.run()
    assert app.session_state["zone"] == []
    assert app.query_params == {"q": "机场"}
