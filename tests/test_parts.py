"""The parts by themselves: their examples run, and what is odd about an input neither raises nor is guessed."""

from __future__ import annotations

import datetime as dt
import doctest
import functools
import importlib
from pathlib import Path

import pytest

from tocsin.attribution import find_sayings
from tocsin.dates import find_dates
from tocsin.errors import BadDate, UnreadableInput
from tocsin.pipeline import Coder, code, load_coder
from tocsin.places import credit, find_places, look_up
from tocsin.quantities import find_counts, find_quantities, read_quantity
from tocsin.read import parse_published, read_text
from tocsin.vocabulary import Coded

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "parts.md"
ODD_TEXTS = [
    "",
    " \n\t\n ",
    "1 2 3 4 5 6 7 8 9 10",
    "2020 300 45.5 1,200 10 000 12:30 99999999999999999999",
    "Рабочиe Мinsk Grоdno бастуют Bеlarus",  # Cyrillic and Latin letters in one word
    "２０２０年８月９日、１，２００人",
    "٩ August ٢٠٢٠: ٢٬٥٠٠ protesters",
    "\u202eabc\u200b\ufeff 12\u0301 людей",
    "?!.,;:'\"()[]{}" * 20,
]


@functools.cache
def coder() -> Coder:
    return load_coder()


def examples(path: Path) -> str:
    """The page with its fences blanked, since a fence right after an example would count as its output."""
    return "\n".join("" if line.startswith("```") else line for line in path.read_text(encoding="utf-8").splitlines())


def run_examples(text: str, name: str) -> doctest.TestResults:
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    return runner.summarize(verbose=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The relatives have been given until Tuesday to sign.", "2020-08-18"),
        ("The miners have until 9 a.m. Tuesday to accept.", "2020-08-18T09:00"),
        ("The union has scheduled a rally on Wednesday.", "2020-08-19"),
        ("The offer had been due to expire on Thursday.", "2020-08-13"),
        ("The visit of the president starts on Tuesday.", "2020-08-18"),
        ("The case is heard in October in the regional court.", "2020-10"),
        ("The union expects a summit set for Minsk in October.", "2020-10"),
        ("The firm announced cuts of its oil supply in September.", "2020-09"),
        ("The job figures for July extended a surge of strikes.", "2020-07"),
        ("The bank extended its credit through January.", "2021-01"),
    ],
)
def test_the_verb_and_the_words_in_front_say_which_way_a_day_lies(text: str, value: str) -> None:
    assert [date.value for date in find_dates(text, "2020-08-14")] == [value]


def test_soon_looks_ahead_only_where_its_verb_does() -> None:
    assert [date.value for date in find_dates("Talks will resume soon.", "2020-08-14")] == ["FUTURE_REF"]
    assert find_dates("The man was soon released.", "2020-08-14") == ()


def test_a_report_that_glances_at_old_years_still_counts_from_its_own_day() -> None:
    text = (
        "He came in 1966, his sister in 1979, two cousins in 1983 and 1984, all after 1959 and before 1990. "
        "This week he met the consul, and last Tuesday the judge."
    )
    values = [date.value for date in find_dates(text, "2000-02-24")]
    assert values[-2:] == ["2000-W08", "2000-02-22"]


def test_the_examples_of_the_page_run() -> None:
    result = run_examples(examples(PAGE), PAGE.name)
    assert (result.failed, result.attempted > 10) == (0, True)


@pytest.mark.parametrize("name", ["attribution", "dates", "places", "quantities"])
def test_the_examples_of_each_part_run(name: str) -> None:
    module = importlib.import_module(f"tocsin.{name}")
    result = run_examples(module.__doc__ or "", name)
    assert result.failed == 0
    assert result.attempted > 0


@pytest.mark.parametrize("name", ["attribution", "dates", "places", "quantities"])
def test_the_page_names_every_function_of_a_part(name: str) -> None:
    module = importlib.import_module(f"tocsin.{name}")
    page = PAGE.read_text(encoding="utf-8")
    functions = [public for public in module.__all__ if public[0].islower()]
    assert functions
    assert all(f"`{function}(" in page for function in functions)


@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize("published", [None, "2020-08-14", "2999-01-01", "1850-06-30", "9999-12-31", "1500-01-01"])
def test_odd_texts_give_dates_inside_the_text(text: str, published: str | None) -> None:
    for mention in find_dates(text, published):
        assert mention.span.of(text) == mention.text
        assert mention.interval is not None or mention.reason


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_are_read_by_every_part(text: str) -> None:
    for quantity in find_quantities(text):
        assert quantity.span.of(text) == quantity.text
    for toponym in find_places(text):
        assert toponym.span.of(text) == toponym.text
    assert len(find_counts(text)) == len(find_quantities(text))
    assert isinstance(find_sayings(text), tuple)


