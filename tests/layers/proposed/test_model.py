"""What a model is taken for, and how a score becomes a chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import bundled
from layers.proposed.__main__ import better
from layers.proposed.held_out import Reading, folds, gold
from layers.proposed.measure import Tally
from layers.proposed.model import ABOUT, About, Made, known, mean, reviewed
from plans.documents import DATA
from plans.errors import PlanError
from plans.library import Library
from plans.reader.reader import MODEL, bundled_reader
from plans.reader.trust import LEAST, SURE, steps, sure_from


def test_shares_never_fall_with_the_score():
    scored = [(at / 400, at % 10 < (2 if at < 100 else 9 if at < 200 else 7)) for at in range(400)]
    assert steps([scored]) == [(0.0, 0.2), (0.25, 0.7667)]


def test_a_share_of_few_readings_does_not_count_apart():
    assert steps([[(at / 100, True) for at in range(LEAST + 10)]]) == [(0.0, 1.0)]


def test_what_is_sure_is_so_in_each_document_apart():
    right = [(0.9 + at / 1000, True) for at in range(60)]
    worse = [(0.9 + at / 1000, at % 10 != 0 or at > 29) for at in range(60)]
    assert sure_from([right]) == 0.9
    assert sure_from([right, worse]) == 0.911  # of the second 1 of 49 is wrong from there on, 2 of 50 before
    assert sure_from([right[: LEAST - 1]]) is None
    assert steps([worse]) == [(0.9, 0.95)]
    shares = steps([right, worse])
    assert [low for low, _ in shares] == [0.9, 0.911]
    assert shares[0][1] < SURE <= shares[1][1]


def test_an_inner_name_counts_for_nothing():
    things = {one.name: one for one in gold(Library(bundled().records), "chengdu-plain-2021")}
    assert (things["益州大道"].maybe, things["益州大道"].inner) == (True, True)  # only as 益州大道南延线
    assert (things["益州大道南延线"].maybe, things["益州大道南延线"].inner) == (False, False)


def test_what_names_little_is_left_out_together():
    found = folds(bundled().records)
    assert [one for fold in found for one in fold if len(fold) == 1] == [
        "chengdu-plain-2021", "southern-2021", "northeastern-2021", "panxi-2021", "northwestern-2021"
    ]  # fmt: skip
    assert len(found[-1]) == 4


def test_the_model_names_its_data_and_its_figures(tmp_path):
    kept = known(MODEL)
    assert kept is not None
    assert len(kept.data) == 64
    large = ("chengdu-plain-2021", "southern-2021", "northeastern-2021", "panxi-2021")  # the others name little
    assert min(kept.f1[slug] for slug in large) > 0.75
    assert known(tmp_path) is None
    assert mean({"a": 0.5, "b": 1.0}, ["a", "b"]) == 0.75
    assert (MODEL / ABOUT).exists()


def made(**f1: float) -> Made:
    """A model with so much F1 by document, measured on the records of today."""
    counts = []
    for slug, share in f1.items():
        count = Tally()
        for of in (count.found, count.right):
            of["all"] = round(1000 * share)
        for of in (count.things, count.proposals):
            of["all"] = 1000
        counts.append(Reading(slug.replace("_", "-"), count, ()))
    return Made(bundled().records, "new", tuple(counts))


def test_models_are_compared_over_what_both_were_measured_on():
    new = made(panxi_2021=0.8, southern_2021=0.7, northwestern_2021=0.2)
    today = new.about.records
    old = About("old", {"panxi-2021": 0.79, "southern-2021": 0.7, "northeastern-2021": 0.9}, today)
    both = new.compared(old)
    assert both.documents == ("panxi-2021", "southern-2021")
    assert (both.mine, both.theirs) == (0.75, 0.745)
    assert both.as_good
    assert not new.compared(replace(old, counting="every mention counts")).documents


def test_a_record_that_has_changed_since_is_another_measure():
    new = made(panxi_2021=0.8, southern_2021=0.6)
    changed = {**new.about.records, "panxi-2021": "0" * 64}
    both = new.compared(About("old", {"panxi-2021": 0.9, "southern-2021": 0.7}, changed))
    assert both.documents == ("southern-2021",)
    assert not both.as_good
    nothing = new.compared(About("old", {"panxi-2021": 0.1}, {}))
    assert nothing.documents == ()
    assert not nothing.as_good


def test_what_cannot_be_compared_is_the_planners_to_decide(capsys):
    new = made(panxi_2021=0.8)
    assert not better(new, About("old" * 8, {"southern-2021": 0.9}, {}))
    said = capsys.readouterr().out
    assert "不能比较" in said and "现有 0.900（southern-2021" in said and "新 0.800（panxi-2021" in said
    assert not better(new, About("old", {"panxi-2021": 0.9}, new.about.records))
    assert "1 份文件：新 0.800 < 现有 0.900" in capsys.readouterr().out


def test_a_folder_with_what_is_known_already_is_refused():
    with pytest.raises(PlanError, match="there already"):
        reviewed([DATA])


def test_a_chance_is_a_share_of_held_out_readings():
    trust = bundled_reader().trust
    assert trust is not None
    assert trust.chance(["no-such-sign"]) in {share for _, share in trust.steps} | {0.0}
