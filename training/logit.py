"""Weights by Adam on all data at once: the descent that the small models share, and the conditional logit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The candidates of one choice: their evidence, and which of them are right.
Choice = tuple[list[dict[str, float]], list[bool]]


def descend(slope: Callable[[Floats], Floats], shape: tuple[int, ...], rate: float, steps: int) -> Floats:
    """Weights from nought down a slope.

    Args:
        slope: of what is minimised, for weights of ``shape``.
        shape: of the weights.
        rate: of a step.
        steps: how many.
    """
    weights, mean, square = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for step in range(1, steps + 1):
        down = slope(weights)
        mean, square = 0.9 * mean + 0.1 * down, 0.99 * square + 0.01 * down * down
        weights = weights - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def conditional(choices: Sequence[Choice], ridge: float, steps: int) -> dict[str, float]:
    """Weights of a conditional logit (``extract.choice``); where several candidates are right, any may win.

    A choice none of whose candidates is right teaches nothing and is left out.
    """
    told = [(candidates, right) for candidates, right in choices if any(right)]
    names = sorted({name for candidates, _ in choices for features in candidates for name in features})
    if not told:
        return dict.fromkeys(names, 0.0)
    place = {name: i for i, name in enumerate(names)}
    rows = [features for candidates, _ in told for features in candidates]
    x = np.zeros((len(rows), len(names)))
    for row, features in enumerate(rows):
        for name, value in features.items():
            x[row, place[name]] = value
    right = np.concatenate([np.array(each, float) for _, each in told])
    sizes = np.array([len(candidates) for candidates, _ in told])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def of_choice(values: Floats) -> Floats:
        """Each row's share of its choice."""
        return values / np.repeat(np.add.reduceat(values, starts), sizes)

    def slope(weights: Floats) -> Floats:
        z = x @ weights
        share = of_choice(np.exp(z - np.repeat(np.maximum.reduceat(z, starts), sizes)))
        down: Floats = x.T @ (share - of_choice(share * right)) + ridge * weights
        return down

    weights = descend(slope, (len(names),), 0.08, steps)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}
