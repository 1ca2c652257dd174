"""A trigger mention with all that its window says: what groups and values are made from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import HEADS
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
    """One mention of an occurrence. ``places`` holds more than one only where the words list several."""

    mention: TriggerMention
    reading: Reading
    score: float
    places: tuple[Chosen[Place], ...]
    date: Chosen[DateInterval] | None
    told: Chosen[Factuality]

    @property
    def factuality(self) -> Factuality:
        """How this mention tells its act."""
        return self.told.value

    def head(self, name: str, label: str) -> float:
        """The probability of one label of a window head."""
        return float(self.reading.heads[name][HEADS[name].index(label)])


def mention_score(mention: TriggerMention, reading: Reading, rival: float, weights: Mapping[str, float]) -> float:
    """How probably a mention tells an occurrence of its type: a logistic sum of what was read.

    Args:
        mention: what the sentence (``told``) and the word (``named``) say.
        reading: whether the window as a whole bears it out (head ``valid``).
        rival: the highest score of another type on the same words; 0 without one.
        weights: 'told', 'named', 'valid' on log-odds, 'rival' and 'bias'; fitted by training/fit_settings.py.
    """
    return weigh(mention_features(mention, reading, rival), weights)


def first_score(mention: TriggerMention, weights: Mapping[str, float]) -> float:
    """What ``mention_score`` gives a mention before its window is read: the window neither for nor against it."""
    return weigh({"told": logit(mention.told), "named": logit(mention.named)}, weights)


def mention_features(mention: TriggerMention, reading: Reading, rival: float) -> dict[str, float]:
    """What ``mention_score`` weighs."""
    return {
        "told": logit(mention.told),
        "named": logit(mention.named),
        "valid": logit(float(reading.heads["valid"][0])),
        "rival": max(0.0, rival - mention.score),
    }


def rivals(mentions: Sequence[TriggerMention]) -> list[float]:
    """For each mention the highest score of another type whose trigger overlaps its own: one word rarely tells two acts."""
    return [
        max(
            (o.score for o in mentions if o.type != m.type and o.sentence == m.sentence and o.span.overlaps(m.span)),
            default=0.0,
        )
        for m in mentions
    ]


def weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of bias plus weighted features; a feature without a weight counts nothing."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


def logit(p: float) -> float:
    """Log-odds, kept within ±7."""
    p = min(max(p, 0.0009), 0.9991)
    return math.log(p / (1 - p))
