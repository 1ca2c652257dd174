"""Employer, initiator and evidence tell a labour event's sector; a broken sectors.yaml is refused."""

import copy
from importlib import resources

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import DataError
from tocsin.extract.sectors import sector_of
from tocsin.resources.actor_lexicon import SECTORS, check_sector_lexicon, load_sector_lexicon

LEXICON = load_sector_lexicon()
RAW = yaml.safe_load(resources.files("tocsin").joinpath("data/lexicons/en/sectors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: f"{entry.sector}-{entry.cues[0]}")
def test_each_entry_finds_its_sentence_and_skips_the_other(entry):
    assert sector_of([entry.finds], LEXICON) == entry.sector
    assert sector_of([entry.skips], LEXICON) != entry.sector


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: f"{entry.sector}-{entry.cues[0]}")
def test_each_cue_alone_tells_its_sector(entry):
    assert [cue for cue in entry.cues if sector_of([cue], LEXICON) != entry.sector] == []


def test_every_section_of_isic_has_words():
    assert {entry.sector for entry in LEXICON.entries} == set(SECTORS)


def test_the_employer_is_asked_before_the_initiator_and_the_sentence():
    texts = ["Volta Airlines", "cleaners", "Nurses of the hospital cheered."]
    assert sector_of(texts, LEXICON) == "Transportation and storage"
    assert sector_of(["", *texts[1:]], LEXICON) == "Administrative and support service activities"
    assert sector_of(["", "", texts[2]], LEXICON) == "Human health and social work activities"


def test_a_hint_gives_way_to_words_that_settle_it():
    assert sector_of(["the state", "teachers"], LEXICON) == "Education"
    assert sector_of(["the state", ""], LEXICON) == "Public administration and defence; compulsory social security"


def test_a_hint_in_a_long_sentence_says_nothing():
    sentence = "The walkout at Novik was called for Monday, and people in the whole state will feel it, a speaker said."
    assert sector_of(["", "", sentence], LEXICON) is None


def test_capitals_do_not_matter():
    assert sector_of(["PLATINUM MINERS"], LEXICON) == sector_of(["platinum miners"], LEXICON) == SECTORS[1]


@pytest.mark.parametrize("texts", [[], [""], ["", "  ", "..."], ["Novik"]])
def test_words_without_a_cue_have_no_sector(texts):
    assert sector_of(texts, LEXICON) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_texts_give_a_section_or_nothing(texts):
    assert sector_of(texts, LEXICON) in (None, *SECTORS)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("sector", "Magic", "entry 1: 'Magic' is no section of ISIC"),
        ("weight", 9, "entry 1: 9 is no weight"),
        ("cues", [], "entry 1: 'cues' is missing"),
        ("skips", None, "entry 1: 'skips' is missing"),
        ("score", 1, "entry 1: 'score' is not a key"),
    ],
)
def test_a_wrong_entry_is_named(key, value, message):
    raw = copy.deepcopy(RAW)
    raw[0][key] = value
    with pytest.raises(DataError, match=rf"sectors\.yaml, {message}"):
        check_sector_lexicon(raw, "sectors.yaml")


def test_a_missing_language_is_named():
    with pytest.raises(DataError, match=r"lexicons/xx/sectors\.yaml is missing"):
        load_sector_lexicon("xx")
