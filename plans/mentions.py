"""Text to proposals: the named things of a plan, by rules, each with the verb that governs it.

A sentence is read as chains of `verb, members of a list, closing predicate`. Members are completed
with what the list shares; a name stands when something besides general words says which one is
meant. What the rules find are proposals for review: the reviewed records in data/ decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from plans.lexicon import (
    alternation,
    evidence,
    expanded,
    head_noun,
    is_place,
    lead_pattern,
    noun,
    place_pattern,
    stands,
    support_pattern,
    tail_pattern,
    words,
)
from plans.listing import Listed, completed, listed, prefixed, says_itself
from plans.wording import classed
from plans.words import may_name

HIDDEN = "\ue000"  # stands for a character within brackets or quotation marks
_SENTENCE = re.compile("[^。;；！？]+")
_PHRASE = re.compile("[^,，:：]+")
_LABEL = re.compile(r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A named thing that the rules find: `text[start:end] == quote`."""

    quote: str  # verbatim: "攀枝花至盐源"
    name: str  # with the wording its list shares: "攀枝花至盐源高速公路"
    start: int
    end: int
    layer: str
    kind: str
    status_text: str  # the verbatim verb phrase; parts that stand apart are joined by …
    status: str = "mentioned"  # the class of that phrase
    aliases: tuple[str, ...] = ()  # its short form written out
    confidence: float = 0.0  # how likely it is that this is right
    signs: tuple[str, ...] = ()  # what tells that, where it is still to be learned


def find_mentions(clause_text: str, *, told: bool = False) -> tuple[Proposal, ...]:
    """Return the proposals for one clause in reading order; () when it names nothing.

    `told`: the clause reports what has been done (`Clause.reports`).
    """
    label = _LABEL.match(clause_text)
    found: dict[tuple[int, int, str], Proposal] = {}
    for sentence in _SENTENCE.finditer(_hidden(clause_text), label.end() if label else 0):
        if not may_name(clause_text[slice(*sentence.span())]):
            continue
        for one, chain in _named(clause_text, sentence.string, *sentence.span()):
            reported = told or _reports(chain, sentence[0])
            phrase, said = classed(one.status_text, clause_text, one.start, one.end, told=reported)
            found.setdefault((one.start, one.end, one.name), replace(one, status_text=phrase, status=said))
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def named_spans(sentence: str) -> list[tuple[int, int]]:
    """Return where the proposals for one sentence stand, in reading order, each place once."""
    hidden = _hidden(sentence)
    label = _LABEL.match(sentence)
    parts = _SENTENCE.finditer(hidden, label.end() if label else 0)
    return sorted({(one.start, one.end) for part in parts for one, _ in _named(sentence, hidden, *part.span())})


def _named(text: str, hidden: str, start: int, end: int) -> Iterator[tuple[Proposal, _Chain]]:
    """Yield what a sentence names, each with the chain that it stands in."""
    for chain in _chains(text, hidden, start, end):
        for one in _proposals(text, hidden, chain):
            yield one, chain


def _reports(chain: _Chain, sentence: str) -> bool:
    """Tell whether a predicate behind its subject reports, `西成高铁建成通车`; not where the sentence looks ahead."""
    return not chain.lead and bool(_DONE.search(chain.tail)) and not _AHEAD.search(sentence)


_DONE = re.compile("通车|通航|投运|投用|投产|完工|建成$")
_AHEAD = re.compile(r"到20\d\d年|力争|争取|预计|[将拟]|期间|期末|前建成")


def _hidden(text: str) -> str:
    """Return `text` with all that stands in brackets or quotation marks hidden, the same length."""
    if _OPENING.isdisjoint(text):
        return text
    depth, chars = 0, []
    for char in text:
        depth += char in _OPENING
        chars.append(HIDDEN if depth else char)
        depth = max(0, depth - (char in ")）”》〕]"))
    return "".join(chars) if depth == 0 else text


_OPENING = frozenset("(（“《〔[")


