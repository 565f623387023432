"""Command line: `python -m geo accuracy`, what is known of where things are, in numbers."""

from __future__ import annotations

import argparse
import sys

import pandas as pd
from shapely.geometry import Point

from geo.datum import guards
from geo.gazetteer import boundary, counties, prefectures, sichuan, zone_boundary
from geo.gcj02 import to_gcj02, to_wgs84
from geo.measure import area_km2, distance_km
from layers.table import table
from plans.vocabulary import keys, label

POINT_CLASSES = ("exact", "approximate", "county", "prefecture")
BETTER = ("exact", "approximate")


def main(argv: list[str] | None = None) -> int:
    """Print the evidence as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    parser.add_argument("command", choices=["accuracy"])
    parser.parse_args(argv)
    _classes(table())
    _checks(table())
    return 0


def _classes(atlas: pd.DataFrame) -> None:
    classes = keys("precision")
    print("| 图层 | " + " | ".join(label("precision", key) for key in classes) + " | 误差中位数 km |")
    print("|---" * (len(classes) + 2) + "|")
    for key in (*keys("layer"), ""):
        rows = atlas[atlas["layer"] == key] if key else atlas
        cells = [int((rows["precision"] == one).sum()) for one in classes]
        middle = rows["error_km"].astype(float).median()
        print(f"| {label('layer', key) if key else '合计'} | " + " | ".join(map(str, cells)) + f" | {middle:.1f} |")


def _checks(atlas: pd.DataFrame) -> None:
    points = atlas[atlas["precision"].isin(POINT_CLASSES) & atlas["layer"].isin(["transport", "energy", "water"])]
    better = points["precision"].isin(BETTER).mean()
    print(f"\n- 交通、能源、水利点要素 {len(points)} 个，优于县级 {better:.0%}")
    seats = sum(
        ground.contains(Point(one.lon_degree, one.lat_degree))
        for one in counties()
        if (ground := boundary(one.adcode)) is not None
    )
    print(f"- 县级驻地落在本县界内：{seats}/{len(counties())}")
    parts = sum(area_km2(ground) for one in prefectures() if (ground := boundary(one.adcode)) is not None)
    print(f"- 21 市州面积合计 {parts:,.0f} km²，并集 {area_km2(sichuan()):,.0f} km²")
    zones = sum(area_km2(zone_boundary(zone)) for zone in keys("zone"))
    print(f"- 五区面积合计 {zones:,.0f} km²，与全省之差 {abs(zones - area_km2(sichuan())):.3f} km²")
    back = max(
        distance_km(to_wgs84(*to_gcj02(one.lon_degree, one.lat_degree)), (one.lon_degree, one.lat_degree))
        for one in counties()
    )
    print(f"- GCJ-02 往返最大偏差 {back * 1e6:.3f} mm")
    print("\n| 界线图层 | 对照 | 顶点 | 按 WGS84 中位偏差 m | 按 GCJ-02 中位偏差 m |\n|---|---|---|---|---|")
    for (name, against), found in guards().items():
        print(f"| {name} | {'、'.join(against)} | {found.vertices} | {found.wgs84_m:.0f} | {found.gcj02_m:.0f} |")


if __name__ == "__main__":
    sys.exit(main())
