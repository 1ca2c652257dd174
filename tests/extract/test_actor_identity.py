"""One person or organisation has one identity, in every document and script; countries come from names too."""

from __future__ import annotations

import datetime as dt

import pytest
from factory import evidence, make_document, make_report

from tocsin.extract.actor_country import ActorKnowledge, country_of_actor
from tocsin.extract.actor_identity import identify_actors, identity_of
from tocsin.extract.agent_codes import agent_code
from tocsin.resources.actor_codes import load_actor_codes
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.resources.office_holders import load_office_holders
from tocsin.resources.organisations import load_organisations
from tocsin.vocabulary import ActorKind, Person

CODES = load_actor_codes()
KNOWLEDGE = ActorKnowledge(load_gazetteer(), load_office_holders(), load_organisations(), CODES.nouns)


@pytest.mark.parametrize("written", ["BelAZ", "Белаз", "БелАЗ", "the BelAZ", "Belarusian Automobile Plant"])
def test_a_plant_is_one_in_every_spelling(written):
    assert identity_of(written, ActorKind.EMPLOYER, KNOWLEDGE) == "BelAZ"


def test_its_workers_are_its_workers():
    for written in ("BelAZ workers", "workers at Белаз", "the workers of BelAZ"):
        assert identity_of(written, ActorKind.WORKERS, KNOWLEDGE) == "BelAZ: workers"


def test_capitals_tell_the_plant_from_the_person():
    assert identity_of("MAZ", ActorKind.EMPLOYER, KNOWLEDGE) == "MAZ"
    assert identity_of("Maz", ActorKind.UNKNOWN, KNOWLEDGE) is None


@pytest.mark.parametrize("written", ["President Emmanuel Macron", "Macron"])
def test_an_office_holder_is_one_with_or_without_title(written):
    assert identity_of(written, ActorKind.HEAD_OF_STATE, KNOWLEDGE) == "Emmanuel Macron"


@pytest.mark.parametrize("written", ["angry residents", "police", "Police", "a crowd", ""])
def test_a_description_is_nobody(written):
    assert identity_of(written, ActorKind.POLICE, KNOWLEDGE) is None


def test_a_name_that_no_file_holds_is_its_folded_form():
    for written in ("Dockers' League of Koper", "the Dockers League of Koper"):
        assert identity_of(written, ActorKind.UNION, KNOWLEDGE) == "dockers league of koper"


def test_a_private_person_has_no_identity_and_a_public_one_has():
    document = make_document("Mayor Lea Horvat met Tomo Vrba.")
    report = make_report(document, trigger="met", initiators=["Mayor Lea Horvat"], targets=["Tomo Vrba"])
    people = [
        Person("Lea Horvat", True, "role: mayor", (evidence(document, "Lea Horvat").span,)),
        Person("Tomo Vrba", False, "", (evidence(document, "Tomo Vrba").span,)),
    ]
    (found,) = identify_actors([report], people, KNOWLEDGE)
    assert [actor.identity for actor in (*found.initiators, *found.targets)] == ["lea horvat", None]
    assert found.id == report.id


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Latvian farmers", "LV"),
        ("Riga police", "LV"),
        ("a protest group in Peru", "PE"),
        ("Ghana's ambassador to Togo", "GH"),
        ("the Kremlin", "RU"),
        ("Police", None),
        ("She", None),
        ("angry residents", None),
        ("NATO", "INT"),
        ("the European Commission", "EU"),
    ],
)
def test_names_tell_the_country(text, country):
    assert country_of_actor(text, KNOWLEDGE) == country


def test_context_tells_it_where_the_words_do_not():
    assert country_of_actor("the finance minister", KNOWLEDGE, context="Finland") == "FI"


@pytest.mark.parametrize("cue", CODES.entries, ids=lambda cue: cue.finds)
def test_each_code_finds_and_skips_what_its_entry_says(cue):
    assert agent_code(cue.finds, KNOWLEDGE, CODES) == cue.code
    assert agent_code(cue.skips, KNOWLEDGE, CODES) != cue.code


@pytest.mark.parametrize(
    ("day", "code"),
    [(dt.date(2012, 5, 1), "GOV"), (dt.date(2019, 5, 1), "ELI")],
)
def test_an_office_is_held_for_a_time(day, code):
    assert agent_code("Nicolas Sarkozy", KNOWLEDGE, CODES, day=day) == code


def test_a_former_minister_is_of_the_elite():
    assert agent_code("a former finance minister", KNOWLEDGE, CODES) == "ELI"


@pytest.mark.parametrize("text", ["", " ", "12", "'s", "ﬀ", "the", "(((", "Ⅻ's army of"])
def test_a_text_that_names_no_country_is_given_none(text):
    assert isinstance(agent_code(text, KNOWLEDGE, CODES), str | None)
    assert country_of_actor(text, KNOWLEDGE) is None
    assert isinstance(identity_of(text, ActorKind.UNION, KNOWLEDGE), str | None)
