"""The address of the map page and what stands in its widgets: whichever changed last holds."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from layers.folders import ROOT
from tests.ui.filters import choose_zones, held, zones


@pytest.fixture
def app() -> AppTest:
    app = (
        AppTest.from_file(ROOT / "app.py", default_timeout=120).run().run()
    )  # the filters come with the second run, beside a map that is drawn
    choose_zones(app, "panxi")
    assert app.query_params == {"zone": "panxi"}
    return app


def test_back_takes_the_view_back(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.state.address.turned", lambda: True)
    app.query_params.clear()
    app.run()
    assert zones(app) == []
    assert app.query_params == {}


def test_back_holds_though_the_run_before_it_was_cut_off(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    app.session_state["address_wrote"] = True
    with monkeypatch.context() as back:
        back.setattr("ui.state.address.turned", lambda: True)
        app.query_params.clear()
        app.run()
    app.run()
    assert zones(app) == []
    assert app.query_params == {}


def test_an_address_from_before_the_last_filter_takes_nothing_back(app: AppTest):
    app.query_params.clear()  # the browser asks before it heard of the last address
    held(app, "layer").set_value(["park"]).run()
    assert zones(app) == ["panxi"]
    assert app.query_params == {"zone": "panxi", "layer": "park"}


def test_a_message_from_before_the_last_address_takes_nothing_back(app: AppTest):
    app.query_params.clear()  # the map tells something before the browser heard of the last address
    app.run()
    assert zones(app) == ["panxi"]
    assert app.query_params == {"zone": "panxi"}
    app.run()  # now it knows
    app.query_params.clear()
    app.run()
    assert zones(app) == []


def test_a_filter_that_was_cleared_stays_cleared(app: AppTest):
    choose_zones(app)
    app.query_params["zone"] = "panxi"
    app.session_state["q"] = "机场"
    app.run()
    assert zones(app) == []
    assert app.query_params == {"q": "机场"}
