"""A draft that came as a Word file, as it was, with a comment beside each project that it names."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from layers.match.draft import Checked
from layers.match.draft_word import comment

# What a run of words is made of; one with anything else, such as a picture, is not cut.
WORDS = {qn(f"w:{tag}") for tag in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen")}


def draft_commented(data: bytes, found: Sequence[Checked]) -> bytes:
    """Return the Word file `data` with comments; its words and their looks are as they were.

    `found` is what `checked` says of its `draft_text`.
    """
    written = docx.Document(io.BytesIO(data))
    lines = list(_lines(written.paragraphs))
    for one in found:
        paragraph, before = lines[one.paragraph]
        runs = _covering(paragraph, before + one.start, before + one.end)
        if runs:
            comment(written, runs, one)
    held = io.BytesIO()
    written.save(held)
    return held.getvalue()


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, int]]:
    """The lines that have words, as `draft.paragraphs` counts them, and where in its paragraph each begins."""
    for one in paragraphs:
        at = 0
        for line in one.text.replace("\r", "\n").split("\n"):
            if line.strip():
                yield one, at + len(line) - len(line.lstrip())
            at += len(line) + 1


def _covering(paragraph: Paragraph, start: int, end: int) -> list[Run]:
    """The runs that hold just the characters from `start` to `end`, cut out of longer ones."""
    found, at = [], 0
    for inner in list(paragraph.iter_inner_content()):
        for run in [inner] if isinstance(inner, Run) else inner.runs:
            length = len(run.text)
            if at < end and start < at + length:
                found.append(_cut(run, max(0, start - at), min(length, end - at)))
            at += length
    return found


def _cut(run: Run, start: int, end: int) -> Run:
    """Make `text[start:end]` of a run a run of its own; what stands before and behind keeps its look."""
    text = run.text
    if any(child.tag not in WORDS for child in run._r):
        return run
    for part, add in ((text[:start], run._r.addprevious), (text[end:], run._r.addnext)):
        if part:
            other = copy.deepcopy(run._r)
            add(other)
            Run(other, run._parent).text = part
    if (start, end) != (0, len(text)):
        run.text = text[start:end]
    return run
