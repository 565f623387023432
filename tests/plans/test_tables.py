"""Tables of projects: heads in two rows, groups, totals, notes, prose in cells, indicators."""

from __future__ import annotations

import pytest

from plans.clean import Line
from plans.sources.source import Grid
from plans.tables import Head, Row, head, role, rows


def grid(*written: tuple[str, ...]) -> Grid:
    """A table; `<` is the cell to its left, `^` the one above."""
    made: list[tuple[Line, ...]] = []
    for i, row in enumerate(written):
        cells: list[Line] = []
        for j, text in enumerate(row):
            cells.append(cells[-1] if text == "<" else made[-1][j] if text == "^" else Line(text, 100 * i + 10 * j, 1))
        made.append(tuple(cells))
    return Grid(tuple(made), 1)


def read(table: Grid) -> list[Row]:
    heads = head(table)
    assert isinstance(heads, Head)
    return list(rows(table, heads))


def test_heads_in_two_rows_over_merged_cells():
    table = grid(
        ("四川省重点项目表", "<", "<", "<", "<"),
        ("序号", "项目名称", "建设地点", "投资", "<"),
        ("^", "^", "^", "总投资", "“十五五”投资"),
        ("1", "成达万高铁", "达州市", "800", "300"),
    )
    title, row = read(table)
    assert (title.kind, title.cells[0].text) == ("group", "四川省重点项目表")
    assert [(one.head, one.text) for one in row.facts] == [
        ("建设地点", "达州市"),
        ("投资总投资", "800"),
        ("投资“十五五”投资", "300"),
    ]


HEADS = ("序号", "项目名称", "建设性质", "责任单位")


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param(("1", "成达万高铁", "续建", "省发展改革委"), "row", id="thing"),
        pytest.param(("", "成达万高铁", "", ""), "row", id="thing-with-nothing-told"),
        pytest.param(("一、交通（12个）", "<", "<", "<"), "group", id="merged"),
        pytest.param(("一", "交通", "", ""), "group", id="number-of-a-group"),
        pytest.param(("（二）铁路", "", "", ""), "group", id="not-merged"),
        pytest.param(("", "合计", "", "12"), "total", id="total"),
        pytest.param(("小　计", "", "", "12"), "total", id="subtotal"),
        pytest.param(("注：以批复为准", "", "", ""), "more", id="note"),
        pytest.param(("", "", "续建", ""), "more", id="goes-on"),
        pytest.param(("1", "建成成达万高铁，推进成渝中线高铁。", "", ""), "text", id="prose"),
        pytest.param(("", "李家岩水库、三坝水库、久隆水库", "", ""), "text", id="list"),
    ],
)
def test_kinds_of_rows(row, kind):
    (found,) = read(grid(HEADS, row))
    assert found.kind == kind


def test_a_table_of_indicators_names_no_things():
    table = grid(("指标", "2025年", "2030年", "属性"), ("轨道交通里程（公里）", "700", "1000", "预期性"))
    assert [one.kind for one in read(table)] == ["figures"]


def test_a_merged_fact_counts_for_each_row_and_is_written_once():
    table = grid(("项目名称", "责任单位"), ("甲高速公路", "省交通运输厅"), ("乙高速公路", "^"))
    first, second = read(table)
    assert [one.text for one in (*first.facts, *second.facts)] == ["省交通运输厅"] * 2
    assert [one.body.text for one in (first, second)] == ["甲高速公路　省交通运输厅", "乙高速公路"]


def test_the_number_of_a_name_is_no_part_of_it():
    (row,) = read(grid(("项目名称", "地点"), ("3.泸州机场\n改扩建", "泸州市")))
    assert row.named is not None
    assert row.body.text[slice(*row.named)] == "泸州机场改扩建"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("项目名称", "name"), ("建设地点", "place"), ("建设性质", "nature"), ("建设内容及规模", "content"),
        ("总投资（亿元）", "investment"), ("起止年限", "period"), ("责任单位", "owner"), ("序号", "number"),
        ("2025年", "figure"), ("类别", "category"), ("加快建设。", ""), ("成都市", ""),
    ],
)  # fmt: skip
def test_roles_of_heads(words, expected):
    assert role(words) == expected
