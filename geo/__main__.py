"""Command line: `python -m geo accuracy`, what is known of where things are, in numbers."""

from __future__ import annotations

import argparse
import statistics
import sys

from shapely.geometry import Point

from geo.accuracy import areas, lengths, references, whereabouts
from geo.datum import guards
from geo.gazetteer import boundary, counties, prefectures, sichuan, zone_boundary
from geo.gcj02 import to_gcj02, to_wgs84
from geo.measure import area_km2, distance_km
from layers.atlas import Atlas, bundled
from plans.vocabulary import keys, label

POINT_CLASSES = ("exact", "approximate", "county", "prefecture")
BETTER = ("exact", "approximate")


def main(argv: list[str] | None = None) -> int:
    """Print the evidence as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    parser.add_argument("command", choices=["accuracy"])
    parser.parse_args(argv)
    atlas = bundled()
    for part in (_classes, _checks, _references, _whereabouts, _guards, _lengths):
        part(atlas)
        print()
    return 0


def _classes(atlas: Atlas) -> None:
    classes = keys("precision")
    print("| 图层 | " + " | ".join(label("precision", key) for key in classes) + " | 误差中位数 km |")
    print("|---" * (len(classes) + 2) + "|")
    for key in (*keys("layer"), ""):
        rows = atlas.table[atlas.table["layer"] == key] if key else atlas.table
        cells = [int((rows["precision"] == one).sum()) for one in classes]
        middle = rows["error_km"].astype(float).median()
        print(f"| {label('layer', key) if key else '合计'} | " + " | ".join(map(str, cells)) + f" | {middle:.1f} |")


def _checks(atlas: Atlas) -> None:
    rows = atlas.table
    points = rows[rows["precision"].isin(POINT_CLASSES) & rows["layer"].isin(["transport", "energy", "water"])]
    better = points["precision"].isin(BETTER).mean()
    print(f"- 交通、能源、水利点要素 {len(points)} 个，优于县级 {better:.0%}")
    seats = sum(
        ground.contains(Point(one.lon_degree, one.lat_degree))
        for one in counties()
        if (ground := boundary(one.adcode)) is not None
    )
    print(f"- 县级驻地落在本县界内：{seats}/{len(counties())}")
    worst = max(areas(), key=lambda one: abs(one.ratio - 1))
    print(f"- 21 市州面积与官方数之差最大 {abs(worst.ratio - 1):.1%}（{worst.name}）")
    parts = sum(area_km2(ground) for one in prefectures() if (ground := boundary(one.adcode)) is not None)
    print(f"- 21 市州面积合计 {parts:,.0f} km²，并集 {area_km2(sichuan()):,.0f} km²")
    zones = sum(area_km2(zone_boundary(zone)) for zone in keys("zone"))
    print(f"- 五区面积合计 {zones:,.0f} km²，与全省之差 {abs(zones - area_km2(sichuan())):.3f} km²")
    back = max(
        distance_km(to_wgs84(*to_gcj02(one.lon_degree, one.lat_degree)), (one.lon_degree, one.lat_degree))
        for one in counties()
    )
    print(f"- GCJ-02 往返最大偏差 {back * 1e6:.3f} mm")


def _references(atlas: Atlas) -> None:
    print("| 与其他公开来源的位置相比 | 数量 | 偏差中位数 km | 最大 km | 在所述误差之内 |\n|---|---|---|---|---|")
    found = references(atlas.placements)
    for key in dict.fromkeys(one.precision for one in found):
        off = [one.off_km for one in found if one.precision == key]
        held = sum(one.held for one in found if one.precision == key)
        middle = statistics.median(off)
        print(f"| {label('precision', key)} | {len(off)} | {middle:.2f} | {max(off):.1f} | {held}/{len(off)} |")


def _whereabouts(atlas: Atlas) -> None:
    print("| 与不看本图集另判的政区相比 | 原文或常识可定 | 连同其推断 |\n|---|---|---|")
    for level, words in (("prefecture", "落在同一市州"), ("county", "落在同一县区")):
        every = [one for one in whereabouts(atlas.placements) if one.level == level]
        cells = []
        for part in ([one for one in every if one.certain], every):
            held = sum(one.held for one in part)
            cells.append(f"{held}/{len(part)}（{held / len(part):.1%}）")
        print(f"| {words} | {' | '.join(cells)} |")


def _guards(_: Atlas) -> None:
    print("| 界线图层 | 对照 | 顶点 | 按 WGS84 中位偏差 m | 按 GCJ-02 中位偏差 m |\n|---|---|---|---|---|")
    for (name, against), found in guards().items():
        print(f"| {name} | {'、'.join(against)} | {found.vertices} | {found.wgs84_m:.0f} | {found.gcj02_m:.0f} |")


def _lengths(atlas: Atlas) -> None:
    found = sorted(lengths(atlas.placements), key=lambda one: one.ratio)
    middle = statistics.median(one.ratio for one in found)
    print(f"{len(found)} 条线有公开里程，图上长度与之比的中位数 {middle:.2f}\n")
    print("| 线 | 精度 | 图上 km | 公开 km | 比 | 依据 |\n|---|---|---|---|---|---|")
    for one in found:
        words = f"{label('precision', one.precision)} | {one.drawn:.0f} | {one.official:g} | {one.ratio:.2f}"
        print(f"| {one.name} | {words} | {one.known_from} |")


if __name__ == "__main__":
    sys.exit(main())
