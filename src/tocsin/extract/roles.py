"""Pieces that the encoder gives a role -> spans of whole words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.detect import whole_words
from tocsin.extract.encode import Reading
from tocsin.extract.labels import ARGUMENTS
from tocsin.vocabulary import Parse, Span, Token

PRONOUNS = frozenset("they he she it we who them him her us i you that which those these this".split())


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """Words that fill a role; ``score`` is the mean of the best piece and of all pieces."""

    span: Span
    score: float
    sentence: int


def role_spans(parse: Parse, reading: Reading, role: str, floor: float) -> list[RoleSpan]:
    """Runs of pieces whose probability of a role reaches ``floor``, grown to whole words, best first.

    A run may bridge one weak piece inside a sentence: 'members [of] the union' is one actor. It ends at the verb of a
    clause where it names an actor: 'Brown [said] dockers' are two.
    """
    column = ARGUMENTS.index(role)
    strong = np.flatnonzero(reading.arguments[:, column] >= floor)
    ends = _verbs(parse, reading, strong) if role in ACTORS else frozenset()
    found: list[RoleSpan] = []
    run: list[int] = []
    for i in [*(i for i in strong.tolist() if i not in ends), -1]:
        # One weak piece is bridged, a sentence's end is not.
        if run and (i < 0 or i - run[-1] > 2 or i - 1 in ends or not _same_sentence(parse, reading, run[-1], i)):
            sentence = parse.sentence_at(reading.spans[run[0]].start)
            if sentence is not None:
                found.append(_span(parse, sentence.index, reading, run, column))
            run = []
        run.append(i)
    return sorted(found, key=lambda s: (-s.score, s.span))


ACTORS = ("initiator", "target")


def _verbs(parse: Parse, reading: Reading, strong: NDArray[np.int64]) -> frozenset[int]:
    """The pieces among or beside strong ones that are part of a finite verb."""
    found = set()
    for i in {*strong.tolist(), *(strong + 1).tolist()} - {len(reading.spans)}:
        sentence = parse.sentence_at(reading.spans[i].start)
        tokens = tokens_in(parse, sentence.index, reading.spans[i]) if sentence is not None else []
        if any(token.tag in ("VBD", "VBZ", "VBP") for token in tokens):
            found.add(i)
    return frozenset(found)


def _same_sentence(parse: Parse, reading: Reading, one: int, other: int) -> bool:
    first, second = (parse.sentence_at(reading.spans[i].start) for i in (one, other))
    return first is not None and second is not None and first.index == second.index


def _span(parse: Parse, sentence: int, reading: Reading, run: list[int], column: int) -> RoleSpan:
    scores = [float(reading.arguments[i, column]) for i in run]
    span = _trim(
        parse, sentence, whole_words(parse, sentence, Span(reading.spans[run[0]].start, reading.spans[run[-1]].end))
    )
    return RoleSpan(span, (max(scores) + sum(scores) / len(scores)) / 2, sentence)


def _trim(parse: Parse, sentence: int, span: Span) -> Span:
    """Without the prepositions, conjunctions and marks at either end: 'in front of [the court]' but 'the [court] of'."""
    tokens = tokens_in(parse, sentence, span)
    # 'taken to [a wedding hall]': a verb that takes a preposition or an article is no part of the name.
    while len(tokens) > 1 and (
        tokens[0].pos in _LOOSE
        or tokens[0].tag == "POS"
        or (tokens[0].pos == "VERB" and tokens[1].pos in {"ADP", "DET"})
    ):
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].pos in _LOOSE | {"DET"}:
        tokens = tokens[:-1]
    return Span(tokens[0].span.start, tokens[-1].span.end) if tokens else span


_LOOSE = frozenset(("ADP", "CCONJ", "SCONJ", "PUNCT"))


def tokens_in(parse: Parse, sentence: int, span: Span) -> list[Token]:
    """The tokens of a sentence that a span touches."""
    return [token for token in parse.sentences[sentence].tokens if token.span.overlaps(span)]


def is_pronoun(parse: Parse, found: RoleSpan) -> bool:
    """Whether the words are a lone pronoun, which names nobody."""
    words = tokens_in(parse, found.sentence, found.span)
    return len(words) == 1 and words[0].text.casefold() in PRONOUNS


def content_words(text: str) -> frozenset[str]:
    """The words that tell two actors apart: letters and digits, case folded, without the commonest."""
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return frozenset(words) - _COMMON


_COMMON = frozenset(
    "the a an of in on at and or to by for from with its his her their as who that some group members".split()
)
