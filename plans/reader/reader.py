"""A plan's clauses to proposals: what each names, of which layer, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from plans import words
from plans.clauses import Clause
from plans.documents import DATA
from plans.lexicon import endings, evidence, expanded, head_noun, is_place, stands
from plans.mentions import Proposal, named_spans
from plans.reader.certain import certain_kind, may_be_of
from plans.reader.classes import Classes, kind_signs
from plans.reader.common import routed
from plans.reader.examples import Span
from plans.reader.fullnames import FullName, full_names, parted, seamed, trimmed
from plans.reader.general import names_nothing
from plans.reader.governing import governed
from plans.reader.members import mended
from plans.reader.stages import own_words, stage_signs, stretch, told_around
from plans.reader.tagger import Tagged, Tagger
from plans.reader.telling import Sentence, told_sentences
from plans.reader.trust import Trust, trust_signs
from plans.wording import ruled

MODEL = DATA / "model"
TAGGER, KINDS, STAGES = "tagger.crfsuite", "kinds.crfsuite", "stages.crfsuite"
GUESS = 0.4  # below which what was learned of predicates says nothing
DOUBT = 0.8  # below which the lexicon's verbs decide and not what was learned of predicates


# What a sentence that tells what has been done does not say, where its verb says more
_DONE, _TO_COME = frozenset(("operating", "under_construction")), frozenset(("starting", "completing"))


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence, and what governs it."""

    tagged: Tagged
    full: FullName
    phrase: str  # the verb phrase, its parts joined by …
    reports: bool  # the sentence says that it is done

    @property
    def name(self) -> str:
        return self.full.name


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained reader."""

    tagger: Tagger
    kinds: Classes
    stages: Classes
    trust: Trust | None = None  # absent while it is being learned

    @classmethod
    def open(cls, folder: Path = MODEL) -> Reader:
        """Read the model in `folder`."""
        return cls(Tagger(folder / TAGGER), Classes(folder / KINDS), Classes(folder / STAGES), Trust.open(folder))

    def read(self, clause: Clause) -> list[Proposal]:
        """Return the proposals for one clause in reading order."""
        seen = replace(clause, text=routed(clause.text))
        return [_as_written(one, clause) for one in self._read(seen)]

    def _read(self, clause: Clause) -> list[Proposal]:
        found = []
        for sentence in told_sentences(clause):
            if not words.may_name(sentence.text):
                continue
            heard = named_spans(sentence.text)
            names = self.names(sentence.text, heard)
            found += [self._proposal(one, names, sentence, heard) for one in names if says_which(one.name)]
        duties = [duty.span() for duty in (*_DUTY.finditer(clause.text), *_BLENDED.finditer(clause.text))]
        return [one for one in found if not any(start <= one.start < end for start, end in duties)]

    def names(self, sentence: str, voice: Sequence[Span] = ()) -> list[Named]:
        """Return what a sentence names, in reading order; `voice` is what the rules find in it."""
        tagged, shared = self.tagger.tag(sentence, voice)
        tagged, shared = mended(sentence, tagged, shared)
        whole = [one for one in tagged if not _COUNTED.match(sentence, one.end)]
        cut = [(one, part) for one in whole for part in parted(sentence, *trimmed(sentence, one.start, one.end))]
        tagged = [one for one, _ in cut]
        spans, shared = seamed(sentence, [part for _, part in cut], shared)
        named = []
        for one in governed(sentence, spans, shared):
            members = [tagged[number] for number in one.members]
            full = full_names(sentence, [spans[number] for number in one.members], shared)
            for tag, names in zip(members, full, strict=True):
                for name in names:
                    named.append(Named(tag, name, one.phrase, one.reports))
        return named

    def _proposal(self, one: Named, beside: Sequence[Named], sentence: Sentence, voice: Sequence[Span]) -> Proposal:
        clause = sentence.clause
        layer, kind, share = self.kind(one.name, [other.name for other in beside], clause.path)
        signs = tuple(trust_signs(one.tagged, one.name, (layer, share), voice, one.phrase))
        start, end = sentence.start + one.full.start, sentence.start + one.full.end
        long = expanded(one.name)
        phrase, said = self._stage(one, beside, sentence)
        return Proposal(
            quote=clause.text[start:end],
            name=one.name,
            start=start,
            end=end,
            layer=layer,
            kind=kind,
            status_text=phrase,
            status=said,
            aliases=(long,) if long != one.name else (),
            confidence=self.trust.chance(signs) if self.trust else 0.0,
            signs=signs if self.trust is None else (),
        )

    def _stage(self, one: Named, beside: Sequence[Named], sentence: Sentence) -> tuple[str, str]:
        """The words that say how far a thing is, and the likeliest class; `mentioned` where no words do."""
        start, end = one.full.start, one.full.end
        spans = [(other.full.start, other.full.end) for other in beside]
        around = stretch(sentence.text, spans, (start, end))
        told = told_around(sentence, around, reports=one.reports)
        phrase, said = ruled(one.phrase, sentence.clause, sentence.start + start, sentence.start + end, told=told)
        found, share = self.stages.likeliest(stage_signs(sentence, around, sentence.text[start:end], said, told=told))
        unlikely = share < (DOUBT if said != "mentioned" else GUESS) or found == "mentioned"
        if unlikely or (told and said in _DONE and found in _TO_COME):
            found = said
        phrase = phrase or (own_words(around) if found != "mentioned" else "")
        return (phrase, found) if phrase else ("", "mentioned")

    def kind(self, name: str, around: Sequence[str], path: Sequence[str]) -> tuple[str, str, float]:
        """Return the layer and kind that a name says of itself or the likeliest, and how likely what was learned is."""
        signs = kind_signs(name, around, path)
        learned, share = self.kinds.likeliest(signs, partial(may_be_of, name))
        layer, _, kind = (certain_kind(name) or learned).partition("/")
        return layer, kind, share


def _as_written(one: Proposal, clause: Clause) -> Proposal:
    """A proposal of what was seen of a clause, in the words of the clause."""
    quote = clause.text[one.start : one.end]
    return one if quote == one.quote else replace(one, quote=quote, name=one.name.replace(one.quote, quote))


def says_which(name: str) -> bool:
    """Tell whether a name may be that of one thing: not 国家级高新区, not a place or a word alone."""
    head = head_noun(name)
    if names_nothing(name) or _EVENT.search(name) or _ACTS.search(name) or _is_town(name):
        return False
    if head is None:
        if _NO_END.search(name) and not evidence(name):
            return False
        return len(name) > 2 and not ((len(name) < 4 or name[-1] in "市区县州") and is_place(name))
    if stands(name, head):
        return True
    bare = name in endings()  # 森林公园; 长征国家文化公园 is a noun, too, but of one thing
    return not _GENERAL.match(name) and (not bare or bool(_OF_ONE.match(name)))


def _is_town(name: str) -> bool:
    """Tell whether a name is that of a town and no more: 礼贤镇, 北京市大兴区榆垡镇."""
    if not name.endswith(("镇", "乡", "街道")):
        return False
    district = _DISTRICTS.match(name)
    own = name[district.end() :] if district else name
    return own in words.towns() or (
        district is not None and len(own) < 5 and not own.endswith(("古镇", "小镇", "名镇"))
    )


_DISTRICTS = re.compile("(?:[\u4e00-\u9fff]{2,6}?[省市区县旗州])+(?=[\u4e00-\u9fff]{2,})")
_DUTY = re.compile("[（(](?:责任|牵头|配合|实施)单位[^()（）]*[)）]")  # who acts is no thing: 北部湾港集团
_BLENDED = re.compile("集[^。；，]{4,60}?于一体的")  # what a thing brings together: 集国铁、城际铁路等功能于一体的
_COUNTED = re.compile(
    "(?<=项目)共?[0-9一二三四五六七八九十]+[个项]|(?<=工程)共?[0-9一二三四五六七八九十]+[个项件]"
)  # 续建项目6个
_OF_ONE = re.compile("长征|黄河|长江|大运河|中欧|西部陆海|绕城高速|机场(?:快线|高速)|[内中外]环")
_NO_END = re.compile("(?:的|化|发展?|振兴|料|域|护林|利用|改造|文|综合|互动)$")  # 首尾互动的, 食品饮料
_EVENT = re.compile("(?:马拉松|灯会|音乐[季节]|博览会|年会|挑战赛|锦标赛|邀请赛)$")
_ACTS = re.compile("[^“]了(?!望)|人民政府应当|委书记|市长(?=在|率)|[市县区州]委(?:发布|印发)")  # who acts, and no thing
_GENERAL = re.compile(
    "国家|国际(?![机会])|世界级|[省市县州]级|各[类级地]|若干|一批|重点|全[省市区国]|区域性?|相关|有条件|骨干|其他|所有|更多|新一批|多个"
)


@cache
def bundled_reader() -> Reader:
    """Return the reader whose model ships."""
    return Reader.open()
