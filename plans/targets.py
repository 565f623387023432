"""The numbers that plans set and report: data/targets.csv, each tied to its clause word for word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plans.clauses import Anchored, clause
from plans.documents import DATA
from plans.errors import PlanError
from plans.records import rows, span
from plans.vocabulary import keys

KINDS = {"target": "目标", "baseline": "基期", "achieved": "已实现"}


@dataclass(frozen=True, slots=True)
class Target(Anchored):
    """One stated number: `clause.text[start:end] == quote`, and `value` is the wording in it."""

    zone: str  # slug; "" for what belongs to no zone
    scope: str  # whose number it is: 成都平原经济区, 凉山州
    indicator: str
    kind: str  # target, baseline, achieved
    year: str  # for which the value holds; "" where the text gives none
    value: str  # verbatim: "超过70%"
    number: float | None  # in `unit`; None where the text sets no number
    unit: str
    clause_id: str
    quote: str
    start: int
    end: int
    note: str


@cache
def targets() -> tuple[Target, ...]:
    """Return every stated number in the order of the file; PlanError when a record breaks its contract."""
    return tuple(_target(row) for row in rows(DATA / "targets.csv"))


def _target(row: dict[str, str]) -> Target:
    if row["kind"] not in KINDS or row["zone"] not in ("", *keys("zone")):
        raise PlanError(
            f"指标“{row['indicator']}”的类别或经济区不认识 (unknown kind or zone)：{row['kind']} {row['zone']}"
        )
    start, end = span(clause(row["clause"]).text, row["quote"])
    if row["value"] not in row["quote"]:
        raise PlanError(f"指标“{row['indicator']}”的数值“{row['value']}”不在引文中 (value not in the quote)。")
    number = float(row["number"]) if row["number"] else None
    return Target(
        row["zone"],
        row["scope"],
        row["indicator"],
        row["kind"],
        row["year"],
        row["value"],
        number,
        row["unit"],
        row["clause"],
        row["quote"],
        start,
        end,
        row["note"],
    )
