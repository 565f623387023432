"""Command line: `python -m layers export|sheet|brief|read|check|counts`, the same code as the app."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from geo.errors import GeoError
from geo.systems import CHOICES
from layers.atlas import Atlas, bundled
from layers.atlas.check import issues
from layers.errors import LayerError
from layers.export import FORMATS, write
from layers.query.selection import PARTS, Selection, select
from plans.errors import PlanError
from plans.vocabulary import keys, label
from store.current import standing


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when the contract is broken, 2 for a wrong call."""
    args = _parser().parse_args(argv)
    try:
        atlas = bundled() if args.command == "check" else _standing(bundled())
        return _COMMANDS[args.command](atlas, args)
    except (PlanError, GeoError, LayerError) as error:
        print(error, file=sys.stderr)
        return 2


def _standing(base: Atlas) -> Atlas:
    """The nine documents and what is published beside them; what is wrong with the workspace is told."""
    atlas, problem = standing(base)
    if problem:
        print(problem, file=sys.stderr)
    return atlas


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m layers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    out = commands.add_parser("export", help="write the features of a selection to a file")
    out.add_argument(
        "-o", "--output", type=Path, default=Path(), help="a file, or a folder: its name is then that of the app"
    )
    out.add_argument("--format", default="", help=f"one of {', '.join(FORMATS)}; default: by the file's ending")
    out.add_argument(
        "--crs",
        default="EPSG:4326",
        help=f"one of {', '.join(CHOICES)}, or a zone: EPSG:4534 to EPSG:4554, with its number EPSG:4513 to EPSG:4533",
    )
    _selection_flags(out)
    picture = commands.add_parser("sheet", help="draw a map sheet of a selection: .pdf, .svg or .png")
    picture.add_argument("--paper", default="a4", help="a4 or a3")
    text = commands.add_parser("brief", help="write a Word brief of a selection: two pages")
    text.add_argument("--long", action="store_true", help="with every feature and every clause that names it")
    for one in (picture, text):
        one.add_argument("-o", "--output", type=Path, required=True)
        one.add_argument("--title", default="", help="default: made of the selection")
        _selection_flags(one)
    own = commands.add_parser("read", help="tell what the app would read of a planner's own file")
    own.add_argument("file", type=Path)
    own.add_argument(
        "--crs", action="append", default=[], metavar="[LAYER=]SYSTEM", help="EPSG code, GCJ-02 or BD-09; repeatable"
    )
    commands.add_parser("check", help="integrity of the reviewed data")
    commands.add_parser("counts", help="features per layer and document")
    return parser


def _selection_flags(out: argparse.ArgumentParser) -> None:
    for part in PARTS:
        out.add_argument(f"--{part}", action="append", default=[], help="key, name or label; repeatable")
    out.add_argument(
        "--within", action="append", default=[], help="LON,LAT;LON,LAT;… or LON,LAT~KM or FEATURE~KM (lon/lat degrees)"
    )
    out.add_argument("--query", action="append", default=[], dest="q", help="words in names or quotes")


def _selection(atlas: Atlas, args: argparse.Namespace) -> Selection:
    return Selection.parse(atlas, {part: getattr(args, part) for part in (*PARTS, "within", "q")})


def _export(atlas: Atlas, args: argparse.Namespace) -> int:
    selected = select(atlas, _selection(atlas, args))
    path, system = write(selected, args.output, args.format, args.crs)
    print(f"{len(selected)} 个要素 → {path}（{system.title}）" + (f"\n{system.note}" if system.note else ""))
    return 0


def _sheet(atlas: Atlas, args: argparse.Namespace) -> int:
    from layers.paper.page import paper  # noqa: PLC0415 matplotlib is not for the other commands
    from layers.paper.sheet import write_sheet  # noqa: PLC0415

    selection = _selection(atlas, args)
    rows = select(atlas, selection)
    for path in write_sheet(atlas, rows, selection, args.output, name=args.title, paper=paper(args.paper)):
        print(f"图件 → {path}")
    return 0


def _brief(atlas: Atlas, args: argparse.Namespace) -> int:
    from layers.paper.brief import write_brief  # noqa: PLC0415 see above

    selection = _selection(atlas, args)
    write_brief(atlas, select(atlas, selection), selection, args.output, name=args.title, long=args.long)
    print(f"简报 → {args.output}")
    return 0


def _read(_: Atlas, args: argparse.Namespace) -> int:
    from layers.own.command import told  # noqa: PLC0415 the readers of files are not for the other commands

    print("\n".join(told(args.file, args.crs)))
    return 0


def _check(atlas: Atlas, _: argparse.Namespace) -> int:
    found = issues(atlas)
    for one in found:
        print(f"{one.check}\t{one.record}\t{one.reason}")
    cited = sum(map(len, atlas.table["citations"])) if not found else "?"
    print(f"{len(found)} 个问题；要素 {len(atlas.table) if not found else '?'} 个，引文 {cited} 处")
    return 1 if found else 0


def _counts(atlas: Atlas, _: argparse.Namespace) -> int:
    """Print a Markdown table: layers down, documents across; a feature counts in each document."""
    slugs = [one.slug for one in atlas.documents]
    print("| 图层 | " + " | ".join(one.short for one in atlas.documents) + " | 要素 | 引文 |")
    print("|---" * (len(slugs) + 3) + "|")
    for key in (*keys("layer"), ""):
        rows = atlas.table[atlas.table["layer"] == key] if key else atlas.table
        cells = [sum(slug in cited for cited in rows["documents"]) for slug in slugs]
        numbers = [*cells, len(rows), sum(map(len, rows["citations"]))]
        print(f"| {label('layer', key) if key else '合计'} | " + " | ".join(map(str, numbers)) + " |")
    return 0


_COMMANDS = {"export": _export, "sheet": _sheet, "brief": _brief, "read": _read, "check": _check, "counts": _counts}

if __name__ == "__main__":
    sys.exit(main())
