"""A wrong quantities.yaml is refused with the file, the entry and the next step."""

import copy
from importlib import resources

import pytest
import yaml

from tocsin.errors import DataError
from tocsin.resources.number_lexicon import check_number_lexicon, load_number_lexicon

RAW = yaml.safe_load(resources.files("tocsin").joinpath("data/lexicons/en/quantities.yaml").read_text(encoding="utf-8"))


def test_the_english_lexicon_is_whole():
    lexicon = load_number_lexicon()
    assert lexicon.numbers["twelve"] == 12
    assert lexicon.places["passive"]["arrest"] == "detained"


def test_a_missing_language_is_named():
    with pytest.raises(DataError, match=r"lexicons/xx/quantities\.yaml is missing"):
        load_number_lexicon("xx")


@pytest.mark.parametrize(
    ("part", "number", "key", "value", "message"),
    [
        ("bends", 0, "effect", "doubles", "bend 1: 'doubles' is no effect"),
        ("bends", 1, "place", "under", "bend 2: 'under' is no place"),
        ("roles", 0, "role", "happy", "role 1: 'happy' is no role"),
        ("roles", 2, "where", "nearby", "role 3: 'nearby' is no place"),
        ("vague", 0, "low", "many", "wrong kind of value"),
    ],
)
def test_a_wrong_entry_is_named(part, number, key, value, message):
    raw = copy.deepcopy(RAW)
    raw[part][number][key] = value
    with pytest.raises(DataError, match=message):
        check_number_lexicon(raw, "quantities.yaml")


def test_a_missing_part_is_named():
    raw = {key: value for key, value in RAW.items() if key != "days"}
    with pytest.raises(DataError, match="'days' is missing"):
        check_number_lexicon(raw, "quantities.yaml")
