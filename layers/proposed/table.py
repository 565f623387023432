"""A new plan to a table of proposals: the columns of the atlas, read by the trained reader.

Nothing here is reviewed, and the source of every placement says so; layers.proposed.placing says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from geo.gazetteer import Place, zone_of
from geo.placement import Placement
from geo.sites import sites
from geo.territory import Territory, great_region, territory
from layers.atlas.table import as_frame, citation, row
from layers.proposed.forms import wording
from layers.proposed.placing import FAR, MACHINE, Around, placed
from plans.clauses import Clause, read_new
from plans.errors import PlanError
from plans.features import Feature
from plans.lexicon import meaning, words
from plans.mentions import Proposal
from plans.reader.examples import sentences
from plans.reader.reader import Reader, bundled_reader
from plans.reader.trust import SURE
from plans.reading import as_document, read_plan, told
from plans.rows import row_proposal
from plans.sources.source import Left


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
    def confidence(self) -> float:
        """The chance that it is read rightly: that of its clearest mention."""
        return max(one.proposal.confidence for one in self.said)

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


def proposals(path: Path) -> gpd.GeoDataFrame:
    """Return what the plan at `path` names, a row a feature, in reading order; see layers.atlas.table.COLUMNS.

    An empty table where nothing is found; `attrs["told"]` has what of the file was not read. Raises PlanError
    when the file cannot be read or has no paragraphs.
    """
    clauses, left = _clauses(path)
    table = as_frame([_row(one) for one in _proposed_in(clauses)])
    table.attrs["told"] = told(left)
    return table


def proposed(path: Path) -> list[Proposed]:
    """Return what the plan at `path` names, in reading order; errors as in `proposals`."""
    return _proposed_in(_clauses(path)[0])


def _clauses(path: Path) -> tuple[list[Clause], list[Left]]:
    """The clauses of a plan, and what of it stands in none."""
    text = read_plan(path)
    clauses, left = read_new(as_document(path, text), text)
    if not any(clause.text for clause in clauses):
        raise PlanError(f"“{path.name}”中没有成段的文字，也没有项目表 (no paragraphs, no table of projects)。")
    return clauses, left


def _proposed_in(clauses: Sequence[Clause]) -> list[Proposed]:
    return gathered((found for clause in clauses for found in found_in(clause)), clauses)


def found_in(clause: Clause, reader: Reader | None = None) -> list[Found]:
    """Return what one clause names, in reading order: prose is read (by the model that ships), a row is one thing."""
    reader = reader or bundled_reader()
    if clause.named:
        return [Found(clause, row_proposal(clause, reader.kind))]
    return [Found(clause, one) for one in reader.read(clause)] if clause.reads else []


def gathered(found: Iterable[Found], clauses: Iterable[Clause] = ()) -> list[Proposed]:
    """Put together what has one name, each placed, in reading order; a short form (成渝) is the name written out, and
    the number of a road adds none (G0511德阳至都江堰高速公路).

    `clauses` are all of the plan: also those that name nothing say whose it is. Without them those of `found` do.
    """
    things: dict[str, list[Found]] = {}
    told = list(clauses)
    all_found = list(found)
    for one in all_found:
        things.setdefault(wording(one.proposal.name), []).append(one)
    ground = _ground(told or list({one.clause.id: one.clause for one in all_found}.values()))
    near = (said for said in things.values() if not _far_region(said[0].proposal, ground))
    return [_proposed(f"p-{i:05}", said, ground) for i, said in enumerate(near, 1)]


def _far_region(one: Proposal, ground: Territory) -> bool:
    """Tell whether a zone or corridor is a great region that the plan only looks at from afar: 粤港澳大湾区 in one of 福建."""
    great = great_region(one.name)
    if not great or one.layer not in FAR or ground.own is None:
        return False
    return ground.own.adcode[:2] not in great


def _ground(clauses: Sequence[Clause]) -> Territory:
    """Whose plan clauses are of: by its title and issuer, else by what they say."""
    titles = "".join(f"{issued.title}{issued.issuer}" for issued in dict.fromkeys(one.document for one in clauses))
    first = next(iter(clauses), None)  # a headline may stand as a heading alone
    headline = first.path[:1] if first and not first.text.startswith(first.path[:1]) else ()
    return territory(titles, "\n".join((*headline, *(one.text for one in clauses))))


def _proposed(key: str, found: list[Found], ground: Territory) -> Proposed:
    first = found[0].proposal
    surest = max((one.proposal for one in found), key=lambda one: one.confidence)
    aliases = tuple(dict.fromkeys(name for one in found for name in (one.proposal.name, *one.proposal.aliases)))
    others = tuple(name for name in aliases if name != first.name)
    layer, kind = _within_city(first.name, surest.layer, surest.kind, ground)
    feature = Feature(key, first.name, others, layer, kind, "", MACHINE, ())
    return Proposed(feature, tuple(found), placed(feature, ground, _around(found[0])))


def _within_city(name: str, layer: str, kind: str, ground: Territory) -> tuple[str, str]:
    """Within one city a 通道 is a road (北横通道), unless it says that it leads farther."""
    road = ground.local and kind == "transport_corridor" and not _FARTHER.search(name)
    return ("transport", "fast_road") if road else (layer, kind)


_FARTHER = re.compile("国际|陆海|运输|物流|开放|经济|综合|江海|联运|省际|对外|至|—")


def _around(one: Found) -> Around:
    if one.clause.facts:
        return Around(
            one.clause.path[:-1], place="、".join(said.text for said in one.clause.facts if said.role == "place")
        )
    text = one.clause.text
    stop = next((end for _, end in sentences(text) if end > one.proposal.start), len(text))
    behind = re.match("[（(][^()（）]*[)）]", text[stop:])
    sentence = text[one.proposal.end : stop] + (behind[0] if behind else "")
    return Around(one.clause.path, sentence, text[: one.proposal.start])


def _row(one: Proposed) -> dict[str, Any]:
    issued = one.said[0].clause.document
    cited = tuple(citation(said.proposal, said.clause) for said in one.said)
    return row(one.feature, one.placement, one.current, (issued.slug,), zones_named(issued.title), cited)


def zones_named(title: str) -> tuple[str, ...]:
    """Return the zones that the title of a plan names: where no place fixes the zone of a thing, its own."""
    zone = next((meaning("region", word) for word in words("region") if word in title), "")
    named = [one.place for one in sites(title, Territory(None, ""))]
    of = [zone_of()[one.prefecture] for one in named if one.in_sichuan]
    return tuple(dict.fromkeys([zone] if zone else of))
