"""The reviewed record: what each clause says of a thing, corrected by reading."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from plans.errors import PlanError
from plans.lexicon import place_pattern
from plans.wording import classed

ATLAS = bundled()


def said(feature_id: str, clause_id: str) -> list[tuple[str, str]]:
    return [(one.status, one.status_text) for one in ATLAS.feature(feature_id).mentions if one.clause_id == clause_id]


@pytest.mark.parametrize(
    ("feature_id", "clause_id", "expected"),
    [
        pytest.param("f-00013", "chengdu-plain-2021/c1/s1/p3", ("under_construction", "开工建设"), id="told-as-done"),
        pytest.param("f-00079", "northwestern-2021/c1/s1/p4", ("under_construction", "开工建设"), id="told-as-done-2"),
        pytest.param("f-00476", "northwestern-2021/c1/s1/p4", ("under_construction", "开工建设"), id="told-as-done-3"),
        pytest.param("f-00013", "northeastern-2021/c1/s2/p1", ("building", "加快建设"), id="an-outlook-is-no-report"),
        pytest.param("f-01728", "panxi-2021/c7/s1/p1", ("promoted", "推进"), id="push"),
        pytest.param("f-01728", "panxi-2021/b5/i3", ("preliminary", "加快…前期工作"), id="preliminary"),
        pytest.param("f-01524", "panzhihua-decision-2025/a6/p2", ("promoted", "支持…建设"), id="support-governs"),
        pytest.param("f-01744", "panzhihua-decision-2025/a6/p2", ("promoted", "支持…建设"), id="support-governs-2"),
        pytest.param("f-02108", "panzhihua-decision-2025/a6/p2", ("promoted", "支持…建设"), id="support-governs-3"),
        pytest.param("f-02109", "panzhihua-decision-2025/a6/p2", ("promoted", "支持…建设"), id="support-governs-4"),
        pytest.param("f-01802", "panxi-2021/c9/s2/p1", ("promoted", "支持…建设"), id="support-governs-a-list"),
        pytest.param("f-00998", "southern-2021/c6/s1/p2", ("promoted", "支持…协同建设"), id="support-governs-a-comma"),
        pytest.param("f-00847", "southern-2021/c6/s1/p1", ("building", "建设"), id="a-new-subject-ends-it"),
        pytest.param("f-00092", "chengdu-plain-2021/b1/i3", ("building", "组建"), id="set-up"),
        pytest.param("f-00065", "chengdu-plain-2021/c3/s1/p2", ("building", "共建"), id="build-together"),
        pytest.param("f-01213", "southern-2021/c11/s2/p1", ("building", "搭建"), id="put-up"),
        pytest.param("f-00358", "chengdu-plain-2021/c8/s1/p1", ("building", "布局建设"), id="lay-out"),
        pytest.param("f-00321", "panxi-2021/c7/s2/p2", ("promoted", "深化…合作"), id="a-verb-is-not-mentioned"),
        pytest.param("f-00481", "chengdu-plain-2021/c8/s1/p3", ("preliminary", "加快…前期工作"), id="before-a-start"),
        pytest.param("f-01105", "southern-2021/c2/s3/p4", ("mentioned", ""), id="a-positioning-names-it"),
        pytest.param("f-00049", "chengdu-plain-2021/c2/s4/p8", ("promoted", "建成"), id="beyond-the-plan"),
        pytest.param("f-00047", "chengdu-plain-2021/c2/s1/p1", ("mentioned", ""), id="led-by-its-building"),
        pytest.param("f-01013", "southern-2021/c7/s1/p1", ("mentioned", ""), id="its-projects"),
        pytest.param("f-01472", "northeastern-2021/c6/s3/p2", ("mentioned", ""), id="a-heading-has-no-verb"),
    ],
)
def test_status_as_the_clause_words_it(feature_id, clause_id, expected):
    assert expected in said(feature_id, clause_id)


def test_every_status_is_the_class_of_its_verb():
    for one in (one for feature in ATLAS.features for one in feature.mentions):
        said = classed(one.status_text, one.clause.text, one.start, one.end, told=one.clause.reports)
        assert (one.status_text, one.status) == said, (one.feature, one.clause_id)


def test_verb_phrases_hold_no_place():
    for one in (one for feature in ATLAS.features for one in feature.mentions):
        verbs = one.status_text.replace("合作", "")  # a verb, and a city in Gansu
        assert not place_pattern().search(verbs), (one.feature, one.status_text)


@pytest.mark.parametrize(
    ("feature_id", "clause_id", "quote"),
    [
        ("f-02115", "panzhihua-decision-2025/a8/p2", "零碳工业园区"),
        ("f-01712", "panxi-2021/b4/i2", "智慧物流园"),
        ("f-01782", "panxi-2021/b6/i1", "职教园区"),
        ("f-00267", "chengdu-plain-2021/c5/s2/p2", "国家数字化转型促进中心"),
        ("f-00263", "chengdu-plain-2021/c5/s2/p1", "数字产业集群"),
        ("f-01670", "panxi-2021/c6/s2/p3", "画家村"),
    ],
)
def test_generic_phrases_are_off_the_map_with_a_reason(feature_id, clause_id, quote):
    with pytest.raises(PlanError):
        ATLAS.feature(feature_id)
    rows = ATLAS.records.dismissed[clause_id.split("/")[0]]
    assert (clause_id, quote) in [(row["clause"], row["quote"]) for row in rows]


@pytest.mark.parametrize(
    ("kept", "gone", "clause_id"),
    [
        ("f-01866", "f-02048", "revitalization-opinion-2023/a17"),
        ("f-00668", "f-01003", "southern-2021/c6/s2/p2"),
        ("f-00670", "f-01004", "southern-2021/c6/s2/p2"),
    ],
)
def test_doubles_are_one(kept, gone, clause_id):
    assert clause_id in [one.clause_id for one in ATLAS.feature(kept).mentions]
    with pytest.raises(PlanError):
        ATLAS.feature(gone)
