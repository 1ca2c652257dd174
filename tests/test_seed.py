"""The article this project began with must come out right. It lies beside the project and is never copied into it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import tocsin
from tocsin.vocabulary import ActorKind, EventReport, EventType, Factuality, QuantityRole

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "article.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside the project"),
]


@pytest.fixture(scope="module")
def reports() -> tuple[EventReport, ...]:
    return tocsin.code(SEED.read_text(encoding="utf-8"), published=dt.date(2020, 8, 14))


def of_type(reports: tuple[EventReport, ...], kind: EventType) -> list[EventReport]:
    return [report for report in reports if report.type is kind]


def near(report: EventReport, *names: str) -> bool:
    place = report.place
    return place is not None and any(name in " ".join(filter(None, (place.name, place.settlement))) for name in names)


def at_belaz(reports: tuple[EventReport, ...], trigger: str) -> EventReport:
    (found,) = [
        r
        for r in of_type(reports, EventType.DEMONSTRATION)
        if r.factuality is Factuality.ACTUAL
        and r.date.start == r.date.end == dt.date(2020, 8, 13)
        and r.place is not None
        and r.place.settlement == "Zhodino"
        and r.trigger.quote == trigger
    ]
    return found


def test_the_belaz_workers_demonstrated_at_their_plant_and_management_differs(reports):
    protest = at_belaz(reports, "protest")
    assert any(a.kind is ActorKind.WORKERS and "BelAZ" in a.text for a in protest.initiators)
    assert any("Sputnik" in s.source.quote for s in protest.sources if s.source)
    (differing,) = [c for c in protest.claims if c.differs]
    assert differing.evidence is not None
    assert "nothing more than a meeting" in differing.evidence.quote
    (deny,) = [protest.sources[i].source for i in differing.sources]
    assert deny is not None
    assert deny.quote == "Management at BelAZ"


def test_the_separate_rally_outside_the_plant_is_another_event(reports):
    rally = at_belaz(reports, "rally")
    assert [(q.role, q.low, q.high) for q in rally.quantities] == [(QuantityRole.PARTICIPANTS, 24, 99)]


def test_no_strike_is_told_as_having_happened(reports):
    strikes = of_type(reports, EventType.STRIKE)
    assert Factuality.CALLED_FOR in {r.factuality for r in strikes}
    assert Factuality.POSSIBLE in {r.factuality for r in strikes}
    assert Factuality.ACTUAL not in {r.factuality for r in strikes}


def test_the_strike_at_the_plant_and_a_national_one_are_both_only_possible(reports):
    possible = [r for r in of_type(reports, EventType.STRIKE) if r.factuality is Factuality.POSSIBLE]
    assert sorted(r.place.name for r in possible if r.place) == ["BelAZ, Zhodino", "Belarus"]


@pytest.mark.parametrize("plant", ["Keramin", "Grodno Azot", "MAZ"])
def test_each_plant_has_its_own_rally_on_thursday(reports, plant):
    found = [r for r in of_type(reports, EventType.DEMONSTRATION) if near(r, plant)]
    assert [r.date.start for r in found] == [dt.date(2020, 8, 13)]
    assert [a.kind for r in found for a in r.initiators] == [ActorKind.WORKERS]


def test_mogilev_has_its_demonstration(reports):
    assert any(near(r, "Mogilev") for r in of_type(reports, EventType.DEMONSTRATION))


def test_police_used_force(reports):
    assert any(a.kind is ActorKind.POLICE for r in of_type(reports, EventType.USE_OF_FORCE) for a in r.initiators)


def test_at_least_two_protesters_were_killed_as_victims(reports):
    (killing,) = of_type(reports, EventType.KILLING)
    assert killing.factuality is Factuality.ACTUAL
    assert [(q.low, q.high) for q in killing.quantities if q.role is QuantityRole.KILLED] == [(2, None)]
    assert any("protesters" in a.text for a in killing.targets)
    assert not any("protesters" in a.text for a in killing.initiators)


def test_six_thousand_were_detained_in_the_country(reports):
    found = [r for r in of_type(reports, EventType.ARREST) for q in r.quantities if (q.low, q.high) == (5400, 6600)]
    assert [r.place.country for r in found if r.place] == ["BY"]
    assert [r.place.precision.value for r in found if r.place] == ["country"]


def test_journalists_were_arrested_by_police(reports):
    assert any(
        any("journalists" in a.text for a in r.targets) and any(a.kind is ActorKind.POLICE for a in r.initiators)
        for r in of_type(reports, EventType.ARREST)
    )


def test_ten_thousand_workers_are_a_workforce(reports):
    told = {q.role for r in reports for q in r.quantities if q.low == 10000}
    assert told <= {QuantityRole.WORKFORCE}


def test_furniture_and_the_election_are_no_events(reports):
    text = SEED.read_text(encoding="utf-8")
    assert all(r.trigger.span.start < text.index("Think your friends") for r in reports)
    assert not any("election" in r.trigger.quote for r in reports)
