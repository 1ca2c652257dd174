"""PLV: the PLOVER root code of what a marked source does to a marked target.

A light head: the encoder's pair head and a head of hashed words, both learned on the train split, add their
log-probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks.light import Floats, Linear, head_for, log_softmax
from benchmarks.ngrams import WordHead, load_words, pair_grams
from benchmarks.pieces import first_span, pair_features, read_alone
from tocsin.resources.crosswalks import load_crosswalks
from tocsin.resources.models import EventModel, load_event_model
from tocsin.vocabulary import Span

SCORER = "score_classification.py"

ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

# How much the encoder's head counts beside the words.
SHARE = 0.4


class RootCoder:
    """Both heads, loaded once."""

    def __init__(self) -> None:
        self.model: EventModel = load_event_model(reader=None)
        self.head: Linear = head_for("plv_plover")
        self.words: WordHead = load_words("plv_plover-words")

    def __call__(self, text: str, source: Span | None, target: Span | None) -> Floats:
        """Scores over ROOTS for what the source does to the target; None where it is not known."""
        pair = pair_features(read_alone(text, self.model), source, target)
        grams = [pair_grams(text, source, target)]
        encoder, words = log_softmax(self.head(pair[None]))[0], log_softmax(self.words(grams))[0]
        return np.asarray(SHARE * encoder + (1 - SHARE) * words, np.float32)


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Root and quad of each pair."""
    coder = RootCoder()
    quads = load_crosswalks().plover_quads
    for record in records:
        scores = coder(record["text"], first_span(record["source_spans"]), first_span(record["target_spans"]))
        root = ROOTS[int(np.argmax(scores))]
        yield {"id": record["id"], "label": root, "quad": str(quads[root])}
