"""Integrity of what a placement rests on: a text that says its places, positions that other records hold too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from geo.gazetteer import Place, place, zone_of
from geo.measure import distance_km
from geo.placement import via_points
from layers.atlas import Atlas
from layers.atlas.issue import Issue
from plans.features import Feature
from plans.lexicon import meaning, words
from plans.naming import own_text
from plans.places import short_name
from plans.records import Row
from plans.vocabulary import zone_prefectures

CHARACTERS = {"500000": "渝", "520000": "黔", "530000": "滇"}  # by which provinces stand in 川渝滇黔
_LONG = 2  # 攀枝 for 攀枝花, 峨眉 for 峨眉山: what a longer everyday name is cut to


def said(atlas: Atlas) -> Iterator[Issue]:
    """The places of a placement by its text are words of its clauses and their headings, of titles and issuers."""
    rows = {row["feature"]: row for row in atlas.records.placements}
    for one in atlas.features:
        if rows[one.id]["basis"] != "text":
            continue
        named = [place(name) for name in rows[one.id]["places"].split()]
        if unsaid := _unsaid(one, named):
            yield Issue("place that its text does not say", one.id, f"{one.name}: {' '.join(unsaid)}")


def _unsaid(one: Feature, named: list[Place]) -> list[str]:
    """The names of the places that no text of the feature says."""
    text = own_text(one)
    by_character = "".join(_short_forms(text, named))
    zones = _zones(one, text, named)
    return [
        its.name
        for its in named
        if not (_written(its, text) or _character(its) in by_character or zone_of().get(its.adcode) in zones)
    ]


def _written(its: Place, text: str) -> bool:
    """Tell whether a place stands in a text by its name or its everyday one: 峨眉山市, 峨眉山, 峨眉."""
    short = short_name(its.name)
    return short in text or (len(short) > _LONG and short[:_LONG] in text)


def _short_forms(text: str, named: list[Place]) -> list[str]:
    """Where a text calls several of the places by a character each: 成德眉资, 渝遂绵, 万达开."""
    characters = "".join(dict.fromkeys(map(_character, named)))
    return re.findall(f"[{re.escape(characters)}]{{2,}}", text) if characters else []


def _character(its: Place) -> str:
    return CHARACTERS.get(its.adcode, its.name[0])


def _zones(one: Feature, text: str, named: list[Place]) -> set[str]:
    """The zones that the text speaks of (川南), or whose plan it is, and all of whose cities are named."""
    spoken = {meaning("region", word) for word in words("region") if word in text}
    spoken.update(zone for mention in one.mentions for zone in mention.document.zones)
    names = {its.name for its in named}
    return {zone for zone in spoken if zone and names.issuperset(zone_prefectures(zone))}


def stops(atlas: Atlas) -> Iterator[Issue]:
    """A stop of a line that has the name of a curated position lies within the error of that position."""
    held = {row["feature"]: row for row in atlas.records.placements if row["lon"]}
    owners = {name: one.id for one in atlas.features if one.id in held for name in (*one.aliases, one.name)}
    for row in atlas.records.placements:
        for name, at in (stop for branch in row["via"].split("|") for stop in via_points(branch)):
            if name not in owners:
                continue
            its = held[owners[name]]
            far_km = distance_km(at, _position(its))
            if far_km > float(its["error_km"]):
                yield Issue("stop away from its position", row["feature"], f"{name} {its['feature']}: {far_km:.1f} km")


def sites(atlas: Atlas) -> Iterator[Issue]:
    """What is known from one source, and as near as the errors allow, has one position."""
    held: dict[str, list[Row]] = {}
    for row in atlas.records.placements:
        if row["lon"]:
            held.setdefault(row["source"], []).append(row)
    for source, rows in held.items():
        for one, other in itertools.combinations(rows, 2):
            far_km = distance_km(_position(one), _position(other))
            if 0 < far_km <= float(one["error_km"]) + float(other["error_km"]):
                yield Issue("one site in two positions", f"{one['feature']} {other['feature']}", source)


def _position(row: Row) -> tuple[float, float]:
    return float(row["lon"]), float(row["lat"])
