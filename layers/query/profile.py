"""What is told of one zone, prefecture or document: its positioning, targets, corridors and changes."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.errors import GeoError
from geo.gazetteer import counties, place, places, zone_of
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.query.relations import sentence_of
from layers.query.reports import changes_table
from layers.query.selection import Selection, select
from layers.query.summary import line_km, name
from plans.clauses import Anchored, Clause
from plans.errors import PlanError
from plans.features import Feature, Mention
from plans.places import short_name
from plans.positioning import positioning
from plans.story import wording
from plans.targets import Target
from plans.vocabulary import keys, resolve

_ROLES = {  # kinds that tell what a place is to be; other cities and zones are projects in it
    "city": ("central_city", "regional_centre", "sub_centre", "role_city"),
    "zone": ("demonstration_zone", "pilot_zone"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A zone, a prefecture or a document of an atlas: what a page tells of, or sets beside another."""

    atlas: Atlas
    part: str  # of a selection: zone, place or document
    key: str

    @property
    def name(self) -> str:
        return name(self.atlas, self.part, self.key)

    @property
    def selection(self) -> Selection:
        return Selection.parse(self.atlas, {self.part: (self.key,)})

    @property
    def features(self) -> gpd.GeoDataFrame:
        """Its rows of the table."""
        return select(self.atlas, self.selection)

    @property
    def focus(self) -> tuple[str, ...]:
        """What a map of it is framed to: the zone or prefecture, of a document its zones."""
        if self.part == "document":
            return self.atlas.document(self.key).zones or keys("zone")
        return (self.key,)


def area(atlas: Atlas, value: str) -> Subject:
    """Return the zone or prefecture that `value` (slug, name or adcode) means; LayerError says what can be asked."""
    try:
        return Subject(atlas, "zone", resolve("zone", value))
    except PlanError:
        pass
    try:
        found = place(value)
    except GeoError:
        found = None
    if found is None or found.level != "prefecture" or not found.in_sichuan:
        raise LayerError(
            f"没有“{value}”这个经济区或市州 (unknown zone or prefecture)；"
            "请写经济区或四川市州的名称、代码，如 panxi、攀枝花市、510400。"
        )
    return Subject(atlas, "place", found.adcode)


def subject(atlas: Atlas, value: str) -> Subject:
    """Return the zone, prefecture or document that `value` means; LayerError says what can be asked."""
    try:
        return Subject(atlas, "document", atlas.document(value).slug)
    except PlanError:
        pass
    try:
        return area(atlas, value)
    except LayerError:
        raise LayerError(
            f"没有“{value}”这个经济区、市州或文件 (unknown zone, prefecture or document)；"
            "如 panxi、攀枝花市、panxi-2021。"
        ) from None


# ---- positioning -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement(Anchored):
    """A stretch of a clause that says what a place is to be, and the words in it that do."""

    clause: Clause
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]  # characters into the clause, in order, apart from each other
    features: tuple[str, ...]  # ids of the features so named

    @property
    def words(self) -> str:
        return self.clause.text[self.start : self.end]


def statements(one: Subject) -> tuple[Statement, ...]:
    """Return what the documents say a zone or prefecture is to be; () where they do not say it.

    A zone: the clauses of its plan's 发展定位. A prefecture: the sentences that give it a role, those that give
    several first.
    """
    if one.part == "zone":
        return tuple(
            Statement(clause, 0, len(clause.text), ((0, len(clause.heading)),), ())
            for clause in positioning(one.atlas, one.key)
        )
    said = [mention for role in _roles(one) for mention in _once(role)]
    found: dict[tuple[str, int], list[Mention]] = {}
    for mention in said:
        found.setdefault((mention.clause_id, sentence_of(mention)[0]), []).append(mention)
    made = [_statement(together) for together in found.values()]
    called = short_name(places()[one.key].name)
    return tuple(
        sorted(made, key=lambda each: (-len(each.features), called not in each.words, each.document.kind != "plan"))
    )


def _roles(one: Subject) -> list[Feature]:
    """The features that are a role of the prefecture as a whole."""
    rows = one.atlas.table
    of_it = rows[(rows["prefectures"].map(len) == 1) & (rows["counties"].map(len) == 0)]
    mine = of_it[of_it["prefectures"].map(lambda codes: codes[0] == one.key)]
    return [one.atlas.feature(row.id) for row in mine.itertuples() if row.kind in _ROLES.get(row.layer, ())]


def _once(role: Feature) -> list[Mention]:
    """One mention a document, the firmest; a document that merely mentions the role counts where no other says more."""
    said = [one for slug in role.documents if (one := wording(role, slug))]
    return [one for one in said if one.status != "mentioned"] or said[:1]


def _statement(together: list[Mention]) -> Statement:
    first = together[0]
    start, end = sentence_of(first)
    marks: list[tuple[int, int]] = []
    for one in sorted(together, key=lambda mention: (mention.start, -mention.end)):
        if not marks or one.start >= marks[-1][1]:
            marks.append((one.start, one.end))
    named = tuple(dict.fromkeys(one.feature for one in together))
    return Statement(first.clause, start, end, tuple(marks), named)


# ---- targets, corridors, changes ---------------------------------------------------------------


def targets_of(one: Subject) -> tuple[Target, ...]:
    """Return the stated numbers of a zone, or those whose scope is a prefecture or lies in it."""
    if one.part == "zone":
        return tuple(target for target in one.atlas.targets if target.zone == one.key)
    rows = one.atlas.table
    inside = rows[rows["prefectures"].map(lambda codes: codes == (one.key,))]
    names = {places()[one.key].name, *(county.name for county in counties() if county.parent == one.key)}
    starts = tuple(names | set(inside["name"]))
    return tuple(
        target
        for target in one.atlas.targets
        if target.zone == zone_of()[one.key] and any(part.startswith(starts) for part in target.scope.split("、"))
    )


def corridors(one: Subject) -> pd.DataFrame:
    """Return the corridors of a zone or prefecture: id, name, kind, status, km inside, km in all, named.

    `named`: the text names the zone or a place in it; the others only cross it as drawn, on a line
    that may be schematic. Named ones first, each by its length inside.
    """
    rows = one.atlas.table[one.atlas.table["layer"] == "corridor"]
    named = rows.index.isin(select(one.atlas, one.selection, rows=rows).index)
    inside = rows.assign(km=line_km(one.atlas).loc[rows.index, one.key].round(1), named=named)
    inside = inside[inside["named"] | (inside["km"] > 0)]
    return inside.sort_values(["named", "km"], ascending=False, kind="stable")[
        ["id", "name", "kind", "status", "km", "length_km", "named"]
    ]


def changes_of(one: Subject) -> pd.DataFrame:
    """Return the rows of the table of changes that concern the features of a subject, conflicts first."""
    rows = changes_table(one.atlas)
    mine = rows[rows["编号"].isin(one.features["id"])]
    rank = mine["mark"].map(["conflict", "weaker", "advanced", "differs", "unchanged"].index)
    return mine.iloc[rank.argsort(kind="stable")]
