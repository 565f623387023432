"""Two atlases in two sessions of one process: what is asked of one is never answered from the other."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.layers.atlas.test_atlas import ATLAS, plan
from tests.ui.filters import held

WIDER = ATLAS.beside(plan())


def nine() -> None:
    from tests.layers.atlas.test_atlas import ATLAS  # noqa: PLC0415 the source of the function is the app
    from ui.navigation import run  # noqa: PLC0415

    run(ATLAS)


def nine_and_one() -> None:
    from tests.ui.test_two_atlases import WIDER  # noqa: PLC0415
    from ui.navigation import run  # noqa: PLC0415

    run(WIDER)


@pytest.fixture
def sessions() -> tuple[AppTest, AppTest]:
    """A session over the nine documents, and one over an atlas with one plan more."""
    return (
        AppTest.from_function(nine, default_timeout=120).run().run(),
        AppTest.from_function(nine_and_one, default_timeout=120).run().run(),
    )


def told(app: AppTest) -> int:
    """How many features the page says it shows."""
    (found,) = [one for text in app.markdown if (one := re.search(r"\*\*([\d,]+) 个要素\*\*", text.value))]
    return int(found[1].replace(",", ""))


def test_each_session_shows_its_own_atlas(sessions: tuple[AppTest, AppTest]):
    few, more = sessions
    assert (told(few), told(more)) == (len(ATLAS.table), len(ATLAS.table) + 1)
    for _ in range(2):  # in turns: what is derived is kept by version
        for app in (few, more):
            held(app, "place").set_value(["510421"]).run()  # 米易县
        assert told(more) == told(few) + 1
        for app in (more, few):
            held(app, "place").set_value([]).run()
    assert (told(few), told(more)) == (len(ATLAS.table), len(ATLAS.table) + 1)


def test_a_document_of_one_is_no_choice_of_the_other(sessions: tuple[AppTest, AppTest]):
    few, more = sessions
    few.query_params["document"] = "panzhihua-2026"
    more.query_params["document"] = "panzhihua-2026"
    assert any(one.value.startswith("没有文件") for one in few.run().warning)
    assert not more.run().warning
    assert told(more) == 2
