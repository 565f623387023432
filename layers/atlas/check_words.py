"""Integrity of what the record says: statuses against their verbs, names against their texts."""

from __future__ import annotations

from collections.abc import Iterator

from layers.atlas import Atlas
from layers.atlas.issue import Issue
from plans.features import Mention
from plans.naming import unsaid
from plans.vocabulary import keys
from plans.wording import classed


def statuses(atlas: Atlas) -> Iterator[Issue]:
    """Every status is known, and the class that data/lexicon.toml gives its verb; a verb is never merely mentioned."""
    for one in (mention for feature in atlas.features for mention in feature.mentions):
        record = f"{one.feature} {one.clause_id}"
        if one.status not in keys("status"):
            yield Issue("unknown status", record, one.status)
        phrase, said = classed(one.status_text, one.clause.text, one.start, one.end, told=one.clause.reports)
        if one.status != said:
            yield Issue("status against verb", record, f"{one.status_text}: {one.status}, by data/lexicon.toml {said}")
        if one.status_text != phrase or (phrase and not _governs(one)):
            yield Issue("verb that governs another thing", record, one.status_text)
        if bool(one.status_text) != (one.status != "mentioned"):
            yield Issue("status without wording, or wording without status", record, one.status)


def _governs(one: Mention) -> bool:
    """Tell whether a part of the verb phrase stands in the sentence of the name; a heading has a sentence of its own."""
    text = one.clause.text
    end = text.find("。", one.end)
    sentence = text[text.rfind("。", 0, one.start) + 1 : end if end >= 0 else len(text)]
    return any(part in sentence for part in one.status_text.split("…"))


def names(atlas: Atlas) -> Iterator[Issue]:
    """Names are made of words of their texts; an alias finds something new, and one feature only."""
    known = {one.name: one.id for one in atlas.features}
    owners: dict[str, set[str]] = {}
    for one in atlas.features:
        if words := unsaid(one):
            yield Issue("name not in its texts", one.id, f"{one.name}: {words}")
        for alias in one.aliases:
            owners.setdefault(alias, set()).add(one.id)
            if alias in one.name:
                yield Issue("alias within the name", one.id, alias)
            if alias in known:
                yield Issue("alias of another feature", one.id, f"{alias} {known[alias]}")
    for alias, ids in owners.items():
        if len(ids) > 1:
            yield Issue("alias of two features", " ".join(sorted(ids)), alias)
