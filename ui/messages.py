"""What the app says: Chinese in the code, other languages from one catalogue (messages.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from plans.vocabulary import label
from ui import state

LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def catalogue() -> dict[str, str]:
    """Return the English of every Chinese message."""
    tables = tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))
    return {chinese: english for table in tables.values() for chinese, english in table.items()}


def say(chinese: str, **values: Any) -> str:
    """Return a message in the language of the session, with `values` put in its {places}.

    A message that the catalogue lacks stands in Chinese; a test keeps the catalogue whole.
    """
    text = chinese if state.language() == "zh" else catalogue().get(chinese, chinese)
    return text.format(**values) if values else text


def term(group: str, key: str) -> str:
    """Return the label of a vocabulary key in the language of the session."""
    return label(group, key, state.language())
