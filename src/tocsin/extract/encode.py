"""Runs the event encoder over windows and gives probabilities back in document terms: spans and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.labels import ARGUMENTS, HEADS, ONE_OF, READER_HEADS, TYPES
from tocsin.extract.windows import PieceTokenizer, Window
from tocsin.vocabulary import Span

Floats = NDArray[np.float32]

# Each window runs by itself: on one core together gains nothing, padding costs, and what else runs with a window would
# sway how its values are rounded to int8.
BATCH = 1


class Encoder(Protocol):
    """What running windows needs of ``resources.models.EventModel``."""

    @property
    def tokenizer(self) -> PieceTokenizer:
        """The tokeniser that the encoder was trained with."""
        ...

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64], pool: Floats, trigger: Floats) -> tuple[Floats, ...]:
        """Logits of one batch."""
        ...

    def read(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], pool: Floats, trigger: Floats
    ) -> tuple[Floats, ...]:
        """Logits of one batch of argument windows, by the argument reader."""
        ...


@dataclass(frozen=True)
class Detection:
    """What detection windows say.

    ``sentences`` (number of sentences, types): probability that a sentence tells an act of the type.
    ``named`` (number of sentences, types): the highest probability that one of its words is a trigger, in any window.
    ``pieces``: for each sentence its pieces' spans and (pieces, types) probabilities of being a trigger.
    """

    sentences: Floats
    named: Floats
    pieces: list[tuple[tuple[Span, ...], Floats]]


@dataclass(frozen=True)
class Reading:
    """What one argument window says of its trigger.

    ``heads``: probabilities over the labels of each of READER_HEADS. ``spans`` and ``arguments`` (pieces, arguments): how
    probably each piece is part of each argument. ``evidence``: for each sentence in the window, how probably it tells
    the same occurrence.
    """

    heads: dict[str, Floats]
    spans: tuple[Span, ...]
    arguments: Floats
    evidence: dict[int, float]
    starts: NDArray[np.int64] = field(init=False, repr=False)
    ends: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", np.array([span.start for span in self.spans], np.int64))
        object.__setattr__(self, "ends", np.array([span.end for span in self.spans], np.int64))

    def over(self, span: Span, role: str) -> float:
        """The highest probability of a role among the pieces of a span; 0 outside the window."""
        inside = (self.starts < span.end) & (self.ends > span.start)
        if not inside.any():
            return 0.0
        return float(self.arguments[inside, ARGUMENTS.index(role)].max())


def run_windows(windows: Sequence[Window], encoder: Encoder) -> list[tuple[Floats, ...]]:
    """The six outputs of each window, cut to its own length, in the order given."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    results: list[tuple[Floats, ...]] = [()] * len(windows)
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        outputs = encoder.run(*window_inputs([windows[i] for i in chosen]))
        for row, i in enumerate(chosen):
            t, s = len(windows[i].ids), len(windows[i].sentences)
            trigger, sentence, argument, evidence, window, hidden = (output[row] for output in outputs)
            results[i] = (trigger[:t], sentence[:s], argument[:t], evidence[:s], window, hidden[:t])
    return results


def window_inputs(batch: Sequence[Window]) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    """A batch of windows as the networks take it: ids, mask, pool, trigger (``resources.models.EventModel.run``)."""
    t = max(len(window.ids) for window in batch)
    s = max(1, *(len(window.sentences) for window in batch))
    ids, mask = np.zeros((len(batch), t), np.int64), np.zeros((len(batch), t), np.int64)
    pool, trigger = np.zeros((len(batch), s, t), np.float32), np.zeros((len(batch), t), np.float32)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
        for place, (_, start, end) in enumerate(window.sentences):
            if end > start:
                pool[row, place, start:end] = 1 / (end - start)
        if window.trigger is not None:
            start, end = window.trigger
            trigger[row, start:end] = 1 / max(1, end - start)
    return ids, mask, pool, trigger


def read_detection(windows: Sequence[Window], count: int, encoder: Encoder) -> Detection:
    """What the windows say of each of ``count`` sentences."""
    return join_readings(windows, run_windows(windows, encoder), count)


