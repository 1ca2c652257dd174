from __future__ import annotations

import numpy as np
import pytest

from benchmarks.blend import Blend, document_parts
from benchmarks.sets.india_police_events import answer
from training.fit_heads import blend_of, promised


def test_a_blend_adds_weighted_logits() -> None:
    blend = Blend((1.0, 0.5), -1.0, 0.5)
    assert blend(np.array([[1.0, 0.0], [0.0, 2.0], [50.0, 50.0]], np.float32)) == pytest.approx(
        [0.5, 0.5, 1.0], abs=1e-6
    )


def test_weights_follow_the_rows_and_stay_at_their_start_without_any() -> None:
    random = np.random.default_rng(3)
    truth = (np.arange(400) % 4 == 0).astype(np.float32)
    good, noise = truth * 4 - 2 + random.normal(0, 1, 400), random.normal(0, 1, 400)
    parts = np.stack([good, noise], 1).astype(np.float32)
    fitted = blend_of(parts, truth, (0.5, 0.5))
    assert fitted.weights[0] > 3 * max(0.01, fitted.weights[1])
    held = blend_of(parts[:2], truth[:2], (0.5, 0.5), hold=1e6)
    assert held.weights == pytest.approx((0.5, 0.5), abs=1e-3)


def test_a_part_that_speaks_against_its_label_gets_no_weight() -> None:
    truth = (np.arange(200) % 2).astype(np.float32)
    parts = np.stack([truth * 2 - 1, 1 - truth * 2], 1).astype(np.float32)
    assert min(blend_of(parts, truth, (0.5, 0.5), hold=0.01).weights) >= 0


def test_the_promised_threshold_lies_below_a_half_where_positives_are_unsure() -> None:
    assert promised(np.array([0.4, 0.3, 0.05, 0.01], np.float32)) == pytest.approx(0.3)
    assert promised(np.array([0.99, 0.98, 0.02], np.float32)) == pytest.approx(0.98)


def test_a_document_is_at_least_as_likely_as_its_surest_sentence() -> None:
    surest, together = document_parts(np.array([0.2, 0.5, 0.1], np.float32))
    assert surest == pytest.approx(0.0, abs=1e-5)
    assert together > surest
    assert np.isfinite(document_parts(np.array([1.0, 0.0], np.float32))).all()


def test_a_killing_is_a_use_of_force_and_an_action() -> None:
    blends = {label: Blend((1.0,), 0.0, 0.5) for label in ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")}
    scores = {"KILL": 0.9, "ARREST": 0.1, "FAIL": 0.1, "FORCE": 0.2, "ANY_ACTION": 0.3}
    assert answer("x", scores, blends)["labels"] == ["KILL", "FORCE", "ANY_ACTION"]
    assert answer("x", {**scores, "KILL": 0.1}, blends)["labels"] == []
