"""Lines to headings and paragraphs, by the form of the whole text: tables of real forms, and properties."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.clauses import read_new
from plans.documents import DATA, Document
from plans.outline import numbered
from plans.reading import as_document, read_plan

SENTENCE = "加快建设成都至达州高速公路，推进简阳机场扩建，完善综合立体交通网络布局。"


def plan(tmp_path: Path, text: str, name: str = "plan.txt") -> tuple[Document, str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    read = read_plan(path)
    return as_document(path, read), read


def shown(tmp_path: Path, text: str, name: str = "plan.txt") -> list[tuple[str, str]]:
    """The place and the words of each clause that has any."""
    clauses, _ = read_new(*plan(tmp_path, text, name))
    return [(one.id.removeprefix("new-plan/"), one.text) for one in clauses if one.text]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        pytest.param("第三章 交通", "第三章", id="chapter"),
        pytest.param("第十二条 本条例自公布之日起施行。", "第十二条", id="article"),
        pytest.param("十二、加强基础设施建设", "十二、", id="top"),
        pytest.param("（二十一）推进铁路建设", "（二十一）", id="sub"),
        pytest.param("12.1.1 轨道网络", "12.1.1", id="decimal"),
        pytest.param("12.1.1轨道网络", "12.1.1", id="decimal-closed-up"),
        pytest.param("1.公路建设", "1.", id="one"),
        pytest.param("3、公路建设", "3、", id="one-with-a-comma"),
        pytest.param("（1）公路建设", "（1）", id="bracket"),
        pytest.param("①公路建设", "①", id="circle"),
        pytest.param("专栏5 重大工程", "专栏5", id="box"),
        pytest.param("2025年全省生产总值", "", id="a-year"),
        pytest.param("60 分钟可达毗邻城市", "", id="minutes"),
        pytest.param("17 号线西延伸建设", "", id="a-line"),
        pytest.param("1.5亿元投资", "", id="a-sum"),
        pytest.param("3.2公里隧道", "", id="a-length"),
        pytest.param("一批重大项目", "", id="a-word"),
        pytest.param("第五条路线方案", "", id="a-route"),
    ],
)
def test_numbers_of_lines(line, label):
    found = numbered(line)
    assert (found[1] if found else "") == label


def test_all_forms_of_number_nest_by_their_rank(tmp_path):
    text = "\n".join(
        (
            "第一章 交通", "第一节 铁路", "一、干线", "（一）高铁", "1.在建项目", f"（1）东线。{SENTENCE}", f"①一期。{SENTENCE}",
            f"（2）西线。{SENTENCE}", "2.规划项目", SENTENCE, "第二节 公路", SENTENCE, "第二章 水利", SENTENCE,
        )
    )  # fmt: skip
    assert [key for key, _ in shown(tmp_path, text)] == [
        "c1/s1/t1/u1/n1/m1", "c1/s1/t1/u1/n1/m1/o1", "c1/s1/t1/u1/n1/m2", "c1/s1/t1/u1/n2/p1", "c1/s2/p1", "c2/p1",
    ]  # fmt: skip


def test_a_file_with_an_exclamation_mark_or_a_bracket_at_its_ends_is_read_whole(tmp_path):
    lines = [f"{SENTENCE[:-1] * (1 + i % 5)}{end}" for i, end in enumerate("!)）！;?" * 4)]
    assert [text for _, text in shown(tmp_path, "\n".join(["成都市规划", *lines]))] == ["成都市规划", *lines]


def test_wrapped_lines_are_told_by_the_whole_text(tmp_path):
    body = SENTENCE * 3
    paragraphs = [f"{number}.{body}" for number in "123456"]
    wrapped = [text[i : i + 28] for text in paragraphs for i in range(0, len(text), 28)]
    assert [text for _, text in shown(tmp_path, "\n".join(wrapped))] == paragraphs


NUMBERED = """山东省2024年重大基础设施项目名单

一、竣工投产项目（4个）

1.济郑高铁山东段

2.济南绕城高速二环线西环段

3.烟台港西港区30万吨级原油码头二期工程

4.沂蒙抽水蓄能电站；

二、储备项目（3个）

5.海阳核电二期工程3、4号机组

6.推进太平水库建设

7.莱州海上风电母港

附：项目进展说明

