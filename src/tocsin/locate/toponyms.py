"""Parse -> Toponyms: the places a document names, in text order, each with what the gazetteer makes of it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from tocsin.locate.toponym_resolve import answer
from tocsin.locate.toponym_spans import SpanCandidate, describe_spans
from tocsin.resources.gazetteer import Gazetteer, fold
from tocsin.resources.gazetteer_words import ToponymWords, load_place_weights, load_toponym_words, publisher_home
from tocsin.vocabulary import Parse, Toponym

THRESHOLD = 0.5  # below it a stretch is likelier something else than a place


def locate_toponyms(parse: Parse, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the place names of a document and say which place each means.

    Args:
        parse: sentences with tokens and entities; without entities only the gazetteer finds names.
        gazetteer: from ``load_gazetteer``.

    Returns:
        Toponyms in text order, never overlapping. ``place`` is None where the gazetteer has no such name; countries
        and regions have no coordinates. ``score`` is the probability of the place among those of that name.
    """
    return resolve_toponyms(parse, find_toponyms(parse, gazetteer), gazetteer)


def resolve_toponyms(parse: Parse, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Say which place each of some toponyms means; all names of the document should be given, in text order.

    The publisher of ``parse.document`` and the address it came from count: a local paper means its own Springfield.
    """
    return tuple(one.toponym for one in answer(parse, toponyms, gazetteer))


def find_toponyms(parse: Parse, gazetteer: Gazetteer, *, threshold: float = THRESHOLD) -> tuple[Toponym, ...]:
    """Find the place names of a document, unresolved: ``place`` is None, ``score`` how surely it is a place name.

    Entities of the parser and names in the gazetteer are judged together by a linear model, so a name tagged as an
    organisation is found ('Belarus said') and 'Reading' at the head of a sentence is not.
    """
    words = load_toponym_words()
    tagged, plain = load_place_weights()["find"], load_place_weights()["find_plain"]
    home = publisher_home(parse.document.publisher, parse.document.url)
    scored = []
    for candidate in describe_spans(parse, gazetteer, home):
        weights = tagged if candidate.tagged else plain
        total = sum(weights.get(name, 0.0) + words.by_hand.get(name, 0.0) for name in candidate.features)
        score = 1 / (1 + math.exp(-total))
        if score >= threshold:
            scored.append((score, candidate))
    taken: list[Toponym] = []
    # A known name wins over its parts ('British Columbia' over 'British'); among the rest the surest, then the longest.
    outer = [c.span for _, c in scored if c.kind not in ("unknown", "hamlet")]
    scored = [pair for pair in scored if not any(s != pair[1].span and s.contains(pair[1].span) for s in outer)]
    for score, candidate in sorted(scored, key=lambda pair: (-round(pair[0], 2), -len(pair[1].span), pair[1].span)):
        if not any(candidate.span.overlaps(other.span) for other in taken):
            taken.append(_toponym(candidate, score, parse, words))
    return tuple(sorted(taken, key=lambda toponym: toponym.span))


def _toponym(candidate: SpanCandidate, score: float, parse: Parse, words: ToponymWords) -> Toponym:
    role = "location"
    if candidate.kind in ("demonym", "wide"):
        role = "demonym"
    elif candidate.label == "FAC" or (candidate.kind == "unknown" and "site_word" in candidate.features):
        role = "site"
    toponym = Toponym(candidate.span, candidate.text, None, role=role, score=round(score, 4))
    if candidate.dateline:
        toponym = dataclasses.replace(toponym, reason="dateline")
    before = fold(parse.document.text[max(0, candidate.span.start - 30) : candidate.span.start]).removesuffix(" the")
    if any(before == fold(cue.cue) or before.endswith(" " + fold(cue.cue)) for cue in words.near):
        toponym = dataclasses.replace(toponym, near=True)
    return toponym
