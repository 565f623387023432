"""What a plan speaks for: the place that it is made for, and how near other places are to it.

A word like 合作, 永定 or 鼓楼 means different places in different plans; the plan's own territory
decides, then its province, then the provinces around.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from geo.gazetteer import Place, named, places
from plans.lexicon import alternation, meaning, place_names, words

MUNICIPALITIES = ("110000", "120000", "310000", "500000")
CITIES = MUNICIPALITIES[:3]  # 重庆 is as wide as a province
LEAST_TOLD = 5  # how much a text must say of one province before it counts as that province's plan
OPENING = 400  # characters in which a report says before whom it is given
LEAST_AHEAD = 2  # and how many times as much as of any other
LEAST_FAR_AHEAD = 4  # and of a county
LEAST_COUNTIES = 3  # of one city, that make even a short text one of that city


@dataclass(frozen=True, slots=True)
class Territory:
    """The place that a plan is made for, None where neither title nor text tells, and how that is known."""

    own: Place | None
    why: str
    beyond: bool = False  # it speaks of more than its own place: 长三角一体化, in a plan of 上海
    region: frozenset[str] = frozenset()  # of a plan of several provinces, the first two digits of their codes

    @property
    def known(self) -> bool:
        """Tell whether anything is known of whose plan it is."""
        return self.own is not None or bool(self.region)

    @property
    def provinces(self) -> frozenset[str]:
        """The first two digits of the codes of the provinces whose plan it is."""
        return self.region if self.own is None else frozenset((self.own.adcode[:2],))

    @property
    def called(self) -> str:
        """Whose plan it is, in words; "" where that is not known."""
        return self.own.name if self.own else self.why if self.region else ""

    def nearness(self, one: Place) -> int:
        """0 in the plan's own place, 1 in its prefecture, 2 in its province, 3 in a province beside it, 4 farther off.

        In a plan of several provinces 2 in all of them.
        """
        if self.own is None:
            around = not self.region or any(one.adcode[:2] in beside(code) for code in self.region)
            return 2 if one.adcode[:2] in self.region else 3 if around else 4
        own = self.own
        if own.adcode in (one.adcode, one.parent) or (own.level == "province" and one.adcode[:2] == own.adcode[:2]):
            return 0
        if own.level == "county" and own.parent in (one.adcode, one.parent):
            return 1
        if one.adcode[:2] == own.adcode[:2]:
            return 2
        return 3 if one.adcode[:2] in beside(own.adcode[:2]) else 4

    @property
    def local(self) -> bool:
        """Tell whether the plan is that of one city or county, so that what it names lies there unless it says otherwise."""
        return self.own is not None and not self.beyond and (self.own.level != "province" or self.own.adcode in CITIES)

    @property
    def in_sichuan(self) -> bool:
        """Tell whether the plan may be read by what the atlas knows of Sichuan."""
        return self.own is None or self.own.in_sichuan


@cache
def beside(province: str) -> frozenset[str]:
    """Return the first two digits of the provinces around one, itself left out."""
    return frozenset(meaning("beside", province).split())


def great_region(name: str) -> frozenset[str]:
    """Return the first two digits of the codes of the provinces of the great region that a name begins with; empty for none."""
    great = next((word for word in words("great") if name.startswith(word)), "")
    return frozenset(meaning("great", great).split())


def territory(title: str, text: str) -> Territory:
    """Say whose plan this is: by its title, else by the places that its text speaks of most."""
    told = _finest(_full_places(_AROUND_A_CITY.sub("", title)))
    heard = _heard(text[:OPENING]) if told is None else None
    if heard:
        return Territory(heard, f"文首“{heard.name}”")
    spoken = None if told is None or _stands_alone(told, title) else _most_spoken_of(_said(text))
    if spoken and spoken.own and told and spoken.own.adcode[:2] != told.adcode[:2]:
        return spoken  # 平陆 of 平陆运河经济带 is no county
    if told:
        return Territory(told, f"标题“{title}”", bool(_BEYOND.search(title)))
    region = next((word for group in ("great", "reach") for word in words(group) if word in title), "")
    if region:
        codes = meaning("great", region) or meaning("reach", region)
        return Territory(None, region, beyond=True, region=frozenset(codes.split()))
    said = _said(text)
    return _own_county(said) or _headed(text, said) or _own_city(said) or _most_spoken_of(said)


def _said(text: str) -> Counter[str]:
    """How often a text says each word that may be a place."""
    return Counter(_mention_pattern().findall(text))


def _headed(text: str, said: Counter[str]) -> Territory | None:
    """The city or county with which a headline begins, or that stands alone below it, where the text speaks mostly of it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:2]
    for line in lines:
        own = _begins_with(line) if len(line) <= LONGEST_HEADLINE else None
        if own and own.level != "province" and _mostly_of(own.prefecture, said) and not _BEYOND.search(line):
            return Territory(own, f"文首“{line}”")
    return None


LONGEST_HEADLINE = 50  # characters: a longer line is a sentence


def _begins_with(line: str) -> Place | None:
    """The finest place with which a line begins, unless it is no more than where something leads from: 沈阳至白河高铁."""
    found: list[Place] = []
    at = 0
    while size := next((size for size in range(14, 1, -1) if _one_place(line[at : at + size], size)), 0):
        found.append(_one_place(line[at : at + size], size)[0])
        at += size
    return None if _LEADS_ON.match(line, at) else _finest(found)


