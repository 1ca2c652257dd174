"""CEHA: is a conflict event in the Horn of Africa told, and of which types? A light head (benchmarks.views).

Types are given for texts that are read as relevant; one that is gets its likeliest type at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.blend import load_blends
from benchmarks.views import parts_of, view_text
from tocsin.resources.models import load_event_model

SCORER = "score_classification.py"
OPTIONS = ["--positive", "1"]


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Relevance as ``label``, types as ``labels`` with ``scores``."""
    model, blends = load_event_model(reader=None), load_blends("ceha", "text")
    for record in records:
        parts = parts_of("ceha", view_text(record["text"], model, long=True))[0]
        scores = {label: float(blend(parts[None, i])[0]) for i, (label, blend) in enumerate(blends.items())}
        relevant = scores.pop("1") >= blends["1"].threshold
        labels = [label for label, score in scores.items() if score >= blends[label].threshold]
        if not labels:
            labels = [max(scores, key=lambda label: scores[label] / blends[label].threshold)]
        yield {
            "id": record["id"],
            "label": str(int(relevant)),
            "labels": labels if relevant else [],
            "scores": {label: round(score, 4) for label, score in scores.items()},
        }
