from __future__ import annotations

import datetime as dt

import pytest
from web_reports import BRNO, article, at

from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    DateInterval,
    DatePrecision,
    Demand,
    Factuality,
    Issue,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
)
from tocsin.web.words import date_words, interval_words, place_note, place_words, source_words, value_words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2020-08-13", "2020-08-13", "day", "13 Aug 2020"),
        ("2020-08-13", "2020-08-15", "day", "13–15 Aug 2020"),
        ("2020-08-30", "2020-09-02", "day", "30 Aug – 2 Sept 2020"),
        ("2020-12-30", "2021-01-02", "day", "30 Dec 2020 – 2 Jan 2021"),
        ("2020-08-10", "2020-08-16", "week", "week of 10 Aug 2020"),
        ("2020-08-01", "2020-08-31", "month", "Aug 2020"),
        ("2020-08-01", "2020-09-30", "month", "Aug – Sept 2020"),
        ("2020-01-01", "2020-12-31", "year", "2020"),
        ("2019-01-01", "2020-12-31", "year", "2019 – 2020"),
        ("2020-08-13", None, "day", "from 13 Aug 2020"),
        (None, "2020-08-13", "day", "until 13 Aug 2020"),
        (None, None, "unknown", "not told"),
    ],
)
def test_a_date_reads_as_exactly_as_it_is_told(start, end, precision, words):
    first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))
    assert date_words(DateInterval(first, last, DatePrecision(precision))) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 12, "12"),
        (5400, 6600, "5,400–6,600"),
        (2, None, "2 or more"),
        (None, 500, "500 or fewer"),
        (0, 0, "0"),
        (None, None, "any number"),
    ],
)
def test_an_open_end_is_said_and_zero_is_a_number(low, high, words):
    assert interval_words(low, high) == words


def test_a_place_gets_its_region_but_never_its_own_name_twice():
    assert place_words(BRNO) == "Brno, South Moravian"
    assert place_words(Place("Izmir", settlement="İzmir", admin1="Izmir")) == "Izmir"
    assert place_words(Place("the depot, Brno", settlement="Brno", admin1="South Moravian")) == (
        "the depot, Brno, South Moravian"
    )
    assert place_words(None) == "not told"


def test_coordinates_on_the_equator_are_shown():
    assert place_note(Place("Mbandaka", PlacePrecision.SETTLEMENT, country="CD", latitude=0.0, longitude=18.26)) == (
        "settlement · CD · 0.00, 18.26"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Actor("riot police", ActorKind.POLICE), ("riot police", "police")),
        (Quantity(QuantityRole.KILLED, 2, None, "at least two"), ("at least two", "killed: 2 or more")),
        (Demand("higher pay", Issue.WAGES), ("higher pay", "wages")),
        (Factuality.CALLED_FOR, ("called for", "")),
        ("Transport tram works", ("Transport tram works", "")),
    ],
)
def test_a_value_reads_as_its_words_and_what_was_made_of_them(value, words):
    assert value_words(value) == words


def test_a_source_without_a_noun_is_still_named():
    document = article("The mayor said so.")
    assert source_words(Attribution(SourceKind.OFFICIAL, at(document, "The mayor"))) == "The mayor"
    assert source_words(Attribution(SourceKind.AUTHOR)) == "the article"
    assert source_words(Attribution(SourceKind.UNNAMED)) == "unnamed"
    assert source_words(Attribution(SourceKind.OFFICIAL)) == "unnamed official"
