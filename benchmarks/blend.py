"""How the parts of ``benchmarks.views`` add up to a probability, and from where on it counts: benchmarks/weights/blend.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.light import WEIGHTS, Floats, chance

FILE = WEIGHTS / "blend.json"


@dataclass(frozen=True)
class Blend:
    """One label of one set at one level: ``weights`` of the parts, ``bias``, and the ``threshold`` of the probability."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def __call__(self, parts: Floats) -> Floats:
        """Probabilities (n) of parts (n, parts)."""
        return chance(np.asarray(parts @ np.array(self.weights, np.float32) + self.bias, np.float32))


def load_blends(name: str, level: str) -> dict[str, Blend]:
    """Blends of a set by label, in the order of its labels.

    Raises:
        SystemExit: they have not been fitted; the message says how.
    """
    record: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"sets": {}}
    found = record["sets"].get(name, {}).get(level)
    if found is None:
        raise SystemExit(f"benchmarks: {FILE.name} has no {name}, {level}. Run: python -m training.fit_heads")
    return {label: Blend(tuple(b["weights"]), b["bias"], b["threshold"]) for label, b in found.items()}


def document_parts(chances: Floats) -> Floats:
    """(2): log-odds that a document has a label, by its surest sentence, and by all of them together (noisy or)."""
    clipped = np.clip(chances.astype(np.float64), 1e-6, 1 - 1e-6)
    together = 1 - np.exp(np.log1p(-clipped).sum())
    both = np.clip(np.array([clipped.max(), together]), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(both / (1 - both)), np.float32)
