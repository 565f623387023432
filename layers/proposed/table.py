"""A new plan to a table of proposals: the columns of the atlas, found and placed by rules alone.

Nothing here is reviewed, and the source of every placement says so. Places are those that the name
itself carries; where it carries none that is certain, the feature stands without a geometry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.errors import GeoError
from geo.gazetteer import Place, find, place, zone_of
from geo.placement import Placement, place_record
from layers.atlas.table import as_frame, citation, row
from plans.clauses import Clause, read
from plans.errors import PlanError
from plans.features import Feature
from plans.lexicon import meaning, words
from plans.mentions import Proposal
from plans.reader.reader import bundled_reader
from plans.reading import as_document, read_plan
from plans.vocabulary import shape, zone_prefectures

MACHINE = "机器提议，未经审核"
LONGEST_PLACE = 12  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal and the clause it stands in."""

    clause: Clause
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing that a plan seems to name, with all that is said of it; nothing of it is reviewed."""

    feature: Feature  # without mentions: those are reviewed
    said: tuple[Found, ...]  # in reading order
    placement: Placement

    @property
    def name(self) -> str:
        return self.feature.name

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.feature.aliases

    @property
    def layer(self) -> str:
        return self.feature.layer

    @property
    def current(self) -> Proposal:
        """What it shows: the first proposal that has a verb."""
        found = [one.proposal for one in self.said]
        return next((one for one in found if one.status != "mentioned"), found[0])

    @property
    def status(self) -> str:
        return self.current.status

    @property
    def status_text(self) -> str:
        return self.current.status_text

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(one.proposal.quote for one in self.said)

    @property
    def places(self) -> tuple[Place, ...]:
        return self.placement.places

    @property
    def drawn(self) -> bool:
        return self.placement.geometry is not None

    @property
    def sure(self) -> bool:
        return False


def proposals(path: Path) -> gpd.GeoDataFrame:
    """Return what the plan at `path` names, a row a feature, in reading order; see layers.atlas.table.COLUMNS.

    An empty table where nothing is found. Raises PlanError when the file cannot be read or has no
    paragraphs.
    """
    return as_frame([_row(one) for one in proposed(path)])


def proposed(path: Path) -> list[Proposed]:
    """Return what the plan at `path` names, in reading order; errors as in `proposals`."""
    text = read_plan(path)
    clauses = list(read(as_document(path, text), text))
    if not any(clause.text for clause in clauses):
        raise PlanError(f"“{path.name}”中没有成段的文字 (no paragraphs)。")
    return gathered(found for clause in clauses for found in found_in(clause))


def found_in(clause: Clause) -> list[Found]:
    """Return what one clause names, in reading order."""
    return [Found(clause, one) for one in bundled_reader().read(clause)]


def gathered(found: Iterable[Found]) -> list[Proposed]:
    """Put together what has the same name and kind, each placed, in reading order."""
    things: dict[tuple[str, str, str], list[Found]] = {}
    for one in found:
        things.setdefault((one.proposal.name, one.proposal.layer, one.proposal.kind), []).append(one)
    return [_proposed(f"p-{i:05}", said) for i, said in enumerate(things.values(), 1)]


def _proposed(key: str, found: list[Found]) -> Proposed:
    first = found[0].proposal
    feature = Feature(key, first.name, first.aliases, first.layer, first.kind, "", MACHINE, ())
    return Proposed(feature, tuple(found), _placed(feature))


def _row(one: Proposed) -> dict[str, Any]:
    issued = one.said[0].clause.document
    cited = tuple(citation(said.proposal, said.clause) for said in one.said)
    return row(one.feature, one.placement, one.current, (issued.slug,), zones_named(issued.title), cited)


# ---- placement by the names of places in the name ---------------------------------------------


def _placed(feature: Feature) -> Placement:
    """Place a feature by the rules of geo.placement, on a record made from its name."""
    lines = shape(feature.layer, feature.kind) == "line"
    route = _route(feature.name)
    named = places_in(route) if lines else _finest(places_in(feature.name))
    region = () if named or lines else _region(feature.name)
    whole = bool(region) and feature.kind == "economic_zone"
    record = {
        "feature": feature.id,
        "basis": "guess" if region else "text",
        "precision": "area" if whole else "",
        **dict.fromkeys(("lon", "lat", "error_km", "source", "via"), ""),
    }
    if lines and not _ends_known(route):
        why = f"{MACHINE}：线路端点不在行政区划表中"
        return Placement(feature.id, named, None, "none", None, "not placed", why, record["basis"])
    placement = place_record(feature, record, named or region)
    return replace(placement, source=f"{MACHINE}：{placement.source}")


def _route(name: str) -> str:
    """The stretch that a line's name is about: of 汉巴南铁路巴中至汉中段, 巴中至汉中段."""
    section = re.search("[^路铁速线道]+至[^路铁速线道]+段", name)
    return section[0] if section else name


def _ends_known(route: str) -> bool:
    """Tell whether both ends of `A至B` are known places; without 至 there are no ends to know."""
    stops = re.split("至|经|—", route)
    return len(stops) == 1 or bool(places_in(stops[0]) and places_in(stops[-1]))


def places_in(name: str) -> tuple[Place, ...]:
    """Return the districts that `name` carries, in its order, the longest reading of each first.

    A reading counts only when it means one place; 新都 in 新都桥 (a town elsewhere) does not.
    """
    found: list[Place] = []
    at = 0
    while at < len(name):
        size = next((size for size in range(LONGEST_PLACE, 1, -1) if _means_one(name, at, size)), 0)
        if size:
            found.append(place(name[at : at + size]))
        at += size or 1
    return tuple(dict.fromkeys(found))


def _means_one(name: str, at: int, size: int) -> bool:
    word = name[at : at + size]
    if len(word) < size or word in words("common") or not find(word) or _OTHER.match(name, at + size):
        return False
    try:
        return place(word).level != "province" or word.startswith("重庆")
    except GeoError:
        return False


_OTHER = re.compile("[桥镇乡村寺沟坝岭峡关]|平原|[河江湖山](?![市县])")


def _finest(named: tuple[Place, ...]) -> tuple[Place, ...]:
    """Of a place and the place above it, keep the finer; beside places of Sichuan drop all others."""
    above = {one.parent for one in named}
    inner = tuple(one for one in named if one.adcode not in above)
    return tuple(one for one in inner if one.in_sichuan) or inner


def _region(text: str) -> tuple[Place, ...]:
    """The prefectures of the zone that the first region name in `text` (川南) stands for; () when none."""
    zone = next((meaning("region", word) for word in words("region") if word in text), "")
    return tuple(place(name) for name in zone_prefectures(zone)) if zone else ()


def zones_named(title: str) -> tuple[str, ...]:
    """Return the zones that the title of a plan names: where no place fixes the zone of a thing, its own."""
    named = _region(title) or tuple(one for one in places_in(title) if one.in_sichuan)
    return tuple(dict.fromkeys(zone_of()[one.prefecture] for one in named if one.level != "province"))