def read_detection_twice(first: Sequence[Window], second: Sequence[Window], count: int, encoder: Encoder) -> Detection:
    """A document cut in two ways; each sentence of which the first cut leaves a doubt is read in one window of the second."""
    outputs = run_windows(first, encoder)
    seen = join_readings(first, outputs, count)
    told = (seen.sentences + seen.named) / 2
    doubtful = set(np.flatnonzero(np.any((told > DOUBT) & (told < 1 - DOUBT), axis=1)).tolist())
    again = []
    for window in second:
        held = {number for number, _, _ in window.sentences}
        # The last sentence of a window opens the next one too: once more is enough.
        if held & doubtful:
            doubtful -= held
            again.append(window)
    return join_readings([*first, *again], [*outputs, *run_windows(again, encoder)], count)


# A sentence that the first cut finds less likely than this to tell any act, or surer than all but this, is settled.
# e2e dev and dev_b: from 0.03 to 0.1, and once in place of wherever it stands, reads 30 % fewer windows and costs no right event.
DOUBT = 0.1


def join_readings(windows: Sequence[Window], outputs: Sequence[tuple[Floats, ...]], count: int) -> Detection:
    """Probabilities for each of ``count`` sentences: the mean of what the windows that hold it say.

    What stands around a sentence sways the encoder; windows cut in two ways sway it less than windows cut in one. Which
    word is the trigger they may see differently, so that one of them is sure of some word is what ``named`` keeps.
    """
    told: list[list[Floats]] = [[] for _ in range(count)]
    found: list[list[tuple[tuple[Span, ...], Floats]]] = [[] for _ in range(count)]
    for window, (trigger, sentence, *_) in zip(windows, outputs, strict=True):
        for place, (number, start, end) in enumerate(window.sentences):
            told[number].append(sigmoid(sentence[place]))
            spans = tuple(span for span in window.spans[start:end] if span is not None)
            found[number].append((spans, sigmoid(trigger[start:end])))
    sentences, named = np.zeros((count, len(TYPES)), np.float32), np.zeros((count, len(TYPES)), np.float32)
    for number in range(count):
        if told[number]:
            sentences[number] = np.mean(told[number], axis=0)
            named[number] = np.max([said.max(axis=0) for spans, said in found[number] if spans], axis=0, initial=0.0)
    return Detection(sentences, named, [_mean_pieces(each) for each in found])


def _mean_pieces(found: Sequence[tuple[tuple[Span, ...], Floats]]) -> tuple[tuple[Span, ...], Floats]:
    """The pieces of a sentence; windows may cut a long one differently, then those that hold most of it count."""
    if not found:
        return (), np.zeros((0, len(TYPES)), np.float32)
    longest = max(len(spans) for spans, _ in found)
    whole = [(spans, said) for spans, said in found if len(spans) == longest]
    return whole[0][0], np.asarray(np.mean([said for _, said in whole], axis=0), np.float32)


def read_arguments(windows: Sequence[Window], encoder: Encoder) -> list[Reading]:
    """What the argument reader says of each of its windows, in the order given."""
    readings = []
    for window in windows:
        argument, evidence, heads = (output[0] for output in encoder.read(*window_inputs([window])))
        readings.append(_reading(window, argument, evidence, heads, READER_HEADS))
    return readings


def read_by_encoder(windows: Sequence[Window], encoder: Encoder) -> list[Reading]:
    """What the event encoder says of each argument window, in the order given; it lacks the heads that only the reader has."""
    outputs = run_windows(windows, encoder)
    return [
        _reading(window, argument, evidence, heads, HEADS)
        for window, (_, _, argument, evidence, heads, _) in zip(windows, outputs, strict=True)
    ]


def _reading(
    window: Window, argument: Floats, evidence: Floats, logits: Floats, heads: Mapping[str, Sequence[str]]
) -> Reading:
    """Logits for one window, in terms of the document."""
    kept = [i for i, span in enumerate(window.spans) if span is not None]
    parts, at = {}, 0
    for name, labels in heads.items():
        own = logits[at : at + len(labels)]
        parts[name] = softmax(own) if name in ONE_OF else sigmoid(own)
        at += len(labels)
    told = sigmoid(evidence)
    return Reading(
        parts,
        tuple(span for span in window.spans if span is not None),
        sigmoid(argument[kept]),
        {number: float(told[place]) for place, (number, _, _) in enumerate(window.sentences)},
    )


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of labels that may hold together."""
    return np.asarray(1 / (1 + np.exp(-logits.astype(np.float64))), np.float32)


def softmax(logits: Floats) -> Floats:
    """Probabilities of labels of which one holds."""
    powers = np.exp(logits.astype(np.float64) - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)
