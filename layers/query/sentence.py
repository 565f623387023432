"""One sentence, read by rules as a selection: 攀盐高速30公里内拟开工的交通项目, projects to start within 30 km of Yanyuan.

What is understood is told word by word, and so is what is not: negations, names of several things and words
without a meaning here are never taken for anything. The app shows both, and each part can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.gazetteer import places, prefectures
from geo.romanise import named_places
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.area import area
from layers.query.centre import centre, names
from layers.query.lexicon import any_word, everyday, filler, filler_edge, meanings, singular
from layers.query.search import fold, index, letters, spelled_places, word
from layers.query.selection import PARTS, Selection
from plans.places import short_name
from plans.vocabulary import kinds, zone_prefectures

ASSUMED_KM = 30  # where a sentence says 附近 and no distance; told as assumed
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
_ZH_NEAR = re.compile("附近|周边|周围|沿线|沿岸|两侧|旁边|一带")
_ZH_TAIL = re.compile(r"(?:的|周边|周围|附近|方圆|沿线|沿岸|两侧|沿途|半径|外围|旁边|一带|县城|城区|市区|,|，|\s)+$")
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
    _between(atlas, draft)
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
    return re.sub(rf"^(?:{filler_edge()})+", "", text)


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
    known, meant = names(atlas), meanings(atlas)
    at = 0
    while at < len(draft.text):
        for end in range(min(len(draft.text), at + 40), at + 3, -1):
            piece = draft.text[at:end]
            if _GAP not in piece and fold(piece) in known and piece.casefold() not in meant and not _generic(piece):
                draft.take(at, end, "q", (piece,))
                break
        at += 1


def _generic(piece: str) -> bool:
    return piece.casefold() in everyday("kind") or piece.casefold() in everyday("layer") or piece.casefold() in filler()


_ENDS = re.compile(
    r"(?P<a>[一-鿿]{2,7})(?:[到至](?P<b>[一-鿿]{2,7})|[和与](?P<c>[一-鿿]{2,7})之间)"
    r"|\bbetween\s+(?P<d>\w+)\s+and\s+(?P<e>\w+)|\b(?P<f>\w+)(?:\s+to\s+|\s*[-–—]\s*)(?P<g>\w+)",
    re.I,
)


def _between(atlas: Atlas, draft: _Draft) -> None:
    """From one place to another is neither of them: what is named so is looked for, or it is told as not understood."""
    for found in list(_ENDS.finditer(draft.text)):
        (one, said), (two, other) = ((key, text) for key, text in found.groupdict().items() if text)
        start, end = found.start(one), found.end(two)
        if one == "a":
            said = next((said[at:] for at in range(len(said) - 1) if said[at:] in named_places()), "")
            other = next((other[:at] for at in range(len(other), 1, -1) if other[:at] in named_places()), "")
            start, end = found.end(one) - len(said), found.end() if two == "c" else found.start(two) + len(other)
        elif not (spelled_places(said) and spelled_places(other)):
            continue
        if said and other:
            said, other, dash = short_name(said), short_name(other), "至" if one == "a" else "–"
            names = [name for name in (f"{said}{dash}{other}", f"{other}{dash}{said}") if _stands(atlas, name)]
            if names:
                draft.take(start, end, "q", names[:1])
            else:
                draft.leave(start, end)


def _stands(atlas: Atlas, name: str) -> bool:
    found = word(atlas, name.casefold())
    return found.how in ("", "latin") and bool(found.rows.any())


def _words(atlas: Atlas, draft: _Draft) -> None:
    """Read labels, places, documents and their everyday words, the longest first."""
    lexicon = meanings(atlas)
    for found in list(any_word(atlas).finditer(draft.text)):
        said = singular(found[0].casefold(), lexicon)
        part, values = lexicon[said]
        draft.take(*found.span(), part, values)


# ---- what is left ------------------------------------------------------------------------------


def _left(atlas: Atlas, draft: _Draft) -> None:
    """Drop what means nothing in any sentence; search what stands in the texts; leave the rest."""
    edge = filler_edge()
    for found in list(re.finditer(r"[一-鿿]+|[A-Za-zÀ-ž][\w'’–-]*|\d[\w.]*", draft.text)):
        said, start = found[0], found.start()
        if said.casefold() in filler():
            continue
        bare = re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", said)
        if not bare:
            continue
        start += said.index(bare)
        if code := _initials(bare):
            draft.take(start, start + len(bare), "place", (code,))
        elif _sought(atlas, bare, whole=bare == said):
            draft.take(start, start + len(bare), "q", (bare,))
        elif not word(atlas, bare.casefold()).rows.any():
            draft.leave(start, start + len(bare))
        else:  # what is cut out of it stands in a text, by chance
            draft.leave(found.end() - len(said.lstrip("的")), found.start() + len(said.rstrip("的")))


def _initials(said: str) -> str:
    """The district of Sichuan whose initials alone `said` is: pzh; a word with vowels is none."""
    codes = [code for code in spelled_places(said) if code.startswith("51")] if said.isascii() else []
    return codes[0] if len(codes) == 1 and re.fullmatch("[b-df-hj-np-tv-z]{3,}", said, re.I) else ""


def _sought(atlas: Atlas, said: str, *, whole: bool) -> bool:
    """Whether `said` stands in the texts; what was cut out of a longer run, or is written in English, in names."""
    if len(said) < 2:
        return False
    hits, by = word(atlas, said.casefold()), index(atlas)
    if hits.how == "latin" and said[0].isupper():
        return bool(by.english.map(lambda of: re.search(rf"\b{re.escape(letters(said))}\b", of) is not None).any())
    in_names = whole or bool(by.names.map(lambda of: fold(said) in of).any())
    return hits.how == "" and bool(hits.rows.any()) and in_names


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
