"""GLOCON sentences: does the sentence carry information on a protest event? A light head (benchmarks.views)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.blend import load_blends
from benchmarks.views import LONG, parts_of, view_text
from tocsin.resources.models import load_event_model

SCORER = "score_classification.py"
OPTIONS = ["--skip-label", "undetermined", "--positive", "1"]
NAME = "glocon_sent"


def predict(records: Iterable[dict[str, Any]], name: str = NAME) -> Iterator[dict[str, Any]]:
    """'1' or '0' for each text."""
    model, blend = load_event_model(reader=None), load_blends(name, "text")["1"]
    for record in records:
        parts = parts_of(name, view_text(record["text"], model, long=name in LONG))
        probability = float(blend(parts[:, 0])[0])
        yield {"id": record["id"], "label": str(int(probability >= blend.threshold)), "score": round(probability, 4)}
