"""What towns there are, and which characters stand for which cities, to look up."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache

from geo.gazetteer import Place, places
from plans.documents import DATA
from plans.places import short_name


@cache
def towns() -> dict[str, frozenset[str]]:
    """Counties by the names of their towns, in full and without 镇 and 乡."""
    found: dict[str, set[str]] = defaultdict(set)
    with (DATA / "geometry" / "towns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for town in row["towns"].split():
                found[town].add(row["adcode"])
                if town.endswith(("镇", "乡")) and len(town) > 2 and not town.endswith("族乡"):
                    found[town[:-1]].add(row["adcode"])
    return {town: frozenset(codes) for town, codes in found.items() if all(code in places() for code in codes)}


@cache
def capitals() -> frozenset[str]:
    """The characters that the capitals of provinces begin with."""
    return frozenset(one.name[0] for one in places().values() if one.adcode.endswith("0100"))


def called_by(char: str) -> tuple[Place, ...]:
    """The prefectures and counties that have a character in their everyday name."""
    return _by_characters().get(char, ())


@cache
def _by_characters() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for one in places().values():
        short = short_name(one.name)
        for char in set(short) if one.level != "province" and len(short) < 4 else ():
            found[char].append(one)
    return {char: tuple(called) for char, called in found.items()}
