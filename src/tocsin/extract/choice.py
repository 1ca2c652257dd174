"""Picks one of several candidates by weighed evidence: a conditional logit, whose shares are probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]


def shares(candidates: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """How probably each candidate is the right one; they sum to 1.

    Args:
        candidates: the evidence for each; a feature without a weight counts nothing.
        weights: fitted by training/fit_settings.py.
    """
    if not candidates:
        return []
    totals = [sum(weights.get(name, 0.0) * value for name, value in features.items()) for features in candidates]
    highest = max(totals)
    powers = [math.exp(total - highest) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]
