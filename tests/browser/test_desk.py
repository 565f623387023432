"""From a file to the map: a plan is added, reviewed by keys, published, seen beside the nine, and still there after a restart."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from layers.atlas import bundled
from tests.browser.conftest import PATIENCE_MS, opened, serve, settled
from tests.store.conftest import PLAN
from tests.store.test_workspace import KNOWN

BASE = bundled()

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
            page.get_by_role("button", name=re.compile("并入 1"))
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
        page.goto(f"{url}/?document=plan-0001")
        expect(page.get_by_text("4 个要素").first).to_be_visible()
        exported = json.loads(page.request.get(f"{url}/download/features?document=plan-0001&format=geojson").body())
        assert [one["id"] for one in exported["features"]] == [KNOWN, "f-100001", "f-100002", "f-100003"]
    with serve("serve") as url, opened(browser) as page:  # after a restart all is there
        page.goto(f"{url}/feature?id={KNOWN}")
        expect(page.locator(".moments > li")).to_have_count(3)
        expect(page.locator(".moments > li").last).to_contain_text("建成")
        page.goto(f"{url}/feature?id=f-100001")
        expect(page.get_by_role("heading", name="米易至会理高速公路")).to_be_visible()
        check_a_draft_and_match_a_list(page, url)


def check_a_draft_and_match_a_list(page, url):
    page.goto(f"{url}/check")
    page.get_by_label("粘贴一段拟文").fill("米易至会理高速公路已建成通车。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("提到项目 1 处，其中 1 处需要留意。")).to_be_visible()
    page.get_by_role("tab", name="台账对照").click()
    list_ = {"name": "清单.csv", "mimeType": "text/csv", "buffer": "项目名称\n米易至会理高速公路\n".encode()}
    page.locator("input[type=file]").last.set_input_files(list_)
    expect(page.get_by_text("已判断 0 行，待判断 1 行。")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=re.compile("^是 1")).click()
    expect(page.get_by_text("已判断 1 行，待判断 0 行。")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="下载工作簿").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(made.value.path()).read_bytes()))["对照"]
    assert dict(zip(*([cell.value for cell in row] for row in sheet), strict=True))["判断"] == "已确认"
