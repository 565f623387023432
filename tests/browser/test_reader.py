"""What a planner does in the reader: jumps, searches, copies, opens a mention beside the text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from layers.atlas import bundled
from plans.citing import cited
from tests.browser.conftest import visit

ATLAS = bundled()

pytestmark = pytest.mark.browser

CLAUSE = "panxi-2021/c7/s1/p2"
PLACE = f'[id="{CLAUSE}"]'


def test_a_citation_and_a_link_are_copied(app: str, page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"{app}/reader?clause={CLAUSE}")
    wanted = page.locator(PLACE)
    wanted.hover()
    wanted.get_by_role("button", name="复制引文").click()
    expect(wanted.get_by_role("button", name="已复制")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == cited(ATLAS.clause(CLAUSE))
    assert text.startswith("《攀西经济区“十四五”转型升级发展规划》（川府发〔2021〕7号，2021-06-09）第七章")
    assert "，第172页：“优化区域交通网络。" in text
    wanted.get_by_role("link", name="复制链接").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('http'))")
    assert page.evaluate("navigator.clipboard.readText()") == f"{app}/reader?clause={CLAUSE}"


def test_the_outline_jumps_without_loading(app: str, page: Page):
    visit(page, f"{app}/reader?document=panxi-2021")
    page.locator(".outline").get_by_role("link", name="第七章 建设四川南向开放门户").click()
    heading = page.locator('[id="panxi-2021/c7"]')
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert page.url.endswith("document=panxi-2021")


def test_hits_of_a_search_are_lit(app: str, page: Page):
    visit(page, f"{app}/reader?document=panxi-2021")
    page.get_by_role("textbox", name="在全部文件中查找").fill("航空枢纽 <b>")
    page.keyboard.press("Enter")
    expect(page.get_by_text("各文件中都没有")).to_be_visible()
    page.get_by_role("textbox", name="在全部文件中查找").fill("盐源")
    page.keyboard.press("Enter")
    expect(page.locator("article mark").first).to_have_text("盐源")


def test_a_mention_opens_the_map_beside_by_keyboard(app: str, page: Page):
    visit(page, f"{app}/reader?clause={CLAUSE}")
    link = page.locator(PLACE).get_by_role("link", name="攀枝花至盐源等高速公路")
    link.focus()
    before = link.bounding_box()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="攀枝花至盐源高速公路")
    expect(heading).to_be_focused()
    page.wait_for_function(
        "[...document.querySelectorAll('iframe')].some(f => f.contentWindow.atlas?.ready && f.contentWindow.atlas.shown === 1)",
    )
    after = link.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 40, "the text moved away under the reader"
    assert "feature=f-" in page.url
    page.get_by_role("link", name="关闭").click()
    expect(heading).to_have_count(0)
    assert "feature=" not in page.url
