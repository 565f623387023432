"""The clause tree: ids from position, printed pages, whole texts."""

from __future__ import annotations

import re

import pytest

from layers.atlas import bundled
from plans.clauses import numeral, read
from plans.clean import lines
from plans.errors import PlanError

ATLAS = bundled()

NOTICE = "sichuan-notice-2021-7.txt"
# Spelled differently in the table of contents and in the body; the body counts.
SPELLED = {"建设安宁河谷现代农业示范区": "建设安宁河谷农业现代化示范区"}


def contents() -> list[tuple[str, str, int]]:
    """Read the tables of contents, pages 2 to 16: (label, heading, page)."""
    text = "\n".join(line.text for line in lines(ATLAS.records.texts[NOTICE]) if 2 <= line.page <= 16)
    entries = re.findall(r"(第[一-鿿]+[章节])([^…\d]+?)(\d+)…", re.sub(r"\s", "", text))
    return [(label, SPELLED.get(heading, heading), int(page)) for label, heading, page in entries]


def test_all_244_headings_fall_on_the_page_that_the_contents_print():
    body = [
        (one.label, one.heading, one.first_page)
        for issued in ATLAS.documents
        if issued.pages
        for one in ATLAS.clauses(issued.slug)
        if one.kind in ("chapter", "section")
    ]
    assert len(body) == 244
    assert body == contents()


@pytest.mark.parametrize("slug", [one.slug for one in ATLAS.documents])
def test_ids_are_unique_and_belong_to_their_document(slug):
    ids = [one.id for one in ATLAS.clauses(slug)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(rf"{slug}(/[cspabi]\d+)+", one) for one in ids)


@pytest.mark.parametrize("slug", [one.slug for one in ATLAS.documents])
def test_no_text_is_lost(slug):
    """All written lines of the body are in a clause, but for titles, bylines and captions."""
    issued = ATLAS.document(slug)
    covered = {offset for one in ATLAS.clauses(slug) for offset in one.offsets}
    first = min(covered)
    headings = "".join("".join(one.path) for one in ATLAS.clauses(slug))
    tight = re.sub(r"\s", "", headings)
    lost = [
        line.bare
        for line in lines(ATLAS.records.texts[issued.file])
        if (not issued.pages or issued.pages[0] <= line.page <= issued.pages[1])
        and line.start > first
        and not covered.intersection(range(line.start, line.start + len(line.text)))
        and re.sub(r"\s", "", line.bare) not in tight
        and re.sub(r"^(第.+?[章节]|专栏|[一二三四五六七八九十]+、|[（(].+?[)）]|[\d　\s]+)+", "", re.sub(r"\s", "", line.bare)) not in tight
    ]  # fmt: skip
    assert all(len(line) < 45 and not line.endswith("。") for line in lost), lost


@pytest.mark.parametrize(
    ("slug", "kind", "number"),
    [
        ("chengdu-plain-2021", "box", 10),
        ("southern-2021", "box", 8),
        ("northeastern-2021", "box", 10),
        ("panxi-2021", "box", 7),
        ("northwestern-2021", "box", 7),
        ("revitalization-opinion-2023", "article", 30),
        ("panzhihua-decision-2025", "article", 18),
        ("vanadium-titanium-action-2023", "chapter", 10),
        ("west-china-interview-2024", "chapter", 2),
    ],
)
def test_parts_of_each_document(slug, kind, number):
    assert sum(one.kind == kind for one in ATLAS.clauses(slug)) == number


@pytest.mark.parametrize(
    ("clause_id", "page", "path", "opening"),
    [
        pytest.param(
            "panxi-2021/c7/s1/p2",
            172,
            "第七章 建设四川南向开放门户 / 第一节 推动交通基础设施提档升级 / 优化区域交通网络",
            "优化区域交通网络。加快建设德昌至会理、",
            id="paragraph-with-lead",
        ),
        pytest.param(
            "chengdu-plain-2021/b6/i2",
            46,
            "第八章 提升基础设施互联互通水平 / 第一节 构建以轨道交通为主的综合交通网 / 专栏6 机场公路水运重点项目 / 2 高速公路",
            "全面建成G8513九寨沟(川甘界)至绵阳、",
            id="box-item",
        ),
        pytest.param(
            "northeastern-2021/c7/s1/p1",
            139,
            "第七章 深化重点领域改革 / 第一节 做好乡镇行政区划和村级建制调整改革“后半篇”文章 / 巩固深化“两项改革”成果",
            "巩固深化“两项改革”成果。",
            id="heading-over-two-lines",
        ),
        pytest.param(
            "revitalization-opinion-2023/a3",
            None,
            "二、实施基础设施补短板行动 / （三）推进综合运输通道建设",
            "（三）推进综合运输通道建设。争取宜西攀、泸遵等高铁项目",
            id="article",
        ),
        pytest.param(
            "panzhihua-decision-2025/a6/p2", None, "六、", "省人民政府及其有关部门应当支持攀枝花市", id="second-paragraph-of-an-article"
        ),
        pytest.param("chengdu-plain-2021/p1", 18, "", "为全面贯彻落实党中央、国务院重大战略部署,", id="preamble"),
    ],
)  # fmt: skip
def test_clause(clause_id, page, path, opening):
    one = ATLAS.clause(clause_id)
    assert one.first_page == page
    assert " / ".join(one.path) == path
    assert one.text.startswith(opening)


def test_a_clause_over_two_pages_knows_both():
    one = ATLAS.clause("chengdu-plain-2021/c1/s1/p1")
    assert one.page_at(0) == 18
    assert one.page_at(len(one.text) - 1) == 19
    assert one.text[one.pages[1][0] :].startswith("收入年均增长9.0%")


def test_a_flowing_paragraph_cut_by_a_page_is_one_clause():
    assert "取得了积极进展和初步成效，但也存在一些短板" in ATLAS.clause("west-china-interview-2024/c1/s2/p1").text


@pytest.mark.parametrize("wrong", ["panxi-2021/c99", "panxi-2035/c1"])
def test_an_unknown_clause_is_named(wrong):
    with pytest.raises(PlanError):
        ATLAS.clause(wrong)


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十", 30), ("九十九", 99), ("一百零二", 102), ("二百", 200)],
)
def test_numeral(text, value):
    assert numeral(text) == value


def test_articles_that_restart_in_each_chapter_stay_apart():
    text = "一、甲\n（一）修路。建成A路。\n二、乙\n（一）修桥。建成B桥。"
    ids = [one.id for one in read(ATLAS.document("revitalization-opinion-2023"), text)]
    assert ids == [f"revitalization-opinion-2023/{part}" for part in ("c1", "c1/a1", "c2", "c2/a1")]


@pytest.mark.parametrize("opening", ["一百一十、推进甲建设。", "（百）推进甲建设。", "十十、推进甲建设。"])
def test_odd_numerals_lose_no_text(opening):
    found = list(read(ATLAS.document("revitalization-opinion-2023"), f"一、甲\n{opening}\n乙建设。"))
    assert opening in [one.text for one in found]
