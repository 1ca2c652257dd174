import datetime as dt

import pytest
from factory import FRIDAY
from fake_encoder import SETTINGS, FakeEncoder
from hypothesis import given
from hypothesis import strategies as st
from test_events import code, day, span_of, town

from tocsin.extract.choice import shares
from tocsin.extract.member import Chosen
from tocsin.extract.when import choose_date
from tocsin.vocabulary import (
    ActorKind,
    DateInterval,
    DateMention,
    DatePrecision,
    EventType,
    Field,
    Place,
    PlacePrecision,
    Span,
)

numbers = st.floats(-40, 40)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), numbers), min_size=1, max_size=6))
def test_shares_sum_to_one_and_none_is_negative(candidates):
    found = shares(candidates, {"a": 1.0, "b": -2.0})
    assert sum(found) == pytest.approx(1.0)
    assert min(found) >= 0.0


def test_no_candidates_share_nothing():
    assert shares([], {"a": 1.0}) == []


def test_the_candidate_with_more_evidence_has_the_larger_share():
    small, large = shares([{"a": 0.1}, {"a": 0.9}], {"a": 3.0})
    assert large > small


def only(report, field):
    """The one value of a field, None without one."""
    values = report.values(field)
    assert len(values) < 2
    return values[0] if values else None


def lasting(text: str, words: str, value: str, act: str = "strike"):
    encoder = FakeEncoder({act: act}, {"day": "date", "week": "date", "hour": "date", "month": "date"})
    length = DateMention(span_of(text, words), words, "duration", value)
    (report,) = code(text, encoder, dates=(length,))
    assert report.type is EventType(act)
    return only(report, Field.DATE)


def test_a_four_day_old_strike_began_three_days_before_the_report():
    date = lasting("The four-day-old strike at the mill goes on.", "four-day-old", "P4D")
    assert (date.start, date.end, date.precision) == (FRIDAY - dt.timedelta(days=3), FRIDAY, DatePrecision.DAY)


def test_a_two_week_strike_is_told_to_the_week():
    date = lasting("The two-week strike at the mill goes on.", "two-week", "P2W")
    assert (date.start, date.precision) == (FRIDAY - dt.timedelta(days=14), DatePrecision.WEEK)


def test_a_month_long_riot_counts_back_and_a_bombing_does_not():
    date = lasting("The month-long riot in the town goes on.", "month-long", "P1M", "riot")
    assert (date.start, date.end, date.precision) == (FRIDAY - dt.timedelta(days=30), FRIDAY, DatePrecision.MONTH)
    assert lasting("The month-long bombing of the town goes on.", "month-long", "P1M", "bombing") is None


def test_hours_tell_no_beginning():
    assert lasting("The 24-hour strike at the mill was solid.", "24-hour", "PT24H") is None


def test_of_two_towns_the_one_that_the_window_reads_is_the_place():
    text = "Bakers marched through Leeds. A minister in York said so."
    places = (town(text, "Leeds", 53.8, -1.55), town(text, "York", 53.96, -1.08))
    (report,) = code(text, FakeEncoder({"marched": "demonstration"}, {"leeds": "place"}), toponyms=places)
    assert only(report, Field.PLACE).name == "Leeds"


def test_what_is_asked_for_without_a_place_is_asked_for_in_the_documents_country():
    text = "A speaker in Leeds demanded a ban on the club."
    encoder = FakeEncoder({"ban": "restriction"}, heads={("place_precision", "country"): 0.9})
    encoder.settings = SETTINGS | {"place": SETTINGS["place"] | {"home": 1.0, "home_precision": 4.0}}
    home = Place("United Kingdom", PlacePrecision.COUNTRY, country="GB")
    (report,) = code(text, encoder, toponyms=(town(text, "Leeds", 53.8, -1.55),), home=home)
    claim = report.claim(Field.PLACE)
    assert claim is not None
    assert (claim.value, claim.evidence) == (home, None)
    (report,) = code(text, encoder, toponyms=(town(text, "Leeds", 53.8, -1.55),))
    assert report.place is None


