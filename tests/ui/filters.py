"""The filters of the map page, as a test without a browser sets them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect

from ui.state import view


def held(app: AppTest, part: str) -> Multiselect[str]:
    """The widget of a filter as it stands now."""
    return app.multiselect(key=f"{part}-{app.session_state[f'{part}-number']}")


def choose_zones(app: AppTest, *keys: str) -> None:
    """Choose zones, and no others; what the browser tells of a facet no test without one can tell."""
    app.session_state[view.FACET] = list(keys)
    app.run()


def zones(app: AppTest) -> list[str]:
    """The zones that are chosen."""
    chosen: list[str] = app.session_state[view.FACET]
    return chosen