def test_a_row_of_bare_numbers_counts_nobody_and_dates_nothing() -> None:
    text = "1 2 3 4 5 6 7 8 9 10"
    assert find_dates(text, "2020-08-14") == ()
    assert {(number.unit, number.role) for number in find_quantities(text)} <= {("other", None)}


@pytest.mark.parametrize("published", [None, "", "  "])
def test_without_a_published_date_relative_words_stay_unknown_with_the_reason(published: str | None) -> None:
    for text in ("They met on Thursday.", "They met last weekend.", "They met on Eid al-Fitr."):
        (mention,) = find_dates(text, published)
        assert mention.interval is None
        assert "no published date" in mention.reason


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2020-08-10T23:30:00-04:00", "2020-08-09"),  # 11 August in Minsk, but the paper lies in New York
        ("2020-08-10T00:30:00+03:00", "2020-08-09"),  # still the 9th in London
        ("Mon, 10 Aug 2020 01:00:00 +0900", "2020-08-09"),
    ],
)
def test_yesterday_counts_from_the_day_as_it_was_where_it_was_published(published: str, day: str) -> None:
    (mention,) = find_dates("They met yesterday.", published)
    assert mention.interval is not None
    assert str(mention.interval.start) == day


def test_a_published_date_that_is_none_is_refused_in_one_line() -> None:
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        find_dates("They met.", "03/04/2020")


def test_half_a_character_is_refused_in_one_line() -> None:
    with pytest.raises(UnreadableInput, match="character 4"):
        find_quantities("Some\ud800 300 marched.")


def test_a_name_of_very_many_places_gets_a_score_that_says_so() -> None:
    (found,) = find_places("Workers marched in Santa Maria.")
    assert len(look_up("Santa Maria")) > 100
    assert found.score < 0.5


def test_a_name_in_two_scripts_at_once_is_no_place_that_we_know() -> None:
    assert look_up("Мinsk") == ()  # the first letter is Cyrillic
    assert all(toponym.place is None for toponym in find_places("Workers marched through Мinsk."))


def test_the_credit_names_geonames() -> None:
    assert "CC BY 4.0" in credit()


@pytest.mark.parametrize(
    ("wording", "interval"),
    [
        ("1,20,000", (120_000, 120_000)),
        ("2.5 lakh", (250_000, 250_000)),
        ("10 000", (10_000, 10_000)),
        ("٢٬٥٠٠", (2_500, 2_500)),
        ("１，２００", (1_200, 1_200)),
        ("half of the 1,200 workers", (600, 600)),
        ("double the 300 expected", (600, 600)),
        ("twice last year's 400", (800, 800)),
        ("ten to fifteen thousand", (10_000, 15_000)),
        ("a few more than 100", (101, None)),
        ("a record crowd", None),
        ("more people than ever", None),
    ],
)
def test_a_wording_of_numbers_is_read(wording: str, interval: tuple[int | None, int | None] | None) -> None:
    assert read_quantity(wording) == interval


def test_a_share_counts_nobody() -> None:
    assert find_quantities("One in ten workers struck in Leeds.") == ()
    found = find_quantities("Police killed two miners in five villages.")
    assert [(number.low, number.unit) for number in found] == [(2, "people"), (5, "sites")]


def test_two_who_differ_over_a_crowd_are_two_counts() -> None:
    text = "Thousands marched in Leeds, according to organisers; police said 800 took part."
    sources = {c.quantity.number.of(text): [s.source.quote for s in c.sources if s.source] for c in find_counts(text)}
    assert sources == {"Thousands": ["organisers"], "800": ["police"]}


@pytest.mark.slow
@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize(
    ("published", "note"),
    [
        (None, "no published date"),
        ("2999-01-01", "lies in the future"),
        ("1850-06-30", "lies before 1900"),
    ],
)
def test_the_whole_way_codes_odd_texts_and_notes_an_odd_date(text: str, published: str | None, note: str) -> None:
    """An event stands in front, so that the text is read to its end."""
    whole = f"Dockers rallied in Gdynia on Thursday. Police detained 12 of them.\n\n{text}"
    outcome = coder().code_document(read_text(whole, published=parse_published(published), language="en"))
    assert isinstance(outcome, Coded)
    assert any(note in said for said in outcome.notes)
    for report in outcome.reports:
        # Without a published date the only day to be had is the one that a text writes out.
        assert published is not None or report.date.start in (None, dt.date(2020, 8, 9))
        report.check(outcome.document)


@pytest.mark.slow
def test_the_whole_way_guesses_no_day_without_a_published_date() -> None:
    for report in code("Dockers rallied in Gdynia on Thursday. Police detained 12 of them.", coder=coder()):
        assert (report.date.start, report.date.precision) == (None, "unknown")
