"""How well the reader reads: a folder of annotated plans against what it proposes for them.

`NAME.txt` is a plan, `NAME.gold.jsonl` what it names, a line a thing: `name`; `mention`, verbatim
without white space (`also`: more of them); `others`, names that are as right; `layer` and `status`, choices
apart by `|` (`any`: not judged); `places`; `maybe` where it may be read either way: found or not, it
counts for nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from geo.gazetteer import Place, find, places
from geo.territory import MUNICIPALITIES
from layers.proposed.table import Proposed, proposed
from plans.errors import PlanError
from plans.lexicon import meaning
from plans.places import short_name

FIVE = frozenset(("zone", "corridor", "transport", "park", "hub"))  # the layers of the mission
GROUPS = {"transport": frozenset(("transport",)), "five": FIVE, "all": None}
LINES = frozenset(("transport", "corridor"))  # layers of things that may lead to a municipality from elsewhere
LEAST_ALIKE = 0.5  # share of common character pairs, above which two names at one place are one thing


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that an annotated plan names."""

    name: str
    mentions: tuple[str, ...]  # verbatim, without white space
    layers: tuple[str, ...]  # any is right; the first counts
    statuses: tuple[str, ...]  # () where it is not judged
    places: tuple[str, ...]
    maybe: bool  # found or not, it counts for nothing
    others: tuple[str, ...] = ()  # names that are as right as the first
    inner: bool = False  # `maybe`, because the text has it only within a longer name


@dataclass(slots=True)
class Tally:
    """Counts over annotated plans; the figures are shares of them."""

    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))  # of the things
    things: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))  # of the proposals
    proposals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 0))
    judged: dict[str, list[bool]] = field(
        default_factory=lambda: {key: [] for key in ("layer", "status", "name", "drawn", "placed", "sure")}
    )
    faults: list[str] = field(default_factory=list)
    readings: list[tuple[Proposed, bool]] = field(
        default_factory=list
    )  # of each proposal, whether thing and layer are right

    def f1(self, group: str) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is found."""
        precision = _share(self.right[group], self.proposals[group])
        recall = _share(self.found[group], self.things[group])
        return 2 * precision * recall / (precision + recall) if self.right[group] and self.found[group] else 0.0

    def share(self, key: str) -> float:
        """The share of what was judged right; NaN where nothing was judged."""
        return _share(sum(self.judged[key]), len(self.judged[key]))

    def add(self, other: Tally) -> None:
        """Count `other` in."""
        for mine, theirs in zip(
            (self.found, self.things, self.right, self.proposals),
            (other.found, other.things, other.right, other.proposals),
            strict=True,
        ):
            for group in GROUPS:
                mine[group] += theirs[group]
        for key, values in other.judged.items():
            self.judged[key].extend(values)
        self.faults.extend(other.faults)
        self.readings.extend(other.readings)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def measured(folder: Path) -> dict[str, Tally]:
    """Return what is counted on each annotated plan of `folder`, by its name; PlanError when there is none."""
    found = {}
    for gold in sorted(folder.glob("*.gold.jsonl")):
        name = gold.name.removesuffix(".gold.jsonl")
        plan = next(folder.glob(f"{name}.[!g]*"), None)
        if plan is None:
            raise PlanError(f"“{gold.name}”旁没有它的规划 (no plan beside it)：应有 {name}.txt。")
        found[name] = _measured(things(gold), plan)
    if not found:
        raise PlanError(f"“{folder}”中没有 *.gold.jsonl (no annotated plans)。")
    return found


def _measured(gold: Sequence[Thing], plan: Path) -> Tally:
    """A plan that cannot be read names nothing, and the reason stands among the faults."""
    try:
        return tally(gold, proposed(plan))
    except PlanError as error:
        count = tally(gold, ())
        count.faults.append(str(error))
        return count


def things(gold: Path) -> list[Thing]:
    """Read what an annotated plan names."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Thing(
            name=row["name"],
            mentions=tuple(bare(one) for one in (row["mention"], *row.get("also", ()))),
            layers=tuple(row["layer"].split("|")),
            statuses=_statuses(row["status"]),
            places=tuple(row["places"]),
            maybe=bool(row.get("maybe")),
            others=tuple(row.get("others", ())),
        )
        for row in rows
    ]


def _statuses(choices: str) -> tuple[str, ...]:
    """The classes of which any is right. Of old, `under_construction` stood for 推进建设 (`building`) as well."""
    said = () if choices == "any" else tuple(choices.split("|"))
    return (*said, "building") if "under_construction" in said else said


def bare(text: str) -> str:
    """Return `text` without white space, brackets and signs in one form."""
    return re.sub(r"\s", "", normalize("NFKC", text)).replace("－", "-").replace("~", "-").replace("—", "-")


