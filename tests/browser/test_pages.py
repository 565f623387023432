"""What a planner does beside the map: reads a feature, a zone, the statistics, and compares."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from layers.atlas import bundled
from layers.query.comparison import counts_csv
from layers.query.profile import statements, subject
from layers.query.relations import nearby
from layers.query.selection import Selection, select
from layers.query.summary import count, matrix_csv
from plans.vocabulary import label
from tests.browser.conftest import pick, visit
from tests.browser.test_app import EXPRESSWAY, identity

ATLAS = bundled()

pytestmark = pytest.mark.browser

FRAMES = "[...document.querySelectorAll('iframe')].map(f => f.contentWindow?.atlas).filter(Boolean)"


def wait_maps(page: Page, *numbers: int) -> None:
    """Wait until the page has a map for each of `numbers`, showing exactly so many features."""
    page.wait_for_function(
        f"n => {{ const maps = {FRAMES}; return maps.length === n.length && maps.every((one, i) => one.ready && one.shown === n[i]) }}",
        arg=list(numbers),
    )


def centres(page: Page) -> list[list[float]]:
    """The centre of each map in pixels of its zoom, and the zoom."""
    return page.evaluate(  # type: ignore[no-any-return]
        f"() => {FRAMES}.map(({{ map }}) => {{ const c = map.project(map.getCenter(), map.getZoom()); return [c.x, c.y, map.getZoom()] }})"
    )


# ---- feature -----------------------------------------------------------------------------------


def test_the_page_of_a_feature_tells_all_and_leads_on(app: str, page: Page):
    visit(page, f"{app}/feature?id={identity(EXPRESSWAY)}")
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    moments = page.locator(".moments > li")
    expect(moments).to_have_count(2)
    expect(moments.nth(1)).to_contain_text("推进")
    expect(moments.nth(1)).to_contain_text("“推进…前期工作” → “支持…在“十四五”期间开工”")
    expect(page.locator(".cite mark").first).to_have_text("攀枝花至盐源等高速公路")
    page.locator(".linked td a", has_text="西昌至宁南高速公路").first.click()
    expect(page.get_by_role("heading", name="西昌至宁南高速公路")).to_be_visible()
    assert page.url.endswith(f"/feature?id={identity('西昌至宁南高速公路')}")
    page.go_back()
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    page.get_by_role("link", name="在地图上打开").click()
    expect(page.get_by_text("缩放到此要素")).to_be_visible()
    assert f"feature={identity(EXPRESSWAY)}" in page.url


def test_a_wider_reach_finds_more_and_stands_in_the_address(app: str, page: Page):
    one = identity("攀枝花学院")
    visit(page, f"{app}/feature?id={one}&km=10")
    near = [nearby(ATLAS, one, km) for km in (10, 50)]
    unknown = [int((found["verdict"] == "unknown").sum()) for found in near]
    expect(page.get_by_text(f"另有 {unknown[0]} 个要素的位置误差大于 10 公里")).to_be_visible()
    page.get_by_role("radio", name="50").or_(page.get_by_role("button", name="50", exact=True)).first.click()
    expect(page.get_by_text(f"另有 {unknown[1]} 个要素的位置误差大于 50 公里")).to_be_visible()
    assert "km=50" in page.url


def test_the_panel_of_the_map_leads_to_the_page_of_the_feature(app: str, page: Page):
    visit(page, f"{app}/?feature={identity(EXPRESSWAY)}")
    page.get_by_role("link", name="要素页").click()
    expect(page.locator(".moments")).to_be_visible()
    assert f"/feature?id={identity(EXPRESSWAY)}" in page.url


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("feature?id=f-99999", "没有编号为“f-99999”的要素"),
        ("feature", "地址里没有要素编号"),
        ("zone?of=川中", "没有“川中”这个经济区或市州"),
        ("statistics?zone=川中", "没有“川中”这个经济区"),
        ("compare?left=panxi&right=川中", "没有“川中”这个经济区、市州或文件"),
        ("compare?left=panxi&right=panxi-2021", "不是同一类"),
        ("compare?left=panxi&right=panxi", "另选一个"),
    ],
)
def test_what_is_unknown_is_answered_in_words(app: str, page: Page, address: str, said: str):
    visit(page, f"{app}/{address}")
    expect(page.get_by_text(said).first).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


# ---- zone --------------------------------------------------------------------------------------


def test_a_zone_is_chosen_read_and_followed_to_the_map(app: str, page: Page):
    panxi = select(ATLAS, Selection(zone=("panxi",)))
    visit(page, f"{app}/zone")
    page.locator(".card a", has_text="攀西经济区").click()
    wait_maps(page, len(panxi))
    assert "of=panxi" in page.url
    for said in statements(subject(ATLAS, "panxi")):
        expect(page.locator("blockquote", has_text=said.words)).to_have_count(1)
    number = len(select(ATLAS, Selection(layer=("transport",), status=("starting",)), rows=panxi))
    page.locator(".matrix a[href$='zone=panxi&layer=transport&status=starting']").click()
    wait_maps(page, number)
    assert "layer=transport" in page.url


def test_a_zone_prints_whole_and_without_the_page_around_it(app: str, page: Page, tmp_path: Path):
    visit(page, f"{app}/zone?of=510400")
    wait_maps(page, len(subject(ATLAS, "510400").features))
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("button", name="打印").click()
    page.wait_for_function("() => window.printed")
    out = tmp_path / "zone.pdf"
    page.pdf(path=out, prefer_css_page_size=True, print_background=True)
    with pypdfium2.PdfDocument(out) as document:
        assert document[0].get_size() == pytest.approx((595, 842), abs=2), "A4"
        text = "".join(map(words_of, document))
    assert "攀枝花市" in text
    assert "发展指标" not in text, "the navigation is printed"
    assert "选择经济区" not in text and "打印" not in text and "图例与图层" not in text
    for name in ("攀枝花学院", "攀枝花机场迁建"):
        assert name in text, "what is folded on the screen is on paper"


def words_of(sheet: pypdfium2.PdfPage) -> str:
    """The text of a printed page, without spaces and line ends."""
    return "".join(sheet.get_textpage().get_text_range().split())


@pytest.mark.parametrize("zone", ["chengdu-plain", "southern", "panxi"])
def test_a_zone_is_an_office_page_of_less_than_eight_sheets(app: str, page: Page, tmp_path: Path, zone: str):
    one = subject(ATLAS, zone)
    visit(page, f"{app}/zone?of={zone}")
    wait_maps(page, len(one.features))
    expect(page.locator(".listing tr")).to_have_count(len(one.features))
    out = tmp_path / "zone.pdf"
    page.pdf(path=out, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(out) as document:
        texts = [words_of(sheet) for sheet in document]
    assert len(texts) < 8
    for at, text in enumerate(texts, start=1):
        assert f"—{at}/{len(texts)}—" in text, "pages are numbered"
    for words in ("图例", "地名后的数字：当地的要素数", "示意线：推进建设、拟开工", f"川规图PlanAtlas{ATLAS.version}"):
        assert words in texts[0], "the legend stands with the map"
    assert "审图号GS(2024)0650号" in texts[0]
    whole = "".join(texts)
    assert not re.search(r"[a-z]\d+/[a-z]\d+", whole), "no clause codes"
    assert one.features["name"].iloc[-1][:10] in whole


# ---- statistics --------------------------------------------------------------------------------


def test_a_click_on_a_bar_shows_exactly_its_features(app: str, page: Page):
    visit(page, f"{app}/statistics?zone=panxi")
    chart = page.get_by_test_id("stVegaLiteChart").first
    bars = chart.locator(".mark-rect path, canvas")
    expect(bars.first).to_be_visible()
    panxi = select(ATLAS, Selection(zone=("panxi",)))
    found = count(ATLAS, panxi, "layer", "status")
    at = list(found.cells.index).index("tourism")
    wanted = len(select(ATLAS, Selection(layer=("tourism",), status=("mentioned",)), rows=panxi))
    box = chart.locator("canvas, svg").first.bounding_box()
    assert box
    # The longest bar ends in the lightest piece: click shortly before its end, in its row.
    right = chart.evaluate(
        "box => { const r = (box.querySelector('canvas') || box.querySelector('svg')).getBoundingClientRect(); return r.width }"
    )
    page.wait_for_timeout(800)
    share = (found.of_rows["tourism"] - wanted / 2) / found.of_rows.max()  # of the longest bar
    step = 24
    page.mouse.click(box["x"] + 70 + share * (right - 70) * 0.9, box["y"] + 5 + step * at + step / 2)
    wait_maps(page, wanted)
    for part in ("zone=panxi", "layer=tourism", "status=mentioned"):
        assert part in page.url


def test_numbers_lead_to_the_map_and_go_to_a_file(app: str, page: Page, tmp_path: Path):
    visit(page, f"{app}/statistics")
    cell = page.locator(".matrix a[href='./?layer=hub&zone=southern']")
    expect(cell).to_have_text(str(len(select(ATLAS, Selection(layer=("hub",), zone=("southern",))))))
    with page.expect_download() as download:
        page.locator(".st-key-csv-layer-status-csv button").click()
    download.value.save_as(tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_bytes().decode("utf-8")
    assert text == matrix_csv(ATLAS, count(ATLAS, ATLAS.table, "layer", "status"))
    assert next(csv.reader(io.StringIO(text)))[-1] == "合计"
    cell.click()
    wait_maps(page, len(select(ATLAS, Selection(layer=("hub",), zone=("southern",)))))


def test_the_scope_of_the_statistics_stands_in_the_address(app: str, page: Page):
    visit(page, f"{app}/statistics")
    page.get_by_text(label("zone", "northwestern"), exact=True).first.click()
    number = len(select(ATLAS, Selection(zone=("northwestern",))))
    expect(page.locator(".strip b").first).to_have_text(str(number))
    assert "zone=northwestern" in page.url


# ---- compare -----------------------------------------------------------------------------------


def test_to_pan_one_map_moves_the_other(app: str, page: Page, tmp_path: Path):
    left, right = subject(ATLAS, "panxi"), subject(ATLAS, "southern")
    visit(page, f"{app}/compare?left=panxi&right=southern")
    wait_maps(page, len(left.features), len(right.features))
    page.wait_for_timeout(1500)
    before = centres(page)
    assert before[0][2] == before[1][2], "not of one scale"
    box = page.locator("iframe").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.85, box["y"] + box["height"] * 0.4  # beside the legend
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=4)
    page.mouse.move(x - 120, y + 80, steps=4)
    page.mouse.up()
    page.wait_for_timeout(1200)
    after = centres(page)
    moved = [[b - a for a, b in zip(*pair, strict=True)] for pair in zip(before, after, strict=True)]
    assert moved[0][0] > 60
    assert moved[1] == pytest.approx(moved[0], abs=2)
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"zoom => {FRAMES}.every(({{ map }}) => map.getZoom() > zoom)", arg=before[0][2])
    assert len({zoom for _, _, zoom in centres(page)}) == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 CSV").click()
    download.value.save_as(tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().decode("utf-8") == counts_csv(left, right)


def test_another_side_is_chosen_and_stands_in_the_address(app: str, page: Page):
    visit(page, f"{app}/compare")
    page.get_by_text("市州", exact=True).click()
    wait_maps(page, len(subject(ATLAS, "510400").features), len(subject(ATLAS, "513400").features))
    pick(page, "右", "甘孜藏族自治州")
    wait_maps(page, len(subject(ATLAS, "510400").features), len(subject(ATLAS, "513300").features))
    assert "left=510400&right=513300" in page.url


def test_two_documents_stand_with_both_wordings(app: str, page: Page):
    visit(page, f"{app}/compare?left=panxi-2021&right=revitalization-opinion-2023")
    wait_maps(
        page, len(subject(ATLAS, "panxi-2021").features), len(subject(ATLAS, "revitalization-opinion-2023").features)
    )
    expect(page.get_by_text("两份都有 7")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 CSV").first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = {row["名称"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows[EXPRESSWAY]["变化"] == "推进"
    assert rows[EXPRESSWAY]["右·条款"] == "revitalization-opinion-2023/a3"


def test_an_address_is_answered_as_text(app: str, page: Page):
    visit(page, f"{app}/zone?of=![x](http://evil.example/x)<b>y</b>")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("![x](")
    expect(alert).to_contain_text("<b>y</b>")
    expect(alert.locator("img, b, a")).to_have_count(0)
