"""Fits linear models with numpy alone: multinomial and independent logistic regression by L-BFGS.

Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.light import Linear
from benchmarks.ngrams import WordHead, hashed, rarity_of, weighed

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def minimise(slope_of: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, steps: int = 80) -> Doubles:
    """The point that L-BFGS reaches from ``start``; ``slope_of`` gives value and gradient."""
    point, moves, turns = start, [], []  # type: Doubles, list[Doubles], list[Doubles]
    value, slope = slope_of(point)
    for _ in range(steps):
        direction = -_inverse(slope, moves, turns)
        downhill = float(direction @ slope)
        if downhill > -1e-9:
            break
        length = 1.0 if moves else min(1.0, 1.0 / float(np.abs(slope).sum() + 1e-12))
        for _ in range(20):
            reached = point + length * direction
            new_value, new_slope = slope_of(reached)
            if new_value <= value + 1e-4 * length * downhill:
                break
            length /= 2
        move, turn = reached - point, new_slope - slope
        if float(move @ turn) > 1e-12:
            moves, turns = [*moves[-9:], move], [*turns[-9:], turn]
        done = value - new_value < 1e-7 * max(1.0, abs(value))
        point, value, slope = reached, new_value, new_slope
        if done:
            break
    return point


def _inverse(slope: Doubles, moves: list[Doubles], turns: list[Doubles]) -> Doubles:
    """The two loops that multiply the gradient by the inverse curvature seen so far."""
    result, shares = slope.copy(), []
    for move, turn in zip(reversed(moves), reversed(turns), strict=True):
        share = float(move @ result) / float(move @ turn)
        shares.append(share)
        result -= share * turn
    if moves:
        result *= float(moves[-1] @ turns[-1]) / float(turns[-1] @ turns[-1])
    for (move, turn), share in zip(zip(moves, turns, strict=True), reversed(shares), strict=True):
        result += (share - float(turn @ result) / float(move @ turn)) * move
    return result


def fit_one_of(x: Floats, labels: NDArray[np.int64], count: int, penalty: float, *, balanced: bool = True) -> Linear:
    """Multinomial logistic regression.

    Args:
        x: (n, features).
        labels: (n), 0 to count - 1.
        count: number of labels.
        penalty: half of it times the squared weights is added to the summed loss.
        balanced: every label weighs the same in sum.
    """
    truth = np.eye(count, dtype=np.float32)[labels]
    sizes = np.maximum(truth.sum(0), 1)
    weight = (len(labels) / (count * sizes))[labels] if balanced else np.ones(len(labels))

    def loss(logits: Floats) -> tuple[float, Floats]:
        shifted = logits - logits.max(1, keepdims=True)
        powers = np.exp(shifted)
        shares = powers / powers.sum(1, keepdims=True)
        value = -float((weight * np.log((shares * truth).sum(1) + 1e-12)).sum())
        return value, np.asarray((shares - truth) * weight[:, None], np.float32)

    return _fit(x, count, penalty, loss)


def fit_any_of(x: Floats, truth: Floats, penalty: float, *, positive: float | Floats = 1.0) -> Linear:
    """Independent logistic regressions on truth (n, labels); positives weigh ``positive`` times, a number or one a label."""
    weight = np.where(truth > 0.5, positive, 1.0).astype(np.float32)

    def loss(logits: Floats) -> tuple[float, Floats]:
        value = float((weight * (np.logaddexp(0, logits) - truth * logits)).sum())
        return value, np.asarray(weight * (1 / (1 + np.exp(-np.clip(logits, -30, 30))) - truth), np.float32)

    return _fit(x, truth.shape[1], penalty, loss)


def fit_words_one_of(texts: Sequence[Iterable[str]], labels: NDArray[np.int64], count: int, penalty: float) -> WordHead:
    """A head of hashed grams of which one label holds."""
    table = hashed(texts)
    rarity = rarity_of(table)
    return WordHead(rarity, fit_one_of(weighed(table, rarity), labels, count, penalty))


def fit_words_any_of(
    texts: Sequence[Iterable[str]], truth: Floats, penalty: float, *, positive: float | Floats = 1.0
) -> WordHead:
    """A head of hashed grams whose labels may hold together."""
    table = hashed(texts)
    rarity = rarity_of(table)
    return WordHead(rarity, fit_any_of(weighed(table, rarity), truth, penalty, positive=positive))


def _fit(x: Floats, count: int, penalty: float, loss: Callable[[Floats], tuple[float, Floats]]) -> Linear:
    """Fit on columns scaled to unit deviation where they are dense; columns that are always zero stay out."""
    used = np.flatnonzero(np.abs(x).sum(0) > 0)
    dense = bool((x[:, used] != 0).mean() > 0.3)
    centre = x[:, used].mean(0) if dense else np.zeros(len(used), np.float32)
    scale = x[:, used].std(0) + 1e-6 if dense else np.ones(len(used), np.float32)
    scaled = np.ascontiguousarray((x[:, used] - centre) / scale, np.float32)

    def slope_of(flat: Doubles) -> tuple[float, Doubles]:
        weight = flat[:-count].reshape(count, -1)
        bias = flat[-count:]
        value, slope = loss(scaled @ weight.T.astype(np.float32) + bias.astype(np.float32))
        down = (slope.T @ scaled).astype(np.float64) + penalty * weight
        return value + penalty / 2 * float((weight**2).sum()), np.concatenate(
            [down.ravel(), slope.sum(0).astype(np.float64)]
        )

    flat = minimise(slope_of, np.zeros(count * (len(used) + 1)))
    inner = flat[:-count].reshape(count, -1) / scale
    weight = np.zeros((count, x.shape[1]), np.float32)
    weight[:, used] = inner
    return Linear(weight, np.asarray(flat[-count:] - inner @ centre, np.float32))
