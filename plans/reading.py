"""Any plan to text: .txt and .md, Word (.docx) and PDF with text in it.

The text goes as it stands to `plans.clauses.read`, which finds chapters and paragraphs by their
written form; nothing is corrected here.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdfium2 import PdfDocument, PdfiumError

from plans.documents import Document
from plans.errors import PlanError
from plans.radicals import characters

LEAST_PER_PAGE = 10  # characters; a PDF below that holds pictures of its pages


def read_plan(path: Path) -> str:
    """Return the text of a plan, a paragraph or printed line a line; pages end with `—1—`.

    Raises PlanError, with the way out, for a missing file, an unknown ending, a file that is not
    what its ending says, an encrypted or image-only PDF, and text in neither UTF-8 nor GB 18030.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise PlanError(f"不能读取“{path.name}” (unknown ending)。可用：{'、'.join(READERS)}；.doc 请另存为 .docx。")
    if not path.is_file():
        raise PlanError(f"没有文件“{path}” (no such file)。")
    try:
        text = reader(path)
    except OSError as error:
        raise PlanError(f"无法打开“{path.name}”：{error.strerror} (cannot open)。") from None
    if not text.strip():
        raise PlanError(f"“{path.name}”中没有文字 (empty)。")
    return text


def as_document(path: Path, text: str) -> Document:
    """Return a document record for a plan that the atlas does not know, for `plans.clauses.read`.

    A file does not say when it was issued: the year in which it was last changed stands in.
    """
    return Document(
        slug="new-plan",
        title=_title(path, text),
        short=path.stem,
        issuer="",
        date=datetime.date.fromtimestamp(path.stat().st_mtime),
        kind="plan",
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        date_precision="year",
    )


def _title(path: Path, text: str) -> str:
    """The first line that names itself a plan; else the name of the file."""
    heads = (line.strip(" #*\u3000\t") for line in text.split("\n")[:40])
    return next((line for line in heads if 6 <= len(line) <= 50 and line.endswith(_TITLES)), path.stem)


_TITLES = ("规划", "纲要", "方案", "意见", "决定", "计划", "规划纲要")


def _plain(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise PlanError(f"“{path.name}”既不是 UTF-8 也不是 GB18030 编码 (bad encoding)，请另存为 UTF-8。")


def _docx(path: Path) -> str:
    try:
        opened = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise PlanError(f"“{path.name}”不是有效的 Word 文件，或已加密 (not a .docx)。请另存后再试。") from None
    return "\n".join(line for block in opened.iter_inner_content() for line in _lines(block))


def _lines(block: Paragraph | Table) -> Iterator[str]:
    """The lines of a paragraph, or of a table (专栏) cell by cell; merged cells are read once."""
    if isinstance(block, Paragraph):
        yield from block.text.split("\n")
        return
    seen: set[object] = set()
    for row in block.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                for inner in cell.iter_inner_content():
                    yield from _lines(inner)


def _pdf(path: Path) -> str:
    try:
        with closing(PdfDocument(path)) as opened:
            pages = [_NUMBER.sub("", _mended(page.get_textpage().get_text_range())) for page in opened]
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise PlanError(f"“{path.name}”已加密 (encrypted PDF)。请解除密码后再试。") from None
        raise PlanError(f"“{path.name}”不是有效的 PDF：{error} (broken PDF)。") from None
    if len("".join(pages)) < LEAST_PER_PAGE * len(pages):
        raise PlanError(f"“{path.name}”是扫描图像，没有文字层 (image-only PDF)。请先做文字识别 (OCR)。")
    return "\n".join(f"{page}\n—{number}—" for number, page in enumerate(pages, 1))


_NUMBER = re.compile(r"^[-—–·\s]*\d+[-—–·\s]*\n|\n[-—–·\s]*\d+[-—–·\s]*$")  # the printed page number


def _mended(text: str) -> str:
    """Give lines one ending, and characters (文) where a PDF has the radicals that look the same (⽂)."""
    return characters(text.replace("\r\n", "\n")).strip()


READERS: dict[str, Callable[[Path], str]] = {".txt": _plain, ".md": _plain, ".docx": _docx, ".pdf": _pdf}
