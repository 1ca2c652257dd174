from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from web_reports import article, claim, day, strike

from tocsin.vocabulary import DateInterval, DatePrecision, EventReport, Field
from tocsin.web.timeline import lay_out


def told_on(*dates: DateInterval) -> list[EventReport]:
    bare = strike(article())
    return [dataclasses.replace(bare, claims=(claim(Field.DATE, date, None),)) for date in dates]


def test_events_of_one_day_stand_on_each_other():
    bars = lay_out(told_on(day("2024-03-04"), day("2024-03-04"))).bars
    assert bars[0].x == bars[1].x
    assert bars[0].y != bars[1].y


def test_days_in_between_without_events_are_a_gap_that_says_how_long():
    timeline = lay_out(told_on(day("2024-03-01"), day("2024-03-02"), day("2024-03-10")))
    assert [tick.day for tick in timeline.ticks] == ["1", "2", "10"]
    assert [gap.words for gap in timeline.gaps] == ["7 d"]


def test_a_month_is_a_bar_from_its_first_day_to_its_last():
    month = DateInterval(dt.date(2024, 3, 1), dt.date(2024, 3, 31), DatePrecision.MONTH)
    bar = lay_out(told_on(month)).bars[0]
    assert bar.width > lay_out(told_on(day("2024-03-01"))).bars[0].width


def test_events_without_a_known_day_are_listed_beside():
    timeline = lay_out(told_on(DateInterval(), day("2024-03-01")))
    assert timeline.undated == (0,)
    assert [bar.event for bar in timeline.bars] == [1]


def test_an_open_end_is_drawn_at_the_end_that_is_known():
    assert len(lay_out(told_on(DateInterval(None, dt.date(2024, 3, 1), DatePrecision.DAY))).bars) == 1


def test_nothing_makes_an_empty_timeline():
    assert lay_out([]).bars == ()


days = st.dates(dt.date(2020, 1, 1), dt.date(2020, 4, 1))


@given(st.lists(st.tuples(days, days), max_size=12))
def test_no_two_bars_cover_each_other(pairs):
    dates = [DateInterval(min(pair), max(pair), DatePrecision.DAY) for pair in pairs]
    bars = lay_out(told_on(*dates)).bars
    assert len(bars) == len(pairs)
    for one in bars:
        for other in bars:
            if one.event != other.event and one.y == other.y:
                assert one.x + one.width <= other.x or other.x + other.width <= one.x
