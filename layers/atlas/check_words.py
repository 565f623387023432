"""Integrity of what the record says: statuses against their verbs, names against their texts."""

from __future__ import annotations

from collections.abc import Iterator

from layers.atlas import Atlas
from layers.atlas.issue import Issue
from plans.lexicon import status
from plans.naming import unsaid
from plans.vocabulary import keys


def statuses(atlas: Atlas) -> Iterator[Issue]:
    """Every status is known, and the class that data/lexicon.toml gives its verb; a verb is never merely mentioned."""
    for one in (mention for feature in atlas.features for mention in feature.mentions):
        record = f"{one.feature} {one.clause_id}"
        if one.status not in keys("status"):
            yield Issue("unknown status", record, one.status)
        said = status(one.status_text, told=one.clause.reports)
        if one.status != said:
            yield Issue("status against verb", record, f"{one.status_text}: {one.status}, by data/lexicon.toml {said}")
        if bool(one.status_text) != (one.status != "mentioned"):
            yield Issue("status without wording, or wording without status", record, one.status)


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
