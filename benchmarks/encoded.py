"""Texts through the event encoder: for every sentence what the coder makes of it, and the last layer pooled as training pools it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.encode import run_windows, sigmoid
from tocsin.extract.labels import TYPES
from tocsin.extract.windows import Window, detection_windows, encode_sentences
from tocsin.resources.models import EventModel
from tocsin.vocabulary import Span

Floats = NDArray[np.float32]

# A text read as one row is cut here, as in training/tasks_data.py.
WHOLE_PIECES = 200
SIZE = 384


@dataclass(frozen=True)
class Encoded:
    """The rows of one text, one for each span asked for, in their order.

    ``pooled`` (n, 768): the mean of a span's pieces beside the window's first piece, both of the last layer; zeros where
    a span has no pieces. ``told``, ``named`` (n, types): how probably a sentence tells an act of each type, and the most
    probable trigger word in it.
    """

    pooled: Floats
    told: Floats
    named: Floats


def encode_rows(text: str, spans: Sequence[Span], model: EventModel) -> Encoded:
    """Sentences read in windows of their neighbours. One that stands in two windows gets the mean of both poolings."""
    encoded = encode_sentences(text, spans, model.tokenizer)
    return _encode(detection_windows(encoded), len(spans), model)


def encode_alone(text: str, spans: Sequence[Span], model: EventModel) -> Encoded:
    """Each span in a window of its own, cut at WHOLE_PIECES: how the sets of loose texts were trained."""
    encoded = encode_sentences(text, spans, model.tokenizer)
    windows = [detection_windows([pieces], WHOLE_PIECES)[0] for pieces in encoded]
    return _encode(windows, len(spans), model)


def _encode(windows: Sequence[Window], count: int, model: EventModel) -> Encoded:
    pooled = np.zeros((count, 2 * SIZE), np.float32)
    told, named = (np.zeros((count, len(TYPES)), np.float32) for _ in range(2))
    seen = np.zeros(count, np.float32)
    for window, (trigger, sentence, _, _, _, hidden) in zip(windows, run_windows(windows, model), strict=True):
        for place, (number, start, end) in enumerate(window.sentences):
            if end <= start:
                continue
            pooled[number] += np.concatenate([hidden[start:end].mean(0), hidden[0]])
            seen[number] += 1
            told[number] = np.maximum(told[number], sigmoid(sentence[place]))
            named[number] = np.maximum(named[number], sigmoid(trigger[start:end]).max(0))
    return Encoded(np.asarray(pooled / np.maximum(seen, 1)[:, None], np.float32), told, named)
