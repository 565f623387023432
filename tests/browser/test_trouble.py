"""A page that fails is told in words by the application itself, and the session lives on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser
SCRIPT = """
import streamlit as st
st.title("川规图")
if st.checkbox("失败"):
    raise ValueError("秘密的内部消息")
st.write("一切正常")
"""


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    with serve("tests.browser.app_of", str(tmp_path / "script.py")) as url:
        yield url


def test_a_page_that_raises_is_told_and_goes_on(failing: str, page: Page):
    page.goto(failing)
    expect(page.get_by_text("一切正常")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)  # the map that began before the page has no place in it
    page.get_by_text("失败").click()
    expect(page.get_by_text("这一页没有画完")).to_be_visible()
    expect(page.get_by_text("秘密的内部消息")).to_have_count(0)
    page.get_by_text("失败").click()
    expect(page.get_by_text("一切正常")).to_be_visible()
    expect(page.get_by_text("这一页没有画完")).to_have_count(0)
