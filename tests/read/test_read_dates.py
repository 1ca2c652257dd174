import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import BadDate
from tocsin.read import parse_published

DAY = dt.date(2020, 8, 14)


@pytest.mark.parametrize(
    "value",
    [
        "2020-08-14",
        "2020-8-14",
        "2020/08/14",
        "20200814",
        20200814,
        "20200814T103300Z",
        "2020-08-14 10:33:00",
        "2020-08-14T10:33:00+02:00",
        "2020-08-14T10:33:00.123Z",
        "14 August 2020",
        "14th August, 2020",
        "Aug 14, 2020",
        "August 14 2020",
        "Fri, 14 Aug 2020 23:30:00 -0500",
        "Friday, August 14, 2020",
        "August 14, 2020, 10:33 GMT",
        "14-Aug-2020",
        "14/08/2020",
        "08/14/2020",
        dt.date(2020, 8, 14),
        dt.datetime(2020, 8, 14, 10, 33),
    ],
)
def test_a_date_is_read_as_the_day_that_is_written(value):
    assert parse_published(value) == DAY


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_means_unknown(value):
    assert parse_published(value) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("03/04/2020", "two dates"),
        ("03.04.2020", "two dates"),
        ("soon", "not a date"),
        ("2020", "not a date"),
        ("2020-08", "not a date"),
        ("2020-13-40", "no day of the calendar"),
        ("31 February 2020", "no day of the calendar"),
        ("1499-12-31", "outside the years"),
        ("0000-01-01", "outside the years"),
        ("1597401180", "not a date"),
        (True, "not a date"),
        (3.5, "not a date"),
        ({"day": 3}, "not a date"),
    ],
)
def test_what_is_no_date_is_refused_and_the_message_says_how_to_write_one(value, message):
    with pytest.raises(BadDate, match=message) as caught:
        parse_published(value)
    assert "YYYY-MM-DD" in str(caught.value)


def test_the_same_number_twice_can_be_read_in_one_way_only():
    assert parse_published("04/04/2020") == dt.date(2020, 4, 4)


@given(st.dates(min_value=dt.date(1500, 1, 1)))
def test_every_date_reads_back_from_its_iso_form(date):
    assert parse_published(date.isoformat()) == date


@given(st.text())
def test_any_text_is_a_date_or_refused(text):
    with contextlib.suppress(BadDate):
        assert parse_published(text) is None or text.strip()


def test_a_refusal_is_one_line_whatever_the_text():
    with pytest.raises(BadDate) as caught:
        parse_published("soon\nor\nlater")
    assert "\n" not in str(caught.value)
