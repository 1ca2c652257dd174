"""Which dates an act may have: candidates and their reasons, before any weight is applied."""

import datetime as dt

import numpy as np
import pytest

from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import ARGUMENTS, DATES_TOLD, FACTUALITIES, PRECISIONS
from tocsin.extract.when import DateCandidate, date_candidates, said_around, second_look
from tocsin.locate.dates import date_mentions
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.knowledge import load_knowledge
from tocsin.vocabulary import DateInterval, DatePrecision, EventType, Factuality, Span


@pytest.fixture(scope="module")
def candidates():
    """(text, trigger, type, published, factuality) -> the dates that the act may have, with the rule of each."""
    parser, knowledge = load_parser(), load_knowledge()

    def find(text, trigger, kind, published, factuality=Factuality.ACTUAL):
        parse = parse_document(read_text(text, published=dt.date.fromisoformat(published)), parser)
        at = text.index(trigger)
        span = Span(at, at + len(trigger))
        even = {
            name: np.full(len(labels), 1 / len(labels), np.float32)
            for name, labels in (
                ("date_precision", PRECISIONS),
                ("date_told", DATES_TOLD),
                ("factuality", FACTUALITIES),
            )
        }
        reading = Reading(
            even | {"lasting": np.array([0.5], np.float32)}, (), np.zeros((0, len(ARGUMENTS)), np.float32), {}
        )
        mention = TriggerMention(parse.sentence_at(at).index, span, kind, 0.9, 0.9)
        found = date_candidates(
            parse, mention, reading, factuality, date_mentions(parse), knowledge.bounded, knowledge.remembered
        )
        return [(str(c.interval.start), str(c.interval.end), c.reason) for c in found if c.interval]

    return find


def dates(found):
    return {(start, end) for start, end, _ in found}


def test_a_day_without_its_year_may_be_that_of_the_year_that_is_remembered(candidates):
    text = "The town marked the anniversary of the May 4 shootings. Troops fired on pupils there in 1971."
    found = candidates(text, "fired", EventType.USE_OF_FORCE, "2011-05-04")
    assert {("2011-05-04", "2011-05-04"), ("1971-05-04", "1971-05-04"), ("1971-01-01", "1971-12-31")} <= dates(found)
    assert any(start == "1971-05-04" and "the day of 1971, which the text remembers" in why for start, _, why in found)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Troops fired on pupils on May 4. The school was built in 1971.", "nothing is remembered"),
        ("The anniversary of 1971 was marked. Troops fired on May 4, 2011.", "the day has its year"),
        ("The anniversary of 1971 was marked. Troops fired on February 29.", "that year has no such day"),
    ],
)
def test_no_day_of_another_year_is_made_up(candidates, text, why):
    found = candidates(text, "fired", EventType.USE_OF_FORCE, "2012-05-04")
    assert not any(start.startswith("1971-05") or start.startswith("1971-02") for start, _ in dates(found)), why


def test_a_weekday_to_come_is_the_last_one_where_the_act_is_done(candidates):
    text = "Dockers will meet the minister on Friday, and clerks marched in Tema."
    done = candidates(text, "marched", EventType.DEMONSTRATION, "2023-07-12")
    planned = candidates(text, "marched", EventType.DEMONSTRATION, "2023-07-12", Factuality.PLANNED)
    assert {("2023-07-14", "2023-07-14"), ("2023-07-07", "2023-07-07")} <= dates(done)
    assert ("2023-07-07", "2023-07-07") not in dates(planned)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The strike at the mill entered its third day.", "2023-07-12"),
        ("Miners kept up the strike for a second straight week.", "2023-06-30"),
        ("It was the fourth day of the miners' strike.", "2023-07-11"),
    ],
)
def test_an_act_in_its_nth_day_is_counted_back(candidates, text, start):
    assert (start, "2023-07-14") in dates(candidates(text, "strike", EventType.STRIKE, "2023-07-14"))


def test_a_killing_is_not_counted_back(candidates):
    found = candidates(
        "Two were killed as the strike entered its third day.", "killed", EventType.KILLING, "2023-07-14"
    )
    assert dates(found) == {("2023-07-14", "2023-07-14")}


def test_mentions_around_say_which_date_they_mean_the_nearer_the_more():
    monday, friday = (DateInterval(day, day, DatePrecision.DAY) for day in (dt.date(2021, 3, 1), dt.date(2021, 3, 5)))
    mentions = [TriggerMention(sentence, Span(0, 4), EventType.RIOT, 0.9, 0.9) for sentence in (0, 0, 1, 6)]
    said = [[(monday, 1.0)], [(monday, 0.5), (friday, 0.5)], [(friday, 1.0)], [(None, 1.0)]]
    around = said_around(mentions, said)
    assert around[0]["around_same"] == {monday: 0.5, friday: 0.5}
    assert around[0]["around_near"][friday] > 0.9 > 0.1 > around[0]["around_near"][None]
    assert around[2]["around_same"] == {}
    candidate = DateCandidate(friday, None, "", {"read": 0.3})
    assert second_look(candidate, around[0]) == {
        "read": 0.3,
        "around_same": 0.5,
        "around_near": around[0]["around_near"][friday],
    }
