"""Keys as fast as a fast typist's, on a server that is slow: each is carried out once, in order, on what was seen."""

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from layers.atlas import bundled
from layers.match.answers import answered as answered_rows
from layers.match.listing import read_list
from layers.web.overlay import CATEGORIES
from store.database import writing
from store.workspace import Workspace
from tests.browser.conftest import opened, settled

pytestmark = pytest.mark.browser
APART_MS = 80
COUNTIES = "米易 盐边 会理 会东 宁南 普格 布拖 金阳 昭觉 喜德 冕宁 越西 甘洛 美姑 雷波 木里 盐源 德昌 西昌 仁和 汉源 石棉 天全 芦山 宝兴 荥经"
PLAN = "攀西交通建设规划\n第一章 任务\n第一节 机场\n" + "".join(
    f"开工建设{name}通用机场。\n" for name in COUNTIES.split()
)


@pytest.fixture
def held(desk, tmp_path):
    with desk.holding(tmp_path, ("攀西.txt", PLAN)) as held:
        yield held


def test_no_key_of_a_fast_typist_is_lost(browser, desk, held):
    findings = [one.id for one in held.state().of_document("plan-0001")]
    assert len(findings) > 21
    keys = "aaxaaaxaaajaaxaaaaxa"
    with opened(browser) as page:
        desk_of(page, desk.url, len(findings))
        with slowed(held):
            for key in keys:
                page.keyboard.press(key)
                page.wait_for_timeout(APART_MS)
        answered(page)
        log = held.state().log
        verbs = {"a": "accept", "x": "reject"}
        expected = [(verbs[key], one) for key, one in zip(keys, findings, strict=False) if key in verbs]
        assert [(one.verb, *one.seen) for one in log] == expected
        expect(page.get_by_text(f"第 21 / {len(findings)} 条，未看 {len(findings) - 19}")).to_be_visible()
        page.keyboard.press("u")
        answered(page)
        assert held.state().finding(expected[-1][1]).verdict == "open"
        assert held.verify() == []


def test_a_key_on_what_another_has_decided_is_told(browser, desk, held):
    first, second, third = [one.id for one in held.state().of_document("plan-0001")][:3]
    with opened(browser) as page:
        desk_of(page, desk.url, len(held.state().findings))
        held.decide("reject", {second: 0}, by="乙", reason="no_place")
        page.keyboard.press("a")
        page.keyboard.press("a")  # on the second as it was seen
        page.keyboard.press("a")
        answered(page)
        expect(page.locator(".desk-lost")).to_contain_text("没有执行 A：")
        expect(page.locator(".desk-lost")).to_contain_text("乙 否决")
        assert [(one.by == "乙", one.verb, *one.seen) for one in held.state().log] == [
            (True, "reject", second), (False, "accept", first), (False, "accept", third),
        ]  # fmt: skip


def test_a_click_counts_as_a_key(browser, desk, held):
    first, second = [one.id for one in held.state().of_document("plan-0001")][:2]
    with opened(browser) as page:
        desk_of(page, desk.url, len(held.state().findings))
        with slowed(held):
            for name in ("接受", "否决"):
                page.get_by_role("button", name=re.compile(f"^{name} ")).click()
        answered(page)
        assert [(one.verb, *one.seen) for one in held.state().log] == [("accept", first), ("reject", second)]
        unseen, accepted, rejected = CATEGORIES[:3]  # sent without the shapes, which the map has
        assert colours(page)[:3] == [accepted, rejected, unseen]


def desk_of(page: Page, url: str, findings: int) -> None:
    page.goto(f"{url}/desk?plan=plan-0001")
    expect(page.locator(".linked .desk .mention")).to_have_count(findings)
    settled(page)


def colours(page: Page) -> list[str]:
    """The colours of the findings on the map, in the order of the plan."""
    body = page.frame_locator("iframe.atlas-map").locator("body")
    return body.evaluate("() => atlas.own.getLayers()[0].getLayers().map(({ options }) => options.fillColor)")


def answered(page: Page) -> None:
    expect(page.locator(".desk-hands[data-waiting='0']")).to_have_count(1)
    settled(page)


class slowed:  # noqa: N801 a context
    """The database is held by another for most of the time: each decision waits for it."""

    def __init__(self, held: Workspace) -> None:
        self.held, self.over = held, threading.Event()
        self.thread = threading.Thread(target=self.hold)

    def hold(self) -> None:
        while not self.over.is_set():
            with writing(self.held.engine):
                self.over.wait(0.6)
            self.over.wait(0.02)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def test_a_key_of_another_button_waits_for_what_is_seen(browser, desk, held):
    """W, D and the like act on what the server has drawn: pressed at once after A, they are for the next finding."""
    first, second, third = [one.id for one in held.state().of_document("plan-0001")][:3]
    with opened(browser) as page:
        desk_of(page, desk.url, len(held.state().findings))
        with slowed(held):
            page.keyboard.press("a")
            page.keyboard.press("g")
            expect(page.locator(".desk-lost")).to_have_text("“G”待页面画完后执行")
        county = page.get_by_role("combobox", name=re.compile("所在的县"))
        expect(county).to_be_visible()
        expect(page.locator(".desk-lost")).to_have_text("")
        settled(page)
        county.fill("仁和")
        page.get_by_role("option", name="攀枝花市仁和区").click()
        expect(page.get_by_text("政府驻地：仁和区").first).to_be_visible()
        assert [(one.verb, *one.seen) for one in held.state().log] == [("accept", first), ("place", second)]
        settled(page)
        page.evaluate("document.activeElement.blur()")  # in a field a key is a letter
        with slowed(held):
            page.keyboard.press("a")
            page.keyboard.press("g")
            page.keyboard.press("a")  # the reviewer has gone on: nothing is placed that is no longer seen
            expect(page.locator(".desk-lost")).to_contain_text("“G”没有执行")
        answered(page)
        assert [(one.verb, *one.seen) for one in held.state().log][2:] == [("accept", second), ("accept", third)]
        expect(county).to_be_hidden()


@pytest.fixture
def empty(desk, tmp_path):
    with desk.holding(tmp_path) as held:
        yield held


def test_a_key_on_a_list_is_for_the_row_that_is_seen(browser, desk, empty):
    held, atlas = empty, bundled()
    names = [f"{name}项目" for name in atlas.table["name"][atlas.table["kind"] == "expressway"][:14]]
    content = "\n".join(["项目名称", *names]).encode()
    waiting = sorted(
        answered_rows(atlas, read_list("清单.csv", content)),
        key=lambda one: (one.matches[0].claimed, one.matches[0].confidence),
    )
    assert len(waiting) == 14
    keys = "1xj11xx1j1"
    with opened(browser) as page:
        page.goto(f"{desk.url}/check")
        page.get_by_role("tab", name="台账对照").click()
        page.locator("input[type=file]").last.set_input_files(
            {"name": "清单.csv", "mimeType": "text/csv", "buffer": content}
        )
        expect(page.get_by_text("已判断 0 行，待判断 14 行。")).to_be_visible()
        settled(page)
        with slowed(held):
            for key in keys:
                page.keyboard.press(key)
                page.wait_for_timeout(APART_MS)
        answered(page)
        expect(page.get_by_text("已判断 8 行，待判断 6 行。")).to_be_visible()
    expected = [
        (f"row/{one.row.asked.name}|", one.matches[0].feature if key == "1" else "")
        for key, one in zip(keys, waiting, strict=False) if key != "j"
    ]  # fmt: skip
    assert [(*one.seen, one.content["rows"][0]["feature"]) for one in held.state().log] == expected
    assert held.verify() == []
