"""What a new plan names against what the atlas has: the same, a part of it, perhaps the same, or new.

Two names are one where nothing is left of their difference once it is written in one form: short forms
written out, 高铁 and 铁路 one noun, numbers of roads, brackets of extent and 工程 left out, the stops of
a line in one order. What merely looks alike is perhaps the same; which it is, a planner decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from layers.proposed.measure import dice
from plans.features import STAGE, Feature, Mention, firmness
from plans.lexicon import alternation, expanded, place_names
from plans.story import STRATEGIES

SAME, PART, PERHAPS, NEW = "same", "part", "perhaps", "new"
WORDS = {SAME: "已有", PART: "已有要素的一部分", PERHAPS: "可能已有", NEW: "新增"}
ALIKE = 0.72  # share of common character pairs above which two names may be one thing


@dataclass(frozen=True, slots=True)
class Thing:
    """What is looked for: the names of a thing, its layer and kind, and the adcodes of its prefectures."""

    names: tuple[str, ...]
    layer: str
    kind: str
    prefectures: frozenset[str] = frozenset()


class Known:
    """Things of the atlas by the one form of their names."""

    def __init__(self, things: Iterable[tuple[Feature, Thing]]) -> None:
        """Hold each feature with the thing that it is."""
        self.things = tuple(things)
        self._by_form: dict[str, list[int]] = defaultdict(list)
        for at, (_, thing) in enumerate(self.things):
            for form in {one_form(name) for name in thing.names}:
                self._by_form[form].append(at)

    def find(self, thing: Thing) -> tuple[str, Feature | None]:
        """Return how `thing` stands to what is held, and to which of it."""
        forms = {one_form(name) for name in thing.names}
        known = {at for form in forms for at in self._by_form.get(form, ()) if self._fits(at, thing)}
        exact = [at for at in known if _plain(self.things[at][1].names) & _plain(thing.names)]
        best = exact or sorted(known)
        if len(best) == 1:
            return SAME, self.things[best[0]][0]
        if best:
            return PERHAPS, self.things[best[0]][0]
        whole = next((at for form in forms for at in self._wholes(form, thing)), None)
        if whole is not None:
            return PART, self.things[whole][0]
        share, near = max(
            ((max(dice(a, b) for a in forms for b in map(one_form, other.names)), at)
             for at, (_, other) in enumerate(self.things) if other.layer == thing.layer and self._fits(at, thing)),
            default=(0.0, -1),
        )  # fmt: skip
        return (PERHAPS, self.things[near][0]) if share >= ALIKE else (NEW, None)

    def _fits(self, at: int, thing: Thing) -> bool:
        """Tell whether layers agree, and places where both sides know them."""
        other = self.things[at][1]
        apart = other.prefectures and thing.prefectures and not other.prefectures & thing.prefectures
        return not apart and (other.layer == thing.layer or {other.layer, thing.layer} <= _NEAR)

    def _wholes(self, form: str, thing: Thing) -> list[int]:
        """What a name goes on from: 向家坝灌区 of 向家坝灌区二期, the longest first."""
        return [
            at
            for size in range(len(form) - 1, 3, -1)
            if _PART.match(form[size:])
            for at in self._by_form.get(form[:size], ())
            if self._fits(at, thing)
        ]


def _plain(names: Iterable[str]) -> set[str]:
    return {normalize("NFKC", name) for name in names}


_NEAR = frozenset(("transport", "hub", "corridor"))  # layers between which two documents may differ
_PART = re.compile(
    r"[一二三四五六七八九十]+期|[东西南北中]段|.{2,14}段$|支线|联络线|连接线|航站楼|T\d|[第]?[一二三四]?跑道|.{1,6}(?:作业区|码头|片区)$"
)


def thing_of(feature: Feature, said: Iterable[Mention], prefectures: Iterable[str]) -> Thing:
    """Return a reviewed feature as a thing, by the names that some of its mentions give it."""
    return Thing(tuple(dict.fromkeys(one.name for one in said)), feature.layer, feature.kind, frozenset(prefectures))


@dataclass(slots=True)
class Score:
    """How well the links between reviewed documents are found again, each document against all others."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def score(features: Iterable[Feature], prefectures: Mapping[str, tuple[str, ...]]) -> Score:
    """Take each document as new, and what the others name as the atlas; `prefectures` by the id of the feature."""
    found = Score()
    features = tuple(features)
    for slug in dict.fromkeys(slug for one in features for slug in one.documents):
        apart = [(one, [said for said in one.mentions if said.document.slug != slug]) for one in features]
        known = Known((one, thing_of(one, said, prefectures[one.id])) for one, said in apart if said)
        for one in features:
            said = [mention for mention in one.mentions if mention.document.slug == slug]
            if said:
                relation, of = known.find(thing_of(one, said, prefectures[one.id]))
                hit = relation == SAME and of is not None and of.id == one.id
                found.right += hit
                found.wrong += relation == SAME and not hit
                found.missed += len(one.documents) > 1 and not hit
    return found


