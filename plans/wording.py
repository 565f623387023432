"""What a sentence makes of a verb in it: a year beyond the plan, a name that only modifies another noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans.clause import Clause
from plans.lexicon import status

_BEYOND = re.compile("展望|远景|本世纪中叶|到(?:2035|20[4-9][0-9])年|二[〇○]三五年")
# `以…建设为统领`, `…建设规划`, `…建设推进机制`: what is carried out is another thing.
_MODIFIES = re.compile(
    r"(?:建设|发展)?(?:为(?:战略)?(?:统领|引领|牵引)|[,，]?统揽|重点项目|重要路线|各项目标)"
    r"|建设(?:中(?=[,，的])|的|规划(?!研究|论证|工作))"
    r"|(?:建设|发展|重点领域)(?:[^,，。；、和与及]|性、){0,24}机制"
)


def beyond_plan(text: str, start: int) -> bool:
    """Tell whether the sentence of `text` in which a name starts looks beyond the plan: 展望到2035年."""
    return bool(_BEYOND.search(text, text.rfind("。", 0, start) + 1, start))


def modifies(text: str, end: int) -> bool:
    """Tell whether a name that ends at `end` only modifies what follows, so that no verb governs it."""
    return bool(_MODIFIES.match(text, end))


def classed(phrase: str, text: str, start: int, end: int, *, told: bool) -> tuple[str, str]:
    """Return the verb phrase that governs `text[start:end]`, and its class, `mentioned` where none does.

    What is to stand beyond the plan is `promoted`: `completing` is within it.
    """
    if modifies(text, end):
        return "", "mentioned"
    found = status(phrase, told=told)
    return phrase, "promoted" if found == "completing" and beyond_plan(text, start) else found


def ruled(phrase: str, clause: Clause, start: int, end: int, *, told: bool) -> tuple[str, str]:
    """Return what governs `clause.text[start:end]` and its class as in `classed`; without a verb, what its heading says."""
    found = classed(phrase, clause.text, start, end, told=told)
    return found if found[0] else headed(clause.path)


# Headings of lists of projects that say how far those below them are: 三、前期项目（12个）.
_HEADED = re.compile(
    "(?P<stage>新开工|计划开工|拟开工|开工|续建|在建|新建|前期|储备|预备|谋划|计划竣工|竣工|建成|投产|完工)(?:(?:投[产用运])|推进|工作|类|阶段)*"
    "(?:(?:重大|重点|民生|工程|建设)*项目(?:名?[单表]|清单|库)?|[（(]|$)"
)


def headed(path: Sequence[str]) -> tuple[str, str]:
    """Return what the innermost heading that tells it says of the projects below, and its class; "" and `mentioned` for none."""
    for heading in reversed(path):
        said = _HEADED.search(heading)
        if said and len(heading) < 40:
            return said["stage"], status(said["stage"])
    return "", "mentioned"
