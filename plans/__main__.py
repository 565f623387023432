"""Command line: `python -m plans clauses|coverage|extract`, the same code as the app."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from geo.errors import GeoError
from layers.errors import LayerError
from layers.export import write
from layers.proposed.table import proposals
from plans.clauses import Clause
from plans.documents import DATA
from plans.errors import PlanError
from plans.library import Library
from plans.records import read_records
from plans.vocabulary import label


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when something is left open, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m plans", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    tree = commands.add_parser("clauses", help="the clause tree of a document")
    tree.add_argument("document", help="slug or title")
    tree.add_argument("--json", action="store_true", help="one JSON object a line")
    cover = commands.add_parser("coverage", help="what of a document is on the map, and why the rest is not")
    cover.add_argument("document", nargs="?", help="slug or title; all documents when left out")
    extract = commands.add_parser("extract", help="read a new plan: what it names, placed, with its clauses")
    extract.add_argument("file", type=Path, help=".txt .md .docx .pdf .xlsx .xls")
    extract.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        help="a file in any format of `python -m layers export`, by its ending",
    )
    args = parser.parse_args(argv)
    try:
        if args.command == "extract":
            return _extract(args.file, args.output)
        library = Library(read_records(DATA))
        if args.command == "clauses":
            return _clauses(library, args.document, args.json)
        return _coverage(library, args.document)
    except (PlanError, GeoError, LayerError) as error:
        print(error, file=sys.stderr)
        return 2


def _clauses(library: Library, name: str, as_json: bool) -> int:
    for one in library.clauses(library.document(name).slug):
        print(json.dumps(_record(one), ensure_ascii=False) if as_json else _line(one))
    return 0


def _record(one: Clause) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "path": list(one.path),
        "page": one.first_page,
        "text": one.text,
    }


def _line(one: Clause) -> str:
    page = f"第{one.first_page}页  " if one.first_page else ""
    return f"{one.id}  {page}{one.path[-1] if one.path else ''}" + (f"\n    {one.text}" if one.text else "")


def _coverage(library: Library, name: str | None) -> int:
    open_units = 0
    for one in [library.document(name)] if name else library.documents:
        found = list(library.coverage(one.slug))
        missed = [unit for unit in found if not unit.accounted]
        claimed = sum(bool(unit.claimed) for unit in found)
        reasons = Counter(unit.reason for unit in found if unit.reason)
        left = "、".join(f"{label('reason', key)} {number}" for key, number in reasons.most_common())
        print(
            f"{one.slug}: {len(found)} 处，上图 {claimed}，未上图 {sum(reasons.values())}（{left}），未交代 {len(missed)}"
        )
        for unit in missed:
            print(f"  {unit.clause_id} [{unit.start}:{unit.end}] {unit.text}")
        open_units += len(missed)
    return 1 if open_units else 0


def _extract(file: Path, output: Path) -> int:
    found = proposals(file)
    write(found, output)
    drawn = int(found.geometry.notna().sum())
    print(f"{len(found)} 个要素（{drawn} 个可落图）→ {output}。均为机器提议，请对照原文审核。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
