"""One sentence, read by rules as a selection: 攀盐高速30公里内拟开工的交通项目, projects to start within 30 km of Yanyuan.

What is understood is told word by word, and so is what is not: negations, names of several things and words
without a meaning here are never taken for anything. The app shows both, and each part can be taken back.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from geo.gazetteer import counties, places, prefectures
from geo.romanise import place_english, place_syllables
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.english import document_english
from layers.errors import LayerError
from layers.query.area import area
from layers.query.centre import centre, names
from layers.query.search import fold, letters, word
from layers.query.selection import PARTS, Selection
from plans.documents import DATA
from plans.places import short_name
from plans.vocabulary import keys, kinds, label, zone_prefectures

ASSUMED_KM = 30  # where a sentence says 附近 and no distance; told as assumed
_COMMON = {
    "南部",
    "东区",
    "西区",
    "大安",
    "安居",
    "前锋",
    "高坪",
    "市中",
    "东兴",
    "平昌",
}  # words before they are counties
_GAP = "\x00"  # stands where something was read
_NUMBER = r"(?P<n>\d+(?:\.\d+)?|[一二三四五六七八九十百两]+)"
_UNITS = {
    "公里": 1.0,
    "千米": 1.0,
    "km": 1.0,
    "kilometre": 1.0,
    "kilometer": 1.0,
    "里": 0.5,
    "米": 0.001,
    "英里": 1.609344,
    "mile": 1.609344,
}
_ZH_REACH = re.compile(rf"{_NUMBER}\s*(?P<unit>公里|千米|km|英里|米)\s*(?:以内|之内|内|范围内?|左右)?(?:的)?", re.I)
_ZH_NEAR = re.compile("附近|周边|周围|沿线|两侧|旁边|一带")
_ZH_TAIL = re.compile(r"(?:的|周边|周围|附近|方圆|沿线|两侧|沿途|半径|外围|旁边|一带|县城|城区|市区|,|，|\s)+$")
_ZH_LEAD = re.compile("^(?:距离|距|离|在)")
_EN_UNIT = r"(?P<unit>km|kilomet(?:re|er)s?|miles?)"
_EN_REACH = re.compile(
    rf"(?:within|less than|up to|in a radius of|closer than)?\s*{_NUMBER}\s*-?{_EN_UNIT}\s*(?:of|from|around|about|round|to|near|away from|radius of|radius around)\s+(?P<what>.+)",
    re.I,
)
_EN_NEAR = re.compile(r"\b(?:near|close to|next to|around|beside|nearby)\s+(?P<what>.+)", re.I)
_NOT = re.compile(
    r"[^，,。；的除]{2,12}(?:以外|之外)的?|除(?!险)了?[^，,。；]{1,30}?(?:以外|之外|外)的?"
    r"|(?:尚未|还没有?|没有|并非|排除|去掉|剔除|扣除|未(?!来)|非(?!遗|物质|洲|金属)|不(?!锈|夜))[^，,。；的]*的?"
    r"|\b(?:except(?: for)?|excluding|without|not|other than|no|non|minus|outside(?: of)?|never)\b[^,.;]*",
    re.I,
)
_QUOTED = re.compile('[“"「『]([^“”"「」『』]{1,40})[”"」』]')
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the sentence and the part of a selection that they became."""

    words: str
    part: str  # of a Selection: zone, layer, kind, status, document, place, within, q
    values: tuple[str, ...]
    assumed: bool = False  # the sentence does not say the distance


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence means, and what of it has no meaning here."""

    selection: Selection
    understood: tuple[Understood, ...]
    rest: tuple[str, ...]  # in the order of the sentence
    doubts: tuple[str, ...] = ()  # why a name could not be settled, in words


@dataclass(slots=True)
class _Draft:
    """A sentence while it is read: what was read of it is blanked."""

    text: str
    found: list[tuple[int, Understood]] = field(default_factory=list)
    rest: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def blank(self, start: int, end: int) -> None:
        """Take a stretch out of the text; all else keeps its place."""
        self.text = self.text[:start] + _GAP * (end - start) + self.text[end:]

    def take(self, start: int, end: int, part: str, values: Iterable[str], *, assumed: bool = False) -> None:
        """Note a stretch as understood."""
        self.found.append((start, Understood(self.text[start:end].strip(), part, tuple(values), assumed)))
        self.blank(start, end)

    def leave(self, start: int, end: int) -> None:
        """Note a stretch as not understood."""
        self.rest.append((start, self.text[start:end].strip()))
        self.blank(start, end)


def read(atlas: Atlas, text: str) -> Reading:
    """Return what `text` asks of `atlas`; nothing understood is an empty selection, with all its words in `rest`."""
    draft = _Draft(" ".join(text.split())[:300])
    for issued in atlas.documents:  # first: a title holds names and quotes
        for written in (f"《{issued.title}》", f"《{issued.short}》", issued.title):
            at = draft.text.find(written)
            if at >= 0:
                draft.take(at, at + len(written), "document", (issued.slug,))
    for found in list(_NOT.finditer(draft.text)):
        draft.leave(*found.span())
    _distance(atlas, draft)
    for found in list(_QUOTED.finditer(draft.text)):
        draft.take(*found.span(), "q", (found[1],))
    _features(atlas, draft)
    _words(atlas, draft)
    _left(atlas, draft)
    understood = tuple(one for _, one in sorted(draft.found, key=lambda each: each[0]))
    return Reading(_selection(understood), understood, tuple(one for _, one in sorted(draft.rest)), tuple(draft.doubts))


# ---- distances ---------------------------------------------------------------------------------


def _distance(atlas: Atlas, draft: _Draft) -> None:
    """Find `N km` and what it is measured from; only one distance is taken, a second is left."""
    for pattern, reader in ((_EN_REACH, _after), (_ZH_REACH, _before), (_EN_NEAR, _after), (_ZH_NEAR, _before)):
        for found in list(pattern.finditer(draft.text)):
            if any(one.part == "within" for _, one in draft.found):
                if "n" in found.groupdict():
                    draft.leave(*_span(found))
            else:
                reader(atlas, draft, found)


def _span(found: re.Match[str]) -> tuple[int, int]:
    return found.start(), found.start("what") if "what" in found.groupdict() else found.end()


def _km(found: re.Match[str]) -> float:
    if "n" not in found.groupdict():
        return ASSUMED_KM
    number = found["n"]
    value = float(number) if number[0].isdigit() else _chinese_number(number)
    return round(value * _UNITS[found["unit"].casefold().rstrip("s")], 2)


def _chinese_number(text: str) -> float:
    """十 is 10, 三十五 is 35, 一百二十 is 120."""
    total, now = 0, 0
    for one in text:
        if one in "十百":
            total += (now or 1) * (10 if one == "十" else 100)
            now = 0
        else:
            now = _DIGITS.get(one, 0)
    return float(total + now)


def _before(atlas: Atlas, draft: _Draft, found: re.Match[str]) -> None:
    """Chinese says from what before it says how far: 距盐源30公里, 攀盐高速30公里内."""
    start = max(draft.text.rfind(one, 0, found.start()) for one in (_GAP, "，", ",", "。", "；", "：")) + 1
    said = draft.text[start : found.start()]
    if re.search(r"\d,$", draft.text[:start]):  # a comma within a position
        start = re.search(r"[\d.]+,$", draft.text[:start]).start()  # type: ignore[union-attr]
        said = draft.text[start : found.start()]
    name = _ZH_TAIL.sub("", said)
    for at in range(len(name)):
        if _settled(atlas, draft, (start + at, found.end()), _ZH_LEAD.sub("", name[at:]), found, loose=False):
            return
    at = len(name) - len(_unfilled(name))
    if _settled(atlas, draft, (start + at, found.end()), _ZH_LEAD.sub("", name[at:]), found, loose=True):
        return
    if name.strip() and "n" in found.groupdict():
        draft.leave(start, found.end())
    elif "n" in found.groupdict():
        draft.leave(*found.span())


def _unfilled(text: str) -> str:
    return re.sub(rf"^(?:{_filler_edge()})+", "", text)


def _after(atlas: Atlas, draft: _Draft, found: re.Match[str]) -> None:
    """English says how far first: within 30 km of Yanyuan."""
    words = list(re.finditer(r"\S+", draft.text[found.start("what") : found.end()]))
    for loose in (False, True):
        for number in range(min(len(words), 10), 0, -1):
            end = found.start("what") + words[number - 1].end()
            name = draft.text[found.start("what") : end].strip(" .,;?!")
            if _GAP in name or not name:
                continue
            name = re.sub(r"^the\s+", "", name, flags=re.I)
            if _settled(atlas, draft, (found.start(), end), name, found, loose=loose):
                return
    if "n" in found.groupdict():
        draft.leave(*_span(found))


def _settled(
    atlas: Atlas, draft: _Draft, span: tuple[int, int], name: str, found: re.Match[str], *, loose: bool
) -> bool:
    """Take the distance round `name` if that is one thing; of several, note the doubt."""
    if len(name) < 2 or _GAP in name or _generic(name):
        return False
    try:
        at = centre(atlas, name, loose=loose)
        around = f"{at.key}~{_km(found):g}"
        area(atlas, around)
    except LayerError as error:
        if "ambiguous" in str(error) or "without a place" in str(error) or "invalid distance" in str(error):
            draft.doubts.append(str(error))
            draft.leave(*span)
            return True
        return False
    draft.take(*span, "within", (around,), assumed="n" not in found.groupdict())
    return True


# ---- names of features, words of the filters ---------------------------------------------------


def _features(atlas: Atlas, draft: _Draft) -> None:
    """A feature called by its whole name is looked for by it."""
    known, meant = names(atlas), _lexicon(atlas)
    at = 0
    while at < len(draft.text):
        for end in range(min(len(draft.text), at + 40), at + 3, -1):
            piece = draft.text[at:end]
            if _GAP not in piece and fold(piece) in known and piece.casefold() not in meant and not _generic(piece):
                draft.take(at, end, "q", (piece,))
                break
        at += 1


def _generic(piece: str) -> bool:
    return piece.casefold() in _said("kind") or piece.casefold() in _said("layer") or piece.casefold() in _filler()


def _words(atlas: Atlas, draft: _Draft) -> None:
    """Read labels, places, documents and their everyday words, the longest first."""
    lexicon = _lexicon(atlas)
    for found in list(_pattern(atlas).finditer(draft.text)):
        said = _singular(found[0].casefold(), lexicon)
        part, values = lexicon[said]
        draft.take(*found.span(), part, values)


@lru_cache(VERSIONS)
def _pattern(atlas: Atlas) -> re.Pattern[str]:
    words = sorted(_lexicon(atlas), key=len, reverse=True)
    latin = [re.escape(one) for one in words if one.isascii() or letters(one).isascii()]
    plural = [one[:-1] + "(?:ys?|ies)" if one.endswith("y") else one + "(?:s|es)?" for one in latin]
    chinese = [re.escape(one) for one in words if re.escape(one) not in set(latin)]
    return re.compile(rf"\b(?:{'|'.join(plural)})\b|{'|'.join(chinese)}", re.I)


def _singular(said: str, lexicon: dict[str, tuple[str, tuple[str, ...]]]) -> str:
    return next(
        one
        for one in (said, said.removesuffix("s"), said.removesuffix("es"), said.removesuffix("ies") + "y")
        if one in lexicon
    )


@lru_cache(VERSIONS)
def _lexicon(atlas: Atlas) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each word means: a part of a selection and its keys. Later entries win over earlier ones."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for layer in reversed(keys("layer")):
        for kind in kinds(layer):
            found |= dict.fromkeys(_labels("kind", f"{layer}/{kind}"), ("kind", (kind,)))
    for part in ("layer", "zone", "status"):
        for key in keys(part):
            found |= dict.fromkeys(_labels(part, key), (part, (key,)))
    for one in (*counties(), *prefectures()):
        found |= dict.fromkeys(_place_words(one.adcode), ("place", (one.adcode,)))
    for part in ("kind", "layer", "status", "zone"):
        found |= {said: (part, values) for said, values in _said(part).items()}
    for issued in atlas.documents:
        told = (issued.short, document_english(issued.slug, issued.title, short=True), issued.slug)
        found |= {one.casefold(): ("document", (issued.slug,)) for one in told}
    return found


def _labels(group: str, key: str) -> set[str]:
    return {label(group, key).casefold(), label(group, key, "en").casefold()}


def _place_words(adcode: str) -> Iterator[str]:
    name, english = places()[adcode].name, place_english(adcode)
    yield name
    if short_name(name) not in _COMMON:
        yield short_name(name)
    if "自治" in name:
        yield short_name(name) + name[-1]  # 凉山州
    above = places()[places()[adcode].parent].name
    yield from (above + name, short_name(above) + name)
    yield place_english(adcode, full=True).casefold()
    if len(english) > 4 and english not in ("East", "West"):
        yield from {english.casefold(), letters(english), "".join(place_syllables(adcode))}


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / "sentence.toml").read_text(encoding="utf-8"))


@cache
def _said(part: str) -> dict[str, tuple[str, ...]]:
    return {word: tuple(values) for word, values in _table()[part].items()}


@cache
def _filler() -> frozenset[str]:
    return frozenset((*_table()["filler"]["zh"], *_table()["filler"]["en"]))


@cache
def _filler_edge() -> str:
    return "|".join(sorted(map(re.escape, _table()["filler"]["zh"]), key=len, reverse=True))


# ---- what is left ------------------------------------------------------------------------------


def _left(atlas: Atlas, draft: _Draft) -> None:
    """Drop what means nothing in any sentence; search what stands in the texts; leave the rest."""
    edge = _filler_edge()
    for found in list(re.finditer(r"[一-鿿]+|[A-Za-zÀ-ž][\w'’–-]*|\d[\w.]*", draft.text)):
        said, start = found[0], found.start()
        if said.casefold() in _filler():
            continue
        bare = re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", said)
        if not bare:
            continue
        start += said.index(bare)
        hits = word(atlas, bare.casefold())
        if len(bare) > 1 and hits.how == "" and hits.rows.any():
            draft.take(start, start + len(bare), "q", (bare,))
        else:
            draft.leave(start, start + len(bare))


def _selection(understood: tuple[Understood, ...]) -> Selection:
    """Put the parts together: kinds and layers, zones and places widen each other, all else narrows."""
    parts: dict[str, list[str]] = {part: [] for part in (*PARTS, "within", "q")}
    for one in understood:
        parts[one.part] += [value for value in one.values if value not in parts[one.part]]
    outside = [layer for layer in parts["layer"] if parts["kind"] and not set(kinds(layer)) & set(parts["kind"])]
    if outside:  # 机场和园区: a kind of one layer beside another layer
        parts["kind"] += [kind for layer in outside for kind in kinds(layer)]
        parts["layer"] = []
    if parts["zone"] and parts["place"]:
        inside = {name for zone in parts["zone"] for name in zone_prefectures(zone)}
        prefectures_of = {places()[places()[code].prefecture].name for code in parts["place"]}
        if not prefectures_of <= inside:  # 攀西和成都: beside each other
            codes = {one.name: one.adcode for one in prefectures()}
            parts["place"] += [codes[name] for zone in parts["zone"] for name in zone_prefectures(zone)]
            parts["zone"] = []
    sets = {part: tuple(parts[part]) for part in PARTS}
    return Selection(**sets, within="".join(parts["within"][:1]), q=" ".join(parts["q"]))
