"""A sheet is made beside the page: the page is drawn meanwhile, and offers the sheet when it is there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from layers.errors import LayerError
from layers.folders import ROOT


def asked() -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    app.query_params["zone"] = "panxi"
    app.query_params["layer"] = "hub"
    app.session_state["reports"] = True  # opened: what makes files is drawn when it is
    app.run().run()  # the exports come with the second run, below a map that is drawn
    next(one for one in app.button if "PDF" in one.label).click()
    return app.run()


def test_a_sheet_is_offered_when_it_is_made():
    app = asked()
    assert not app.exception
    job = app.session_state["report_job"][-1]
    assert any("取消" in one.label for one in app.button)
    job.result(120)
    app.run()
    assert app.session_state["report_job"] is None
    _, form, content, stem = app.session_state["report_file"]
    assert (form, content[:5]) == ("pdf", b"%PDF-")
    assert "攀西经济区" in stem
    assert not app.exception


def test_a_sheet_can_be_stopped():
    app = asked()
    job = app.session_state["report_job"][-1]
    next(one for one in app.button if "取消" in one.label).click()
    app.run()
    with pytest.raises(LayerError, match="已取消"):
        job.result(60)
    assert app.session_state["report_job"] is None
    assert not app.exception
