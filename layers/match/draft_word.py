"""A checked draft as a Word file: the draft with its projects underlined, numbered and commented, and a table of what the plans say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from layers.atlas import Atlas
from layers.errors import LayerError
from layers.match.answers import source
from layers.match.draft import Checked, paragraphs
from layers.own.encoding import decode
from layers.paper.word import clean

AUTHOR = "川规图 Plan Atlas"
MOST_QUOTES = 3
HEADS = ("序号", "草稿", "规划要素", "意见", "规划原文及出处")


def draft_text(name: str, data: bytes) -> str:
    """Return the words of a draft: of a Word file, or of a text file in any Chinese encoding; LayerError when it is neither."""
    if not name.lower().endswith(".docx"):
        return decode(data)[0]
    try:
        return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise LayerError(f"“{name}”不是有效的 Word 文件，或已加密 (not a .docx)；请另存后再试。") from None


def draft_word(atlas: Atlas, draft: str, found: Sequence[Checked]) -> bytes:
    """Return the Word file."""
    written = docx.Document()
    style = written.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    written.add_heading("拟文核对", 1)
    told = sum(bool(one.remarks) for one in found)
    written.add_paragraph(
        f"共提到项目 {len(found)} 处，其中 {told} 处需要留意。图集版本 {atlas.version}。原文一字不差；意见由程序提出，须人工判断。"
    )
    for at, text in enumerate(paragraphs(draft)):
        named = [(n, one) for n, one in enumerate(found, 1) if one.paragraph == at]
        _paragraph(written, written.add_paragraph(), text, named)
    _table(written, found)
    held = io.BytesIO()
    written.save(held)
    return held.getvalue()


def _paragraph(written: Document, line: Paragraph, text: str, named: Sequence[tuple[int, Checked]]) -> None:
    at = 0
    for number, one in named:
        if one.start < at:
            continue
        line.add_run(clean(text[at : one.start]))
        name = line.add_run(clean(text[one.start : one.end]))
        name.underline = True
        comment(written, [name], one)
        line.add_run(f"[{number}]").font.superscript = True
        at = one.end
    line.add_run(clean(text[at:]))


def _table(written: Document, found: Sequence[Checked]) -> None:
    table = written.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for number, one in enumerate(found, 1):
        known = f"{one.feature.name}（{one.feature.id}）" if one.feature else "—"
        quotes = "\n".join(_quotes(one)) or "—"
        for cell, text in zip(
            table.add_row().cells, (str(number), one.name, known, _remarks(one), quotes), strict=True
        ):
            cell.text = clean(text)


def comment(written: Document, runs: Sequence[Run], one: Checked) -> None:
    """Note beside the words of a project what the plans say of it."""
    known = f"{one.feature.name}（{one.feature.id}）" if one.feature else ""
    text = "\n".join(filter(None, (known, _remarks(one), *_quotes(one))))
    written.add_comment(runs, clean(text), author=AUTHOR, initials="图")


def _remarks(one: Checked) -> str:
    return "；".join(note.text.format(**dict(note.values)) for note in one.remarks) or "未见与规划不一致"


def _quotes(one: Checked) -> list[str]:
    return [
        f"{source(said)}：“{said.quote}”" + (f"（{said.status_text}）" if said.status_text else "")
        for said in one.said[:MOST_QUOTES]
    ]
