"""What became of a file, a sentence a line, for the interface and for the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from geo.datum import Fit
from layers.notes import Note, note

if TYPE_CHECKING:
    from layers.own.upload import Report

SOURCES = {
    "file": "坐标系：{crs}（文件写明）。",
    "chosen": "坐标系：{crs}（由您指定）。",
    "assumed": "坐标系：{crs}（文件未写明，按此处理）。",
}
LEFT_OUT = {
    "no_coordinates": "没有坐标，未读入 {n} 个",
    "unreadable": "坐标无法读出，未读入 {n} 个",
    "not_finite": "坐标不是有限数值，未读入 {n} 个",
    "out_of_range": "超出经纬度范围，未读入 {n} 个",
    "empty": "几何为空，未读入 {n} 个",
    "degenerate": "只有一两个点、构不成线或面，未读入 {n} 个",
    "tangled": "自相交或套叠过多、无法修复，未读入 {n} 个",
}


def sentences(report: Report) -> tuple[Note, ...]:
    """Return what was found, repaired, left out and why."""
    found = [note("{format}，{n} 个要素，读入 {kept} 个。", format=report.format, n=report.features, kept=report.kept)]
    if len(report.layers) > 1:
        found.append(note("图层：{names}。", names="、".join(report.layers)))
    found += [note(SOURCES[source], crs=crs) for crs, source in report.systems]
    if report.lands:
        found.append(note("落在{place}。", place=report.lands))
    found += left_out(report.dropped)
    if report.repaired:
        found.append(note("已修复 {n} 个：自相交、未闭合，或有一部分只是一两个点。", n=report.repaired))
    return (*found, *report.notes, fitted(report.fit))


def left_out(dropped: Iterable[tuple[str, int]]) -> tuple[Note, ...]:
    """Return why features were left out, and how many, in words without a full stop."""
    return tuple(note(LEFT_OUT[reason], n=number) for reason, number in dropped)


def fitted(fit: Fit) -> Note:
    """Return how well the outlines fit known lines."""
    if fit.system == "unknown":
        return note("没有与已知界线重合的边界，无法判断是否带 GCJ-02 或 BD-09 偏移。")
    return note(
        "{n} 个顶点与已知界线相比：按 WGS84 中位偏差 {wgs84} 米，按 GCJ-02 {gcj02} 米，按 BD-09 {bd09} 米。",
        n=fit.vertices,
        wgs84=f"{fit.wgs84_m:.0f}",
        gcj02=f"{fit.gcj02_m:.0f}",
        bd09=f"{fit.bd09_m:.0f}",
    )
