"""What is no plan, or cannot be read, gets a clear word on what it is and what to do; nothing is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from plans.errors import PlanError
from plans.reading import as_document, read_plan

NOVEL = "那天夜里，他独自坐在窗前，听着外面的雨声，想起了很多年前的事情。“你还会回来吗？”她问。他没有回答。\n" * 30
TRADITIONAL = "成都市國民經濟和社會發展規劃綱要\n加快建設成都至達州高速公路，推進機場項目，構建現代產業體系。\n" * 5
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def numbers(path: Path) -> None:
    book = openpyxl.Workbook()
    for i in range(30):
        book.active.append([i, 2 * i, 3 * i])
    book.save(path)


def picture(path: Path) -> None:
    docx.Document().save(str(path))


def damaged(path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("成都市规划")
    file.save(str(path))
    path.write_bytes(path.read_bytes()[:9000])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.txt", NOVEL, "not a plan", id="novel"),
        pytest.param("a.txt", "12\t34\t56\n" * 50, "numbers only", id="numbers"),
        pytest.param("a.xlsx", numbers, "numbers only", id="numbers-in-a-workbook"),
        pytest.param("a.txt", "The plan will build railways and highways.\n" * 40, "not in Chinese", id="english"),
        pytest.param("a.txt", TRADITIONAL, "traditional characters", id="traditional"),
        pytest.param("a.txt", TRADITIONAL.encode("big5"), "traditional characters", id="big5"),
        pytest.param("a.txt", bytes(range(256)) * 20, "bad encoding", id="no-text"),
        pytest.param("a.txt", b"\xff\xfe\x00", "bad encoding", id="utf-16-cut-off"),
        pytest.param("a.docx", OLE, "encrypted or .doc", id="encrypted-word"),
        pytest.param("a.xlsx", OLE, "encrypted workbook", id="encrypted-workbook"),
        pytest.param("a.docx", damaged, "not a .docx", id="damaged-word"),
        pytest.param("a.docx", picture, "empty", id="word-without-text"),
        pytest.param("a.xls", b"x", "not a workbook", id="no-workbook"),
        pytest.param("a.pdf", b"%PDF-1.7", "broken PDF", id="damaged-pdf"),
        pytest.param("a.xlsx", b"", "empty", id="no-bytes"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(
    tmp_path: Path, name: str, content: str | bytes | Callable[[Path], None], message: str
):
    path = tmp_path / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(PlanError, match=message) as told:
        read_plan(path)
    assert "a." in str(told.value) and "。" in str(told.value)


def test_a_report_of_lines_that_opened_is_no_novel(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "全长一百公里的兰合铁路昨天正式运营，旅客当天可以往返，沿途的老乡都来看热闹。\n" * 20, encoding="utf-8"
    )
    assert "兰合铁路" in read_plan(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_every_encoding_that_offices_write_is_read(tmp_path, encoding):
    path = tmp_path / "plan.txt"
    path.write_bytes("成都市“十五五”规划\r\n第一章 交通\r\n开工建设简阳机场。\r\n".encode(encoding))
    text = read_plan(path)
    assert as_document(path, text).title == "成都市“十五五”规划"
    assert "开工建设简阳机场。" in text
