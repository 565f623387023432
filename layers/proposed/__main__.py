"""Command line: `python -m layers.proposed train|measure|links`: the reader of new plans, made and measured."""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.errors import GeoError
from layers.atlas import bundled
from layers.proposed import held_out, model
from layers.proposed.linking import NEW, WORDS, Known, changed, score, thing_of
from layers.proposed.linking import Thing as Sought
from layers.proposed.measure import GROUPS, Tally, measured
from layers.proposed.table import proposed
from plans.errors import PlanError
from plans.reader.reader import MODEL
from plans.vocabulary import label

COLUMNS = ("名称", "图层", "状态", "措辞", "与图谱", "要素编号", "要素", "图谱措辞", "变化")
CHANGES = {"advanced": "推进", "weaker": "弱化", "unchanged": "不变", "differs": "表述不同", "": ""}


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when a trained model is not taken, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m layers.proposed", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train", help="make the reader's model anew from reviewed records, and say how good it is"
    )
    train.add_argument(
        "folders", nargs="*", type=Path, help="more reviewed records: laid out like data/, or a workspace export"
    )
    train.add_argument("-o", "--output", type=Path, default=MODEL, help="where the model goes (the one in use)")
    train.add_argument("--take", action="store_true", help="take it even where it is worse or cannot be compared")
    train.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    commands.add_parser("reader", help="what is known of the reader in use, in numbers")
    count = commands.add_parser("measure", help="how well annotated plans are read: NAME.txt beside NAME.gold.jsonl")
    count.add_argument("folder", type=Path)
    count.add_argument("--faults", action="store_true", help="every fault, a line each")
    links = commands.add_parser(
        "links", help="what a new plan names against the atlas; without a plan, how well that is told"
    )
    links.add_argument("plan", nargs="?", type=Path)
    links.add_argument("-o", "--output", type=Path, help="a .csv")
    args = parser.parse_args(argv)
    try:
        if args.command == "train":
            return _train(args.folders, args.output, args.processes, args.take)
        if args.command == "reader":
            return _about()
        if args.command == "measure":
            return _measure(args.folder, args.faults)
        return _links(args.plan, args.output) if args.plan else _score()
    except (PlanError, GeoError) as error:
        print(error, file=sys.stderr)
        return 2


def _train(folders: Sequence[Path], output: Path, processes: int, take: bool) -> int:
    made = model.make(model.reviewed(folders), processes)
    told = [*_table(held_out.by_slug(made.readings)), "", *_calibration(held_out.trusted(made.readings))]
    print("\n".join(told))
    kept = model.known(output)
    if kept and not better(made, kept) and not take:
        print(f"未采用，{output} 未改 (not taken)；仍要采用请加 --take。")
        return 1
    made.write(output, told)
    print(f"\n模型已写入 {output}，数据 {made.data[:12]}")
    return 0


def better(made: model.Made, kept: model.About) -> bool:
    """Tell in words how a new model compares with the one in use, and whether it may take its place."""
    both, mine = made.compared(kept), made.about
    if not both.documents:
        print(
            f"\n不能比较 (not comparable)：现有模型的数字不是在今天的记录上取得的。现有 {model.mean(kept.f1, kept.f1):.3f}"
            f"（{'、'.join(kept.f1)}；数据 {kept.data[:12]}），新 {model.mean(mine.f1, mine.f1):.3f}（{'、'.join(mine.f1)}；"
            f"数据 {mine.data[:12]}）。由规划师决定。"
        )
        return False
    sign, word = (">=", "不差 (as good)") if both.as_good else ("<", "较差 (worse)")
    print(
        f"\n两者在同样记录上都测过的 {len(both.documents)} 份文件：新 {both.mine:.3f} {sign} 现有 {both.theirs:.3f}，{word}。"
    )
    return both.as_good


def _about() -> int:
    """Print the figures of the reader in use, as it was made, and how well it tells what the atlas has."""
    kept = model.known(MODEL)
    if kept is not None:
        print("\n".join(kept.told) + "\n")
    return _score()


def _measure(folder: Path, faults: bool) -> int:
    found = measured(folder)
    print("\n".join(_table(found)))
    for name, one in found.items() if faults else ():
        print("\n".join(f"{name}: {fault}" for fault in one.faults))
    return 0


def _table(found: Mapping[str, Tally]) -> list[str]:
    """Figures as a Markdown table, a line a document: F1, and shares of what was judged; `–` where nothing was."""
    total = Tally()
    for one in found.values():
        total.add(one)
    judged = ("layer", "status", "name", "drawn", "placed", "sure")
    lines = [
        "| | "
        + " | ".join(("F1 交通", "F1 五图层", "F1 全部", "图层对", "状态对", "名称同文", "上图", "位置对", "确信者对"))
        + " |",
        "|---" * 10 + "|",
    ]
    for name, one in (*found.items(), ("合计", total)):
        cells = [_figure(one.f1(group), one.things[group] or one.proposals[group]) for group in GROUPS]
        cells += [_figure(one.share(key), len(one.judged[key])) for key in judged]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _figure(share: float, number: int) -> str:
    return f"{share:.3f} ({number})" if number else "–"


def _calibration(trusted: Sequence[tuple[float, bool]]) -> list[str]:
    steps = (0.0, 0.5, 0.7, 0.8, 0.9, 0.97, 1.01)
    lines = ["| 所报把握 | 条数 | 实际对的 |", "|---|---|---|"]
    for low, high in itertools.pairwise(steps):
        inside = [right for chance, right in trusted if low <= chance < high]
        share = f"{sum(inside) / len(inside):.3f}" if inside else "–"
        lines.append(f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {share} |")
    return lines


# ---- links --------------------------------------------------------------------------------------


def _score() -> int:
    atlas = bundled()
    found = score(atlas.features, {key: one.prefectures for key, one in atlas.placements.items()})
    print(
        f"对九份文件逐份与其余八份比对：判为“已有”的 {found.right + found.wrong} 个，准确率 {found.precision:.3f}，召回率 {found.recall:.3f}"
    )
    return 0


def _links(plan: Path, output: Path | None) -> int:
    atlas = bundled()
    known = Known((one, thing_of(one, one.mentions, atlas.placements[one.id].prefectures)) for one in atlas.features)
    rows = []
    for one in proposed(plan):
        sought = Sought((one.name, *one.aliases), one.layer, one.feature.kind, frozenset(one.placement.prefectures))
        relation, of = known.find(sought)
        told = changed(of.current, one.layer, one.status) if of and relation == "same" else ""
        said = of.current.status_text if of else ""
        rows.append((one.name, label("layer", one.layer), label("status", one.status), one.status_text, WORDS[relation],
                     of.id if of else "", of.name if of else "", said, CHANGES[told]))  # fmt: skip
    if output:
        with output.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
    else:
        print("\n".join("  ".join(filter(None, row)) for row in rows))
    numbers = "，".join(f"{words} {sum(row[4] == words for row in rows)}" for key, words in WORDS.items() if key != NEW)
    print(
        f"{len(rows)} 个要素：{numbers}，{WORDS[NEW]} {sum(row[4] == WORDS[NEW] for row in rows)}。均为机器比对，请核对。"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
