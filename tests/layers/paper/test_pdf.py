"""PDF sheets: fonts that every reader takes, text that can be found, and what the file says of itself."""

from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from layers.about import now
from layers.atlas import bundled
from layers.paper import sheet as sheets
from layers.paper.sheet import render, sheet
from layers.query.selection import Selection, select

ATLAS = bundled()
SELECTION = Selection(zone=("panxi",), layer=("transport",))


@pytest.fixture(scope="module")
def made():
    return sheet(ATLAS, select(ATLAS, SELECTION), SELECTION)


@pytest.fixture(scope="module")
def pdf(made) -> bytes:
    return render(made, "pdf")[0]


def fonts(content: bytes) -> dict[str, TTFont]:
    with pikepdf.open(io.BytesIO(content)) as book:
        found = [one for one in book.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one]
        return {str(one.FontName): TTFont(io.BytesIO(one.FontFile2.read_bytes())) for one in found}


def test_fonts_are_truetype_as_the_file_says(pdf):
    found = fonts(pdf)
    assert len(found) >= 2
    for name, font in found.items():
        assert font.sfntVersion == "\x00\x01\x00\x00" and "glyf" in font and "CFF " not in font, name
        outlines = [font["glyf"][glyph] for glyph in font.getGlyphOrder()]
        assert sum(one.numberOfContours > 0 for one in outlines) > len(outlines) / 2, "glyphs have outlines"
    with pikepdf.open(io.BytesIO(pdf)) as book:
        kinds = {str(one.get("/Subtype")) for one in book.objects if isinstance(one, pikepdf.Dictionary)}
    assert "/CIDFontType2" in kinds and "/Type3" not in kinds


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not installed")
def test_poppler_takes_the_fonts_and_finds_the_text(pdf, tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    assert listed.stderr == ""
    rows = listed.stdout.splitlines()[2:]
    assert rows and all("CID TrueType" in row and row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "攀西经济区交通规划要素分布图" in text and "西昌青山机场" in text


def test_pdf_is_text_with_embedded_simplified_chinese(pdf):
    book = pypdfium2.PdfDocument(pdf)
    text = book[0].get_textpage().get_text_bounded()
    assert "攀西经济区交通规划要素分布图" in text
    assert "示意图，不作为划界依据" in text and "审图号 GS(2024)0650号" in text
    assert "攀枝花至盐源高速公路" in text.replace("\r\n", "")
    assert book.get_metadata_value("Title") == "攀西经济区交通规划要素分布图"
    used = {font.get_base_name() for font in pdf_fonts(book)}
    assert used and all(font.is_embedded for font in pdf_fonts(book))
    assert not [name for name in used if "CJKjp" in name], "a Japanese face draws 直, 骨, 关 the Japanese way"


def pdf_fonts(book: pypdfium2.PdfDocument):
    texts = (one for one in book[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT)
    return [one.get_font() for one in texts]


def test_properties_tell_version_selection_sources_and_approval(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as book:
        said, meta = {key: str(value) for key, value in book.docinfo.items()}, book.open_metadata()
        assert said["/Title"] == meta["dc:title"] == "攀西经济区交通规划要素分布图"
        assert ATLAS.version in said["/Author"]
        assert "经济区：攀西经济区；图层：交通" in said["/Subject"]
        assert "《攀西经济区“十四五”转型升级发展规划》" in meta["dc:source"]
        assert "审图号 GS(2024)0650号" in meta["dc:rights"] and "ODbL" in meta["dc:rights"]
        assert meta["xmp:CreateDate"][:10] == now().date().isoformat()
        assert str(book.Root.Lang) == "zh-CN"


def test_pictures_and_drawings_say_the_same(made):
    png, svg = render(made, "png", 40)[0], render(made, "svg")[0].decode()
    said = Image.open(io.BytesIO(png)).info
    assert said["Title"] == "攀西经济区交通规划要素分布图" and "审图号 GS(2024)0650号" in said["Copyright"]
    assert "审图号 GS(2024)0650号" in svg and "<dc:date>" in svg


def test_text_of_a_drawing_is_text_in_fonts_that_others_have(made):
    svg = render(made, "svg")[0].decode()
    assert ">西昌青山机场</text>" in svg
    assert "'Microsoft YaHei'" in svg and "'SimHei'" in svg and "sans-serif" in svg


def test_pages_of_the_index_are_pages_of_the_file(monkeypatch):
    monkeypatch.setattr(sheets, "fits", lambda *_: False)  # the index has no room on the map
    selection = Selection(zone=("panxi",), layer=("hub",))
    whole = sheet(ATLAS, select(ATLAS, selection), selection)
    assert len(whole.pages) == 2
    with pikepdf.open(io.BytesIO(render(whole, "pdf")[0])) as book:
        assert len(book.pages) == 2
    assert len(render(whole, "png", 30)) == 2
