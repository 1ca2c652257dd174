"""The gate: which documents deserve to be parsed and read by the encoder from end to end.

Its steps, each dearer than the one before and taken by fewer documents: words (1 ms), a glance of the encoder at the
sentences whose words are telling, and, where that leaves a doubt, a look at the same sentences where they stand.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.extract.encode import Detection, Encoder, read_detection
from tocsin.extract.windows import detection_windows, encode_sentences
from tocsin.resources.gate import GateModel
from tocsin.vocabulary import Block, BlockKind, Span

# Words shorter than this have no beginning of their own: 'march', 'riots' stand for themselves.
BEGINNING = 5

# A glance reads the most telling sentences only, half a window of them.
MOST_GLANCES = 3

_WORD = re.compile(r"[a-z]+|\d+")
_END = re.compile(r"[.!?…][\"”’')\]]*\s+|;\s+|\n[^\S\n]*\n\s*")
# 'Mr.', 'Jan.', initials: a stretch so short is no sentence.
_SHORTEST = 25


@dataclass(frozen=True, slots=True)
class Signs:
    """What words tell of a document: the score of its most telling sentence, and its most telling sentences in order.

    ``telling`` is empty where no sentence reaches the score from which on a document is read. ``sentences`` are all of them.
    """

    score: float
    telling: tuple[Span, ...]
    sentences: tuple[Span, ...] = ()


def cut_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Rough sentences: at full stops, semicolons and blank lines, without syntax; offsets into ``text``."""
    at = start
    for found in _END.finditer(text, start, end):
        if found.end() - at >= _SHORTEST or "\n" in found.group():
            if not text[at : found.end()].isspace():
                yield Span(at, found.end())
            at = found.end()
    if at < end and not text[at:end].isspace():
        yield Span(at, end)


def features(sentence: str) -> set[str]:
    """The words of a sentence, its pairs of words, and the beginnings of its longer words; numbers are '0'."""
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(sentence.lower())]
    found = set(words)
    found.update(f"{first} {second}" for first, second in itertools.pairwise(words))
    found.update(word[:BEGINNING] + "*" for word in words if len(word) > BEGINNING)
    return found


def find_signs(text: str, blocks: Sequence[Block], model: GateModel) -> Signs:
    """Read a document's words.

    Args:
        text: the whole text.
        blocks: its blocks, furniture is passed over; none means that all of the text is one.
        model: the gate's weights.
    """
    known = model.weights
    scored: list[tuple[float, Span]] = []
    for block in blocks or (Block(Span(0, len(text))),):
        if block.kind is BlockKind.FURNITURE:
            continue
        for span in cut_sentences(text, block.span.start, block.span.end):
            score = model.bias + sum(known[f] for f in features(text[span.start : span.end]) if f in known)
            scored.append((score, span))
    best = sorted(scored, key=lambda told: -told[0])[:MOST_GLANCES]
    highest = best[0][0] if best else float("-inf")
    telling = tuple(sorted(span for _, span in best)) if highest >= model.document else ()
    return Signs(highest, telling, tuple(span for _, span in scored))


def glance(text: str, signs: Signs, encoder: Encoder) -> float:
    """The highest probability that the encoder gives any type in the most telling sentences: the mean of sentence and word.

    The sentences are read one after the other, without those between them.
    """
    encoded = encode_sentences(text, signs.telling, encoder.tokenizer)
    return _surest(read_detection(detection_windows(encoded), len(encoded), encoder))


def look(text: str, signs: Signs, encoder: Encoder, enough: float = 1.0) -> float:
    """The highest probability that the encoder gives any type in the windows that hold the most telling sentences.

    Here they stand among their neighbours, as they do when the whole document is read. Windows are read one after the
    other, until one reaches ``enough``.
    """
    encoded = encode_sentences(text, signs.sentences, encoder.tokenizer)
    wanted = {number for number, span in enumerate(signs.sentences) if span in signs.telling}
    highest = 0.0
    for window in detection_windows(encoded):
        held = {number for number, _, _ in window.sentences}
        if held & wanted and highest < enough:
            # The last sentence of a window opens the next one: once is enough.
            wanted -= held
            highest = max(highest, _surest(read_detection([window], len(encoded), encoder)))
    return highest


def _surest(detection: Detection) -> float:
    return float(np.max(detection.sentences + detection.named, initial=0.0)) / 2


STEPS = 3


def steps(text: str, blocks: Sequence[Block], model: GateModel, encoder: Encoder) -> int:
    """How many of its steps the gate lets a document pass: words, glance, look. All of them: it is worth reading."""
    signs = find_signs(text, blocks, model)
    if not signs.telling:
        return 0
    seen = glance(text, signs, encoder)
    if seen < model.glance:
        return 1
    return STEPS if seen >= model.sure or look(text, signs, encoder, model.look) >= model.look else 2
