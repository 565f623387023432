"""Command line: `python -m plans clauses|coverage|extract`, the same code as the app."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from geo.errors import GeoError
from layers.errors import LayerError
from layers.export import FORMATS, write
from layers.proposed.table import proposals
from plans.clauses import Clause
from plans.documents import DATA
from plans.errors import PlanError
from plans.library import Library
from plans.records import read_records
from plans.sources.forms import TEXTS
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
    extract = commands.add_parser("extract", help="read a new plan, or a folder of plans: what they name, placed")
    extract.add_argument("file", type=Path, help=f"{' '.join(TEXTS)}, or a folder of such")
    extract.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        help="a file in any format of `python -m layers export`, by its ending; for a folder, a folder",
    )
    extract.add_argument("--format", choices=list(FORMATS), default="geojson", help="of the files for a folder")
    extract.add_argument("--scheduler", default="", help="address of a Dask scheduler; this machine when left out")
    args = parser.parse_args(argv)
    try:
        if args.command == "extract":
            if args.file.is_dir():
                return _extract_all(args.file, args.output, args.format, args.scheduler)
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
    for said in found.attrs["told"]:
        print(said, file=sys.stderr)
    return 0


def _extract_all(folder: Path, out: Path, form: str, scheduler: str) -> int:
    from layers.proposed.many import LIST, Done, extract_all  # noqa: PLC0415 the cluster is slow to load

    began = time.monotonic()

    def _told(done: int, of: int, one: Done) -> None:
        pace = (time.monotonic() - began) / max(1, done)
        said = one.words or f"{one.things} 个要素"
        print(f"{done}/{of}  约剩 {pace * (of - done):.0f} 秒  {one.file}：{said}", file=sys.stderr, flush=True)

    try:
        found = extract_all(folder, out, form, scheduler=scheduler, told=_told)
    except KeyboardInterrupt:
        print("已停止 (stopped)。再次运行同一命令会接着做。", file=sys.stderr)
        return 130
    states = Counter(one.state for one in found)
    print(
        f"{len(found)} 个文件：已读 {states['read']}，未读 {states['refused']}，出错 {states['failed']}；"
        f"{sum(one.things for one in found)} 个要素（{sum(one.drawn for one in found)} 个可落图）→ {out}。"
        f"逐个结果见 {LIST}。均为机器提议，请对照原文审核。"
    )
    return 1 if states["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
