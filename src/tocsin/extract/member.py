"""A trigger mention with all that its window says: what groups and values are made from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import READER_HEADS
from tocsin.vocabulary import DateInterval, Factuality, Place, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """A value picked for a field: where it stands, how sure, and by which rule."""

    value: T
    span: Span | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Member:
    """One mention of an occurrence.

    ``places`` holds more than one only where the words list several; ``dates`` is every date that its act may have, with
    its share, and ``date`` the one that this mention alone speaks for. ``apart``: its words set it apart from acts told before
    it ('a second march').
    """

    mention: TriggerMention
    reading: Reading
    score: float
    places: tuple[Chosen[Place], ...]
    date: Chosen[DateInterval] | None
    told: Chosen[Factuality]
    dates: tuple[Chosen[DateInterval | None], ...] = ()
    apart: bool = False

    @property
    def factuality(self) -> Factuality:
        """How this mention tells its act."""
        return self.told.value

    def head(self, name: str, label: str) -> float:
        """The probability of one label of a window head."""
        return float(self.reading.heads[name][READER_HEADS[name].index(label)])


@dataclass(frozen=True, slots=True)
class Rival:
    """The strongest other type on a mention's own words: its score before and its probability after a window was read."""

    score: float = 0.0
    valid: float = 0.0


def mention_score(mention: TriggerMention, reading: Reading, rival: Rival, weights: Mapping[str, float]) -> float:
    """How probably a mention tells an occurrence of its type: a logistic sum of what was read.

    Args:
        mention: what the sentence (``told``) and the word (``named``) say.
        reading: whether the window as a whole bears it out (head ``valid``).
        rival: another type on the same words.
        weights: 'told', 'named', 'valid' on log-odds, 'rival', 'rival_valid' and 'bias'; fitted by
            training/fit_settings.py.
    """
    return weigh(mention_features(mention, reading, rival), weights)


def first_score(mention: TriggerMention, weights: Mapping[str, float]) -> float:
    """How probably a mention tells an occurrence, before its window is read.

    Args:
        mention: what the sentence and the word say.
        weights: 'told', 'named' and 'bias' ('first' of the card). They stay when the others are fitted anew: which windows
            are read must not follow from what was fitted on those that were.
    """
    return weigh({"told": logit(mention.told), "named": logit(mention.named)}, weights)


def mention_features(mention: TriggerMention, reading: Reading, rival: Rival) -> dict[str, float]:
    """What ``mention_score`` weighs."""
    valid = float(reading.heads["valid"][0])
    return {
        "told": logit(mention.told),
        "named": logit(mention.named),
        "valid": logit(valid),
        "rival": max(0.0, rival.score - mention.score),
        "rival_valid": max(0.0, rival.valid - valid),
    }


def rivals(read: Sequence[tuple[TriggerMention, Reading]]) -> list[Rival]:
    """For each mention the other types whose trigger overlaps its own: one word rarely tells two acts."""
    found = []
    for mention, _ in read:
        others = [
            (other.score, float(reading.heads["valid"][0]))
            for other, reading in read
            if other.type != mention.type and other.sentence == mention.sentence and other.span.overlaps(mention.span)
        ]
        found.append(Rival(max((s for s, _ in others), default=0.0), max((v for _, v in others), default=0.0)))
    return found


def weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of bias plus weighted features; a feature without a weight counts nothing."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


def logit(p: float) -> float:
    """Log-odds, kept within ±7."""
    p = min(max(p, 0.0009), 0.9991)
    return math.log(p / (1 - p))
