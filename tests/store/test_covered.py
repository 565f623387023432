"""Sentences are counted by what became of what they name."""

from __future__ import annotations

from store.covered import Covered, covered


def test_sentences_are_counted(workspace, plan):
    def counted():
        return covered(workspace.clauses(plan), list(workspace.state().findings.values()))

    assert counted() == Covered(4, 0, 2, 2)
    for key in [one.id for one in workspace.state().of_document(plan) if one.said[0].clause.endswith("c2/s2/p1")]:
        workspace.decide("reject", {key: 0})
    assert counted() == Covered(4, 1, 1, 2)
