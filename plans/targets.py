"""The numbers that plans set and report: data/targets.csv, each tied to its clause word for word."""

from __future__ import annotations

from dataclasses import dataclass

from plans.clauses import Anchored, Clause
from plans.errors import PlanError
from plans.records import Row, span
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
    clause: Clause
    quote: str
    start: int
    end: int
    note: str


def target(row: Row, clause: Clause) -> Target:
    """Find the number of a reviewed row in its clause; PlanError when the record breaks its contract."""
    if row["kind"] not in KINDS or row["zone"] not in ("", *keys("zone")):
        raise PlanError(
            f"指标“{row['indicator']}”的类别或经济区不认识 (unknown kind or zone)：{row['kind']} {row['zone']}"
        )
    start, end = span(clause.text, row["quote"])
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
        clause,
        row["quote"],
        start,
        end,
        row["note"],
    )
