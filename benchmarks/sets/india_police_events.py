"""India Police Events: what the police do, sentence by sentence, and for whole documents.

A light head over each sentence among its neighbours. A document's probability follows from those of its sentences. Both
levels stand in one file of predictions: the scorer picks one by ``--level``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from benchmarks.blend import Blend, document_parts, load_blends
from benchmarks.views import parts_of, view_sentences
from tocsin.resources.models import load_event_model
from tocsin.vocabulary import Span

SCORER = "score_classification.py"
OPTIONS = ["--level", "document"]
NAME = "india_police_events"


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One prediction for the document, then one for each of its sentences."""
    model = load_event_model(reader=None)
    sentence, whole = load_blends(NAME, "sentence"), load_blends(NAME, "document")
    for record in records:
        spans = [Span(s["start"], s["end"]) for s in record["sentences"]]
        if not spans:
            yield answer(record["id"], dict.fromkeys(whole, 0.0), whole)
            continue
        parts = parts_of(NAME, view_sentences(record["text"], spans, model))
        chances = {label: blend(parts[:, i]) for i, (label, blend) in enumerate(sentence.items())}
        document = {label: float(blend(document_parts(chances[label])[None])[0]) for label, blend in whole.items()}
        yield answer(record["id"], document, whole)
        for row, told in enumerate(record["sentences"]):
            yield answer(told["id"], {label: float(values[row]) for label, values in chances.items()}, sentence)


def answer(identity: str, scores: Mapping[str, float], blends: Mapping[str, Blend]) -> dict[str, Any]:
    """Labels and scores in the scorer's shape. A killing by the police is a use of force, and both are actions."""
    labels = {label for label, score in scores.items() if score >= blends[label].threshold}
    if "KILL" in labels:
        labels.add("FORCE")
    if labels & {"ARREST", "FORCE"}:
        labels.add("ANY_ACTION")
    rounded = {label: round(float(np.float64(score)), 5) for label, score in scores.items()}
    return {"id": identity, "labels": [label for label in scores if label in labels], "scores": rounded}
