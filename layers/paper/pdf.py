"""PDF files as they are handed on: fonts that every reader takes, and metadata.

matplotlib embeds an OpenType face with PostScript outlines (Noto, Source Han) under a name that promises
TrueType; strict readers refuse it. Here its outlines are made what the file says they are.
"""

from __future__ import annotations

import io

import pikepdf
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from layers.about import LANGUAGE, RIGHTS, About

FINE = 1.0  # units of the em (of 1000) that an outline may stray


def finished(content: bytes, about: About) -> bytes:
    """Return the PDF with TrueType outlines in every embedded font, and with `about` in its properties."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor" and "/FontFile2" in one:
                _mend(one.FontFile2)
        pdf.Root.Lang = pikepdf.String(LANGUAGE)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _describe(pdf, about)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Write the properties, in both of the places where readers look for them."""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = about.title
        meta["dc:creator"] = [about.creator]
        meta["dc:description"] = about.description
        meta["dc:rights"] = RIGHTS
        meta["dc:source"] = about.source
        meta["dc:language"] = {LANGUAGE}
        meta["xmp:CreatorTool"] = about.creator
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = about.made.isoformat()
        meta["pdf:Producer"] = str(pdf.docinfo.get("/Producer", ""))
    stamp = about.made.strftime("D:%Y%m%d%H%M%S%z")
    for key, text in (
        ("/Title", about.title), ("/Author", about.creator), ("/Creator", about.creator), ("/Subject", about.description),
        ("/CreationDate", f"{stamp[:-2]}'{stamp[-2:]}'"), ("/ModDate", f"{stamp[:-2]}'{stamp[-2:]}'"),
    ):  # fmt: skip
        pdf.docinfo[key] = text


def _mend(stream: pikepdf.Object) -> None:
    """Give a font with PostScript outlines TrueType ones, glyph for glyph."""
    content = stream.read_bytes()
    if content[:4] == b"OTTO":
        with TTFont(io.BytesIO(content)) as font:
            _as_truetype(font)
            out = io.BytesIO()
            font.save(out)
        stream.write(out.getvalue())
        stream.Length1 = len(out.getvalue())


def _as_truetype(font: TTFont) -> None:
    """Change cubic outlines into quadratic ones; numbers, names and widths of the glyphs stay."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, FINE * font["head"].unitsPerEm / 1000, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    for name in outlines:
        font["hmtx"][name] = (font["hmtx"][name][0], _left(font, name))
    _grow(font)
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def _left(font: TTFont, name: str) -> int:
    """The left side bearing of a glyph, which TrueType takes from its outline."""
    glyph = font["glyf"][name]
    glyph.recalcBounds(font["glyf"])
    return int(getattr(glyph, "xMin", 0))


def _grow(font: TTFont) -> None:
    """Give `maxp` the fields that TrueType outlines need; the library reckons most of them when it saves."""
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours",
        "maxComponentElements", "maxComponentDepth",
    ):  # fmt: skip
        setattr(most, field, 0)
    most.maxZones = 1
