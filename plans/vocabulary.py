"""The vocabulary of the atlas, read once from data/vocabulary.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from plans.documents import DATA
from plans.errors import PlanError


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))


def keys(group: str) -> tuple[str, ...]:
    """Return the keys of `group` (zone, layer, status, precision, basis, reason) in their fixed order."""
    return tuple(_table()[group])


def kinds(layer: str) -> tuple[str, ...]:
    """Return the kinds of `layer`, in their fixed order."""
    return tuple(_table()["layer"][layer]["kind"])


def shape(layer: str, kind: str) -> str:
    """Return how features of `kind` are drawn: point, line or area."""
    entry = _table()["layer"][layer]
    return str(entry["kind"][kind].get("shape", entry["shape"]))


def label(group: str, key: str, language: str = "zh") -> str:
    """Return the label of `key` in `group`; `kind` keys are `layer/kind`. Unknown keys come back."""
    if group == "kind":
        layer, _, kind = key.partition("/")
        entry = _table()["layer"].get(layer, {}).get("kind", {}).get(kind)
    else:
        entry = _table()[group].get(key)
    return str(entry[language]) if entry else key


def zone_prefectures(zone: str) -> tuple[str, ...]:
    """Return the full names of the prefectures of `zone`."""
    return tuple(_table()["zone"][zone]["prefectures"])


def precision_words(precision: str) -> str:
    """Return what the panel says of a precision class."""
    return str(_table()["precision"][precision]["words"])


def basis_words(basis: str) -> str:
    """Return what the panel says of how a place is known."""
    return str(_table()["basis"][basis]["words"])


def resolve(group: str, value: str) -> str:
    """Return the key that `value` (a key or a label) means; PlanError lists what there is."""
    for key in keys(group):
        if value in (key, label(group, key), label(group, key, "en")):
            return key
    known = "、".join(f"{key} {label(group, key)}" for key in keys(group))
    raise PlanError(f"没有“{value}”这个{_GROUP[group]} (unknown {group})。可用：{known}")


_GROUP = {"zone": "经济区", "layer": "图层", "status": "状态", "precision": "精度", "basis": "依据", "reason": "理由"}
