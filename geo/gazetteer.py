"""Place names to places: adcodes, seats (WGS84) and real boundaries.

Boundaries: Tianditu administrative divisions (CGCS2000, equal to WGS84 within 0.1 m here). Seats:
cpca, converted from GCJ-02. See data/geometry/README.md.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from plans.documents import DATA
from plans.places import short_name
from plans.vocabulary import keys, zone_prefectures

SICHUAN = "510000"


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative place; the seat is WGS84 lon/lat."""

    adcode: str
    name: str
    level: str  # province, prefecture, county
    parent: str  # adcode
    lon_degree: float
    lat_degree: float
    reach_km: float  # the radius round the seat that covers the whole place

    @property
    def prefecture(self) -> str:
        """The adcode of the prefecture this place is or lies in; of a municipality, its own."""
        return self.parent if self.level == "county" else self.adcode

    @property
    def in_sichuan(self) -> bool:
        return self.adcode.startswith("51")


@cache
def places() -> dict[str, Place]:
    """Return every place by adcode."""
    with (DATA / "geometry" / "places.csv").open(encoding="utf-8") as file:
        return {
            row["adcode"]: Place(
                row["adcode"],
                row["name"],
                row["level"],
                row["parent"],
                float(row["lon"]),
                float(row["lat"]),
                float(row["reach_km"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    table: dict[str, dict[str, Place]] = defaultdict(dict)
    for place in places().values():
        for name in _written(place):
            table[name][place.adcode] = place
    return {name: tuple(found.values()) for name, found in table.items()}


def _written(place: Place) -> set[str]:
    """The ways a place is written: alone, short, and with the places above it."""
    above: list[str] = []
    parent = places().get(place.parent)
    while parent:
        above.append(parent.name)
        parent = places().get(parent.parent)
    names = {place.name, short_name(place.name)}
    if place.name.endswith("自治州"):
        names.add(short_name(place.name) + "州")
    if place.name.endswith("自治县"):
        names.add(short_name(place.name) + "县")  # 通道县, in which 道县 stands too
    if place.name.endswith("新区") and len(place.name) > 3:
        names.add(place.name.removesuffix("新区"))
    for i in range(len(above)):
        names.add("".join([*reversed(above[: i + 1]), place.name]))
        names.add(above[i] + place.name)
        names.add(short_name(above[i]) + place.name)
    return names


def named(name: str) -> tuple[Place, ...]:
    """Return all places of China that are called `name`; () when none."""
    return _by_name().get(name, ())


def names_at(text: str, at: int) -> list[str]:
    """Return the names of places that stand in `text` from character `at` on, the longest first; [] when none does."""
    sizes = _sizes().get(text[at : at + 2], ())
    return [word for size in sizes if len(word := text[at : at + size]) == size and word in _by_name()]


@cache
def _sizes() -> dict[str, list[int]]:
    """How long names are that begin with two characters, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in _by_name():
        found[name[:2]].add(len(name))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


def find(name: str) -> tuple[Place, ...]:
    """Return all places that `name` may mean, Sichuan's alone where it has any; () when none."""
    found = named(name)
    return tuple(place for place in found if place.in_sichuan) or found


def place(name: str) -> Place:
    """Return the one place that `name` (or an adcode) means.

    A county that shares its everyday name with its prefecture stands behind it. GeoError when
    nothing or more than one place remains.
    """
    if name in places():
        return places()[name]
    found = find(name)
    if len(found) > 1:
        top = [one for one in found if one.name == name] or [one for one in found if one.level == "prefecture"]
        found = tuple(top) if len(top) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise GeoError(f"地名“{name}”不在行政区划表中 (unknown place)；请用县级以上全名，如“盐源县”。")
    options = "、".join(f"{place_path(one)}({one.adcode})" for one in found)
    raise GeoError(f"地名“{name}”不唯一 (ambiguous)：{options}；请写全称或行政区划代码。")


def place_path(one: Place) -> str:
    """Return the full name with all places above: 四川省乐山市市中区."""
    parent = places().get(one.parent)
    return (place_path(parent) if parent else "") + one.name


def called(one: Place) -> str:
    """Return the name of a place of Sichuan, the full name of any other: 盐源县, 云南省昭通市."""
    return one.name if one.in_sichuan else place_path(one)


@cache
def _boundaries() -> dict[str, BaseGeometry]:
    found: dict[str, BaseGeometry] = {}
    for file in ("provinces", "neighbours", "prefectures", "counties"):
        table = json.loads((DATA / "geometry" / f"{file}.geojson").read_text(encoding="utf-8"))
        for feature in table["features"]:
            found[feature["properties"]["adcode"]] = shape(feature["geometry"])
    return found


def boundary(adcode: str) -> BaseGeometry | None:
    """Return the boundary polygon of a place, lon/lat degrees; None where the atlas has none.

    Held: all of Sichuan and Chongqing by county, and the prefectures of the provinces around.
    """
    return _boundaries().get(adcode)


@cache
def sichuan() -> BaseGeometry:
    """Return the province as the union of its prefectures."""
    return shapely.union_all([_boundaries()[one.adcode] for one in prefectures()])


@cache
def prefectures() -> tuple[Place, ...]:
    """Return the 21 prefectures of Sichuan in the order of their codes."""
    return tuple(one for one in places().values() if one.level == "prefecture" and one.in_sichuan)


@cache
def counties() -> tuple[Place, ...]:
    """Return the 183 counties, cities and districts of Sichuan in the order of their codes."""
    return tuple(one for one in places().values() if one.level == "county" and one.in_sichuan)


@cache
def zone_of() -> dict[str, str]:
    """Return the economic zone of every prefecture of Sichuan, by adcode."""
    return {place(name).adcode: zone for zone in keys("zone") for name in zone_prefectures(zone)}


@cache
def zone_boundary(zone: str) -> BaseGeometry:
    """Return an economic zone, dissolved from the real boundaries of its prefectures."""
    return shapely.union_all([_boundaries()[place(name).adcode] for name in zone_prefectures(zone)])
