"""What a page raised is told in words, and the session goes on."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st  # noqa: PLC0415 the script of the test stands alone

    from plans.errors import PlanError  # noqa: PLC0415
    from ui.trouble import tell  # noqa: PLC0415

    known = st.checkbox("known")
    assert tell(PlanError("features.csv 第3行的列数与表头不符 (wrong number of columns)。") if known else KeyError("x"))


@pytest.mark.parametrize(
    ("known", "language", "says"),
    [
        (False, "zh", "这一页没有画完"),
        (False, "en", "This page was not finished"),
        (True, "zh", "第3行的列数与表头不符"),
        (True, "en", "Wrong number of columns"),
    ],
)
def test_an_error_is_told_once_in_the_language_of_the_planner(known, language, says):
    app = AppTest.from_function(page)
    app.query_params["lang"] = language
    app.run()
    if known:
        app.checkbox[0].check().run()
    assert [says in one.value for one in app.error] == [True]
    assert not app.exception
    assert len(app.button) == 2
