"""Printed pages: headers, page numbers, wrapped lines, ruled tables over pages, pages that are pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import fpdf
import pytest

from plans.clauses import read_new
from plans.reading import as_document, read_plan, told

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
BODY = "推动铁路大通道建设，构建内畅外联的综合交通体系，" * 12
HEADS = ("序号", "项目名称", "建设地点", "总投资")


@pytest.fixture
def file() -> fpdf.FPDF:
    if not FONT.exists():
        pytest.skip("no Chinese font on this machine")
    made = fpdf.FPDF()
    made.set_auto_page_break(False)
    made.add_font("cjk", fname=FONT)
    made.set_font("cjk", size=11)
    return made


def page(file: fpdf.FPDF, number: int, *paragraphs: str) -> None:
    """A page with a header, paragraphs and its number."""
    file.add_page()
    file.set_y(8)
    file.cell(0, 6, "川南经济区“十五五”发展规划", align="C")
    file.set_y(40)
    for text in paragraphs:
        file.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
    file.set_y(-14)
    file.cell(0, 6, f"— {number} —", align="C")


def table(file: fpdf.FPDF, rows: list[tuple[str, ...]]) -> None:
    with file.table(first_row_as_headings=False) as drawn:
        for row in rows:
            drawn.row(row)


def read(file: fpdf.FPDF, path: Path):
    file.output(str(path))
    text = read_plan(path)
    issued = as_document(path, text)
    return text, *read_new(issued, text)


def png() -> BytesIO:
    """A picture of two by two dots."""
    rows = zlib.compress(b"\x00\xff\x00\x00\xff" * 2)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)), (b"IDAT", rows[:]), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for kind, data in chunks:
        made += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return BytesIO(made)


def test_headers_and_page_numbers_are_left_out_and_pages_kept(file, tmp_path):
    for number in range(1, 5):
        page(file, number, f"第{'一二三四'[number - 1]}章 交通", BODY + f"建成{number}号线。")
    text, clauses, left = read(file, tmp_path / "plan.pdf")
    assert [one.reason for one in left].count("页码") == 4
    assert [one.reason for one in left].count("页眉页脚") == 4
    bodies = [one for one in clauses if one.kind == "paragraph"]
    assert [one.text for one in bodies] == [f"{BODY}建成{number}号线。" for number in range(1, 5)]
    assert [one.page_at(0) for one in bodies] == [1, 2, 3, 4]
    assert all(text[one.offsets[i]] == one.text[i] for one in bodies for i in range(len(one.text)))


def test_a_paragraph_goes_on_over_a_page(file, tmp_path):
    page(file, 1, "第一章 交通", BODY.rstrip("，") + "和")
    page(file, 2, "综合枢纽建设，完善网络布局。" + BODY + "建成成自宜高铁。")
    page(file, 3, BODY + "开工建设泸州机场。")
    _, clauses, _ = read(file, tmp_path / "plan.pdf")
    first = next(one for one in clauses if one.kind == "paragraph")
    assert "和综合枢纽建设" in first.text
    assert (first.page_at(0), first.page_at(first.text.index("综合枢纽"))) == (1, 2)


def test_a_table_goes_on_over_pages_with_and_without_its_heads(file, tmp_path):
    page(file, 1, "附表1 重点项目")
    file.set_y(60)
    table(file, [HEADS, ("1", "内江至大足高速公路\n（四川段）", "内江市", "80"), ("2", "泸州港", "泸州市", "9")])
    page(file, 2)
    file.set_y(40)
    table(file, [("3", "宜宾机场改扩建", "宜宾市", "12")])
    page(file, 3)
    file.set_y(40)
    table(file, [HEADS, ("4", "自贡通用机场", "自贡市", "3"), ("", "合计", "", "104")])
    _, clauses, left = read(file, tmp_path / "plan.pdf")
    rows = [one for one in clauses if one.kind == "row"]
    assert [
        (one.text[slice(*one.named)], one.fact("place"), one.fact("investment"), one.first_page) for one in rows
    ] == [
        ("内江至大足高速公路（四川段）", "内江市", "80", 1),
        ("泸州港", "泸州市", "9", 1),
        ("宜宾机场改扩建", "宜宾市", "12", 2),
        ("自贡通用机场", "自贡市", "3", 3),
    ]
    assert [one.reason for one in left].count("重复的表头") == len(HEADS)
    assert [one.text for one in clauses if one.kind == "total"] == ["合计\u3000104"]


def test_pages_that_are_pictures_are_named(file, tmp_path):
    page(file, 1, BODY)
    for _ in range(2):
        file.add_page()
        file.image(png(), x=10, y=10, w=180)
    page(file, 4, BODY)
    file.output(str(tmp_path / "plan.pdf"))
    text = read_plan(tmp_path / "plan.pdf")
    said = told(read_new(as_document(tmp_path / "plan.pdf", text), text)[1])
    assert said[0].startswith("第 2–3 页是图像")


def test_a_hyphen_at_the_end_of_a_line_stays(file, tmp_path):
    file.add_page()
    for line in ("推进江湾-", "五角场副中心建设，完善G5-", "G42联络线，实施产业项目改造。"):
        file.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    _, clauses, _ = read(file, tmp_path / "plan.pdf")
    assert clauses[0].text == "推进江湾-五角场副中心建设，完善G5-G42联络线，实施产业项目改造。"
