"""The files of persons and organisations are read, and what is wrong with one is said in one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tocsin.errors import DataError
from tocsin.resources.actor_codes import check_actor_codes, load_actor_codes
from tocsin.resources.alpha3 import load_alpha3
from tocsin.resources.dated import Term, read_terms
from tocsin.resources.names import fold_name
from tocsin.resources.office_holders import check_office_holders, load_office_holders
from tocsin.resources.organisations import check_organisations, load_organisations
from tocsin.resources.person_lexicon import check_person_lexicon, load_person_lexicon


def test_the_files_that_ship_are_right():
    assert load_actor_codes().entries
    assert load_organisations().named("Keramin")
    assert load_office_holders().named("Jacinda Ardern")
    assert load_person_lexicon().roles
    assert load_alpha3()["BY"] == "BLR"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zelenskyy", "Зеленский"), ("BelAZ", "Белаз"), ("João", "Joao"), ("Alexei", "Алексей"), ("the UN", "UN")],
)
def test_spellings_of_one_name_fold_to_one_key(one, other):
    assert fold_name(one) == fold_name(other)


def test_a_term_holds_from_its_first_to_its_last_day():
    (term,) = read_terms("mayor 2001/2005-06", "here")
    assert term == Term("mayor", dt.date(2001, 1, 1), dt.date(2005, 6, 30))
    assert term.holds(dt.date(2005, 6, 30))
    assert not term.holds(dt.date(2005, 7, 1))


@pytest.mark.parametrize("wrong", [3, "mayor 2001-13/", "mayor 2005/2001", "mayor 2001-02-30/", ""])
def test_a_wrong_term_is_named(wrong):
    with pytest.raises(DataError, match="here"):
        read_terms(wrong, "here")


OFFICES = {"mayor": {"kind": "government", "code": "GOV"}}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {"offices": OFFICES, "people": {"SI": [{"name": "A B"}]}},
        {"offices": OFFICES, "people": {"SI": [{"name": "A B", "offices": ["king 2001/"]}]}},
        {"offices": OFFICES, "people": {"SI": [{"name": "A B", "offices": ["mayor 2001/"], "alias": ["C"]}]}},
        {"offices": {"mayor": {"kind": "mayors", "code": "GOV"}}, "people": {}},
        {
            "offices": OFFICES,
            "people": {"SI": [{"name": n, "also": ["C"], "offices": ["mayor 1/"]} for n in ("A", "B")]},
        },
    ],
)
def test_a_wrong_office_holder_is_named(raw: Any):
    with pytest.raises(DataError, match=r"^file"):
        check_office_holders(raw, "file")


@pytest.mark.parametrize(
    "raw",
    [[], {"SI": [{"name": "A"}]}, {"SI": [3]}, {"SI": [{"name": n, "also": ["C"], "code": "BUS"} for n in ("A", "B")]}],
)
def test_a_wrong_organisation_is_named(raw: Any):
    with pytest.raises(DataError, match=r"^file"):
        check_organisations(raw, "file")


@pytest.mark.parametrize(
    "raw", [None, [], [{"code": "GOV"}], [{"code": "GOV", "cues": [True], "finds": "a", "skips": "b"}]]
)
def test_a_wrong_code_is_named(raw: Any):
    with pytest.raises(DataError, match=r"^file"):
        check_actor_codes(raw, "file")


def test_a_missing_word_list_is_named():
    with pytest.raises(DataError, match=r"person_words\.yaml: 'titles'"):
        check_person_lexicon([], {}, "data/lexicons/en")
