from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factory import make_document, make_parse
from fake_encoder import SETTINGS, FakeEncoder

from tocsin.extract.considered import Considered, consider
from tocsin.extract.events import assemble_reports, read_triggers
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import (
    DateInterval,
    DateMention,
    DatePrecision,
    EventReport,
    Factuality,
    Field,
    Mentions,
    Place,
    PlacePrecision,
    Span,
    Toponym,
)

KNOWLEDGE = load_knowledge()
TEXT = "Bakers marched through Leeds on Monday. A fair opened in York on Sunday."


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def day(words: str, date: dt.date) -> DateMention:
    return DateMention(span_of(words), words, "date", date.isoformat(), DateInterval(date, date, DatePrecision.DAY))


def town(words: str) -> Toponym:
    return Toponym(
        span_of(words), words, Place(words, PlacePrecision.SETTLEMENT, words, None, "GB", 53.0, -1.0), score=0.9
    )


@pytest.fixture
def told() -> tuple[EventReport, Considered | None, list[Any]]:
    """The march, what was weighed for it, and all that it was read from."""
    encoder: Any = FakeEncoder(
        {"marched": "demonstration"}, {"bakers": "initiator", "leeds": "place", "monday": "date"}
    )
    parse = make_parse(make_document(TEXT))
    mentions = Mentions(
        dates=(day("Monday", dt.date(2021, 3, 1)), day("Sunday", dt.date(2021, 2, 28))),
        toponyms=(town("Leeds"), town("York")),
    )
    read = read_triggers(parse, mentions.dates, encoder, {})
    (report,) = assemble_reports(parse, mentions, read, SETTINGS, KNOWLEDGE)
    return report, consider(parse, mentions, read, SETTINGS, KNOWLEDGE, report), [parse, mentions, read]


def test_the_value_chosen_leads_and_the_others_follow_with_their_shares(
    told: tuple[EventReport, Considered | None, list[Any]],
) -> None:
    report, considered, _ = told
    assert considered is not None
    dates, places = considered.fields[Field.DATE], considered.fields[Field.PLACE]
    assert dates[0].value == report.date
    assert places[0].span == span_of("Leeds")
    assert span_of("Sunday") in [one.span for one in dates]
    assert span_of("York") in [one.span for one in places]
    for field in (Field.DATE, Field.PLACE, Field.FACTUALITY, Field.INITIATOR):
        shares = [one.share for one in considered.fields[field]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) == pytest.approx(1.0, abs=0.2)
    assert considered.fields[Field.FACTUALITY][0].value is Factuality.ACTUAL


def test_a_report_that_the_readings_do_not_have_is_not_explained_by_another(
    told: tuple[EventReport, Considered | None, list[Any]],
) -> None:
    report, _, (parse, mentions, read) = told
    assert consider(parse, mentions, read[1:], SETTINGS, KNOWLEDGE, report) is None
