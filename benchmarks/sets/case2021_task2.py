"""CASE 2021 task 2: which of 30 fine-grained types a snippet tells.

The set has no training data. Two light heads are learned on snippets written for this project
(training/annotations/notes.jsonl) and add their log-probabilities: the encoder's row head, and one that reads how many
cues of each type (data/crosswalks/case2021.yaml) a snippet has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks.light import Floats, head_for, load_linear, log_softmax
from benchmarks.pieces import read_alone, row_features
from tocsin.resources.crosswalks import load_crosswalks
from tocsin.resources.models import load_event_model

SCORER = "score_classification.py"

# How much the encoder's head counts beside the cues.
SHARE = 0.5


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The likeliest type of each snippet."""
    model, types = load_event_model(reader=None), load_crosswalks().case_types
    head, cues = head_for("case2021_task2"), load_linear("case2021_task2-cues")
    for record in records:
        row = row_features(read_alone(record["text"], model))
        scores = SHARE * log_softmax(head(row[None]))[0]
        scores = scores + (1 - SHARE) * log_softmax(cues(cue_counts(record["text"])[None]))[0]
        yield {"id": record["id"], "label": types[int(np.argmax(scores))].code}


def cue_counts(text: str) -> Floats:
    """(types,): the log of one plus how many cues of each type stand in a text."""
    return np.log1p(np.array([one.count(text) for one in load_crosswalks().case_types], np.float32))
