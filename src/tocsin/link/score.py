"""A learned score that says of what it is made: log-odds as a sum, a named part for each feature.

Logistic regression, so the sum is calibrated as long as the pairs are like those it was fitted on:
a score of 0.8 is right four times in five. ``training/train_links.py`` fits the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tocsin.resources.linking import PairWeights


def log_odds(features: Mapping[str, float], weights: PairWeights) -> float:
    """The sum of all parts; features without a weight count nothing."""
    return weights.bias + math.fsum(weights.of.get(name, 0.0) * value for name, value in features.items())


def parts(features: Mapping[str, float], weights: PairWeights) -> dict[str, float]:
    """What each feature adds to the log-odds, the strongest first."""
    found = {name: weights.of.get(name, 0.0) * value for name, value in features.items()}
    return dict(sorted(found.items(), key=lambda part: (-abs(part[1]), part[0])))


def probability(odds: float) -> float:
    """Log-odds as a score from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, odds))))
