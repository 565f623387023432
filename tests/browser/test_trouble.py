"""A page that fails is told in words by the application itself, and the session lives on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, free_port, ready

pytestmark = pytest.mark.browser
SCRIPT = """
import streamlit as st
st.title("川规图")
if st.checkbox("失败"):
    raise ValueError("秘密的内部消息")
st.write("一切正常")
"""
RUN = """
import pathlib, sys, uvicorn
from layers.atlas import bundled
from serve.application import application
from ui.trouble import tell
uvicorn.run(application(tell, current=bundled, maps=lambda atlas: {}, script=pathlib.Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


@pytest.fixture
def failing(tmp_path) -> Iterator[str]:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    url = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path / "script.py"), str(port)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        ready(f"{url}/_stcore/health", process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def test_a_page_that_raises_is_told_and_goes_on(failing: str, page: Page):
    page.goto(failing)
    expect(page.get_by_text("一切正常")).to_be_visible()
    page.get_by_text("失败").click()
    expect(page.get_by_text("这一页没有画完")).to_be_visible()
    expect(page.get_by_text("秘密的内部消息")).to_have_count(0)
    page.get_by_text("失败").click()
    expect(page.get_by_text("一切正常")).to_be_visible()
    expect(page.get_by_text("这一页没有画完")).to_have_count(0)
