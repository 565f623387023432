"""The nine documents, byte for byte."""

from __future__ import annotations

import hashlib

import pytest

from layers.atlas import bundled
from plans.documents import DATA
from plans.errors import PlanError

ATLAS = bundled()

SLUGS = [
    "chengdu-plain-2021",
    "southern-2021",
    "northeastern-2021",
    "panxi-2021",
    "northwestern-2021",
    "revitalization-opinion-2023",
    "vanadium-titanium-action-2023",
    "west-china-interview-2024",
    "panzhihua-decision-2025",
]


def test_the_nine_documents_stand_in_order_of_issue():
    assert [one.slug for one in ATLAS.documents] == SLUGS
    dates = [one.date for one in ATLAS.documents]
    assert dates == sorted(dates)


@pytest.mark.parametrize("slug", SLUGS)
def test_source_files_are_as_issued(slug):
    one = ATLAS.document(slug)
    content = (DATA / "documents" / one.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == one.sha256
    assert ATLAS.records.texts[one.file].encode() == content


def test_five_plans_share_one_notice():
    plans = [one for one in ATLAS.documents if one.pages]
    assert len(plans) == 5
    assert {one.number for one in plans} == {"川府发〔2021〕7号"}
    assert [one.pages for one in plans] == [(17, 65), (66, 111), (112, 151), (152, 187), (188, 224)]


def test_documents_answer_to_slug_and_title():
    assert ATLAS.document("攀西经济区“十四五”转型升级发展规划").slug == "panxi-2021"


def test_an_unknown_document_lists_the_known_ones():
    with pytest.raises(PlanError, match="panxi-2021"):
        ATLAS.document("panxi-2035")
