"""For everyone: no page breaks a rule of axe, by day or by night, in either language; what has the focus is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from layers.atlas import bundled
from tests.browser.conftest import opened, settled, visit
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown

ATLAS = bundled()

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """only => axe.run(document, {
    ...(only && { runOnly: only }), resultTypes: ["violations"],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${JSON.stringify(target)} ${html.slice(0, 200)}`)))"""
PAGES = {
    "": "Map",
    f"?zone=panxi&feature={identity(EXPRESSWAY)}": "Map",
    f"reader?clause=panxi-2021/c7/s1/p2&feature={identity(EXPRESSWAY)}": "Documents",
    "zone?of=510400": "Areas",
    "statistics?zone=panxi": "Statistics",
    "compare?left=panxi-2021&right=revitalization-opinion-2023": "Compare",
    "here?at=513423": "Here",
    "timeline?at=2023-01-01": "Timeline",
    "changes": "Changes",
    "targets": "Targets",
    "check": "Check",
    "desk": "Desk",
    f"feature?id={identity(EXPRESSWAY)}": "Features",
}


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page of its own: a session keeps its language, a page its colours."""
    with opened(browser) as page:
        yield page


def broken(page: Page, only: Sequence[str] | None = None) -> list[str]:
    """What axe finds wrong on the page and in the frames on it, by all its rules or `only` some."""
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE)
    return page.evaluate(RUN, only)  # type: ignore[no-any-return]


def test_no_page_breaks_a_rule_by_night_or_by_day(app: str, page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{app}/?lang=en")
    page.add_style_tag(content="* { transition: none !important; }")  # a colour on its way is no colour
    wait_shown(page, len(ATLAS.table))
    found: dict[str, list[str]] = {}
    for address, title in PAGES.items():
        visit(page, f"{app}/{address}{'&' if '?' in address else '?'}lang=en")
        expect(page).to_have_title(f"{title} · 川规图 Plan Atlas")
        page.wait_for_function("[...document.querySelectorAll('iframe')].every(one => one.contentWindow.atlas?.ready)")
        settled(page)
        for frame in page.frames:
            assert frame.evaluate("[document.documentElement.lang, !document.title]") == ["en", False]
        for scheme, only in (("dark", None), ("light", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(
                "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", arg=scheme
            )
            found[f"{address} {scheme}"] = broken(page, only)
        page.emulate_media(color_scheme="dark")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    page.get_by_text("中文", exact=True).click()
    expect(page).to_have_title("要素 · 川规图 Plan Atlas")
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")


SEEN = """() => {
    let at = document.activeElement;
    for (let up = 0; at && up < 4; up++, at = at.parentElement) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
        if ((outlineStyle !== "none" && parseFloat(outlineWidth)) || boxShadow !== "none") return "";
    }
    return document.activeElement.outerHTML.slice(0, 200);
}"""


def test_what_has_the_focus_is_seen(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi&lang=zh")
    page.wait_for_function("[...document.querySelectorAll('iframe')].some(one => one.contentWindow.atlas?.ready)")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    settled(page)
    page.get_by_role("link", name="地图", exact=True).focus()
    unseen, names = [], set()
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = page.evaluate("document.activeElement.tagName === 'IFRAME'")
        frame = page.frames[1] if inside else page
        unseen.append(frame.evaluate(SEEN))
        names.add(
            frame.evaluate(
                "(at => at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent)(document.activeElement)"
            )
        )
    assert "\n".join(filter(None, unseen)) == ""
    for name in ("规划原文", "放大", "图例与图层"):
        assert any(name in one for one in names), name


def test_every_page_says_that_it_is_chinese(app: str, page: Page):
    visit(page, f"{app}/?lang=zh")
    for address in PAGES:
        visit(page, f"{app}/{address}{'&' if '?' in address else '?'}lang=zh")
        page.wait_for_function("[...document.querySelectorAll('iframe')].every(one => one.contentWindow.atlas?.ready)")
        settled(page)
        told = [frame.evaluate("[document.documentElement.lang, document.title !== '']") for frame in page.frames]
        assert told == [["zh-CN", True]] * len(told), address
