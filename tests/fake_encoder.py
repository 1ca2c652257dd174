"""An encoder whose answers a test writes down: words -> probabilities, no model.

Pieces are words; an id is 1000 plus the word's place in a growing list, so that a window can be read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tocsin.extract.labels import ARGUMENTS, HEADS, READER_HEADS, TYPES

SETTINGS: dict[str, Any] = {
    "trigger": {"floor": 0.3, "read": 0.4},
    "first": {"told": 0.4, "named": 0.4, "bias": 0.0},
    "mention": {"told": 0.4, "named": 0.4, "valid": 0.4, "bias": 0.0, "keep": 0.4, "event": 0.5, "encoder": 0.4},
    "place": {"read": 6.0, "same_sentence": 0.5, "among": 1.0, "none": 2.5, "floor": 0.2, "site": 0.6, "listed": 0.25},
    "date": {
        "read": 6.0,
        "same_sentence": 0.5,
        "near": 0.5,
        "none": 3.0,
        "published": -9.0,
        "lasts": -4.0,
        "floor": 0.2,
    },
    "date_again": {"read": 6.0, "same_sentence": 0.5, "near": 0.5, "none": 3.0, "published": -9.0, "lasts": -4.0},
    "group": {"sure": 0.5, "evidence": 0.15},
    "actors": {
        "floor": 0.5,
        "nobody": 1.0,
        "second": 0.7,
        "by_kind": 0.6,
        "initiator": {"read": 8.0, "same_sentence": 1.0, "pronoun": -2.0, "by_kind": 8.0, "none": 5.0},
        "initiator_kind": {"head": 1.0, "words": 4.0, "beside": 3.0},
        "target": {"read": 8.0, "same_sentence": 1.0, "pronoun": -2.0, "none": 5.0},
        "target_kind": {"head": 1.0, "words": 4.0, "beside": 3.0},
    },
    "quantities": {"read": 0.5, "agree": 0.25, "outside": 0.3, "single": 0.8},
    "factuality": {"cue": 1.0, "hedge": 1.0},
    "sources": {"author": 0.5},
    "words": {"floor": 0.5, "keep": 0.5},
    "demands": {"floor": 0.5, "keep": 0.5, "demand": {"read": 1.0}, "issue": {"head": 1.0, "words": 1.0}},
}


@dataclass
class Encoding:
    ids: list[int]
    offsets: list[tuple[int, int]]


class WordTokenizer:
    """A piece a word; the same word is always the same id."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def encode_batch(self, input: list[str], add_special_tokens: bool = False) -> list[Encoding]:
        encodings = []
        for text in input:
            found = list(re.finditer(r"\w+|[^\w\s]", text))
            for word in found:
                if word.group().casefold() not in self.words:
                    self.words.append(word.group().casefold())
            ids = [1000 + self.words.index(word.group().casefold()) for word in found]
            encodings.append(Encoding(ids, [word.span() for word in found]))
        return encodings


@dataclass
class FakeEncoder:
    """``triggers``: word -> event type. ``roles``: word -> role. ``heads``: (head, label) -> probability.

    A sentence tells the types of the triggers in it; every other sentence of a window is as much evidence as
    ``evidence`` says.
    """

    triggers: dict[str, str]
    roles: dict[str, str] = field(default_factory=dict)
    heads: dict[tuple[str, str], float] = field(default_factory=dict)
    evidence: float = 0.9
    settings: dict[str, Any] = field(default_factory=lambda: SETTINGS)
    tokenizer: WordTokenizer = field(default_factory=WordTokenizer)
    version: str = "fake"

    def read(self, ids: Any, mask: Any, pool: Any, trigger: Any) -> tuple[Any, ...]:
        _, _, roles, told_same, window, _ = self.run(ids, mask, pool, trigger, READER_HEADS)
        return roles, told_same, window

    def run(self, ids: Any, mask: Any, pool: Any, trigger: Any, window_heads: Any = HEADS) -> tuple[Any, ...]:
        b, t = ids.shape
        low, high = -5.0, 5.0
        named = np.full((b, t, len(TYPES)), low, np.float32)
        roles = np.full((b, t, len(ARGUMENTS)), low, np.float32)
        told = np.full((b, pool.shape[1], len(TYPES)), low, np.float32)
        window = np.full((b, sum(map(len, window_heads.values()))), low, np.float32)
        for row in range(b):
            for i, piece in enumerate(ids[row]):
                word = self.tokenizer.words[piece - 1000] if piece >= 1000 else ""
                if word in self.triggers:
                    named[row, i, TYPES.index(self.triggers[word])] = high
                if word in self.roles:
                    roles[row, i, ARGUMENTS.index(self.roles[word])] = high
            for place in range(pool.shape[1]):
                inside = np.flatnonzero(pool[row, place] > 0)
                if len(inside):
                    told[row, place] = named[row, inside].max(axis=0)
            at = 0
            for name, labels in window_heads.items():
                for label in labels:
                    default = 0.9 if (name, label) in {("valid", "valid"), ("factuality", "actual")} else 0.02
                    p = self.heads.get((name, label), default)
                    window[row, at] = np.log(p / (1 - p))
                    at += 1
        told_same = np.full((b, pool.shape[1]), np.log(self.evidence / (1 - self.evidence)), np.float32)
        return named, told, roles, told_same, window, np.zeros((b, t, 8), np.float32)
