"""Map sheets: what stands on paper, that it is true to scale, and that no two labels meet."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pyproj import Geod

from geo.gazetteer import sichuan, zone_boundary
from layers.__main__ import main
from layers.atlas import bundled
from layers.errors import LayerError
from layers.paper import fonts
from layers.paper import sheet as sheets
from layers.paper.furniture import north_box
from layers.paper.ink import Text
from layers.paper.labels import Box, beside, place, text_width
from layers.paper.legend import legend
from layers.paper.lettering import lettering
from layers.paper.listing import Line, columns, filled, lines, page_column
from layers.paper.marks import seen
from layers.paper.page import PAPERS, degree_text, ticks
from layers.paper.sheet import Sheet, extent, render, sheet
from layers.query.scope import by_weight, file_stem, in_order, in_words, one_line, title
from layers.query.selection import Selection, select

ATLAS = bundled()

ROOT = Path(__file__).resolve().parents[3]
EXPRESSWAY = "攀枝花至盐源高速公路"
A4, A3 = PAPERS["a4"], PAPERS["a3"]
PARKS = Selection(zone=("southern",), layer=("park",))
HOSTILE = "<script>alert(1)</script>`${x}` $\\frac{1}{2}$ \u202egpj.exe\u0000\n=1+1 " + "长" * 100_000


def chosen(selection: Selection):
    return select(ATLAS, selection)


@cache
def made_of(selection: Selection, paper=A4) -> Sheet:
    return sheet(ATLAS, chosen(selection), selection, paper=paper)


def view_of(selection: Selection, paper=A4):
    return in_order(chosen(selection)), made_of(selection, paper).plan.view


@cache
def pdf_of(selection: Selection) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(render(made_of(selection), "pdf")[0])


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    return pdf[0].get_textpage().get_text_bounded()


# ---- the files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "selection", "pixels"),
    [
        (A4, Selection(zone=("northeastern",), layer=("digital",)), (3508, 2480)),
        (A3, Selection(zone=("northeastern",), layer=("digital",)), (4961, 3508)),
        (A4, Selection(q=EXPRESSWAY), (2480, 3508)),
    ],
    ids=["a4 lying", "a3 lying", "a4 standing: the line runs north"],
)
def test_png_has_the_pixels_of_its_paper(paper, selection, pixels):
    image = Image.open(io.BytesIO(render(made_of(selection, paper), "png")[0]))
    assert image.size == pixels
    assert round(image.info["dpi"][0]) == 300
    assert len(set(image.resize((200, 200)).convert("RGB").get_flattened_data())) > 50


def test_svg_is_vector():
    drawing = render(made_of(Selection(q=EXPRESSWAY)), "svg")[0].decode()
    assert drawing.count("<path") > 80 and "</text>" in drawing and "<image" not in drawing


def test_one_feature_is_named_on_its_map():
    text = text_of(pdf_of(Selection(q=EXPRESSWAY)))
    assert f"{EXPRESSWAY}位置示意图" in text
    assert "要素 1 个，图上 1 个" in text


def test_hostile_names_are_text():
    rows = chosen(Selection(q=EXPRESSWAY)).copy()
    rows["name"] = [HOSTILE]
    figure = sheet(ATLAS, rows, Selection(q=HOSTILE), HOSTILE)
    text = text_of(pypdfium2.PdfDocument(render(figure, "pdf")[0]))
    assert "<script>alert(1)</script>`${x}`" in text and "$\\frac{1}{2}$" in text
    assert "\u202e" not in text


def test_two_sessions_may_draw_at_once():
    selections = [Selection(q=EXPRESSWAY), Selection(zone=("northeastern",), layer=("digital",))] * 2
    made: dict[int, bytes] = {}

    def draw(at: int) -> None:
        png = render(sheet(ATLAS, chosen(selections[at]), selections[at]), "png", 40)[0]
        made[at] = Image.open(io.BytesIO(png)).tobytes()

    threads = [threading.Thread(target=draw, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[2] and made[1] == made[3] and made[0] != made[1]


# ---- errors ----------------------------------------------------------------------------------


def test_nothing_to_draw_is_told():
    with pytest.raises(LayerError, match="没有符合条件的要素"):
        sheet(ATLAS, chosen(Selection(q="没有这个要素")), Selection(q="没有这个要素"))
    unplaced = ATLAS.table[ATLAS.table.geometry.isna()].head(3)
    with pytest.raises(LayerError, match="所选 3 个要素文中都未给出可落图的位置"):
        sheet(ATLAS, unplaced, Selection())


def test_no_chinese_font_is_told(monkeypatch):
    fonts.chinese.cache_clear()
    monkeypatch.setattr(fonts, "_known", lambda: {"DejaVu Sans"})
    monkeypatch.setattr(fonts, "_installed", lambda: {"DejaVu Sans", "Noto Sans CJK JP"})
    with pytest.raises(LayerError, match="fonts-noto-cjk"):
        fonts.chinese()
    fonts.chinese.cache_clear()


def test_command_writes_a_sheet_or_says_why_not(tmp_path, capsys):
    out = tmp_path / "盐源.pdf"
    wanted = ["--paper", "A3", "--place", "盐源县", "--layer", "transport", "--title", "盐源县重点项目"]
    assert main(["sheet", "-o", str(out), *wanted]) == 0
    assert "盐源县重点项目" in text_of(pypdfium2.PdfDocument(out))
    assert main(["sheet", "-o", str(tmp_path / "x.gif"), "--place", "盐源县"]) == 2
    assert "pdf, png, svg" in capsys.readouterr().err
    assert main(["sheet", "-o", str(out), "--paper", "a5", "--place", "盐源县"]) == 2
    assert "a4, a3" in capsys.readouterr().err
    assert main(["sheet", "-o", str(tmp_path / "no" / "x.pdf"), "--place", "盐源县"]) == 2
    assert "无法写入" in capsys.readouterr().err


# ---- the map is true -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(zone=("panxi",)), Selection(place=("513423",)), Selection(q=EXPRESSWAY)],
    ids=["province", "zone", "county", "feature"],
)
@pytest.mark.parametrize("paper", [A4, A3], ids=["a4", "a3"])
def test_scale_bar_is_true(selection, paper):
    """Laid anywhere on the map, east or north, the bar spans its kilometres within 1 %."""
    _, view = view_of(selection, paper)
    frame = view.frame
    km = view.bar_km(frame.width / 4)
    long = view.bar_mm(km)
    assert frame.width / 12 < long <= frame.width / 4
    for x, y in ((0.4, 0.5), (0.05, 0.05), (0.7, 0.7)):
        left, low = frame.left + x * frame.width, frame.bottom + y * frame.height
        for right, up in ((long, 0), (0, long * 0.9)):
            lon, lat = view.lonlat(np.array([left, left + right]), np.array([low, low + up]))
            on_ground = Geod(ellps="GRS80").inv(lon[0], lat[0], lon[1], lat[1])[2] / 1000
            assert on_ground == pytest.approx(km * (1 if right else 0.9), rel=0.01)


def test_positions_return_from_paper():
    _, view = view_of(Selection(zone=("panxi",)))
    point = view.on_paper(shapely.Point(102.27, 27.89))
    lon, lat = view.lonlat(np.array([point.x]), np.array([point.y]))
    assert (lon[0], lat[0]) == pytest.approx((102.27, 27.89), abs=1e-9)


def test_the_zone_fills_the_sheet_and_far_members_do_not_shrink_it():
    rows, view = view_of(Selection(zone=("southern",)))
    assert rows.total_bounds[3] > 36, "a line of 川南 runs to the coast of the east"
    drawn = view.on_paper(zone_boundary("southern"))
    assert view.window().contains(drawn)
    west, south, east, north = drawn.bounds
    assert max((east - west) / view.frame.width, (north - south) / view.frame.height) > 0.8


def test_without_a_zone_the_map_stays_in_and_round_sichuan():
    placed = ATLAS.table[ATLAS.table.geometry.notna()]
    far = placed[placed.bounds["maxx"] > 115]
    assert len(far) >= 3
    west, south, east, north = sichuan().bounds
    assert extent(far, []).within(shapely.box(west - 0.2, south - 0.2, east + 0.2, north + 0.2))


def test_tall_extents_stand_and_wide_ones_lie():
    assert view_of(Selection(q=EXPRESSWAY))[1].layout.upright
    assert not view_of(Selection(zone=("northwestern",)))[1].layout.upright
    assert not view_of(Selection())[1].layout.upright


def test_degrees_stand_where_they_are():
    _, view = view_of(Selection(place=("513423",)))
    found = {tick.text: tick.position for tick in ticks(view) if tick.side == "bottom"}
    lon, _ = view.lonlat(np.array([found["101°30′E"]]), np.array([view.frame.bottom]))
    assert lon[0] == pytest.approx(101.5, abs=0.001)
    assert degree_text(101.9999999) == "102°"


# ---- lettering -------------------------------------------------------------------------------

boxes = st.builds(Box, st.floats(-5, 95), st.floats(-5, 95), st.floats(0.5, 30), st.floats(0.5, 8))


@given(st.lists(st.lists(boxes, max_size=6), max_size=25), st.lists(boxes, max_size=6), st.integers(0, 10))
def test_placed_labels_never_meet(wishes, taken, limit):
    within = Box(0, 0, 100, 100)
    got = place(wishes, within, taken, limit)
    placed = [box for box in got if box]
    assert len(got) == len(wishes) and (not limit or len(placed) <= limit)
    assert all(box is None or box in wished for box, wished in zip(got, wishes, strict=True))
    for at, box in enumerate(placed):
        assert box.left >= 0 and box.bottom >= 0 and box.right <= 100 and box.top <= 100
        assert not [other for other in [*placed[:at], *taken] if overlap(box, other)]


def overlap(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.bottom < b.top and b.bottom < a.top


def test_the_first_free_position_is_taken():
    first, second = Box(0, 0, 10, 4), Box(20, 0, 10, 4)
    assert place([[first], [first, second], [first]], Box(0, 0, 100, 100)) == [first, second, None]


def test_labels_stand_beside_their_symbol():
    for box in beside(50, 50, 12, 3, 2):
        assert not overlap(box, Box.about(50, 50, 2, 2))


@pytest.mark.parametrize(
    "selection", [Selection(), PARKS, Selection(place=("513423",))], ids=["all", "parks", "county"]
)
def test_no_label_of_a_sheet_covers_another(selection):
    rows, view = view_of(selection)
    drawn = seen(rows, view)
    made = lettering(view, rows, drawn, [north_box(view)])
    labels = [one for one in made.labels if one.halo]
    assert len(labels) > 20
    for at, one in enumerate(labels):
        assert not overlap(one.box, north_box(view))
        assert not [other.text for other in labels[:at] if overlap(one.box, other.box)], one.text


def test_symbols_and_counted_symbols_never_cover_each_other():
    rows, view = view_of(Selection(zone=("panxi",)))
    made = lettering(view, rows, seen(rows, view), [north_box(view)])
    held = [*(one.box for one in made.spots), *(one.box for one in made.clusters)]
    assert len(made.spots) > 40 and len(made.clusters) > 5
    for at, one in enumerate(held):
        assert not [other for other in held[:at] if overlap(one.grown(-1e-6), other)]


def test_every_park_is_told_by_its_number():
    pdf = pdf_of(PARKS)
    words = text_of(pdf).replace("\r\n", "")
    rows = in_order(chosen(PARKS))
    placed = rows[rows.geometry.notna()]
    assert len(placed) >= 80
    missing = [row.name_ for row in placed.rename(columns={"name": "name_"}).itertuples() if row.name_[:8] not in words]
    assert missing == []


def test_symbols_outside_the_frame_are_not_drawn():
    rows, view = view_of(Selection(place=("513423",)))
    made, frame = lettering(view, rows, seen(rows, view), [north_box(view)]), view.frame
    homes = [one.home for one in made.spots] + [at for one in made.clusters for _, at in one.dots]
    assert len(homes) > 5
    assert all(frame.left < x < frame.right and frame.bottom < y < frame.top for x, y in homes)


# ---- legend ----------------------------------------------------------------------------------


def test_the_legend_tells_only_what_is_shown():
    rows, view = view_of(Selection(zone=("panxi",), layer=("transport",)))
    entries = {heading: [one.text for one in part] for heading, part in legend(view, seen(rows, view))}
    assert entries["规划要素（个数）"] == [
        f"交通  {rows.geometry.notna().sum()}",
        "铁路",
        "高速公路",
        "公路、城市道路",
        "航道",
        "机场",
        "港口、航电枢纽",
        "铁路站、枢纽",
    ]
    assert "示意范围" not in entries["表示方法"] and "沿现有铁路、河道" in entries["表示方法"]


def test_columns_of_the_index_keep_to_their_depth_and_lose_nothing():
    made = made_of(Selection(zone=("panxi",)))
    assert len(made.pages) == 2
    index = lines(made.plan.lettering, page_column(made.plan.view.layout), 1.0)
    held = filled(index, 7, 150)
    assert [line for column in held for line in column] == index
    for column in held:
        assert sum(line.deep for line in column) <= 150
        assert not column[-1].heading, "a heading stands with its first name"
        assert column[0].heading or column[0].number, "no name is broken between two columns"


def test_an_index_without_room_is_cut_between_names():
    index = [Line("一", "1"), Line("二", "2"), Line("之二"), Line("三", "3")]
    assert filled(index, 1, 6.0) == [index[:1]]
    assert columns(Box(0, 0, 40, 10), 1.0) == (1, 40)


def test_what_lies_beside_each_other_on_a_page_keeps_apart():
    """Every text of the panel, the legend and the index has its own place."""
    page = made_of(PARKS).pages[0]
    texts = [one for one in page.printed if isinstance(one, Text) and one.align == "left"]
    assert len(texts) > 80
    boxes = [Box(one.x, one.y - 0.8, text_width(one.text, one.size), 1.6) for one in texts if one.base == "center"]
    for at, box in enumerate(boxes):
        assert box.right <= page.width - 8
        assert not [other for other in boxes[:at] if overlap(box, other)], texts[at].text


# ---- files -----------------------------------------------------------------------------------


def test_names_of_files_tell_the_selection():
    day = datetime.date(2026, 11, 27)
    selection = Selection(zone=("panxi",), layer=("transport",), status=("starting",), q="机场")
    assert file_stem(ATLAS, selection, "分布图", day) == "攀西经济区-交通-拟开工-机场-分布图-20261127"
    assert file_stem(ATLAS, Selection(), "简报", day) == "四川省-简报-20261127"
    hostile = file_stem(ATLAS, Selection(q='../..\\a:b*?"<>|%\n\u202e' + "长" * 500), "简报", day)
    assert hostile == "四川省-....ab…-简报-20261127" or not set(hostile) & set('/\\:*?"<>|%\n\u202e')
    assert len(hostile) < 90


def test_pages_of_a_picture_are_files_beside_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sheets, "fits", lambda *_: False)  # the index has no room on the map
    out = tmp_path / "攀西.png"
    assert main(["sheet", "-o", str(out), "--zone", "panxi", "--layer", "hub"]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["攀西-2.png", "攀西.png"]
    assert str(tmp_path / "攀西-2.png") in capsys.readouterr().out


# ---- words -----------------------------------------------------------------------------------


def test_selections_in_words():
    selection = Selection(zone=("panxi",), status=("starting",), q="机场")
    assert in_words(ATLAS, selection) == "经济区：攀西经济区；状态：拟开工；检索：“机场”"
    assert title(ATLAS.table, selection) == "攀西经济区规划要素"
    assert title(ATLAS.table, Selection(zone=("panxi",), layer=("transport", "hub"))) == "攀西经济区交通、枢纽规划要素"
    assert in_words(ATLAS, Selection()) == "全部要素，未作筛选"
    assert "攀枝花至盐源高速公路 周边 30 公里" in in_words(ATLAS, Selection(within="f-01736~30"))


def test_one_line_has_no_controls():
    assert one_line("a\u202eb\u0000c\n d\te") == "abc d e"
    assert one_line("长" * 100, 10) == "长" * 9 + "…"


def test_numbers_follow_the_layers_and_weight_the_citations():
    rows = in_order(chosen(Selection(zone=("panxi",))))
    assert list(rows["number"]) == list(range(1, len(rows) + 1))
    assert rows["layer"].iloc[0] == "zone" and rows["layer"].iloc[-1] == "city"
    assert len(by_weight(rows)["documents"].iloc[0]) == max(map(len, rows["documents"]))


def test_chinese_is_as_wide_as_it_is_tall():
    assert text_width("川南", 72 / 25.4) == pytest.approx(2.0)
    assert text_width("ab", 72 / 25.4) < 2


def test_the_app_starts_without_the_drawing_library():
    code = "import sys, ui.pages.atlas; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
