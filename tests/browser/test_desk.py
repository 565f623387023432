"""From a file to the map: a plan is added, reviewed by keys, published, seen beside the nine, and still there after a restart."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import PATIENCE_MS, opened, serve, settled
from tests.browser.test_app import wait_shown
from tests.store.conftest import PLAN
from tests.store.test_workspace import KNOWN

BASE = bundled()
EARLIER = "panxi-2021"
LIST = {"name": "清单.csv", "mimeType": "text/csv", "buffer": "项目名称\n米易至会理高速公路\n".encode()}

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(tmp_path):
    written = docx.Document()
    for line in PLAN.splitlines():
        written.add_paragraph(line)
    written.save(tmp_path / "攀枝花交通.docx")
    return tmp_path / "攀枝花交通.docx"


def test_a_plan_goes_all_the_way(browser, plan, tmp_path, monkeypatch):
    monkeypatch.setenv("PLAN_ATLAS_DB", f"sqlite:///{tmp_path / 'workspace.db'}")
    with serve("serve") as url, opened(browser) as page:
        page.goto(f"{url}/desk")
        field = page.locator("input[type=file]")
        expect(field).to_have_count(1)
        settled(page)
        field.set_input_files({"name": plan.name, "mimeType": "application/octet-stream", "buffer": plan.read_bytes()})
        expect(page.get_by_text(plan.name).first).to_be_visible()
        settled(page)
        page.get_by_role("button", name="读取").click()
        marks = page.locator(".linked .desk .mention")
        expect(marks).to_have_count(5, timeout=4 * PATIENCE_MS)  # the first reading also reads the model
        expect(page.get_by_text("第 1 / 5 条，未看 5")).to_be_visible()
        expect(
            page.get_by_role("button", name=re.compile("^并入 Shortcut 1"))
        ).to_be_visible()  # a key acts once its button stands
        page.keyboard.press("1")  # the same as the expressway of the atlas
        expect(page.get_by_text("第 1 / 4 条，未看 4")).to_be_visible()
        settled(page)
        for unseen in (3, 2, 1):
            page.keyboard.press("a")
            expect(page.get_by_text(re.compile(f"条，未看 {unseen}$"))).to_be_visible()
            settled(page)  # the next finding is drawn whole, its keys too
        page.keyboard.press("x")
        expect(page.get_by_text("未看 0，接受 3，并入图集 1，否决 1")).to_be_visible()
        page.keyboard.press("g")
        county = page.get_by_role("combobox", name=re.compile("所在的县"))
        county.fill("仁和")
        page.get_by_role("option", name="攀枝花市仁和区").click()
        expect(page.get_by_text("政府驻地：仁和区").first).to_be_visible()
        settled(page)
        page.get_by_role("button", name="发布", exact=True).click()
        expect(page.get_by_text(re.compile("图集版本"))).to_be_visible()
        is_on_the_map_beside_the_nine(page, url)
        tells_its_story_and_changes(page, url)
        is_taken_away(page, url)
        check_a_draft_and_match_a_list(page, url)
    with serve("serve") as url, opened(browser) as page:  # after a restart all is there
        page.goto(f"{url}/desk?plan=plan-0001")
        expect(page.get_by_text("未看 0，接受 3，并入图集 1，否决 1")).to_be_visible()
        is_on_the_map_beside_the_nine(page, url)
        tells_its_story_and_changes(page, url)
        page.goto(f"{url}/feature?id=f-100001")
        expect(page.get_by_role("heading", name="米易至会理高速公路")).to_be_visible()
        page.goto(f"{url}/check")
        page.get_by_role("tab", name="台账对照").click()
        page.locator("input[type=file]").last.set_input_files(LIST)
        expect(page.get_by_text("已判断 1 行，待判断 0 行。")).to_be_visible()


def is_on_the_map_beside_the_nine(page, url):
    page.goto(url)
    wait_shown(page, len(BASE.table) + 3)
    page.goto(f"{url}/?document=plan-0001")
    expect(page.get_by_text("4 个要素").first).to_be_visible()
    wait_shown(page, 4)


def tells_its_story_and_changes(page, url):
    """“十四五 → 十五五”: one has advanced, the others of the earlier plan are dropped, three are new."""
    page.goto(f"{url}/feature?id={KNOWN}")
    last = page.locator(".moments > li").last
    expect(page.locator(".moments > li")).to_have_count(3)
    expect(last).to_contain_text("建成")
    expect(last.locator(".badge.advanced")).to_have_text("推进")
    page.goto(f"{url}/compare?left={EARLIER}&right=plan-0001")
    only_earlier = len(select(BASE, Selection(document=(EARLIER,)))) - 1
    for words in ("两份都有 1", f"仅左 {only_earlier}", "仅右 3"):
        expect(page.get_by_role("radio", name=words, exact=True)).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="导出 CSV").first.click()
    (row,) = csv.DictReader(Path(made.value.path()).read_text(encoding="utf-8-sig").splitlines())
    assert (row["编号"], row["变化"], row["左·状态"], row["右·状态"]) == (KNOWN, "推进", "前期工作", "规划期内建成")
    page.goto(f"{url}/changes")
    expect(page.get_by_role("heading", name="表述变化")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="导出 CSV").click()
    rows = csv.DictReader(Path(made.value.path()).read_text(encoding="utf-8-sig").splitlines())
    assert [(row["编号"], row["变化"]) for row in rows if "plan-0001" in row["后·条款"]] == [(KNOWN, "推进")]


def is_taken_away(page, url):
    """By the button of the map's page, and by address; each tells the clauses of the plan."""
    page.goto(f"{url}/?document=plan-0001")
    wait_shown(page, 4)
    with page.expect_download() as made:
        page.get_by_role("button", name="导出 GeoJSON").click()
    exported = json.loads(Path(made.value.path()).read_text(encoding="utf-8"))["features"]
    assert [one["id"] for one in exported] == [KNOWN, "f-100001", "f-100002", "f-100003"]
    quotes = [one["properties"]["citations"][-1]["quote"] for one in exported]
    assert quotes == ["攀枝花至盐源高速公路", "米易至会理高速公路", "盐边县现代农业园区", "米易机场"]
    served = page.request.get(f"{url}/download/features?document=plan-0001&format=geojson")
    assert [one["id"] for one in json.loads(served.body())["features"]] == [one["id"] for one in exported]


def check_a_draft_and_match_a_list(page, url):
    page.goto(f"{url}/check")
    page.get_by_label("粘贴一段拟文").fill("米易至会理高速公路已建成通车。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("提到项目 1 处，其中 1 处需要留意。")).to_be_visible()
    page.get_by_role("tab", name="台账对照").click()
    page.locator("input[type=file]").last.set_input_files(LIST)
    expect(page.get_by_text("已判断 0 行，待判断 1 行。")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=re.compile("^是 Shortcut 1")).click()
    expect(page.get_by_text("已判断 1 行，待判断 0 行。")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="下载工作簿").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(made.value.path()).read_bytes()))["对照"]
    assert dict(zip(*([cell.value for cell in row] for row in sheet), strict=True))["判断"] == "已确认"
