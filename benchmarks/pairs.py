"""Who does something to whom in a sentence: every noun phrase is scored as source and as target.

Two logistic scores over the phrase's place in the syntax, learned on the sentences of plv_plover's train split, whose
sources and targets are marked.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.light import Floats, Linear, chance
from tocsin.vocabulary import Sentence, Span, Token

COLUMNS = 256

_INSIDE = frozenset("det amod compound poss nmod nummod quantmod advmod case punct".split())
_SAYING = frozenset("say tell report add note announce quote claim confirm disclose declare".split())


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: ``span`` without what follows its head, ``head`` its token."""

    sentence: Sentence
    head: Token
    span: Span


def find_phrases(sentences: Sequence[Sentence]) -> list[Phrase]:
    """Every noun phrase and every place or people that stands in one as an adjective ('Senegalese peace plan')."""
    found = []
    for sentence in sentences:
        for token in sentence.tokens:
            named = token.ent in ("GPE", "NORP", "ORG", "PERSON")
            if token.pos not in ("NOUN", "PROPN", "PRON") and not named:
                continue
            if token.dep == "compound" or (token.dep == "amod" and not named):
                continue
            found.append(Phrase(sentence, token, Span(_left(sentence, token), token.span.end)))
    return found


def _left(sentence: Sentence, token: Token) -> int:
    start = token.index
    moved = True
    while moved:
        moved = False
        for other in sentence.tokens[max(0, start - 6) : start]:
            if other.dep in _INSIDE and start <= other.head <= token.index and other.text not in (",", "(", "``", "''"):
                start, moved = other.index, True
                break
    return sentence.tokens[start].span.start


def phrase_features(phrase: Phrase, text: str, order: int, count: int) -> Floats:
    """(features,): place in the syntax as hashed strings, and a few numbers.

    Args:
        phrase: one of a text's phrases.
        text: the text.
        order: which phrase it is, from 0.
        count: how many there are.
    """
    tokens, head = phrase.sentence.tokens, phrase.head
    path, verb = _path(tokens, head)
    governor = tokens[head.head]
    preposition = governor.lemma.lower() if head.dep == "pobj" else ""
    act = tokens[governor.head] if head.dep == "pobj" else governor
    said = verb is not None and verb.lemma.lower() in _SAYING
    grams = [
        f"dep:{head.dep}",
        f"path:{path}",
        f"prep:{preposition}",
        f"prep:{preposition}|{act.pos}",
        f"act:{act.lemma.lower()}|{head.dep}|{preposition}",
        f"verb:{verb.lemma.lower() if verb else ''}|{head.dep}",
        f"ent:{head.ent}|{head.dep}",
        f"pos:{head.pos}",
        f"word:{head.lemma.lower()}",
        f"root:{verb is not None and verb.dep == 'ROOT'}|{head.dep}|{said}",
        f"first:{order == 0}|{head.dep}",
        f"tail:{said and order > 0}|{head.dep}",
        f"passive:{any(t.dep in ('nsubjpass', 'auxpass') and t.head == (verb.index if verb else -1) for t in tokens)}|{head.dep}",
    ]
    row = np.zeros(COLUMNS + 6, np.float32)
    for gram in grams:
        row[zlib.crc32(gram.encode()) % COLUMNS] += 1
    capital = any(word[:1].isupper() for word in phrase.span.of(text).split())
    row[COLUMNS:] = (
        order / max(1, count),
        float(order == 0),
        float(capital),
        float(head.ent in ("GPE", "NORP")),
        float(head.ent in ("ORG", "PERSON")),
        phrase.span.start / max(1, len(text)),
    )
    return row


def _path(tokens: Sequence[Token], head: Token) -> tuple[str, Token | None]:
    """Dependencies up to the first verb, at most three, and that verb."""
    steps, at = [head.dep], head
    for _ in range(6):
        above = tokens[at.head]
        if above.index == at.index:
            return ">".join(steps[:3]), at if at.pos in ("VERB", "AUX") else None
        if above.pos in ("VERB", "AUX"):
            return ">".join(steps[:3]), above
        steps.append(above.dep)
        at = above
    return ">".join(steps[:3]), None


@dataclass(frozen=True)
class Pair:
    """Sources, among them those joined by 'and', and targets; spans into the text."""

    sources: tuple[Phrase, ...]
    targets: tuple[Phrase, ...]


def choose_pair(sentences: Sequence[Sentence], text: str, model: Linear, *, least: float) -> Pair:
    """The likeliest source, then the likeliest target apart from it.

    Args:
        sentences: parsed sentences of the text.
        text: what their spans point into.
        model: logits of (source, target).
        least: a target less probable than this is left out.
    """
    phrases = find_phrases(sentences)
    if not phrases:
        return Pair((), ())
    rows = [phrase_features(phrase, text, i, len(phrases)) for i, phrase in enumerate(phrases)]
    told = chance(model(np.array(rows, np.float32)))
    first = int(told[:, 0].argmax())
    sources = _joined(phrases, first)
    taken = {phrases.index(phrase) for phrase in sources}
    apart = [i for i, p in enumerate(phrases) if i not in taken and not any(p.span.overlaps(s.span) for s in sources)]
    if not apart:
        return Pair(sources, ())
    second = max(apart, key=lambda i: float(told[i, 1] - 0.3 * told[i, 0]))
    return Pair(sources, _joined(phrases, second) if told[second, 1] >= least else ())


def _joined(phrases: Sequence[Phrase], chosen: int) -> tuple[Phrase, ...]:
    """A phrase with those that 'and' joins to it."""
    one = phrases[chosen]
    others = [
        p
        for p in phrases
        if p.sentence is one.sentence and p.head.dep == "conj" and p.head.head == one.head.index and p.head.ent
    ]
    return (one, *others)
