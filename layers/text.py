"""Text of others made fit to be shown: nothing in it that is invisible, or that turns the text round it."""

from __future__ import annotations

import re

# Control characters but tab and line ends, lone surrogates, bidirectional controls (Unicode UAX #9).
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
REPLACEMENT = "\ufffd"


def visible(text: str) -> str:
    """Return `text` with every character that cannot be shown, or that reorders others, as U+FFFD."""
    return _UNFIT.sub(REPLACEMENT, text)


def shortened(text: str, most: int) -> str:
    """Return at most `most` characters of `text`; an ellipsis stands for the rest."""
    return text if len(text) <= most else text[: most - 1] + "…"


def bracketed(date: str) -> str:
    """Return a date as it stands behind a title, nothing where none is known: （2021-06-09）."""
    return f"（{date}）" if date else ""
