"""Any plan to text: .txt, .md, Word, PDF and workbooks, with the structure that the form tells.

The text goes to `plans.clauses.read`; nothing is corrected and nothing dropped in silence: a line stands in
a clause, or among what `plans.clauses.read_new` leaves out, with the reason. A quote is found again by the offsets of its
clause in the text, and by its page.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from plans.documents import Document
from plans.errors import PlanError
from plans.sources.forms import TEXTS, form_of, outline_of, parsed
from plans.sources.source import PICTURE, Left
from plans.suitable import refuse_what_is_no_plan
from plans.titles import issued_on, issuer_of, title_of


def read_plan(path: Path) -> str:
    """Return the text of a plan: the file's own for .txt and .md, else as plans.sources.marked writes it.

    Raises PlanError, with the way out, for a missing file, an unknown ending, a file that is not what its
    ending says, one that is encrypted, damaged, empty or a picture, and for what is no plan.
    """
    ending = path.suffix.lower()
    if ending not in TEXTS:
        raise PlanError(
            f"不能读取“{path.name}” (unknown ending)。可用：{'、'.join(TEXTS)}；.doc、.wps 请另存为 .docx。"
        )
    if not path.is_file():
        raise PlanError(f"没有文件“{path}” (no such file)。")
    if not path.stat().st_size:
        raise PlanError(f"“{path.name}”是空文件 (empty)。请重新取得该文件。")
    try:
        text = TEXTS[ending](path)
    except OSError as error:
        raise PlanError(f"无法打开“{path.name}”：{error.strerror} (cannot open)。") from None
    source = parsed(form_of(ending), text)
    if not source.parts:
        raise PlanError(f"“{path.name}”中没有文字 (empty)。请确认文件内容；若是图片，请先做文字识别 (OCR)。")
    refuse_what_is_no_plan(path.name, text, source)
    return text


def as_document(path: Path, text: str) -> Document:
    """Return a document record for a plan that the atlas does not know, for `plans.clauses.read`.

    Title, issuer and date are what the text says; a date that it does not say is unknown.
    """
    form = form_of(path.suffix.lower())
    source = parsed(form, text)
    pieces = outline_of(form, text)
    title = title_of(pieces, source.title) or path.stem
    date, precision = issued_on(pieces)
    return Document(
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
        form=form,
    )


def told(left: list[Left]) -> list[str]:
    """Return what the planner has to know of what was left out: pages that are pictures, tracked deletions."""
    said = []
    if pictures := [one.page for one in left if one.reason == PICTURE]:
        said.append(f"第 {_ranges(pictures)} 页是图像，未读 (pages that are pictures)；请先做文字识别 (OCR)。")
    unread = [one.reason for one in left if one.start == one.end and one.reason != PICTURE]
    if unread:
        said.append(f"未读：{'、'.join(unread)} (not read)。")
    counts = Counter(one.reason for one in left if one.start < one.end)
    if counts:
        listed = "、".join(f"{reason} {number}" for reason, number in counts.most_common())
        said.append(f"不属正文：{listed} (left out)。")
    return said


def _ranges(numbers: list[int]) -> str:
    """`3、5–7`: page numbers, those that follow each other as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("–".join(map(str, run)) for run in runs)
