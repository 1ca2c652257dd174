"""The conditional logit that settings and parts are fitted with."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.extract.choice import shares
from training.logit import conditional, descend


def test_what_the_right_candidates_have_gains_weight_and_the_choice_follows():
    choices = [([{"near": 1.0}, {"far": 1.0}, {"none": 1.0}], [True, False, False])] * 8
    choices += [([{"far": 1.0}, {"none": 1.0}], [False, True])] * 8
    weights = conditional(choices, 0.1, 300)
    assert weights["near"] > weights["none"] > weights["far"]
    assert shares([{"far": 1.0}, {"near": 1.0}], weights)[1] > 0.9


def test_either_of_two_right_candidates_may_win():
    weights = conditional([([{"a": 1.0}, {"b": 1.0}, {"c": 1.0}], [True, True, False])], 0.5, 300)
    assert weights["a"] == pytest.approx(weights["b"])
    assert weights["a"] > weights["c"]


def test_a_choice_without_a_right_candidate_teaches_nothing():
    told = [([{"a": 1.0}, {"b": 1.0}], [True, False])]
    silent = [([{"b": 1.0}, {"c": 1.0}], [False, False])]
    weights = conditional(told + silent, 0.5, 200)
    assert weights | {"c": 0.0} == conditional(told, 0.5, 200) | {"c": 0.0}
    assert conditional(silent, 0.5, 200) == {"b": 0.0, "c": 0.0}


def test_descending_finds_the_bottom():
    found = descend(lambda at: at - np.array([1.0, -2.0]), (2,), 0.05, 2000)
    assert found == pytest.approx([1.0, -2.0], abs=0.01)
