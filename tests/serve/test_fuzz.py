"""A part of `python -m benchmarks.fuzz`, which tries 100,000 inputs and more."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serve.fuzz import (
    DAMAGED,
    DRAFTS,
    FILES,
    LISTS,
    PATHS,
    QUERIES,
    WORDS,
    check_address,
    check_draft,
    check_file,
    check_list,
    check_selection,
)

FEW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PARTS = st.sampled_from(["zone", "layer", "kind", "status", "document", "place", "within", "q"])


@FEW
@given(PATHS, QUERIES)
def test_every_address_is_answered(path, query):
    check_address(path, query)


@FEW
@given(st.dictionaries(PARTS, st.lists(WORDS, max_size=3), max_size=4))
def test_every_selection_is_read_or_refused(values):
    check_selection(values)


@FEW
@given(st.one_of(FILES, DAMAGED))
def test_every_file_is_read_or_refused(file):
    check_file(*file)


@FEW
@given(DRAFTS)
def test_every_draft_is_checked(text):
    check_draft(text)


@FEW
@given(LISTS)
def test_every_list_is_matched_or_refused(content):
    check_list(content)
