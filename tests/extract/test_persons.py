"""Who is named, and who of them acts in a public role; the default is private."""

from __future__ import annotations

import dataclasses

import pytest
from factory import make_document, make_parse

from tocsin.extract.person_names import PeopleKnowledge
from tocsin.extract.persons import find_people
from tocsin.extract.public_roles import public_role, speaks
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations
from tocsin.resources.person_lexicon import load_person_lexicon
from tocsin.vocabulary import Person

LEXICON = load_person_lexicon()
KNOWLEDGE = PeopleKnowledge(LEXICON, load_office_holders(), load_organisations())


def people(text: str, title: str | None = None) -> dict[str, Person]:
    headline = make_parse(make_document(title)) if title else None
    found = find_people(make_parse(make_document(text)), (), (), KNOWLEDGE, title=headline)
    return {person.name: person for person in found}


def is_public(marked: str) -> bool:
    start, end = marked.index("["), marked.index("]")
    before, after = marked[:start], marked[end + 1 :]
    role = public_role(before, after, LEXICON)
    return role is not None and (not role.speaks or speaks(before, after, LEXICON))


@pytest.mark.parametrize("cue", LEXICON.roles, ids=lambda cue: cue.cues[0])
def test_each_role_finds_and_skips_what_its_entry_says(cue):
    assert is_public(cue.finds)
    assert not is_public(cue.skips)


@pytest.mark.parametrize(
    "marked",
    [
        "[Lea Horvat], who heads the union's branch, said so.",
        "A spokeswoman for the ministry, [Lea Horvat], said so.",
        "[Lea Horvat], 51, president of the farmers' league, said so.",
        "The former mayor, [Lea Horvat], was there.",
        "Police spokesman Lt-Col [Lea Horvat] said so.",
    ],
)
def test_a_role_beside_the_name_makes_it_public(marked):
    assert is_public(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "The wife of the mayor, [Lea Horvat], was hurt.",
        "The mayor's driver [Lea Horvat] was hurt.",
        "[Lea Horvat], a son of the minister, was hurt.",
        "[Lea Horvat], 51, a welder, was hurt.",
        "Police shot [Lea Horvat] near the mayor's office.",
    ],
)
def test_a_role_of_somebody_else_does_not(marked):
    assert not is_public(marked)


def test_a_victim_is_private_wherever_the_name_or_a_part_of_it_stands():
    text = "A man named Tomo Vrba, 34, was shot. VRBA had two children. The Vrbas left. Tomo's brother wept over Vrba's body."
    (victim,) = people(text).values()
    assert not victim.public
    assert [span.of(text) for span in victim.spans] == ["Tomo Vrba", "VRBA", "Vrbas", "Tomo", "Vrba"]


def test_an_office_holder_is_public_in_any_script():
    assert people("It was Лукашенко who spoke, said Nikol Pashinyan.")["Лукашенко"].public


def test_a_reporter_who_is_arrested_is_private():
    assert not people("The reporter, Tomo Vrba, was arrested.")["Tomo Vrba"].public


def test_the_author_of_the_report_is_public():
    text = "By Tomo Vrba\n\nDockers said they would strike."
    assert make_parse(text).sentences
    found = people("By Tomo Vrba said reports.\n\nDockers struck.")
    assert found["Tomo Vrba"].reason == "author of the report"


def test_a_surname_that_two_bear_is_the_one_named_last():
    text = "President Alexander Lukashenko spoke. A nurse, Ana Lukashenko, said no. Lukashenko was detained."
    found = people(text)
    assert not found["Ana Lukashenko"].public
    assert len(found["Ana Lukashenko"].spans) == 2
    assert found["Alexander Lukashenko"].public


def test_a_name_of_the_title_alone_is_found_too():
    found = people("Dockers struck on Monday.", title="Docker Tomo Vrba was hurt")
    assert any("Vrba" in name and not person.public for name, person in found.items())


@pytest.mark.parametrize("text", ["", "12 34 56", "Minsk", "ooo 'of", "Mr", "Белаз workers", "．．．"])
def test_any_text_is_read_without_an_error(text):
    document = dataclasses.replace(make_document(text or "x"), text=text or "x")
    assert isinstance(find_people(make_parse(document), (), (), KNOWLEDGE), tuple)


def test_a_plant_is_no_person():
    assert not people("Workers at BelAZ said no. Keramin workers said no.")
