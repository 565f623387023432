"""A citation as a planner writes it."""

from __future__ import annotations

import pytest

from layers.export.columns import cite

CITED = {
    "title": "重庆市2025年工作", "path": "全方位扩大内需", "page": "", "quote": "渝宜高铁", "status_text": "加快推进…在建项目",
    "clause": "plan-0001/b5",
}  # fmt: skip


@pytest.mark.parametrize(("date", "said"), [("2025-01-22", "（2025-01-22）"), ("2025", "（2025）"), ("", "")])
def test_a_date_that_is_not_known_leaves_no_brackets(date: str, said: str):
    cited = cite({**CITED, "date": date})
    assert cited == f"《重庆市2025年工作》{said}全方位扩大内需：“渝宜高铁”（加快推进…在建项目）[plan-0001/b5]"