def test_the_town_after_a_site_is_where_the_site_lies():
    text = "They marched to Parliament, in Leeds, as others met in York."
    places = (town(text, "Leeds", 53.8, -1.55), town(text, "York", 53.96, -1.08))
    encoder = FakeEncoder({"marched": "demonstration"}, {"parliament": "place", "york": "place"})
    (report,) = code(text, encoder, toponyms=places)
    assert only(report, Field.PLACE).name == "Parliament, Leeds"


def test_an_act_whose_window_reads_nobody_has_no_initiator():
    (report,) = code("A march took place in Leeds.", FakeEncoder({"march": "demonstration"}))
    assert report.values(Field.INITIATOR) == ()


def test_a_date_of_the_act_wins_over_one_that_stands_nearer():
    text = "On Monday they marched, Friday being a holiday."
    dates = (day(text, "Monday", dt.date(2021, 3, 1)), day(text, "Friday", dt.date(2021, 3, 5)))
    (report,) = code(text, FakeEncoder({"marched": "demonstration"}, {"monday": "date"}), dates=dates)
    assert only(report, Field.DATE).start == dt.date(2021, 3, 1)


def test_words_that_name_a_kind_outweigh_a_doubtful_window():
    heads = {("initiator_kind", "protesters"): 0.4, ("initiator_kind", "police"): 0.35}
    text = "Police fired on the crowd."
    (report,) = code(text, FakeEncoder({"fired": "use_of_force"}, {"police": "initiator"}, heads))
    assert [actor.kind for actor in report.values(Field.INITIATOR)] == [ActorKind.POLICE]


def dated(day: int | None, share: float, span: Span | None = None) -> Chosen[DateInterval | None]:
    date = dt.date(2021, 3, day) if day else None
    return Chosen(DateInterval(date, date, DatePrecision.DAY) if date else None, span, share, "told")


def test_the_mention_that_is_surest_of_a_date_tells_it():
    leaning = (dated(1, 0.55, Span(0, 3)), dated(2, 0.25), dated(None, 0.2))
    surer = (dated(1, 0.1), dated(2, 0.6, Span(9, 12)), dated(None, 0.3))
    untold = (dated(1, 0.1), dated(None, 0.9))
    chosen = choose_date([leaning, surer, untold], {"floor": 0.0})
    assert chosen is not None
    assert (chosen.value.start, chosen.span) == (dt.date(2021, 3, 2), Span(9, 12))


def test_words_that_tell_one_date_twice_count_together():
    said = (dated(1, 0.3), dated(1, 0.3), dated(2, 0.4))
    chosen = choose_date([said], {"floor": 0.0})
    assert chosen is not None
    assert chosen.value.start == dt.date(2021, 3, 1)


def test_a_date_that_no_mention_is_sure_of_stays_untold():
    assert choose_date([(dated(1, 0.3), dated(None, 0.7))], {"floor": 0.0}) is None
    assert choose_date([(dated(1, 0.3), dated(2, 0.25))], {"floor": 0.4}) is None
    assert choose_date([], {"floor": 0.0}) is None


@pytest.mark.parametrize(("lasting_head", "end"), [(0.9, FRIDAY), (0.02, dt.date(2021, 3, 1))])
def test_the_reader_tells_whether_a_strike_that_began_on_monday_goes_on(lasting_head, end):
    text = "The strike at the mill, begun on Monday, was solid."
    weights = SETTINGS | {"date_again": SETTINGS["date_again"] | {"lasting": 4.0}}
    encoder = FakeEncoder(
        {"strike": "strike"}, {"monday": "date"}, {("lasting", "lasting"): lasting_head}, settings=weights
    )
    (report,) = code(text, encoder, dates=(day(text, "Monday", dt.date(2021, 3, 1)),))
    date = only(report, Field.DATE)
    assert (date.start, date.end) == (dt.date(2021, 3, 1), end)
