from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tocsin.extract.confidence import read_curve
from training.calibration import (
    across_curve,
    calibration_error,
    fit_curve,
    fit_isotonic,
    fit_logistic,
    fit_platt,
    fold_of,
)

DRAWN = random.Random(7)
# Scores that promise twice what they hold.
CASES = [
    (f"d{i % 90}", score, DRAWN.random() < score / 2) for i, score in enumerate(DRAWN.random() for _ in range(1500))
]


@pytest.mark.parametrize("fit", [fit_platt, fit_isotonic])
def test_a_curve_brings_scores_that_promise_too_much_down(fit: Callable[..., dict[str, Any]]) -> None:
    curve = fit(CASES)
    assert read_curve(0.8, curve) == pytest.approx(0.4, abs=0.08)
    assert read_curve(0.3, curve) == pytest.approx(0.15, abs=0.08)


def test_held_back_shares_are_calibrated() -> None:
    right = [one for *_, one in CASES]
    assert calibration_error(across_curve(CASES, fit_isotonic), right) < 0.04
    assert calibration_error([score for _, score, _ in CASES], right) > 0.2


def test_an_isotonic_curve_never_falls_and_has_each_score_once() -> None:
    tied = [("a", 1.0, True)] * 30 + [("b", 1.0, False)] * 30 + [("c", 0.2, False)] * 40
    curve = fit_isotonic(tied)
    assert curve["scores"] == sorted(set(curve["scores"]))
    assert curve["chances"] == sorted(curve["chances"])
    assert read_curve(1.0, curve) == pytest.approx(0.5, abs=0.01)


def test_the_smoother_curve_is_taken_where_both_are_as_good() -> None:
    steep = [(f"d{i % 60}", i / 600, DRAWN.random() < i / 600) for i in range(600)]
    assert fit_curve(steep)[1] == "platt"


def test_one_document_is_in_one_fold() -> None:
    assert fold_of("a") == fold_of("a")
    assert len({fold_of(str(i)) for i in range(200)}) == 10


def test_logistic_weights_tell_a_feature_that_speaks_from_one_that_does_not() -> None:
    rows = [{"speaks": float(i % 2), "silent": float(i % 3)} for i in range(300)]
    weights = fit_logistic(rows, [bool(i % 2) for i in range(300)], 1.0)
    assert weights["speaks"] > 2 > abs(weights["silent"])
