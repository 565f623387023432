"""Names against texts: every word of a feature's name stands in a clause that names it.

A document gives names in parts: what a list shares, a short form (成渝), the zone of its title. Those
words are the document's. A place that only we know does not belong into a name.
"""

from __future__ import annotations

import re
from functools import cache

from plans.features import Feature
from plans.lexicon import alternation, head_noun, meaning, words

_GLUE = re.compile("[至与和、—“”()（）线段]")  # joins the parts of a name


def unsaid(feature: Feature) -> str:
    """Return the words of the name of `feature` that no text of its own has; "" when all are said.

    Short forms count as written out, and the head noun that a list announces in other words (电站) is free.
    """
    said = own_text(feature)
    said += " ".join(meaning("abbreviation", found) for found in _short_forms().findall(said))
    name = feature.name
    for one in feature.mentions:
        if len(one.quote) == 1:  # 酒、竹、茶等特色产业大数据中心
            name = name.replace(one.quote, "")
    head = head_noun(name)
    own = name[: head.start] if head else name
    return "".join(char for at, char in enumerate(own) if not _is_said(name, at, said))


def own_text(feature: Feature) -> str:
    """Return the texts of a feature: its clauses with their headings, and the titles and issuers of the documents."""
    return " ".join(
        part
        for one in feature.mentions
        for part in (one.clause.text, *one.clause.path, one.document.title, one.document.issuer)
    )


def _is_said(name: str, at: int, said: str) -> bool:
    """Tell whether the character of `name` at `at` stands in `said` with a neighbour; alone it is no word."""
    pairs = (name[max(0, at - 1) : at + 1], name[at : at + 2])
    return bool(_GLUE.match(name[at])) or any(len(pair) == 2 and pair in said for pair in pairs)


@cache
def _short_forms() -> re.Pattern[str]:
    return re.compile(alternation(words("abbreviation")))
