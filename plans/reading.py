"""Any plan to its clauses: text, Markdown, Word, PDF and workbooks, every line of them accounted for.

Nothing is corrected and nothing dropped in silence: a line stands in a clause, or in `Plan.left` with the
reason. A quote is found again by the offsets of its clause in `Plan.text`, and by its page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plans.clauses import Clause
from plans.documents import Document
from plans.errors import PlanError
from plans.nesting import nested
from plans.noise import without_noise
from plans.outline import outlined
from plans.sources.markdown import read_markdown
from plans.sources.pdf import read_pdf
from plans.sources.sheet import read_workbook
from plans.sources.source import Left, Source
from plans.sources.text import read_text
from plans.sources.word import read_word
from plans.suitable import refuse_what_is_no_plan
from plans.titles import issued_on, issuer_of, title_of


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that the atlas does not know, as it was read."""

    document: Document
    text: str  # what offsets count in
    clauses: tuple[Clause, ...]  # in reading order
    left: tuple[Left, ...]  # what is no part of them, and why
    notes: tuple[str, ...]  # what the planner has to know: pages that are pictures


READERS: dict[str, Callable[[Path], Source]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".docx": read_word,
    ".pdf": read_pdf,
    ".xlsx": read_workbook,
    ".xls": read_workbook,
}


def read_plan(path: Path) -> Plan:
    """Return the plan at `path`.

    Raises PlanError, with the way out, for a missing file, an unknown ending, a file that is not what its
    ending says, one that is encrypted, damaged, empty or a picture, and for what is no plan.
    """
    return as_plan(path, read_source(path))


def read_source(path: Path) -> Source:
    """Return the text of a file with its lines and tables; errors as in `read_plan`, but for what is no plan."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise PlanError(
            f"不能读取“{path.name}” (unknown ending)。可用：{'、'.join(READERS)}；.doc、.wps 请另存为 .docx。"
        )
    if not path.is_file():
        raise PlanError(f"没有文件“{path}” (no such file)。")
    try:
        source = reader(path)
    except OSError as error:
        raise PlanError(f"无法打开“{path.name}”：{error.strerror} (cannot open)。") from None
    if not source.parts:
        raise PlanError(f"“{path.name}”中没有文字 (empty)。请确认文件内容；若是图片，请先做文字识别 (OCR)。")
    return source


def as_plan(path: Path, source: Source) -> Plan:
    """Return a source as a plan; PlanError where it is none."""
    refuse_what_is_no_plan(path.name, source)
    parts, noise = without_noise(source)
    pieces = outlined(parts)
    title = title_of(pieces, source.title) or path.stem
    date, precision = issued_on(pieces)
    issued = Document(
        slug="new-plan",
        title=title,
        short=title,
        issuer=issuer_of(pieces, title),
        date=date,
        kind="plan",
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        pages=(1, source.pages) if source.pages else None,
        date_precision=precision,
    )
    clauses, heads = nested(issued, pieces)
    if not any(clause.text for clause in clauses):
        raise PlanError(f"“{path.name}”中没有成段的文字，也没有项目表 (no paragraphs, no table of projects)。")
    left = sorted((*source.left, *noise, *heads), key=lambda one: one.start)
    return Plan(issued, source.text, tuple(clauses), tuple(left), source.notes)
