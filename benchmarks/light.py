"""Light models that adapters fit on a set's visible split: one matrix over features, kept as npz under benchmarks/weights.

``python -m training.fit_roles`` makes them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.resources.models import FOLDER

Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Linear:
    """Logits ``x @ weight.T + bias``; weight (labels, features), bias (labels)."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """Logits (n, labels) of features (n, features)."""
        return np.asarray(x @ self.weight.T + self.bias, np.float32)


def trained_head(name: str) -> Linear | None:
    """A head learned together with the encoder; None where the encoder has none of that name."""
    path = FOLDER / "tasks.npz"
    if not path.exists():
        return None
    with np.load(path) as arrays:
        if f"{name}.weight" not in arrays:
            return None
        return Linear(arrays[f"{name}.weight"].astype(np.float32), arrays[f"{name}.bias"].astype(np.float32))


def load_linear(name: str) -> Linear:
    """A fitted model.

    Raises:
        SystemExit: it has not been fitted; the message says how.
    """
    path = WEIGHTS / f"{name}.npz"
    if not path.exists():
        raise SystemExit(f"benchmarks: {path.name} is missing. Run: python -m training.fit_roles {name.split('-')[0]}")
    with np.load(path) as arrays:
        return Linear(arrays["weight"].astype(np.float32), arrays["bias"].astype(np.float32))


def save_linear(name: str, model: Linear) -> None:
    """Write a model with half precision, which changes no decision that was looked at and halves the file."""
    WEIGHTS.mkdir(exist_ok=True)
    np.savez_compressed(
        WEIGHTS / f"{name}.npz", weight=model.weight.astype(np.float16), bias=model.bias.astype(np.float32)
    )


def head_for(name: str) -> Linear:
    """The head fitted on the frozen last layer if training/fit_roles.py found one needed, else the encoder's own."""
    own = None if (WEIGHTS / f"{name}-head.npz").exists() else trained_head(name)
    return own or load_linear(f"{name}-head")


def settle_head(name: str, fitted: Linear | None) -> None:
    """Keep a fitted head for ``head_for``; None leaves the encoder's own."""
    if fitted is not None:
        save_linear(f"{name}-head", fitted)
    else:
        (WEIGHTS / f"{name}-head.npz").unlink(missing_ok=True)


def log_softmax(logits: Floats) -> Floats:
    """Log-probabilities along the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)


def chance(logits: Floats) -> Floats:
    """Probabilities of labels that may hold together."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)