_LEADS_ON = re.compile("[至到经、和与—-]|[东西南北]?站|机场|高[铁速]|铁路|港|[路街桥湖江河山]")


def _mostly_of(prefecture: str, said: Counter[str]) -> bool:
    """Tell whether a text speaks of one city at least as much as of all others."""
    weights = _weights(said)
    return 2 * weights[prefecture] >= weights.total()


def _own_county(said: Counter[str]) -> Territory | None:
    """The county that a text names in full again and again, and hardly any other; else None."""
    times = Counter({word: count for word, count in said.items() if _is_county(word)})
    (first, most), (_, second) = [*times.most_common(2), ("", 0), ("", 0)][:2]
    if most < LEAST_TOLD or most < LEAST_FAR_AHEAD * second or 2 * most < times.total():
        return None
    own = _one_place(first, len(first))[0]
    return Territory(own, f"文中地名多属{own.name}")


def _is_county(word: str) -> bool:
    return any(one.level == "county" and one.name == word for one in _one_place(word, len(word)))


# The city of 郑州都市圈 is not all that a plan of it is about
_AROUND_A_CITY = re.compile("[\u4e00-\u9fff]{2,3}(?:都市圈|城市群|经济圈)")
_BEYOND = re.compile("长三角|长江三角洲|京津冀|粤港澳|双城经济圈|城市群|都市圈")


def _own_city(said: Counter[str]) -> Territory | None:
    """The city in which most of the places lie that a text speaks of, many times as many as in any other; else None."""
    weights, counties = _weights(said), _counties(said)
    (first, weight), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    own = places().get(first)
    told = weight >= 2 * LEAST_TOLD or len(counties[first]) >= LEAST_COUNTIES
    if own is None or own.level != "prefecture" or not told:
        return None
    most = weight >= 2 * LEAST_AHEAD * second and 2 * weight > weights.total()
    return Territory(own, f"文中地名多属{own.name}") if most else None


def _weights(said: Counter[str]) -> Counter[str]:
    """How much a text speaks of each city; none counts often by one of its places."""
    weights: Counter[str] = Counter()
    for word, times in said.items():
        for one in _one_place(word, len(word)):
            weights[one.prefecture] += min(times, 3)
    return weights


def _counties(said: Counter[str]) -> defaultdict[str, set[str]]:
    """The counties that a text speaks of, by their cities."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in said:
        for one in _one_place(word, len(word)):
            if one.level == "county":
                found[one.prefecture].add(one.adcode)
    return found


def _heard(opening: str) -> Place | None:
    """The place before whose assembly a report is given, or whose head of government gives it."""
    said = _GIVEN.search(opening)
    return _finest(_full_places(next(filter(None, said.groups())))) if said else None


_GIVEN = re.compile(
    "在([\u4e00-\u9fff]{2,16}?)第.{1,5}届人民代表大会|^([\u4e00-\u9fff]{2,16}?)人民政府(?:代理?)?[省市州区县旗主][长席]"
    "|^中共([\u4e00-\u9fff]{2,16}?)委(?:员会)?关于",
    re.MULTILINE,
)


def _stands_alone(one: Place, title: str) -> bool:
    """Tell whether a title says surely that it is of a place: by its full name, or of more than a county."""
    return one.level != "county" or one.name in title


def _full_places(text: str) -> list[Place]:
    """The places that a text names in full, and the provinces by their everyday names too."""
    found: list[Place] = []
    at = 0
    while at < len(text):
        size = next((size for size in range(14, 1, -1) if _one_place(text[at : at + size], size)), 0)
        if size:
            found.append(_one_place(text[at : at + size], size)[0])
        at += size or 1
    return found


def _one_place(word: str, size: int) -> list[Place]:
    if len(word) < size or word in words("common"):
        return []
    known = named(word)
    best = [one for one in known if one.name == word or one.level != "county"] or list(known)
    top = [one for one in best if one.level == "province"] or [one for one in best if one.level == "prefecture"] or best
    return top if len(top) == 1 else []


def _finest(found: list[Place]) -> Place | None:
    """The last of places of which each lies in the one before; None where they lie apart."""
    chain: list[Place] = []
    for one in found:
        if chain and one.adcode == chain[-1].adcode:
            continue
        if chain and one.parent != chain[-1].adcode and one.adcode[:2] != chain[-1].adcode[:2]:
            return None
        if chain and chain[-1].level == one.level:
            return places().get(one.parent)
        chain.append(one)
    return chain[-1] if chain else None


def _most_spoken_of(said: Counter[str]) -> Territory:
    weights: Counter[str] = Counter()
    for word, times in said.items():  # none counts often: a list of one road's stops is no plan of its own
        for one in _one_place(word, len(word)):
            certain = one.level != "county" or word == one.name  # 大城 and 平城 stand in 重大城市 and 水平城市
            weights[one.adcode[:2]] += min(times, 3) * (2 if certain else 1)
    (first, weight), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    if weight < LEAST_TOLD or weight < LEAST_AHEAD * second:
        return Territory(None, "")
    own = places()[f"{first}0000"]
    return Territory(own, f"文中地名多属{own.name}")


@cache
def _mention_pattern() -> re.Pattern[str]:
    return re.compile(alternation(place_names()))
