"""What a planner means by a name: a district, a feature, a position; one, or none with the candidates told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from geo.errors import GeoError
from geo.gazetteer import called, find, place, places
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.english import english
from layers.errors import LayerError
from layers.query.search import fold, letters, spelled_places, word

_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_POSITION = re.compile(rf"^\(?{_NUMBER}\s*°?\s*[EN]?\s*[,，\s]\s*{_NUMBER}\s*°?\s*[EN]?\)?$", re.IGNORECASE)
_LEVEL = re.compile(r"\s+(county|city|district|prefecture)$")
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Centre:
    """A district, feature or position; `key` is as layers.query.area writes it before the distance."""

    key: str
    name: str


def centre(atlas: Atlas, text: str, *, loose: bool = True) -> Centre:
    """Return the one thing that `text` means; LayerError when it is unknown, or tells the candidates when several.

    A position is lon,lat (lat,lon where only that lies in China). `loose` takes a short form or a slip for
    its name where no name is as written.
    """
    said = " ".join(text.split())
    found = _position(said) or _identity(atlas, said) or _district(said) or _feature(atlas, said, loose=loose)
    if found is None:
        raise LayerError(f"没有找到“{said}”这个地名或要素 (unknown place or feature)；可写县名、项目名或 经度,纬度。")
    return found


def _position(said: str) -> Centre | None:
    found = _POSITION.match(said)
    if not found:
        return None
    lon, lat = float(found[1]), float(found[2])
    if abs(lat) > 60 > abs(lon):  # written the other way round
        lon, lat = lat, lon
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise LayerError(f"“{said}”不是经纬度 (not lon/lat degrees)；经度在前，纬度在后。")
    return Centre(f"{lon:g},{lat:g}", f"{lon:g}°E {lat:g}°N")


def _identity(atlas: Atlas, said: str) -> Centre | None:
    if not re.fullmatch(r"f-\d+", said):
        return None
    names_of = atlas.table.loc[atlas.table["id"] == said, "name"]
    return Centre(said, names_of.iloc[0]) if len(names_of) else None


def _district(said: str) -> Centre | None:
    """A district by its Chinese name, pinyin or English; of several in Latin letters, the largest."""
    if find(said) or said in places():
        try:
            one = place(said)
        except GeoError as error:
            raise LayerError(str(error)) from None
    else:
        bare = letters(said)
        codes = spelled_places(_LEVEL.sub("", bare))
        if not codes or not re.search(r"[a-z]{3}", bare):
            return None
        level = _LEVEL.search(bare)
        fit = [code for code in codes if not level or (places()[code].level == "prefecture") == (level[1] in _LARGE)]
        one = places()[(fit or codes)[0]]
    return Centre(one.adcode, called(one)) if one.level != "province" else None


_LARGE = ("prefecture",)


def _feature(atlas: Atlas, said: str, *, loose: bool) -> Centre | None:
    exact = names(atlas).get(fold(said)) or names(atlas).get(letters(said).removeprefix("the "))
    if exact:
        return _only(atlas, said, exact)
    if len(said) < 3:
        return None
    found = word(atlas, said.casefold())
    if found.how == "place" or (found.how not in ("", "latin") and not loose):
        return None
    rows = atlas.table[found.rows]
    if found.how in ("", "latin"):  # in names alone: a quote may name it beside others
        within = [fold(said) in fold(f"{row.name}|{'|'.join(row.aliases)}") for row in rows.itertuples(index=False)]
        rows = rows[pd.Series(within, index=rows.index, dtype=bool)] if found.how == "" else rows
    return _only(atlas, said, tuple(rows["id"])) if len(rows) else None


def _only(atlas: Atlas, said: str, ids: tuple[str, ...]) -> Centre:
    """The one that is meant: the only one, or the whole that all others are parts or enlargements of."""
    rows = atlas.table[atlas.table["id"].isin(ids)]
    found = list(zip(rows["id"], rows["name"], strict=True))
    whole = [(key, name) for key, name in found if all(name in other for _, other in found)]
    if len(whole) == 1:
        return Centre(*whole[0])
    told = "、".join(f"{name}({key})" for key, name in found[:MOST_CANDIDATES])
    more = f" 等 {len(found)} 个" if len(found) > MOST_CANDIDATES else ""
    raise LayerError(f"“{said}”不止一个 (ambiguous)：{told}{more}；请写全名。")


@lru_cache(VERSIONS)
def names(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids of the features by each folded name, alias and English name."""
    found: dict[str, list[str]] = {}
    columns = zip(atlas.table["id"], atlas.table["name"], atlas.table["aliases"], english(atlas).values(), strict=True)
    for key, name, aliases, told in columns:
        for one in {fold(name), *map(fold, aliases), letters(told)}:
            if len(one) > 1:
                found.setdefault(one, []).append(key)
    return {name: tuple(ids) for name, ids in found.items()}
