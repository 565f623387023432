"""An audit that could not ask is never told as one that found nothing."""

from __future__ import annotations

import json

import pytest

from tests.audit import verdict

CLEAN = {"name": "shapely", "version": "2.2.0", "vulns": []}
WEAK = {"name": "pandas", "version": "3.1.1", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": []}]}
SKIPPED = {"name": "pyproj", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(("asked", "code", "words"), [
    ([CLEAN], 0, "1 个包均无已知漏洞"), ([CLEAN, WEAK], 1, "pandas 3.1.1：PYSEC-2026-1"), ([CLEAN, SKIPPED], 3, "2 个包中的 1 个"),
    ([SKIPPED, WEAK], 1, "PYSEC-2026-1"), ([], 3, "未能审计"),
])  # fmt: skip
def test_what_the_service_said(asked, code, words):
    found, said = verdict(json.dumps({"dependencies": asked, "fixes": []}), "")
    assert found == code
    assert words in said


def test_a_service_that_is_not_reached():
    code, said = verdict("", "WARNING: x\nERROR: Failed to establish a new connection")
    assert code == 3
    assert "Failed to establish a new connection" in said
