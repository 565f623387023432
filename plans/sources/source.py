"""What every form of a plan is read to: lines and tables that say where in its text they stand."""

from __future__ import annotations

from dataclasses import dataclass

from plans.clean import Line

PICTURE = "图像页"  # why a page was left that has no text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is ruled: a merged cell stands at each place that it covers, as one and the same line."""

    rows: tuple[tuple[Line, ...], ...]
    page: int

    @property
    def columns(self) -> int:
        return max(map(len, self.rows), default=0)


def nothing_behind(cell: Line) -> Line:
    """Return the cell behind another in which nothing stands."""
    return Line("", cell.start + len(cell.text), cell.page)


@dataclass(frozen=True, slots=True)
class Left:
    """A stretch of the text that is no part of the plan, and why; nothing where the text has no word of it."""

    start: int
    end: int
    page: int
    reason: str  # 页码, 页眉页脚, 目录, 表头, 重复的表头, 标记; 图像页, 修订删除, 隐藏


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a plan in its parts."""

    parts: tuple[Line | Grid, ...]  # in reading order
    left: tuple[Left, ...] = ()
    pages: int = 0  # of paper; 0 where the file has none
    title: str = ""  # where the file itself says what its title is
