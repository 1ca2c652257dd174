"""Sentences -> one coded event: source, target, PLOVER root. Shared by the sets of coded sentences."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np

from benchmarks.light import load_linear
from benchmarks.pairs import Pair, Phrase, choose_pair
from benchmarks.sets.plv_plover import ROOTS, RootCoder
from tocsin.extract.actor_country import ActorKnowledge, country_of_actor
from tocsin.extract.actor_kinds import kind_of_actor
from tocsin.extract.agent_codes import agent_code
from tocsin.parse import load_parser, parse_document
from tocsin.resources.actor_codes import load_actor_codes
from tocsin.resources.actor_lexicon import load_actor_lexicon
from tocsin.resources.alpha3 import load_alpha3
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations
from tocsin.vocabulary import ActorKind, Document

# A target less probable than this is left out.
LEAST_TARGET = 0.15


@dataclass(frozen=True)
class CodedSentence:
    """What a sentence tells: the likeliest root, its log score, and who does it to whom."""

    root: str
    score: float
    pair: Pair


@functools.cache
def _coder() -> RootCoder:
    return RootCoder()


def code_sentence(text: str) -> CodedSentence:
    """Source, target and root of a text of one or two sentences."""
    parse = parse_document(Document(text, language="en"), load_parser())
    pair = choose_pair(parse.sentences, text, load_linear("plover_gsr-pairs"), least=LEAST_TARGET)
    source = pair.sources[0].span if pair.sources else None
    target = pair.targets[0].span if pair.targets else None
    scores = _coder()(text, source, target)
    best = int(np.argmax(scores))
    return CodedSentence(ROOTS[best], float(scores[best]), pair)


@functools.cache
def _knowledge() -> ActorKnowledge:
    return ActorKnowledge(load_gazetteer(), load_office_holders(), load_organisations())


@dataclass(frozen=True)
class ActorCode:
    """An actor's words with its country (ISO 3166-1 alpha-3, IGO for bodies of states, "" unknown), PLOVER's agent code
    and the codebook's kind, None where the words do not tell.
    """

    span: list[int]
    country: str
    agent: str | None
    kind: ActorKind | None


def code_actor(phrase: Phrase, text: str, *, context: str = "", day: dt.date | None = None) -> ActorCode:
    """What a phrase's own words make of it; ``context`` may name the country where they do not."""
    words = phrase.span.of(text)
    country = country_of_actor(words, _knowledge(), context=context) or ""
    kind = kind_of_actor(words, load_actor_lexicon())
    return ActorCode(
        [phrase.span.start, phrase.span.end],
        load_alpha3().get(country, "IGO" if country in ("UN", "EU", "INT") else ""),
        agent_code(words, _knowledge(), load_actor_codes(), day=day),
        kind[0] if kind else None,
    )
