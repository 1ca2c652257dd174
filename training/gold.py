"""Reads gold records, and measures answers against them as the scorers of ../shared/benchmarks do."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Record = dict[str, Any]
Labels = NDArray[np.int64]


def read_records(path: Path) -> list[Record]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label_f1(gold: Labels, found: Labels, *, weighted: bool = False) -> float:
    """Mean F1 over the labels that stand in gold or prediction; weighted by how often gold has them if asked."""
    scores, sizes = [], []
    for label in np.union1d(gold, found):
        both = int(((gold == label) & (found == label)).sum())
        scores.append(2 * both / int((gold == label).sum() + (found == label).sum()))
        sizes.append(int((gold == label).sum()))
    return float(np.average(scores, weights=sizes if weighted else None))


def words_f1(one: str, two: str) -> float:
    """F1 of two texts as bags of words, articles left out."""
    a, b = (Counter(w for w in re.findall(r"\w+", t.lower()) if w not in ("a", "an", "the")) for t in (one, two))
    both = sum((a & b).values())
    return 2 * both / max(1, sum(a.values()) + sum(b.values()))