def tally(gold: Sequence[Thing], found: Sequence[Proposed]) -> Tally:
    """Count what of `gold` is among `found`, and how right that is."""
    count = Tally()
    pairs = matched(gold, found)
    claimed = {id(one) for _, one in pairs}
    of_thing = {id(thing): one for thing, one in pairs}
    for thing in gold:
        one = of_thing.get(id(thing))
        if not thing.maybe:
            _count(count.things, thing.layers[0])
            if one is not None:
                _count(count.found, thing.layers[0])
            else:
                count.faults.append(f"漏 {thing.layers[0]} {thing.name}")
    for one in found:
        _count(count.proposals, one.layer)
        if id(one) in claimed:
            _count(count.right, one.layer)
        elif _excused(one, gold):
            _count(count.proposals, one.layer, -1)
        else:
            again = _named_again(one, gold)
            count.faults.append(f"多 {one.layer} {one.name}")
            count.judged["sure"].extend([again] * one.sure)
            count.readings.append((one, again))
    for thing, one in pairs:
        if thing.maybe:
            _count(count.proposals, one.layer, -1)
            _count(count.right, one.layer, -1)
        else:
            _judge(count, thing, one)
    return count


def _count(counts: dict[str, int], layer: str, number: int = 1) -> None:
    for group, layers in GROUPS.items():
        if layers is None or layer in layers:
            counts[group] += number


def _named_again(one: Proposed, gold: Sequence[Thing]) -> bool:
    """Tell whether a proposal too many is one more name of a thing: rightly read, only not put together with the other."""
    return any(alike(thing, one) >= 0.99 and one.layer in thing.layers for thing in gold)


def _excused(one: Proposed, gold: Sequence[Thing]) -> bool:
    """Tell whether a proposal stands within what may be read either way, or around it; around an inner name, it is another thing."""
    return any(
        thing.maybe
        and any(bare(quote) in mention or (mention in bare(quote) and not thing.inner) for mention in thing.mentions)
        for thing in gold
        for quote in one.quotes
    )


def _judge(count: Tally, thing: Thing, one: Proposed) -> None:
    layer_right = one.layer in thing.layers or "any" in thing.layers
    count.judged["layer"].append(layer_right)
    if not layer_right:
        count.faults.append(f"层 {thing.name}: {one.layer}，应为 {'|'.join(thing.layers)}")
    if thing.statuses:
        count.judged["status"].append(one.status in thing.statuses)
        if one.status not in thing.statuses:
            count.faults.append(f"态 {thing.name}: {one.status} {one.status_text}，应为 {'|'.join(thing.statuses)}")
    verbatim = bare(one.name) in {bare(name) for name in (thing.name, *thing.others)}
    count.judged["name"].append(verbatim)
    if not verbatim:
        count.faults.append(f"名 {thing.name}: {one.name}")
    count.judged["sure"].extend([layer_right] * one.sure)
    count.readings.append((one, layer_right))
    if thing.places:
        count.judged["drawn"].append(one.drawn)
        if one.drawn:
            right = rightly_placed(one.places, (*thing.places, *_ends_in_municipalities(thing)))
            count.judged["placed"].append(right)
            if not right:
                where = "、".join(place.name for place in one.places)
                count.faults.append(f"位 {thing.name}: {where}，应为 {'、'.join(thing.places)}")
        else:
            count.faults.append(f"未画 {thing.name}: {'、'.join(thing.places)}")


def _ends_in_municipalities(thing: Thing) -> list[str]:
    """The municipalities that the name of a line says: an annotation lists counties and cities, and they are neither."""
    if not LINES.intersection(thing.layers):
        return []
    whole = [places()[code].name for code in MUNICIPALITIES]
    called = {meaning("character", char) for char in thing.name}
    return [name for name in whole if name in called or short_name(name) in thing.name]


def rightly_placed(found: Iterable[Place], named: Iterable[str]) -> bool:
    """Tell whether every place that a thing is drawn at is one of `named`, lies in one, or is the city around one."""
    truth = {one.adcode for name in named for one in find(name)}
    above = {places()[code].parent for code in truth}
    drawn = list(found)
    return bool(drawn) and all(
        one.adcode in truth
        or one.parent in truth
        or (one.adcode in above and (one.level == "prefecture" or one.adcode in MUNICIPALITIES))
        for one in drawn
    )


def matched(gold: Sequence[Thing], found: Sequence[Proposed]) -> list[tuple[Thing, Proposed]]:
    """Pair things with proposals, each once, the most alike first; what may be read either way comes last."""
    ranked = sorted(
        (
            (not thing.maybe, alike(thing, one), -i, -j)
            for i, thing in enumerate(gold)
            for j, one in enumerate(found)
            if alike(thing, one) >= LEAST_ALIKE
        ),
        key=lambda rank: (rank[1] >= 1, rank[0], *rank[1:]),
        reverse=True,
    )
    pairs: list[tuple[Thing, Proposed]] = []
    taken: set[tuple[str, int]] = set()
    for _, _, i, j in ranked:
        if ("thing", i) not in taken and ("one", j) not in taken:
            taken |= {("thing", i), ("one", j)}
            pairs.append((gold[-i], found[-j]))
    return pairs


def alike(thing: Thing, one: Proposed) -> float:
    """How alike a thing and a proposal are: 1 for one name, else the pairs they share where their words meet."""
    name = bare(thing.name)
    names = {bare(one.name), *map(bare, one.aliases), *map(bare, one.quotes)}
    if name in names or bare(one.name) in {bare(other) for other in thing.others}:
        return 1.0 if name == bare(one.name) else 0.99
    meet = any(bare(quote) in mention or mention in bare(quote) for quote in one.quotes for mention in thing.mentions)
    return max(dice(name, other) for other in names) if meet else 0.0


def dice(left: str, right: str) -> float:
    """Return the share of character pairs that two texts have in common (Dice 1945)."""
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} or {text} for text in (left, right)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))
