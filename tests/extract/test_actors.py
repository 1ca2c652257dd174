"""Which words may name who acts, over all mentions of an occurrence."""

import re

import numpy as np
import pytest

from tocsin.extract.actors import actor_candidates, choose_actors
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import ARGUMENTS, KINDS
from tocsin.extract.member import Member
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import EventType, Span

TEXT = "Dockers struck on Monday. The director called the strike unlawful."


@pytest.fixture(scope="module")
def evidence():
    """(trigger -> words -> how probably the initiator), strongest mention first -> words -> evidence."""
    parse = parse_document(read_text(TEXT), load_parser())
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"\w+", TEXT)]

    def member(trigger, read):
        arguments = np.zeros((len(spans), len(ARGUMENTS)), np.float32)
        for row, span in enumerate(spans):
            arguments[row, ARGUMENTS.index("initiator")] = read.get(span.of(TEXT), 0.0)
        heads = {"initiator_kind": np.full(len(KINDS), 0.1, np.float32)}
        at = TEXT.index(trigger)
        number = parse.sentence_at(at).index
        mention = TriggerMention(number, Span(at, at + len(trigger)), EventType.STRIKE, 0.9, 0.9)
        return Member(mention, Reading(heads, tuple(spans), arguments, {}), 1.0, (), None, None)

    def find(readings):
        group = [member(trigger, read) for trigger, read in readings.items()]
        settings = {"floor": 0.25, "by_kind": 0.9}
        found = actor_candidates(parse, group, "initiator", load_knowledge().actors, settings)
        return {c.found.span.of(TEXT) if c.found else None: c.features for c in found}

    return find


def test_words_that_the_strongest_mention_reads_say_how_surely_it_does(evidence):
    found = evidence({"struck": {"Dockers": 0.6}, "strike": {"Dockers": 0.9, "director": 0.4}})
    assert found["Dockers"]["lead"] == pytest.approx(0.6)
    assert found["Dockers"]["read"] == pytest.approx(0.9)
    (director,) = (features for words, features in found.items() if words and "director" in words)
    assert "lead" not in director


def test_how_many_mentions_read_the_words_is_their_share(evidence):
    found = evidence({"struck": {"Dockers": 0.6}, "strike": {"Dockers": 0.9, "director": 0.4}})
    assert found["Dockers"]["often"] == pytest.approx(1.0)
    assert min(features["often"] for words, features in found.items() if words != "Dockers" and words) == 0.5


def test_nobody_is_always_among_them(evidence):
    found = evidence({"struck": {}})
    assert found[None]["none"] == 1.0
    assert found[None]["none_read"] == 0.0


@pytest.mark.parametrize(
    ("text", "act", "kind", "doer"),
    [
        ("Worker protests were reported in Hull.", "Worker protests", EventType.DEMONSTRATION, "Worker"),
        ("A student march ended in tear gas.", "march", EventType.DEMONSTRATION, "student"),
        ("The seamen's strike goes on.", "strike", EventType.DEMONSTRATION, "seamen"),
        ("A government protest note arrived.", "protest", EventType.DEMONSTRATION, None),
        ("A steel strike began.", "strike", EventType.DEMONSTRATION, None),
        ("They smashed police cars.", "smashed police cars", EventType.DEMONSTRATION, None),
        ("The student killings shocked Hull.", "killings", EventType.KILLING, None),
        ("Police killings shocked Hull.", "killings", EventType.KILLING, "Police"),
    ],
)
def test_people_in_the_acts_own_name_are_its_doers_where_no_window_reads_any(text, act, kind, doer):
    parse = parse_document(read_text(text), load_parser())
    at = text.index(act)
    mention = TriggerMention(0, Span(at, at + len(act)), kind, 0.9, 0.9)
    heads = {"initiator_kind": np.full(len(KINDS), 0.1, np.float32)}
    reading = Reading(heads, (Span(0, 1),), np.zeros((1, len(ARGUMENTS)), np.float32), {})
    settings = {
        "floor": 0.25,
        "by_kind": 0.9,
        "nobody": 1.0,
        "second": 0.5,
        "initiator": {"none": 1.0},
        "initiator_kind": {"words": 4.0},
    }
    group = [Member(mention, reading, 1.0, (), None, None)]
    found = choose_actors(parse, group, "initiator", load_knowledge().actors, settings)
    assert [actor.value.text for actor in found] == ([doer] if doer else [])
