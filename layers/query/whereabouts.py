"""Where a feature lies, told apart: what the text or public sources name, and what a line crosses as drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geo.gazetteer import places
from plans.places import short_name

Where = list[tuple[str, list[str]]]  # a prefecture (adcode) and the everyday names of counties in it


def named(row: Mapping[str, Any]) -> Where:
    """Return the prefectures of a row of the atlas that are named, or hold a county that is, in their order.

    What is placed nowhere lies somewhere in the prefectures of its row: those are returned.
    """
    codes = set(row["places"])
    told = [code for code in row["prefectures"] if code in _prefectures(codes)]
    if not told and not _is_line(row):
        told = list(row["prefectures"])
    return [(code, _inside(code, codes.intersection(row["counties"]), row["counties"])) for code in told]


def crossed(row: Mapping[str, Any]) -> Where:
    """Return the prefectures and counties that a line crosses as drawn and that are not named; [] for what is no line."""
    if not _is_line(row):
        return []
    codes = set(row["places"])
    unnamed = [code for code in row["counties"] if code not in codes]
    found = [(code, _inside(code, set(unnamed), row["counties"])) for code in row["prefectures"]]
    return [(code, inside) for code, inside in found if inside or code not in _prefectures(codes)]


def _is_line(row: Mapping[str, Any]) -> bool:
    return bool(pd.notna(row["length_km"]))


def _prefectures(codes: Iterable[str]) -> set[str]:
    return {places()[code].prefecture for code in codes}


def _inside(prefecture: str, chosen: set[str], order: Iterable[str]) -> list[str]:
    return [short_name(places()[one].name) for one in order if one in chosen and places()[one].parent == prefecture]
