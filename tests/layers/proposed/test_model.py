"""What a model is taken for, and how a score becomes a chance."""

from __future__ import annotations

from layers.atlas import bundled
from layers.proposed.held_out import folds
from layers.proposed.model import ABOUT, About, known
from plans.reader.reader import MODEL, bundled_reader
from plans.reader.trust import LEAST, steps


def test_shares_never_fall_with_the_score():
    scored = [(at / 400, at % 10 < (2 if at < 100 else 9 if at < 200 else 7)) for at in range(400)]
    assert steps(scored) == [(0.0, 0.2), (0.25, 0.7667)]


def test_a_share_of_few_readings_does_not_count_apart():
    assert steps([(at / 100, True) for at in range(LEAST + 10)]) == [(0.0, 1.0)]


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
    assert min(kept.f1.values()) > 0.75
    assert known(tmp_path) is None
    assert About("", {"a": 0.5, "b": 1.0}).figure == 0.75
    assert (MODEL / ABOUT).exists()


def test_a_chance_is_a_share_of_held_out_readings():
    trust = bundled_reader().trust
    assert trust is not None
    assert trust.chance(["no-such-sign"]) in {share for _, share in trust.steps} | {0.0}
