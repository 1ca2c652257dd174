"""Which report is part of which, on reports without a text model."""

import datetime as dt

import pytest
from factory import make_document, make_report

from tocsin.extract.parts import find_part_of
from tocsin.resources.codebook import load_wholes
from tocsin.resources.part_weights import load_part_weights
from tocsin.vocabulary import EventType

TEXT = (
    "Dockers of Koper struck on Thursday. Police arrested four pickets at the gate during the stoppage.\n\n"
    "In Celje, students marched on Monday. Nobody was held there."
)
THURSDAY, MONDAY = dt.date(2021, 3, 4), dt.date(2021, 3, 1)


@pytest.fixture
def report():
    document = make_document(TEXT)

    def make(kind, trigger, place, date):
        return make_report(document, kind, trigger=trigger, place=place, date=date, initiators=())

    return make


def links(*reports):
    return find_part_of(reports, load_wholes(), load_part_weights())


def test_an_arrest_belongs_to_the_act_of_its_place_and_day(report):
    strike = report(EventType.STRIKE, "struck", "Koper", THURSDAY)
    arrest = report(EventType.ARREST, "arrested", "Koper", THURSDAY)
    march = report(EventType.DEMONSTRATION, "marched", "Celje", MONDAY)
    assert links(strike, arrest, march) == [None, 0, None]


def test_another_town_and_another_day_is_no_part(report):
    arrest = report(EventType.ARREST, "arrested", "Koper", THURSDAY)
    march = report(EventType.DEMONSTRATION, "marched", "Celje", MONDAY)
    assert links(arrest, march) == [None, None]


def test_types_that_the_codebook_does_not_join_are_no_candidates(report):
    strike = report(EventType.STRIKE, "struck", "Koper", THURSDAY)
    release = report(EventType.RELEASE, "held", "Koper", THURSDAY)
    assert links(strike, release) == [None, None]


def test_no_report_is_part_of_its_own_part(report):
    # Each alone would hang on the other: the surer link stands, the other is left out.
    one = report(EventType.STRIKE, "struck", "Koper", THURSDAY)
    other = report(EventType.STRIKE, "stoppage", "Koper", THURSDAY)
    weights = {"pair:strike>strike": 5.0, "before": 1.0}
    assert find_part_of([one, other], load_wholes(), weights) == [None, 0]
