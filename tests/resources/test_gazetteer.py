import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import DataError
from tocsin.resources.gazetteer import Candidate, Gazetteer, attribution, fold, load_gazetteer
from tocsin.resources.gazetteer_words import (
    load_common_words,
    load_place_weights,
    load_toponym_words,
    publisher_home,
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def settlement(gazetteer: Gazetteer, name: str) -> Candidate:
    return next(c for c in gazetteer.candidates(name) if c.kind == "settlement")


@pytest.mark.parametrize(
    ("written", "filed"),
    [
        ("Mahilioŭ", "mahiliou"),
        ("Орёл", "орел"),
        ("Xi'an", "xian"),
        ("Xi’an", "xian"),
        ("Stratford-upon-Avon", "stratford upon avon"),
        ("  U.S. ", "us"),
        ("Łódź", "lodz"),
        ("ISTANBUL", "istanbul"),
        ("", ""),
    ],
)
def test_fold_drops_case_marks_points_and_hyphens(written, filed):
    assert fold(written) == filed


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Minsk", "BY", "Minsk City"),
        ("Минск", "BY", "Minsk City"),
        ("Мінск", "BY", "Minsk City"),
        ("Жодзіна", "BY", "Minsk Region"),
        ("Гродне", "BY", "Grodno Region"),
        ("Харкові", "UA", "Kharkiv Oblast"),
        ("Києві", "UA", "Kyiv City"),
        ("Amdavad", "IN", "Gujarat"),
        ("Bombay", "IN", "Maharashtra"),
        ("Leningrad", "RU", "Saint Petersburg"),
        ("Cologne", "DE", "North Rhine-Westphalia"),
        ("Nablus", "PS", "West Bank"),
        ("Rafah", "PS", "Gaza Strip"),
        ("St. Louis", "US", "Missouri"),
        ("San Cristóbal de las Casas", "MX", "Chiapas"),
    ],
)
def test_a_name_in_any_script_or_age_finds_its_town(gazetteer, name, country, admin1):
    found = settlement(gazetteer, name)
    assert (found.country, found.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Belarus", "country", "BY"),
        ("Беларусь", "country", "BY"),
        ("Deutschland", "country", "DE"),
        ("the Netherlands", "country", "NL"),
        ("Zaire", "country", "CD"),
        ("Yugoslavia", "country", "YU"),
        ("USSR", "country", "SU"),
        ("Gujarat", "admin1", "IN"),
        ("North Rhine-Westphalia", "admin1", "DE"),
        ("West Bank", "admin1", "PS"),
        ("Orange County", "admin2", "US"),
        ("Middle East", "region", None),
        ("Africa", "region", None),
    ],
)
def test_countries_and_regions_come_before_towns_of_that_name(gazetteer, name, kind, country):
    first = gazetteer.candidates(name)[0]
    assert (first.kind, first.country) == (kind, country)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Belarusian", "BY"),
        ("Turks", "TR"),
        ("South African", "ZA"),
        ("Soviet", "SU"),
        ("SALVADORAN", "SV"),
        ("Marchers", None),
        ("", None),
    ],
)
def test_a_demonym_gives_its_country(gazetteer, word, country):
    assert gazetteer.demonym(word) == country


def test_an_abbreviation_counts_its_case(gazetteer):
    assert [c.name for c in gazetteer.short_form("Ore.")] == ["Oregon"]
    assert [c.name for c in gazetteer.short_form("L.A.")] == ["Los Angeles"]
    assert gazetteer.short_form("in") == ()


def test_every_country_has_a_label_point_and_a_name(gazetteer):
    for code in ("BY", "NO", "XK", "YU"):
        country = gazetteer.country(code)
        assert country is not None
        assert country.kind == "country"
        assert -90 <= country.lat <= 90
    assert gazetteer.country("ZZ") is None


def test_regions_are_listed_by_english_name(gazetteer):
    assert "Minsk Region" in gazetteer.admin1_names("BY")
    assert "Gujarat" in gazetteer.admin1_names("in")
    assert gazetteer.admin1_names("??") == ()


def test_candidates_of_a_common_name_are_many_and_ordered(gazetteer):
    found = [c.population or 0 for c in gazetteer.candidates("Santa Cruz") if c.kind == "settlement"]
    assert len(found) > 20
    assert found == sorted(found, reverse=True)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_looked_up(text):
    gazetteer = load_gazetteer()
    assert isinstance(gazetteer.candidates(text), tuple)
    gazetteer.demonym(text)
    gazetteer.short_form(text)
    publisher_home(text, text)


def test_look_ups_are_quick(gazetteer):
    names = [f"{a}{b}" for a in ("San ", "New ", "", "Old ") for b in ("Minsk", "Paris", "Lagos", "Qwerty", "Rosa")]
    started = time.perf_counter()
    for _ in range(500):
        for name in names:
            gazetteer.candidates(name)
    assert (time.perf_counter() - started) / (500 * len(names)) < 2e-4


def test_a_folder_without_files_is_refused_with_the_next_step(tmp_path):
    with pytest.raises(DataError, match=r"build_gazetteer\.py"):
        Gazetteer(tmp_path)


def test_the_credit_names_source_and_licence():
    assert "GeoNames" in attribution()
    assert "CC BY 4.0" in attribution()


@pytest.mark.parametrize(
    ("publisher", "url", "home"),
    [
        ("Times of India", None, ("country", "IN")),
        ("THE TIMES OF INDIA", None, ("country", "IN")),
        (None, "http://www.news-leader.com/a/b.html", ("settlement", "US")),
        (None, "https://paper.invented.ie/1", ("country", "IE")),
        (None, "https://paper.invented.co.uk/1", ("country", "GB")),
        ("An Unknown Gazette", "not an address", None),
        (None, None, None),
    ],
)
def test_a_publisher_is_at_home_where_its_name_or_host_says(publisher, url, home):
    found = publisher_home(publisher, url)
    assert (None if found is None else (found.kind, found.country)) == home


def test_every_publisher_has_a_home_in_the_gazetteer():
    from tocsin.resources.gazetteer_words import _publishers

    for name in _publishers():
        assert publisher_home(name) is not None, name


def test_word_lists_and_weights_load():
    words = load_toponym_words()
    assert "in" in words.prepositions
    assert "reading" in words.not_places
    assert "nice" in load_common_words()
    assert set(load_place_weights()) == {"first", "second", "find", "find_plain"}
