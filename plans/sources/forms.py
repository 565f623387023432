"""The forms of a new plan: how each file is written as text, and how that text is parted again.

The text of .txt and .md is the file's own; that of the others is written by plans.sources.marked. What is
kept of a plan is its text and its form: both together give its clauses again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from plans.noise import without_noise
from plans.outline import Piece, outlined
from plans.sources.markdown import has_table, parse_markdown
from plans.sources.marked import parse_marked
from plans.sources.source import Source
from plans.sources.text import decoded, parse_text


def _with(module: str, name: str) -> Callable[[Path], str]:
    """A function of a module that is imported with the first file that needs it: its libraries are large."""
    return lambda path: str(getattr(import_module(f"plans.sources.{module}"), name)(path))


TEXTS: dict[str, Callable[[Path], str]] = {
    ".txt": decoded,
    ".md": decoded,
    ".docx": _with("word", "word_text"),
    ".pdf": _with("pdf", "pdf_text"),
    ".xlsx": _with("sheet", "workbook_text"),
    ".xls": _with("sheet", "workbook_text"),
}


def _parse_text(text: str) -> Source:
    """Plain text, or what was written as Markdown and kept as .txt: its tables tell."""
    return parse_markdown(text) if has_table(text) else parse_text(text)


PARSERS: dict[str, Callable[[str], Source]] = {"text": _parse_text, "markdown": parse_markdown, "marked": parse_marked}


def form_of(ending: str) -> str:
    """Return the form of the text of a file, by its ending."""
    return {".txt": "text", ".md": "markdown"}.get(ending, "marked")


@lru_cache(maxsize=2)
def parsed(form: str, text: str) -> Source:
    """Return the parts of a text without what print added to it; the last ones are kept."""
    return without_noise(PARSERS[form](text))


@lru_cache(maxsize=2)
def outline_of(form: str, text: str) -> tuple[Piece, ...]:
    """Return the headings, paragraphs and tables of a text; the last ones are kept."""
    return tuple(outlined(parsed(form, text).parts))
