"""Command line: `python -m layers export|check|counts`, the same code as the app."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from geo.errors import GeoError
from layers.check import issues
from layers.errors import LayerError
from layers.export import FORMATS, write
from layers.selection import PARTS, Selection, select
from layers.table import table
from plans.documents import documents
from plans.errors import PlanError
from plans.vocabulary import keys, label


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when the contract is broken, 2 for a wrong call."""
    args = _parser().parse_args(argv)
    try:
        if args.command == "export":
            return _export(args)
        return _check() if args.command == "check" else _counts()
    except (PlanError, GeoError, LayerError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m layers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    out = commands.add_parser("export", help="write the features of a selection to a file")
    out.add_argument("-o", "--output", type=Path, required=True)
    out.add_argument("--format", default="", help=f"one of {', '.join(FORMATS)}; default: by the file's ending")
    for part in PARTS:
        out.add_argument(f"--{part}", action="append", default=[], help="key, name or label; repeatable")
    out.add_argument(
        "--within", action="append", default=[], help="LON,LAT;LON,LAT;… or LON,LAT~KM or FEATURE~KM (lon/lat degrees)"
    )
    out.add_argument("--query", action="append", default=[], dest="q", help="words in names or quotes")
    commands.add_parser("check", help="integrity of the reviewed data")
    commands.add_parser("counts", help="features per layer and document")
    return parser


def _export(args: argparse.Namespace) -> int:
    selection = Selection.parse({part: getattr(args, part) for part in (*PARTS, "within", "q")})
    selected = select(table(), selection)
    write(selected, args.output, args.format)
    print(f"{len(selected)} 个要素 → {args.output}")
    return 0


def _check() -> int:
    found = issues()
    for one in found:
        print(f"{one.check}\t{one.record}\t{one.reason}")
    cited = sum(len(citations) for citations in table()["citations"]) if not found else "?"
    print(f"{len(found)} 个问题；要素 {len(table()) if not found else '?'} 个，引文 {cited} 处")
    return 1 if found else 0


def _counts() -> int:
    """Print a Markdown table: layers down, documents across; a feature counts in each document."""
    atlas = table()
    slugs = [one.slug for one in documents()]
    print("| 图层 | " + " | ".join(one.short for one in documents()) + " | 要素 | 引文 |")
    print("|---" * (len(slugs) + 3) + "|")
    for key in (*keys("layer"), ""):
        rows = atlas[atlas["layer"] == key] if key else atlas
        cells = [sum(slug in cited for cited in rows["documents"]) for slug in slugs]
        numbers = [*cells, len(rows), sum(map(len, rows["citations"]))]
        print(f"| {label('layer', key) if key else '合计'} | " + " | ".join(map(str, numbers)) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
