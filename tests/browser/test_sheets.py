"""Map sheets and briefs as a planner takes them from the map page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Page, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import visit

ATLAS = bundled()

pytestmark = pytest.mark.browser

ADDRESS = "/?zone=panxi&layer=transport&status=starting"


def taken(page: Page, button: str, form: str) -> bytes:
    """Ask for a file and download it."""
    page.get_by_role("button", name=button).click()
    offer = page.get_by_role("button", name=f"下载 {form}")
    expect(offer).to_be_visible()
    with page.expect_download() as download:
        offer.click()
    what = "简报" if form == "DOCX" else "分布图"
    assert re.fullmatch(rf"攀西经济区-交通-拟开工-{what}-20\d{{6}}\.{form.lower()}", download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def test_pdf_png_and_word(app: str, page: Page):
    visit(page, app + ADDRESS)
    page.get_by_role("button", name="图件与简报").click()
    number = len(select(ATLAS, Selection(zone=("panxi",), layer=("transport",), status=("starting",))))
    expect(page.get_by_text(f"{number} 个要素。图件按所选纸张成图")).to_be_visible()
    text = pypdfium2.PdfDocument(taken(page, "PDF 图件", "PDF"))[0].get_textpage().get_text_bounded()
    assert "攀西经济区交通规划要素分布图" in text

    page.get_by_text("A3", exact=True).click()
    page.get_by_role("textbox", name="标题").fill("攀西交通 <b>项目</b>")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="下载 PDF")).to_have_count(0)  # it was another sheet
    picture = Image.open(io.BytesIO(taken(page, "PNG 图件", "PNG")))
    assert sorted(picture.size) == [3508, 4961]

    word = Document(io.BytesIO(taken(page, "Word 简报", "DOCX")))
    assert word.paragraphs[0].text == "攀西交通 <b>项目</b>"
    assert not any(one.style.name.startswith("toc") for one in word.paragraphs), "two pages"
    page.get_by_text("详细简报：全部要素与原文").click()
    expect(page.get_by_role("button", name="下载 DOCX")).to_have_count(0)
    word = Document(io.BytesIO(taken(page, "Word 简报", "DOCX")))
    assert any("推进西昌至宁南、攀枝花至盐源等高速公路前期工作" in one.text for one in word.paragraphs)


def test_what_cannot_be_drawn_is_told(app: str, page: Page):
    unplaced = ATLAS.table[ATLAS.table.geometry.isna()].iloc[0]
    page.goto(f"{app}/?q={unplaced['id']}")  # anew: a list that was left open would close
    page.get_by_role("button", name="图件与简报").click()
    page.get_by_role("button", name="PDF 图件").click()
    expect(page.get_by_text("都未给出可落图的位置，画不成图")).to_be_visible()
    expect(page.get_by_role("button", name="下载 PDF")).to_have_count(0)
