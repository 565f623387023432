"""A name in the form in which two wordings of it within one plan are equal.

Closer than what a new plan is compared with the atlas by (layers.proposed.linking): one plan may speak of a
railway and a high-speed railway between the same cities, and of a section and the whole.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from plans.lexicon import alternation, expanded, place_names

_CODE = re.compile(r"^[GS]\d+(?:[（(][GS]\d+[)）])?(?=.+至|.{2,}(?:高速|扩容))|[（(][^（）()]*界[)）]")
_GROUNDS = (
    (re.compile("高新技术产业开发区|高新技术开发区|高新技术产业园区"), "高新区"),
    (re.compile("经济技术开发区|经济开发区"), "经开区"),
    (re.compile("综合保税区"), "综保区"),
    (re.compile("高速(?=$|[改扩]|[东西南北一二三四五六]|.{2,8}段)(?!公路|铁路)"), "高速公路"),
    (re.compile("(产业|工业|物流)园区$"), r"\1园"),
)


@cache
def wording(name: str) -> str:
    """Return a name with short forms written out, without the number of its road and the full form of its district."""
    text = expanded(_CODE.sub("", normalize("NFKC", name)))
    for pattern, short in _GROUNDS:
        text = pattern.sub(short, text)
    return _district().sub(r"\1", text)


@cache
def _district() -> re.Pattern[str]:
    """A district at the beginning by its full name, of which the last character is left out."""
    short = [name[:-1] for name in place_names() if len(name) > 2 and name[-1] in "市县" and name[:-1] in place_names()]
    return re.compile(f"^({alternation(short)})[市县](?=.)")