# ---- chains: a verb, the members it governs, a closing predicate ------------------------------


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of a list: where its words stand, verbs left out."""

    start: int
    end: int


@dataclass(slots=True)
class _Chain:
    lead: str = ""
    tail: str = ""
    governor: str = ""  # `支持南充打造…,建设…`: who governs the verbs after the comma too
    subjects: tuple[_Member, ...] = ()  # `支持南充建设…`: whose things the members are
    members: list[_Member] = field(default_factory=list)

    @property
    def status_text(self) -> str:
        return "…".join(filter(None, (self.governor, self.lead, self.tail)))


def _chains(text: str, hidden: str, start: int, end: int) -> Iterator[_Chain]:
    """Read a sentence; a comma goes on with the list before it where no new verb begins."""
    chain = _Chain()
    for phrase in _PHRASE.finditer(hidden, start, end):
        at = _past_duty(hidden, *phrase.span())
        fresh = True
        for piece_start, piece_end in _pieces(hidden, at, phrase.end()):
            lead = lead_pattern().match(hidden, piece_start, piece_end)
            goes_on = bool(chain.lead and not chain.tail and _nominal(text, hidden, at, phrase.end()))
            if lead or chain.tail or (fresh and not goes_on):
                yield chain
                chain = _begun(chain, lead)
            fresh = False
            _take(text, hidden, chain, lead.end() if lead else piece_start, piece_end)
    yield chain


def _past_duty(hidden: str, start: int, end: int) -> int:
    """Skip who is bound to act: 省人民政府及其有关部门应当支持… reads like 支持…."""
    duty = _DUTY.match(hidden, start, end)
    return duty.end() if duty and lead_pattern().match(hidden, duty.end(), end) else start


_DUTY = re.compile("[^、]{2,40}?(?:应当|必须|要)")


def _begun(before: _Chain, lead: re.Match[str] | None) -> _Chain:
    """A new chain; whose things it speaks of goes on from the one before, unless a new one is named."""
    if lead is None:
        return _Chain()
    verbs = lead[0]
    if "支持" in verbs or "依托" in verbs or not before.subjects:
        return _Chain(lead=verbs)
    governs = support_pattern().search(before.lead)
    return _Chain(lead=verbs, governor=governs[0] if governs else before.governor, subjects=before.subjects)


def _take(text: str, hidden: str, chain: _Chain, start: int, end: int) -> None:
    """Add the piece to its chain: its closing predicate, its subject and verb, its member."""
    tail = tail_pattern().search(text, start, end)
    if tail:
        chain.tail = tail[0].removeprefix("等")
        end = tail.start()
    acts = _acting_pattern().match(hidden, start, end)
    if acts and start < acts.end("subject"):
        own = _Member(acts.start("subject"), acts.end("subject"))
        before = [one for one in chain.members if is_place(text[one.start : one.end])]
        chain.subjects = (*before, own) if len(before) == len(chain.members) else (own,)
        chain.members = [one for one in chain.members if one not in chain.subjects]
        chain.governor = ""
        chain.lead = f"{chain.lead}…{acts['verbs']}" if chain.lead else acts["verbs"]
        start = acts.end("verbs")
    if start < end:
        chain.members.append(_Member(start, end))


def _nominal(text: str, hidden: str, start: int, end: int) -> bool:
    """Tell whether a phrase is a mere list: no verb opens it, a head noun closes it."""
    if lead_pattern().match(hidden, start, end):
        return False
    tail = tail_pattern().search(text, start, end)
    return head_noun(text[start : tail.start() if tail else end]) is not None


@cache
def _acting_pattern() -> re.Pattern[str]:
    """A place that acts: 资阳打造…, 内江联合打造…."""
    return re.compile(
        rf"(?P<subject>(?:{place_pattern().pattern})+(?:等地|两市|等)?)(?P<verbs>{lead_pattern().pattern})"
    )


# ---- pieces: the members of an enumeration -----------------------------------------------------

_AND = re.compile("以及|[和与及暨并]")
_WITHIN = re.compile(r"(?<![高中平初同])等(?![级教])")


def _pieces(hidden: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the members of a list. 、 always parts; 和 与 及 only where both sides can stand alone."""
    at = start
    while (stop := hidden.find("、", at, end)) >= 0:
        yield from _joined(hidden, at, stop)
        at = stop + 1
    yield from _joined(hidden, at, end)


