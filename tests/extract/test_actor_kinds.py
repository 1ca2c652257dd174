"""The words for an actor tell its kind; a broken actors.yaml is refused with the file, the entry and the next step."""

import copy
from importlib import resources

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import DataError
from tocsin.extract.actor_kinds import kind_of_actor
from tocsin.resources.actor_lexicon import check_actor_lexicon, load_actor_lexicon
from tocsin.vocabulary import ActorKind

LEXICON = load_actor_lexicon()
RAW = yaml.safe_load(resources.files("tocsin").joinpath("data/lexicons/en/actors.yaml").read_text(encoding="utf-8"))


def kind(text, context=""):
    found = kind_of_actor(text, LEXICON, context=context)
    return found and found[0]


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: f"{entry.kind}-{entry.cues[0]}")
def test_each_entry_finds_its_phrase_and_skips_the_other(entry):
    assert kind(entry.finds) == entry.kind
    assert kind(entry.skips) != entry.kind


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: f"{entry.kind}-{entry.cues[0]}")
def test_each_cue_alone_is_of_its_kind_unless_it_needs_another(entry):
    expected = None if entry.needs else entry.kind
    assert [cue for cue in entry.cues if kind(cue) != expected] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("police station", "police"),
        ("a police reporter", "media"),
        ("the student union", "students"),
        ("workers of the Congress party", "party"),
        ("union leaders", "union"),
        ("members of the nurses' union", "workers"),
        ("members of the Democratic Alliance", "party"),
        ("leaders of pro-Hindu organisations", "religious"),
        ("dozens of armed soldiers", "military"),
        ("an office used by riot police", "police"),
        ("college and university teachers", "workers"),
        ("students and staff of the institute", "students"),
        ("youths belonging to the minority community", "religious"),
        ("9,000 striking dockworkers", "workers"),
        ("a U.S. union local", "union"),
        ("the trade union co-ordination committee", "union"),
        ("wives of miners", "civilians"),
        ("INTER-SERVICES police and troops", "police"),
    ],
)
def test_the_head_noun_beats_what_stands_before_and_after_it(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize("text", ["riot police", "protesting residents", "kar sevaks", "the teachers' union"])
def test_capitals_do_not_matter_for_plain_words(text):
    assert kind(text) == kind(text.upper()) == kind(text.title()) is not None


def test_short_names_need_their_capitals():
    assert kind("DA") == "party"
    assert kind("da") is None


def test_a_country_stands_for_its_government_only_alone():
    assert kind("Belarus") == "government"
    assert kind("Belarus Tractor") is None


@pytest.mark.parametrize("text", ["", "   ", "...", "(", "Grodno Azot", "Лев", "the others'"])
def test_words_without_a_cue_have_no_kind_or_a_weak_one(text):
    found = kind_of_actor(text, LEXICON)
    assert found is None or found[1] < 0.7


@pytest.mark.parametrize(
    ("name", "context", "expected"),
    [
        ("Thabo Ndlela", "On Monday ANC councillor Thabo Ndlela was shot at home.", "party"),
        ("Ines Prado", "Ines Prado, a bus driver, was dismissed.", "workers"),
        ("Ines Prado", "They freed Ines Prado (EFF) at dawn.", "party"),
        ("Ines Prado", "Ines Prado walked home past the police.", None),
    ],
)
def test_a_bare_name_is_read_by_its_title_or_apposition(name, context, expected):
    assert kind(name, context) == expected


def test_what_the_words_say_themselves_is_surer_than_what_stands_beside():
    named = kind_of_actor("a bus driver", LEXICON)
    beside = kind_of_actor("Ines Prado", LEXICON, context="Ines Prado, a bus driver, was dismissed.")
    assert named is not None
    assert beside is not None
    assert named[1] > beside[1]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_gives_a_kind_and_a_share_or_nothing(text, context):
    found = kind_of_actor(text, LEXICON, context=context)
    assert found is None or (found[0] in tuple(ActorKind) and 0 <= found[1] <= 1)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("kind", "wizards", "entry 1: 'wizards' is no kind of actor"),
        ("score", 7, "entry 1: 7 is no score"),
        ("match", "regex", "entry 1: 'regex' is no match"),
        ("cues", [True], "entry 1: 'cues' is no list of words"),
        ("finds", "", "entry 1: 'finds' is missing"),
        ("finds", ["a"], "entry 1: 'finds' is no text"),
        ("yields", ["everyone"], "entry 1: 'everyone' is no kind"),
        ("colour", "red", "entry 1: 'colour' is not a key"),
    ],
)
def test_a_wrong_entry_is_named(key, value, message):
    raw = copy.deepcopy(RAW)
    raw[0][key] = value
    with pytest.raises(DataError, match=rf"actors\.yaml, {message}"):
        check_actor_lexicon(raw, "actors.yaml")


def test_a_cue_in_two_entries_is_refused():
    with pytest.raises(DataError, match="entry 2: 'protester' stands in entry 1 too"):
        check_actor_lexicon([RAW[0], {**RAW[1], "cues": ["protester"]}], "actors.yaml")


@pytest.mark.parametrize("raw", [None, {}, [], "police", [3]])
def test_a_file_of_the_wrong_shape_is_refused(raw):
    with pytest.raises(DataError, match=r"actors\.yaml"):
        check_actor_lexicon(raw, "actors.yaml")


def test_a_missing_language_is_named():
    with pytest.raises(DataError, match=r"lexicons/xx/actors\.yaml is missing"):
        load_actor_lexicon("xx")
