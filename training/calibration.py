"""From scores to shares: Platt's sigmoid, isotonic regression, and logistic weights, each judged on held-back folds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.confidence import read_curve
from tocsin.extract.member import logit

Floats = NDArray[np.float64]
Case = tuple[str, float, bool]
"""The document's id, the score, whether it was right."""

FOLDS = 10
# An isotonic curve has steps of at least so many cases: smaller ones tell of chance.
LEAST_STEP = 20
# By how much the log loss of the more flexible curve must be lower.
LEAST_GAIN = 0.005


def fold_of(document: str, folds: int = FOLDS) -> int:
    """Which fold a document is in: by its id alone, so that a set may grow without others changing folds."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % folds


def fit_logistic(rows: Sequence[Mapping[str, float]], right: Sequence[bool], ridge: float) -> dict[str, float]:
    """Weights of a logistic regression by Newton's method.

    Args:
        rows: features by name; a missing one is 0.
        right: as many.
        ridge: pulls weights towards 0, 'bias' excepted.

    Returns:
        A weight for each name, and 'bias'.
    """
    names = sorted({name for row in rows for name in row})
    x = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    y = np.array(right, float)
    penalty = ridge * np.eye(len(names) + 1)
    penalty[0, 0] = 1e-6
    weights = np.zeros(len(names) + 1)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        weights += np.linalg.solve(hessian, x.T @ (y - p) - penalty @ weights)
    return {name: round(float(w), 4) for name, w in zip(["bias", *names], weights, strict=True)}


def fit_platt(cases: Sequence[Case]) -> dict[str, float]:
    """Slope and offset on the score's log-odds. Source: Platt (1999), Advances in Large Margin Classifiers, 61-74."""
    weights = fit_logistic([{"score": logit(score)} for _, score, _ in cases], [right for *_, right in cases], 0.5)
    return {"slope": weights["score"], "offset": weights["bias"]}


def fit_isotonic(cases: Sequence[Case]) -> dict[str, list[float]]:
    """Shares that never fall as scores rise, by pooling adjacent violators; each pool is a point at its mean score.

    Half a case right and half a case wrong are added to each pool, so that no share is 0 or 1.

    Source: Zadrozny and Elkan (2002), KDD, 694-699.
    """
    tied: dict[float, list[bool]] = {}
    for _, score, right in cases:
        tied.setdefault(round(score, 4), []).append(right)
    pools: list[list[float]] = []  # cases, right, sum of scores
    for score, told in sorted(tied.items()):
        step = [float(len(told)), float(sum(told)), score * len(told)]
        if pools and pools[-1][0] < LEAST_STEP:
            pools[-1] = [a + b for a, b in zip(pools[-1], step, strict=True)]
        else:
            pools.append(step)
        while len(pools) > 1 and pools[-1][0] >= LEAST_STEP and _share(pools[-2]) >= _share(pools[-1]):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    if len(pools) > 1 and (pools[-1][0] < LEAST_STEP or _share(pools[-2]) >= _share(pools[-1])):
        last = pools.pop()
        pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return {
        "scores": [round(total / count, 4) for count, _, total in pools],
        "chances": [round(_share(pool), 4) for pool in pools],
    }


def _share(pool: Sequence[float]) -> float:
    return (pool[1] + 0.5) / (pool[0] + 1)


def fit_curve(cases: Sequence[Case]) -> tuple[dict[str, Any], str]:
    """Platt or isotonic, whichever has the lower log loss on held-back documents; and its name."""
    losses = {
        name: log_loss(across_curve(cases, fit), cases)
        for name, fit in (("platt", fit_platt), ("isotonic", fit_isotonic))
    }
    # Of two as good the smoother one: it has two numbers.
    name = "isotonic" if losses["isotonic"] < losses["platt"] - LEAST_GAIN else "platt"
    return (fit_isotonic(cases) if name == "isotonic" else fit_platt(cases)), name


def across_curve(cases: Sequence[Case], fit: Callable[[Sequence[Case]], Mapping[str, Any]]) -> list[float]:
    """For each case what a curve says that was fitted without the case's fold."""
    shares = [0.0] * len(cases)
    folds = [fold_of(document) for document, _, _ in cases]
    for fold in sorted(set(folds)):
        kept = [case for case, own in zip(cases, folds, strict=True) if own != fold]
        curve = fit(kept) if kept else {"slope": 0.0, "offset": 0.0}
        for i, own in enumerate(folds):
            if own == fold:
                shares[i] = read_curve(cases[i][1], curve)
    return shares


def log_loss(shares: Sequence[float], cases: Sequence[Case]) -> float:
    """Mean negative log-likelihood, in nats."""
    p = np.clip(np.array(shares), 1e-4, 1 - 1e-4)
    y = np.array([right for *_, right in cases])
    return float(-np.where(y, np.log(p), np.log(1 - p)).mean())


def calibration_error(shares: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: mean gap between confidence and share right over bins of as many cases each."""
    order = np.argsort(shares, kind="stable")
    p, y = np.array(shares)[order], np.array(right, float)[order]
    parts = [part for part in np.array_split(np.arange(len(p)), bins) if len(part)]
    return float(sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in parts) / max(1, len(p)))
