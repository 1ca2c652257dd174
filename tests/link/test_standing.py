from __future__ import annotations

import datetime as dt

import pytest
from tellers import apart, paper, together

from tocsin.tellings import Stand
from tocsin.vocabulary import Factuality

PLANNED, CALLED, ACTUAL = Factuality.PLANNED, Factuality.CALLED_FOR, Factuality.ACTUAL
POSSIBLE, DENIED = Factuality.POSSIBLE, Factuality.DENIED


@pytest.mark.parametrize(
    ("told", "stand", "moved"),
    [
        ([ACTUAL, ACTUAL], Stand.HAPPENED, [ACTUAL]),
        ([PLANNED, ACTUAL], Stand.HAPPENED, [PLANNED, ACTUAL]),
        ([CALLED, PLANNED, ACTUAL], Stand.HAPPENED, [CALLED, PLANNED, ACTUAL]),
        ([ACTUAL, DENIED, DENIED], Stand.DISPUTED, [ACTUAL, DENIED]),
        ([POSSIBLE, POSSIBLE], Stand.UNCONFIRMED, [POSSIBLE]),
        ([POSSIBLE, DENIED], Stand.DISPUTED, [POSSIBLE, DENIED]),
        ([DENIED], Stand.DENIED, [DENIED]),
        ([DENIED, ACTUAL], Stand.DISPUTED, [DENIED, ACTUAL]),
        ([ACTUAL, POSSIBLE], Stand.HAPPENED, [ACTUAL]),
    ],
)
def test_documents_move_an_incident(told: list[Factuality], stand: Stand, moved: list[Factuality]) -> None:
    papers = [paper(f"Paper {day}", day=day, told=how) for day, how in enumerate(told, 5)]
    standing = together(*papers).standing
    assert standing.stand is stand
    assert [step.told for step in standing.steps] == moved
    assert standing.steps[0].document == papers[0].document.id


def test_on_one_day_the_deed_comes_before_its_denial() -> None:
    standing = together(paper("B", told=DENIED), paper("A", told=ACTUAL)).standing
    assert [step.told for step in standing.steps] == [ACTUAL, DENIED]


def test_a_call_is_not_reported_once_papers_of_that_country_are_silent_long_enough() -> None:
    call = paper("Courier", day=3, told=CALLED, date=dt.date(2021, 3, 4))
    other = "In Celje bakers walked out of a bakery."
    soon = paper("Post", other, day=9, place="Celje", initiators=["bakers"])
    late = paper("Post", other, day=20, place="Celje", initiators=["bakers"], date=dt.date(2021, 3, 19))
    assert apart(call, soon)["Courier"].standing.stand is Stand.CALLED_FOR
    assert apart(call, late)["Courier"].standing.stand is Stand.NOT_REPORTED


def test_a_call_leads_to_the_deed_that_is_told_apart_from_it() -> None:
    call = paper("Courier", day=3, told=CALLED, date=dt.date(2021, 3, 4))
    deed = paper("Post", day=5, date=dt.date(2021, 3, 4))
    elsewhere = paper("Wire", day=5, date=dt.date(2021, 3, 4), place="Celje")
    told = apart(call, deed, elsewhere)
    assert told["Courier"].standing.outcome == told["Post"].incident.id
    assert told["Courier"].standing.stand is Stand.HAPPENED
    assert apart(call, elsewhere)["Courier"].standing.outcome is None