def _joined(hidden: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _AND.finditer(hidden, start, end):
        if _parts(hidden[at : found.start()], hidden[found.end() : end], found[0]):
            yield at, found.start()
            at = found.end()
    yield at, end


def _parts(left: str, right: str, joint: str) -> bool:
    """Tell whether `left` and `right` of a 和 are two members, and not one name with 和 in it."""
    if not left or not right or (joint == "及" and right in ("灌区", "供水")):
        return False
    if lead_pattern().match(right) or joint == "并":
        return bool(lead_pattern().match(right)) and len(left) > 1
    bare = lead_pattern().sub("", left, count=1) if lead_pattern().match(left) else left
    listed = _WITHIN.split(bare)
    if len(listed) > 1:
        return noun(listed[-1]) is not None
    return is_place(bare) or "至" in bare or head_noun(bare) is not None or bool(tail_pattern().search(left))


# ---- names ---------------------------------------------------------------------------------------


def _proposals(text: str, hidden: str, chain: _Chain) -> Iterator[Proposal]:
    """Yield what the members of `chain` name, then the names within them."""
    whole: dict[_Member, str] = {}
    for own, full in prefixed(completed([_read(text, hidden, member) for member in chain.members])):
        member = _Member(own.start, own.end)
        for start, complete in _owned(text, chain, member, full) if full else ():
            one = _proposal(text, chain, replace(member, start=start), complete)
            if one:
                whole[member] = complete
                yield one
    for member in chain.members:
        yield from _within(text, hidden, chain, member, whole.get(member, ""))


def _read(text: str, hidden: str, member: _Member) -> Listed:
    found = _WITHIN.search(hidden, member.start, member.end)
    own = text[member.start : found.start() if found else member.end]
    return listed(member.start, member.end, own, text[found.end() : member.end] if found else "")


def _owned(text: str, chain: _Chain, member: _Member, full: str) -> Iterator[tuple[int, str]]:
    """Yield (start of the quote, name): with each subject of the chain where no place says whose it is."""
    named = place_pattern().search(full) is not None or says_itself(full)
    if not chain.subjects or (named and not is_place(text[member.start : member.end])):
        yield member.start, full
        return
    for subject in chain.subjects:
        near = not re.search("[,，。]", text[subject.start : member.start])
        whose = re.sub("(?:等地|两市|等)$", "", text[subject.start : subject.end])
        yield (subject.start if near else member.start), whose + full


def _proposal(text: str, chain: _Chain, member: _Member, full: str) -> Proposal | None:
    head = head_noun(full)
    cut = 0 if place_pattern().match(full) else _cut(full[: head.start] if head else "")
    name = _SHORT.sub("", full[cut:])
    head = head_noun(name)
    if head is None or not stands(name, head):
        return None
    start = member.start + (cut if text.startswith(full[:cut], member.start) else 0)
    quote = text[start : member.end]
    return Proposal(quote, expanded(name), start, member.end, head.layer, head.kind, chain.status_text)


_SHORT = re.compile("[（(]以下简称[^()（）]*[)）]")


_BREAK = re.compile("推动|推进|加快|打造|实施|构建|依托|支持|围绕|融入|贯彻|位于|地处|作为|成为|指导|[的是将]")


def _cut(own: str) -> int:
    """Where a name begins in the words before its noun: after the last verb or particle."""
    return max((found.end() for found in _BREAK.finditer(own)), default=0)


# ---- names within longer names and statements --------------------------------------------------


def _within(text: str, hidden: str, chain: _Chain, member: _Member, whole: str) -> Iterator[Proposal]:
    """Yield the complete names that stand inside a member: 自贡高新区 of 自贡高新区电子信息产业园."""
    announced = _WITHIN.search(hidden, member.start, member.end)
    for found in _complete_pattern().finditer(hidden, member.start, announced.start() if announced else member.end):
        name = text[member.start : found.end()]
        start = member.start + (0 if place_pattern().match(name) else _cut(name[: -len(found[0])]))
        name = text[start : found.end()]
        head = head_noun(name)
        if head is None or whole.endswith(name) or not evidence(name[: head.start]) or len(name) > 20:
            continue
        verbs = "" if whole else chain.status_text
        yield Proposal(name, expanded(name), start, found.end(), head.layer, head.kind, verbs)


@cache
def _complete_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('free'))})(?![区口城航站港])")
