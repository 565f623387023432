"""The filters of the map page, as a test without a browser sets them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect


def held(app: AppTest, part: str) -> Multiselect[str]:
    """The widget of a filter as it stands now."""
    return app.multiselect(key=f"{part}-{app.session_state[f'{part}-number']}")
