"""Texts as word pieces with the encoder's last layer, cut and pooled as training/tasks_data.py does for the light heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.encode import run_windows
from tocsin.extract.windows import detection_windows, encode_sentences
from tocsin.resources.models import EventModel
from tocsin.vocabulary import Span

Floats = NDArray[np.float32]

WHOLE_PIECES = 200
_CUT = re.compile(r"\.\s+|\n\s*\n\s*")


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a text in order. ``hidden`` (pieces, 384) and ``first`` (384), the window's first piece."""

    spans: tuple[Span, ...]
    hidden: Floats
    first: Floats

    def inside(self, span: Span | None) -> tuple[int, int] | None:
        """First piece and one past the last under a span of text; None where there are none."""
        if span is None:
            return None
        places = [i for i, s in enumerate(self.spans) if s.start < span.end and span.start < s.end]
        return (places[0], places[-1] + 1) if places else None

    def mean(self, span: Span | None) -> Floats:
        """The mean of a span's pieces (384); of the whole text where the span is None or has no pieces."""
        start, end = self.inside(span) or (0, len(self.spans))
        return np.asarray(self.hidden[start:end].mean(0) if end > start else self.first, np.float32)


def read_alone(text: str, model: EventModel) -> Pieces:
    """A short text in one window, cut at WHOLE_PIECES."""
    window = detection_windows(encode_sentences(text, [Span(0, len(text))], model.tokenizer), WHOLE_PIECES)[0]
    hidden = run_windows([window], model)[0][-1]
    return Pieces(tuple(span for span in window.spans if span is not None), hidden[1:-1], hidden[0])


def read_long(text: str, model: EventModel) -> Pieces:
    """A long text in windows of whole sentences. A piece that stands in two windows gets the mean of both.

    ``first`` is the mean of the windows' first pieces.
    """
    encoded = encode_sentences(text, cut_sentences(text), model.tokenizer)
    windows = detection_windows(encoded)
    totals: dict[Span, Floats] = {}
    counts: dict[Span, int] = {}
    firsts = []
    for window, outputs in zip(windows, run_windows(windows, model), strict=True):
        firsts.append(outputs[-1][0])
        for span, row in zip(window.spans, outputs[-1], strict=True):
            if span is not None:
                totals[span] = totals[span] + row if span in totals else row
                counts[span] = counts.get(span, 0) + 1
    spans = sorted(totals)
    size = len(firsts[0]) if firsts else 384
    hidden = np.array([totals[span] / counts[span] for span in spans], np.float32).reshape(len(spans), size)
    return Pieces(tuple(spans), hidden, np.mean(firsts, axis=0) if firsts else np.zeros(size, np.float32))


def cut_sentences(text: str) -> list[Span]:
    """Sentences cut at full stops and blank lines: enough for wire copy in capitals, which no parser reads well."""
    cuts = [0, *(found.end() for found in _CUT.finditer(text)), len(text)]
    return [Span(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def row_features(pieces: Pieces) -> Floats:
    """What a ``row`` head reads of a whole text: (768,)."""
    return np.concatenate([pieces.mean(None), pieces.first])


def pair_features(pieces: Pieces, source: Span | None, target: Span | None) -> Floats:
    """What a ``pair`` head reads: means of source, target and sentence, and the first piece; (1536,)."""
    return np.concatenate([pieces.mean(source), pieces.mean(target), pieces.mean(None), pieces.first])


def first_span(spans: Sequence[Sequence[int]] | None) -> Span | None:
    """The first of some [start, end] pairs as a Span."""
    return Span(spans[0][0], spans[0][1]) if spans else None


def stack(rows: Iterable[Floats]) -> Floats:
    """Rows as one matrix of 32-bit floats."""
    return np.array(list(rows), np.float32)
