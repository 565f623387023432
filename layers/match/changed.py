"""Names as offices change them: a list made from the atlas, whose right answers are known, to measure the matching.

Each row names a feature in another way, or a project that no plan names (made of a real name with another
place), so that what is in the list and in no plan is measured too. The same seed makes the same list.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pandas as pd

from geo.gazetteer import counties, places
from layers.atlas import Atlas
from layers.match.changed_later import FURTHER, LATER, Change
from layers.match.changed_office import OFFICE, UNSEEN
from layers.match.match import Asked
from layers.match.names import initials, read_name
from plans.places import short_name

LAYERS = ("transport", "park", "hub", "energy", "water", "public_service", "science", "industry", "tourism", "digital")
TRIES = 500  # features drawn for one change
STRANGERS = 0.25  # share of rows that no plan names
SAME_SOUND = {
    "至": "致",
    "园": "圆",
    "源": "原",
    "库": "裤",
    "站": "占",
    "湖": "胡",
    "江": "疆",
    "阳": "杨",
    "坝": "把",
    "城": "成",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list and what it means: a feature id, "" where no plan names it."""

    asked: Asked
    truth: str
    how: str


def made_list(atlas: Atlas, size: int, seed: int = 1, kinds: str = "first") -> list[Row]:
    """Return a list of `size` rows made from the project layers of `atlas`, its names changed in the ways of `kinds`."""
    changes = KINDS[kinds]
    dice = random.Random(seed)
    table = atlas.table[atlas.table["layer"].isin(LAYERS)]
    known = {
        read_name(name).core
        for names in (table["name"], *table["aliases"])
        for name in ([names] if isinstance(names, str) else names)
    }
    rows: list[Row] = []
    while len(rows) < size:
        if dice.random() < STRANGERS:
            rows += _drawn(dice, table, "stranger", lambda dice, name: _stranger(dice, name, known))
        else:
            how = dice.choice(list(changes))
            rows += _drawn(dice, table, how, changes[how])
    return rows


def _drawn(dice: random.Random, table: pd.DataFrame, how: str, change: Change) -> list[Row]:
    """One row by a feature whose name can be changed so; none where no such is drawn."""
    for _ in range(TRIES):
        row = table.iloc[dice.randrange(len(table))]
        changed = change(dice, row["name"])
        if changed and changed != row["name"]:
            stranger = how == "stranger"
            place = _place(dice, row["places"], changed if stranger else "")
            return [Row(Asked(changed, place), "" if stranger else row["id"], how)]
    return []


def _place(dice: random.Random, codes: tuple[str, ...], stranger: str) -> str:
    """The column of places: half of all rows have it; that of a stranger is what its name says."""
    if dice.random() < 0.5:
        return ""
    if stranger:
        return next((one.name for one in counties() if short_name(one.name) in stranger), "")
    held = [places()[code] for code in codes if code.startswith("51") and code in places()]
    return "、".join(one.name for one in held[:2])


def _stranger(dice: random.Random, name: str, known: set[str]) -> str:
    """A project that no plan names: a real name with every place in it changed."""
    read = read_name(name)
    if not read.places:
        return ""
    made = name
    for old in read.places:
        new = short_name(dice.choice(counties()).name)
        made = made.replace(old, new)
    return made if made != name and read_name(made).core not in known else ""


def _short(_: random.Random, name: str) -> str:
    read = read_name(name)
    if (
        read.kind in ("高速", "高铁", "铁路")
        and read.core == "至".join(read.ends) + read.kind
        and not (read.works or read.codes)
    ):
        return initials(read)
    for long, short in (("高速公路", "高速"), ("高速铁路", "高铁"), ("产业园区", "产业园"), ("工业园区", "工业园"),
                        ("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("通用机场", "通航机场"),
                        ("水电站", "电站"), ("城市轨道交通", "地铁"), ("国家级", ""), ("人民医院", "医院")):  # fmt: skip
        if long in name:
            return name.replace(long, short, 1)
    return ""


def _section(dice: random.Random, name: str) -> str:
    read = read_name(name)
    if read.kind not in ("高速", "高铁", "铁路", "国道", "快速", "城际"):
        return ""
    return name + dice.choice(["（四川段）", "四川段", "一标段", "（凉山州境）", "东段", "先行段"])


def _phase(dice: random.Random, name: str) -> str:
    return "" if "期" in name else name + dice.choice(["一期", "（一期）", "一期工程", "项目（一期）"])


def _work(dice: random.Random, name: str) -> str:
    if re.search("扩建|改造|工程$|项目$", name):
        return ""
    return dice.choice(
        ["{}改扩建", "{}建设项目", "{}工程", "新建{}", "{}新建项目", "{}改扩建工程", "{}配套设施建设项目"]
    ).format(name)


def _slip(dice: random.Random, name: str) -> str:
    """One character wrong, left out, doubled, or two in each other's place."""
    if len(name) < 5:
        return ""
    at = dice.randrange(1, len(name) - 1)
    found = [n for n, char in enumerate(name) if char in SAME_SOUND]
    kind = dice.choice(["same", "out", "twice", "swap"])
    if kind == "same" and found:
        at = dice.choice(found)
        return name[:at] + SAME_SOUND[name[at]] + name[at + 1 :]
    if kind == "out":
        return name[:at] + name[at + 1 :]
    if kind == "twice":
        return name[:at] + name[at] + name[at:]
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def _dashes(dice: random.Random, name: str) -> str:
    if "至" in name:
        return name.replace("至", dice.choice(["—", "-", "～", "到", " 至 "]))
    return ""


def _prefixed(dice: random.Random, name: str) -> str:
    """The office writes its own district before the name, in full."""
    read = read_name(name)
    for one in (*counties(),):
        if (
            short_name(one.name) in read.places
            and name.startswith(short_name(one.name))
            and not name.startswith(one.name)
        ):
            return one.name + name.removeprefix(short_name(one.name)) if dice.random() < 0.5 else one.name + name
    return ""


CHANGES: dict[str, Change] = {
    "short": _short, "section": _section, "phase": _phase, "work": _work, "slip": _slip, "dashes": _dashes,
    "prefix": _prefixed,
}  # fmt: skip
KINDS = {"first": CHANGES, "later": LATER, "further": FURTHER, "office": OFFICE, "unseen": UNSEEN}
