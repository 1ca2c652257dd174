"""What is no person stays, and a private name that stands in words like a thing's is still masked."""

from __future__ import annotations

import dataclasses

import pytest
from factory import make_document, make_parse

from tocsin.extract.person_names import PeopleKnowledge
from tocsin.extract.person_things import publishes
from tocsin.extract.persons import find_people
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations
from tocsin.resources.person_lexicon import load_person_lexicon
from tocsin.vocabulary import Entity, Parse, Span

KNOWLEDGE = PeopleKnowledge(load_person_lexicon(), load_office_holders(), load_organisations())


def parsed(marked: str, publisher: str | None = None) -> Parse:
    """A text with what stands in braces as the parser's persons."""
    spans: list[Span] = []
    text = ""
    for number, piece in enumerate(marked.replace("}", "{").split("{")):
        if number % 2:
            spans.append(Span(len(text), len(text) + len(piece)))
        text += piece
    parse = make_parse(make_document(text, publisher=publisher))
    sentences = tuple(
        dataclasses.replace(s, entities=tuple(Entity(span, "PERSON") for span in spans if s.span.contains(span)))
        for s in parse.sentences
    )
    return dataclasses.replace(parse, sentences=sentences)


def masked(marked: str) -> list[str]:
    parse = parsed(marked)
    found = find_people(parse, (), (), KNOWLEDGE)
    return [span.of(parse.document.text) for person in found if not person.public for span in person.spans]


@pytest.mark.parametrize(
    "marked",
    [
        "{Vistral Terminals} said no. {Vistral} said the quay was open.",
        "{Vistral Marine} Industries Inc said no. A fire hit {Vistral Marine}.",
        "The Brno Chamber of {Independent Physicians} said no.",
        "Marchers came from the village of {Dolna Sela} on Friday.",
        "Workers at {Vistral Marine} struck. A fire hit {Vistral Marine} too.",
        "The {Vistral Marine} container terminal stood still. A fire hit {Vistral Marine}.",
        "{Brodan}'s management said no. {Brodan} said the plant was open.",
        "The dock rights group ({drg}) said no. {drg} is old.",
        "dockers ended the {curfew}, said {bjp mlas} of the town.",
        "{Kisumu jetty} was shut.",
    ],
)
def test_a_thing_is_no_person(marked: str) -> None:
    assert masked(marked) == []


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("{Vistral Terminals} said no. A crane man, {Tomo Vistral}, 34, said yes.", "Vistral/Tomo Vistral"),
        ("Police arrested Tomo Vrba. {Vrba Transport} said no. Vrba said yes.", "Vrba/Vrba/Vrba"),
        ("{Vrba Transport} said no. Vrba said he was ill.", "Vrba/Vrba"),
        ("{Lea Horvat} Foods Ltd shut. {Lea Horvat}, who owned it, wept.", "Lea Horvat/Lea Horvat"),
        ("{Lea Horvat} of the village of Sela said no.", "Lea Horvat"),
        ("The assembly of {Lea Horvat}'s friends met. {Lea Horvat} was a nurse.", "Lea Horvat/Lea Horvat"),
        ("Workers shouted at {Lea Horvat}.", "Lea Horvat"),
        ("Strikes at {Lea Horvat}'s bakery went on.", "Lea Horvat"),
        ("The {Lea Horvat} trial began.", "Lea Horvat"),
        ("Mr {Brodan} said no. {Brodan}'s management said no.", "Brodan/Brodan"),
        ("a man ({lea}) said no, dockers said.", "lea"),
        ("{Zaldy Co} said no.", "Zaldy Co"),
        ("{Lea Horvat}/Archive Images took it.", "Lea Horvat"),
    ],
)
def test_a_private_name_in_such_words_is_masked(marked: str, names: str) -> None:
    assert masked(marked) == names.split("/")


def test_a_dash_parts_two_names() -> None:
    assert masked("{Sela — Lea Horvat} said no.")[-1] == "Lea Horvat"


def test_a_publisher_is_no_person_unless_the_parser_takes_it_for_one() -> None:
    paper = parsed("The story is by Umber Voice.", publisher="Umber Voice")
    blog = parsed("The story is by {Lea Horvat}.", publisher="Lea Horvat")
    assert publishes(Span(16, 27), paper.sentences[0], paper.document)
    assert not publishes(Span(16, 26), blog.sentences[0], blog.document)


def test_a_church_keeps_its_saint_where_a_private_person_bears_the_name() -> None:
    marked = "{James Vrba}, 34, was shot. Crowds filled St. James Church. James was mourned."
    assert masked(marked) == ["James Vrba", "James"]