# ---- one form of a name --------------------------------------------------------------------------

_SAME_NOUNS = (
    (r"高速铁路|客运专线|城际铁路|高铁|铁路客专", "铁路"),
    (r"高速公路|国家高速|快速公路", "高速"),
    (r"高新技术产业开发区|高新技术开发区|高新技术产业园区", "高新区"),
    (r"经济技术开发区|经济开发区", "经开区"),
    ("综合保税区", "综保区"),
    (r"风能发电|风力发电", "风电"),
    (r"光伏发电", "光伏"),
    (r"特高压|输变电|交流|直流", ""),
    (r"国际机场|民用机场|运输机场", "机场"),
    (r"产业园区", "产业园"),
    (r"工业园区", "工业园"),
)
_LEFT_OUT = re.compile(
    r"[（(](?:[^（）()]*(?:界|境内|段|境)|[GS]\d+)[)）]|^[GS]\d+(?:[（(][^（）()]*[)）])?|国家级|省级|国家|[“”‘’《》\s·]|中国(?=[（(])"
)
_TAIL = re.compile("(?:建设工程|建设项目|重大工程|工程|项目|建设)$")
_WATERS = re.compile("干支流|干流|(?:四川|省内)段|综合(?=治理|整治)")


@cache
def one_form(name: str) -> str:
    """Return a name in the form in which two wordings of it are equal."""
    text = _LEFT_OUT.sub("", normalize("NFKC", name))
    text = _WATERS.sub("", expanded(text))
    for pattern, noun in _SAME_NOUNS:
        text = re.sub(pattern, noun, text)
    text = _TAIL.sub("", text) or text
    text = _suffix().sub(r"\1", text)
    return _in_one_order(re.sub("[—–~～-]", "至", text).replace("、", "至")) or name


@cache
def _suffix() -> re.Pattern[str]:
    """A district by its full name, of which the last character is left out."""
    full = [name for name in place_names() if len(name) > 2 and name[-1] in "市县区州" and name[:-1] in place_names()]
    return re.compile("(" + alternation(name[:-1] for name in full) + ")[市县区州]")


def _in_one_order(text: str) -> str:
    """A line runs both ways: 九寨沟至绵阳 is 绵阳至九寨沟."""
    stops = re.fullmatch(r"([\u4e00-\u9fff]{2,4})至([\u4e00-\u9fff]{2,4}?)(铁路|高速|公路|快速|轨道)(.*)", text)
    if stops is None:
        return text
    first, last = sorted((stops[1], stops[2]))
    return f"{first}至{last}{stops[3]}{stops[4]}"


# ---- the wording since -----------------------------------------------------------------------------


def changed(before: Mention, layer: str, status: str) -> str:
    """Say how a new wording of the class `status` stands to the firmest that the atlas has."""
    if before.status == status:
        return "unchanged"
    if layer in STRATEGIES or before.status not in STAGE or status not in STAGE:
        return "differs"
    return "advanced" if STAGE[status] > firmness(before)[0] else "weaker"
