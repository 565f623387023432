"""What the app says: Chinese in the code, other languages from one catalogue (messages.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from layers.text import shortened, visible
from plans.vocabulary import label
from ui.state.language import language

LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def catalogue() -> dict[str, str]:
    """Return the English of every Chinese message."""
    tables = tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))
    return {chinese: english for table in tables.values() for chinese, english in table.items()}


def say(chinese: str, **values: Any) -> str:
    """Return a message in the language of the session, with `values` put in its {places}, thousands set apart.

    A message that the catalogue lacks stands in Chinese; a test keeps the catalogue whole.
    """
    text = chinese if language() == "zh" else catalogue().get(chinese, chinese)
    if not values:
        return text
    if language() != "zh":
        text = _PLURAL.sub("" if values.get("n") == 1 else r"\1", text)
    return text.format(**{key: f"{value:,}" if type(value) is int else value for key, value in values.items()})


_PLURAL = re.compile(r"\[(s)\]")  # 1 feature, 2 features


def term(group: str, key: str) -> str:
    """Return the label of a vocabulary key in the language of the session."""
    return label(group, key, language())


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What the Markdown of Streamlit makes of plain text even where it is escaped: :shortcodes:, links, arrows and dashes.
_MADE_UP = re.compile(r"(?<=\w)(?=:)|(?<=www)(?=\.)|(?=@)|(?<=[-<>~=])(?=[->=])", re.IGNORECASE)
WORD_JOINER = "\u2060"  # has no width


def plain(text: str, most: int = 300) -> str:
    """Return text of data or of an address so that Markdown shows just that text, on one line.

    For everything that Streamlit reads as Markdown: headings, labels, warnings, captions. Longer
    text than `most` ends in an ellipsis.
    """
    line = shortened(" ".join(visible(text).split()), most)
    return _PUNCTUATION.sub(r"\\\1", _MADE_UP.sub(WORD_JOINER, line))


# The hint stands outside of what is quoted: a quoted value may hold brackets of its own.
_HINT = re.compile(r"“[^”]*”| ?\((?=[^()]*[a-z]{2})([ -'*-~]+)\)")
_VALUE = re.compile(r"“[^”]*”")


def told(error: Exception | str) -> str:
    """Return what an error of a lower layer says, `中文原因与出路 (english)`, in the language of the session.

    English has the hint and the values that the Chinese quotes; an error without a hint stands as it is.
    """
    text = str(error)
    hint = next((found for found in _HINT.finditer(text) if found[1]), None)
    if hint is None:
        return text
    if language() == "zh":
        return text[: hint.start()] + text[hint.end() :]
    values = list(dict.fromkeys(_VALUE.findall(text)))
    return f"{hint[1][0].upper()}{hint[1][1:]}" + (f": {', '.join(values)}" if values else "") + "."
