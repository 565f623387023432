"""Any plan to clauses: no line lost, every quote found again, tables to rows, what is no plan refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest

from plans.clause import Clause
from plans.clauses import read_new
from plans.documents import Document
from plans.reading import as_document, read_plan
from plans.sources.source import Left

HEADS = ("序号", "项目名称", "建设地点", "建设性质", "建设内容及规模", "总投资（亿元）", "起止年限", "责任单位")
ROWS = (
    ("一", "交通项目（2个）", "", "", "", "300", "", ""),
    ("1", "内江至大足高速公路", "内江市", "续建", "全长60公里，双向四车道。", "80", "2024—2027", "省交通运输厅"),
    ("2", "宜宾港志城作业区", "宜宾市", "新建", "4个泊位", "20", "2026—2028", "宜宾市政府"),
    ("", "小计", "", "", "", "100", "", ""),
    ("二", "水利项目（1个）", "", "", "", "", "", ""),
    ("1", "向家坝灌区二期工程", "宜宾、自贡", "新建", "", "100", "2026—2030", "水利厅"),
    ("", "合计", "", "", "", "200", "", ""),
)
MARKS = re.compile("^#+|\x02[1-9]|[\x03\x04\x0c\x11\x12]|\x0e.*")
NAMES = ["内江至大足高速公路", "宜宾港志城作业区", "向家坝灌区二期工程"]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@dataclass(frozen=True)
class Plan:
    """A plan as it was read."""

    document: Document
    text: str
    clauses: list[Clause]
    left: list[Left]


def opened(path: Path) -> Plan:
    text = read_plan(path)
    issued = as_document(path, text)
    return Plan(issued, text, *read_new(issued, text))


def lost(plan: Plan) -> list[str]:
    """The lines and cells of a plan that stand nowhere: in no clause, no heading, and are not told as left out."""
    told = bare("\n".join(f"{one.label}{one.heading}\n{one.text}" for one in plan.clauses))
    text = plan.text
    for one in plan.left:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    lines = (MARKS.sub("", bare(line)) for line in re.split(r"[\n\x1f\x1d\x1e|]", text))
    return [line for line in lines if line and line not in told]


def written(path: Path, rows: tuple[tuple[str, ...], ...] = (HEADS, *ROWS)) -> Path:
    """A table of projects in the form that the ending of `path` says."""
    if path.suffix == ".docx":
        word = docx.Document()
        word.add_paragraph("附表1 川南重点项目表")
        table = word.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
        word.save(str(path))
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["附表1 川南重点项目表"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
        for row in rows:
            sheet.append([int(text) if text.isdigit() else text or None for text in row])
        book.save(path)
    elif path.suffix == ".md" or path.stem == "piped":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, "|---" * len(rows[0]) + "|")
        path.write_text("# 附表1 川南重点项目表\n\n" + "\n".join(lines), encoding="utf-8")
    else:
        cells = "\n\n".join(text for row in rows for text in row)
        path.write_text(f"附表1 川南重点项目表\n\n{cells}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.md", "piped.txt"])
def test_rows_of_a_table_are_things_with_their_facts(tmp_path, name):
    plan = opened(written(tmp_path / name))
    rows = [one for one in plan.clauses if one.kind == "row"]
    assert [one.text[slice(*one.named)] for one in rows] == NAMES
    assert {one.head: one.text for one in rows[0].facts} == dict(zip(HEADS[2:], ROWS[1][2:], strict=True))
    assert [(one.fact("place"), one.fact("nature"), one.fact("investment")) for one in rows] == [
        ("内江市", "续建", "80"),
        ("宜宾市", "新建", "20"),
        ("宜宾、自贡", "新建", "100"),
    ]
    assert [one.path[-2] for one in rows] == [*["一 交通项目（2个）"] * 2, "二 水利项目（1个）"]
    assert [one.kind for one in plan.clauses].count("total") == 2
    assert lost(plan) == []


def test_a_short_first_line_is_the_title_of_what_calls_itself_nothing(tmp_path):
    below = "今年以来，全省加快推进重大水利工程建设，向家坝灌区一期工程完成投资二十亿元。"
    for first, title in (
        ("全省一季度重大水利工程进展", "全省一季度重大水利工程进展"),
        ("一、全省一季度重大水利工程进展", "plan"),
        ("全省重大水利工程：一季度进展。", "plan"),
    ):
        path = tmp_path / "plan.txt"
        path.write_text(f"{first}\n{below}\n", encoding="utf-8")
        assert as_document(path, read_plan(path)).title == title


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_rows_whose_cells_are_parted_by_a_mark_are_a_table(tmp_path, mark):
    rows = (
        ("序号", "项目名称", "建设地点", "备注"),
        ("一", "交通项目", "", ""),
        ("1", "内江至大足高速公路", "内江市", "在建"),
        ("2", "宜宾港志城作业区", "宜宾市", ""),
    )
    path = tmp_path / "plan.txt"
    path.write_text(
        "四川省重点项目表\n" + "\n".join(map(mark.join, rows)) + "\n全省上下要抓好落实。\n", encoding="utf-8"
    )
    clauses = opened(path).clauses
    found = [one for one in clauses if one.kind == "row"]
    assert [one.text[slice(*one.named)] for one in found if one.named] == ["内江至大足高速公路", "宜宾港志城作业区"]
    assert [one.fact("place") for one in found] == ["内江市", "宜宾市"]
    assert clauses[-1].text == "全省上下要抓好落实。"
