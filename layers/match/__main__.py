"""`python -m layers.match`: check a draft, match a list of projects, measure the matching."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from layers.atlas import Atlas, bundled
from layers.errors import LayerError
from layers.match.answers import answered, sheets, workbook
from layers.match.changed import KINDS
from layers.match.draft import checked
from layers.match.draft_notes import draft_commented
from layers.match.draft_word import draft_text, draft_word
from layers.match.listing import read_list
from layers.match.measure import measured
from plans.errors import PlanError
from store import StoreError
from store.current import judged, standing


def main(argv: list[str] | None = None) -> int:
    """Run one command; 2 for a file that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m layers.match", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in (("match", "match a list of projects (.xlsx, .csv)"), ("draft", "check a draft (.txt, .docx)")):
        one = commands.add_parser(name, help=words)
        one.add_argument("file", type=Path)
        one.add_argument("-o", "--output", type=Path, required=True)
        if name == "draft":
            one.add_argument("--comments", action="store_true", help="the .docx as it is, with comments alone")
    figures = commands.add_parser("matching", help="precision and recall on lists made from the atlas")
    figures.add_argument("--rows", type=int, default=1000)
    figures.add_argument("--seed", type=int, default=1)
    figures.add_argument("--kinds", choices=list(KINDS), default="first", help="ways in which names are changed")
    figures.add_argument("--faults", type=int, default=0, help="show so many faults")
    args = parser.parse_args(argv)
    try:
        return {"match": _match, "draft": _draft, "matching": _measure}[args.command](standing(bundled())[0], args)
    except (LayerError, PlanError, StoreError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"无法读写“{error.filename}”：{error.strerror} (cannot read or write)。", file=sys.stderr)
    return 2


def _match(atlas: Atlas, args: argparse.Namespace) -> int:
    answers = answered(atlas, read_list(args.file.name, args.file.read_bytes()), judged())
    args.output.write_bytes(workbook(atlas, answers))
    for title, frame in sheets(atlas, answers).items():
        print(f"{title} {len(frame)}")
    return 0


def _draft(atlas: Atlas, args: argparse.Namespace) -> int:
    data = args.file.read_bytes()
    if args.comments and args.file.suffix.lower() != ".docx":
        raise LayerError("批注只能加在 .docx 文件中 (comments need a .docx)；其他文件请不加 --comments。")
    text = draft_text(args.file.name, data)
    found = checked(atlas, text)
    args.output.write_bytes(draft_commented(data, found) if args.comments else draft_word(atlas, text, found))
    print(f"{len(found)} 处项目，{sum(bool(one.remarks) for one in found)} 处需要留意 → {args.output}")
    return 0


def _measure(atlas: Atlas, args: argparse.Namespace) -> int:
    measured(atlas, 1)  # what is read once is not measured
    began, worked = time.perf_counter(), time.process_time()
    found = measured(atlas, args.rows, args.seed, args.kinds)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(
        f"{found.rows} 行，{took:.1f} 秒（处理器 {worked:.1f} 秒）；准确率 {found.precision:.1%}，召回率 {found.recall:.1%}"
    )
    for how, counts in sorted(found.by.items()):
        print(f"  {how:<10}对 {counts['right']}，错 {counts['wrong']}，漏 {counts['missed']}")
    print("\n".join(found.faults[: args.faults]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
