"""Words that a reviewer selects in a clause: what is said of them there, and the thing that they name."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from layers.proposed.table import Found, found_in, gathered
from plans.clauses import Clause
from plans.lexicon import head_noun
from plans.mentions import Proposal, find_mentions
from plans.reader.reader import bundled_reader
from store.errors import StoreError
from store.findings import Finding, Said
from store.reading import finding_of, nth_of

# A name that every rule takes for one: in the place of the selected words it is governed as they are.
STAND_IN = "攀枝花至西昌高速公路"


def said_at(clause: Clause, start: int, end: int) -> Said:
    """Return `clause.text[start:end]` as a place in the text, with the verb that governs it.

    White space round it is left out; StoreError where nothing is left. Where no verb governs it, it is `mentioned`.
    """
    one = _proposal(clause, *_trimmed(clause, start, end))
    return Said(clause.id, one.quote, nth_of(clause.text, one.quote, one.start), one.name, one.status, one.status_text)


def added_at(clause: Clause, start: int, end: int) -> dict[str, Any]:
    """Return the content of the decision that adds the thing which the selected words name, as the reader sees it.

    Layer, kind and place are proposals like all of the reader's; errors as in `said_at`.
    """
    one = _proposal(clause, *_trimmed(clause, start, end))
    slug = clause.document.slug
    made: Finding = finding_of("", slug, gathered([Found(clause, one)])[0])
    told = {name: getattr(made, name) for name in ("name", "layer", "kind")}
    return {"document": slug, **told, "said": [asdict(said) for said in made.said], "place": dict(made.place)}


def _trimmed(clause: Clause, start: int, end: int) -> tuple[int, int]:
    words = clause.text[max(0, start) : end]
    bare = words.strip()
    if not bare:
        raise StoreError("没有选中文字 (nothing selected)；请在一个条款之内选词。")
    at = max(0, start) + words.index(bare)
    return at, at + len(bare)


def _proposal(clause: Clause, start: int, end: int) -> Proposal:
    """What the reader sees in just these words, else a name as it stands, governed as it is in its sentence."""
    near = [found.proposal for found in found_in(clause) if found.proposal.start < end and start < found.proposal.end]
    if same := next((one for one in near if (one.start, one.end) == (start, end)), None):
        return same
    quote = clause.text[start:end]
    name = "".join(quote.split())
    layer, kind, share = bundled_reader().kind(name, (), clause.path)
    if noun := head_noun(name):
        layer, kind = noun.layer, noun.kind
    bare = Proposal(quote, name, start, end, layer, kind, "", confidence=share)
    said = _governed(clause, start, end)
    if said is None and (near or clause.named):  # a row of a table has one status for all of it
        said = (near or [found_in(clause)[0].proposal])[0]
    return replace(bare, status=said.status, status_text=said.status_text) if said else bare


def _governed(clause: Clause, start: int, end: int) -> Proposal | None:
    """A name that stands in the place of the words, with the verb that governs it; None where none does."""
    text = clause.text[:start] + STAND_IN + clause.text[end:]
    voice = find_mentions(text, told=clause.reports)
    one = next((one for one in voice if one.start < start + len(STAND_IN) and start < one.end), None)
    if one is None or not one.status_text:
        return None
    return one if all(part in clause.text for part in one.status_text.split("…")) else None
