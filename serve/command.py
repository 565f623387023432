"""`plan-atlas`: every command of the program under one name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

# command: the module whose `main` it is, and what it does
COMMANDS = {
    "run": ("serve", "start the app: http://127.0.0.1:8501"),
    "export": ("layers", "write the features of a selection to a file"),
    "sheet": ("layers", "draw a map sheet of a selection: .pdf, .svg or .png"),
    "brief": ("layers", "write a Word brief of a selection"),
    "counts": ("layers", "features per layer and document"),
    "check": ("layers", "integrity of the reviewed data"),
    "clauses": ("plans", "the clause tree of a document"),
    "coverage": ("plans", "what of a document is on the map, and why the rest is not"),
    "extract": ("plans", "read a new plan: what it names, placed, with its clauses"),
    "links": ("layers.proposed", "what a new plan names against the atlas: the same, a part, perhaps, new"),
    "reader": ("layers.proposed", "what is known of the reader of new plans, in numbers"),
    "train": ("layers.proposed", "make the reader of new plans anew from reviewed records, and say how good it is"),
    "measure": ("layers.proposed", "how well annotated plans are read"),
    "match": ("layers.match", "match an office's list of projects (.xlsx, .csv) with the plans: a workbook"),
    "draft": ("layers.match", "check a draft (.txt, .docx) against the plans: a Word file"),
    "matching": ("layers.match", "how well lists of projects are matched: precision and recall"),
    "workspace": ("store", "the office's own plans: add, publish, export, import, backup, restore, verify"),
    "large": ("store.large", "features by the million on PostGIS, from exported GeoJSON: load, list"),
    "accuracy": ("geo", "what is known of where things are, in numbers"),
}
EXAMPLES = """examples:
  plan-atlas run --port 8600
  plan-atlas export -o panxi.gpkg --zone 攀西经济区 --layer transport
  plan-atlas sheet -o panxi.pdf --zone panxi --paper a3
  plan-atlas extract 新规划.docx -o 提议.geojson

`plan-atlas COMMAND --help` tells what a command takes."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; 2 when there is no such command."""
    name, *rest = [*(sys.argv[1:] if argv is None else argv), ""]
    if name not in COMMANDS:
        print(_help(), file=sys.stdout if name in ("", "-h", "--help") else sys.stderr)
        return 0 if name in ("", "-h", "--help") else 2
    module = COMMANDS[name][0]
    run: Callable[[list[str]], int] = import_module(f"{module}.__main__").main
    return run([*([] if name == "run" else [name]), *rest[:-1]])


def _help() -> str:
    listed = "\n".join(f"  {name:<10}{words}" for name, (_, words) in COMMANDS.items())
    return f"usage: plan-atlas COMMAND …\n\n川规图: the plans of Sichuan on the map, word for word\n\n{listed}\n\n{EXAMPLES}"


if __name__ == "__main__":
    sys.exit(main())