济郑高铁全线通车，沂蒙抽水蓄能电站投产。
"""


def test_a_line_of_a_numbered_list_that_is_nothing_but_a_name_is_a_thing(tmp_path):
    clauses, _ = read_new(*plan(tmp_path, NUMBERED))
    assert [(one.path[0], one.text[slice(*one.named)]) for one in clauses if one.named] == [
        ("一、竣工投产项目（4个）", "济郑高铁山东段"),
        ("一、竣工投产项目（4个）", "济南绕城高速二环线西环段"),
        ("一、竣工投产项目（4个）", "烟台港西港区30万吨级原油码头二期工程"),
        ("一、竣工投产项目（4个）", "沂蒙抽水蓄能电站"),
        ("二、储备项目（3个）", "海阳核电二期工程3、4号机组"),
        ("二、储备项目（3个）", "莱州海上风电母港"),
    ]


def test_page_numbers_run_into_lines_are_left_out(tmp_path):
    width = 28
    pages = []
    for number in range(7, 12):
        lines = [(SENTENCE * 9)[i : i + width] for i in range(0, 9 * len(SENTENCE), width)][:9]
        pages += [*lines[:-1], f"{number}{lines[-1]}"]
    issued, text = plan(tmp_path, "\n".join(pages))
    assert [text[one.start : one.end] for one in read_new(issued, text)[1]] == ["7", "8", "9", "10", "11"]
    clauses, _ = read_new(issued, text)
    assert not re.search(r"\d", "".join(one.text for one in clauses))


def test_markdown_is_read_by_its_marks(tmp_path):
    text = f"""---
title: x
---
# 成都市规划
## 交通
**重点**：{SENTENCE}
- 见[附件](http://a.b/c)，{SENTENCE}
> {SENTENCE}
## 水利

{SENTENCE}
"""
    assert shown(tmp_path, text, "plan.md")[-4:] == [
        ("h2/p1", f"重点：{SENTENCE}"),
        ("h2/p2", f"见附件，{SENTENCE}"),
        ("h2/p3", SENTENCE),
        ("h3/p1", SENTENCE),
    ]


@pytest.mark.parametrize(
    ("text", "title", "dated", "issuer"),
    [
        pytest.param(
            f"四川省人民政府\n关于印发《四川省“十五五”综合交通规划》的通知\n川府发〔2026〕7号\n{SENTENCE}\n",
            "四川省“十五五”综合交通规划", "2026", "四川省人民政府", id="notice",
        ),
        pytest.param(
            f"绵阳市国民经济和社会发展\n第十五个五年规划纲要\n（2026—2030年）\n二〇二六年三月\n{SENTENCE}\n",
            "绵阳市国民经济和社会发展第十五个五年规划纲要（2026—2030年）", "2026-03", "", id="title-of-two-lines",
        ),
        pytest.param(
            f"政府工作报告\n——2025年1月14日在省人民代表大会上\n{SENTENCE}\n", "政府工作报告", "2025-01-14", "", id="report"
        ),
        pytest.param(f"第一章 交通\n到2030年，{SENTENCE}\n", "plan", "", "", id="nothing-said"),
    ],
)  # fmt: skip
def test_title_date_and_issuer_come_from_the_text(tmp_path, text, title, dated, issuer):
    issued, _ = plan(tmp_path, text)
    assert (issued.title, issued.dated, issued.issuer) == (title, dated, issuer)


def test_lines_without_an_end_are_items_where_most_are_so(tmp_path):
    lines = [
        f"{name}高速公路，{'全长六十公里，' * n}总投资八十亿元，由市交通运输局负责"
        for n, name in enumerate("甲乙丙丁戊己", 2)
    ]
    assert [text for _, text in shown(tmp_path, "\n".join(["成都市规划", *lines]))][1:] == lines


LINES = st.lists(
    st.text("一二三、（）1.．2①第章节条专栏●铁路建设，。；：|#*-—→ \u3000\tA5!)", min_size=0, max_size=60), max_size=30
)


@given(lines=LINES, name=st.sampled_from(["text", "markdown", "marked"]))
def test_every_character_of_a_clause_stands_where_it_says_and_none_is_lost(lines, name):
    text = "\n".join(lines)
    issued = Document("new-plan", "x", "x", "", datetime.date.min, "plan", "x", "", form=name)
    clauses, left = read_new(issued, text)
    for one in clauses:
        assert len(one.offsets) == len(one.text)
        assert all(
            text[at] == char or (char, text[at]) == (".", "．") or char in " \u3000"
            for char, at in zip(one.text, one.offsets, strict=True)
        )
    held = "".join(f"{one.label}{one.heading}{one.text}" for one in clauses)
    gone = "".join(text[one.start : one.end] for one in left)
    for line in lines:
        words = re.sub(r"[^铁路建设第章节条专栏]", "", line)
        assert all(char in held + gone for char in words)


def test_no_line_of_the_real_documents_is_lost():
    for path in sorted((DATA / "documents").glob("*.txt")):
        text = read_plan(path)
        clauses, left = read_new(as_document(path, text), text)
        held = re.sub(r"\s", "", "\n".join(f"{one.label}{one.heading}\n{one.text}" for one in clauses)).replace(
            "．", "."
        )
        spans = [(one.start, one.end) for one in left]
        for found in re.finditer(r"[^\n]+", text):
            line = re.sub(r"\s", "", found[0]).replace("．", ".")
            if line and not any(start <= found.start() and found.end() <= end for start, end in spans):
                assert line in held, f"{path.name}: {line}"
