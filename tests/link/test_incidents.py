from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import combinations

import pytest
from factory import evidence, make_document, make_report, settlement
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.link import Profiler, link_reports
from tocsin.link.contradict import contradiction
from tocsin.resources.linking import load_linking
from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Document,
    EventReport,
    EventType,
    Factuality,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
)

THURSDAY = dt.date(2021, 3, 4)
Told = tuple[Document, EventReport]


def told(text: str, **fields: object) -> Told:
    document = make_document(text)
    fields.setdefault("evidence", (evidence(document, text),))
    return document, make_report(document, **fields)  # type: ignore[arg-type]


def together(*reports: Told) -> bool:
    return len(link_reports(reports)) == 1


def test_one_strike_told_by_two_papers_with_different_numbers_is_one_incident() -> None:
    first = told(
        "Some 400 nurses struck for higher pay.", quantities=[Quantity(QuantityRole.PARTICIPANTS, 360, 440, "Some 400")]
    )
    second = told(
        "Nurses, 250 of them, struck for pay.", quantities=[Quantity(QuantityRole.PARTICIPANTS, 250, 250, "250")]
    )
    (incident,) = link_reports([first, second])
    assert incident.members == tuple(sorted([first[1].id, second[1].id]))
    (link,) = incident.links
    assert link.score >= load_linking().threshold
    assert "dates are the same" in link.reason


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({}, {"type": EventType.RIOT}),
        ({}, {"place": "Celje"}),
        ({}, {"place": settlement("Maribor", "US")}),
        ({}, {"place": None}),
        ({}, {"date": None}),
        ({}, {"date": dt.date(2021, 3, 7)}),
        ({}, {"initiators": []}),
        ({}, {"initiators": ["bus drivers"], "factuality": Factuality.CALLED_FOR}),
        ({"factuality": Factuality.DENIED}, {"factuality": Factuality.PLANNED}),
        ({"employer": "Clinic of Maribor"}, {"employer": "Bus Line 6"}),
    ],
)
def test_reports_that_disagree_on_what_matters_stay_apart(left: dict[str, object], right: dict[str, object]) -> None:
    assert not together(told("Nurses struck at noon.", **left), told("The wards stood empty for a day.", **right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({}, {}),
        ({}, {"date": dt.date(2021, 3, 5)}),
        ({}, {"initiators": ["the nurses of the clinic"]}),
        ({}, {"initiators": ["staff"]}),
        ({}, {"factuality": Factuality.DENIED}),
        ({}, {"place": Place("Clinic", PlacePrecision.SITE, settlement="Maribor", country="SI")}),
        ({"employer": "Clinic of Maribor"}, {"employer": "the Maribor clinic", "initiators": []}),
    ],
)
def test_reports_that_agree_on_what_matters_are_linked(left: dict[str, object], right: dict[str, object]) -> None:
    assert together(
        told("Nurses struck over unpaid nights.", **left), told("A strike of nurses over nights unpaid.", **right)
    )


def test_a_national_total_needs_more_than_its_country_and_week() -> None:
    country = Place("Slovenia", PlacePrecision.COUNTRY, country="SI")
    police = [Actor("police", ActorKind.POLICE)]
    held = [Quantity(QuantityRole.DETAINED, 60, 60, "60")]
    arrest = {"type": EventType.ARREST, "place": country}
    bare = told("Police made arrests.", **arrest, initiators=[]), told("Arrests were made.", **arrest, initiators=[])
    assert not together(*bare)
    assert together(
        told("Police held 60 after the match.", **arrest, initiators=police, quantities=held),
        told("After the match 60 were held by police.", **arrest, initiators=police, quantities=held),
    )


def test_two_reports_of_one_document_are_never_one_incident() -> None:
    document = make_document("Nurses struck at noon; nurses struck again at night.")
    noon, night = (make_report(document, trigger="struck", initiators=[who]) for who in ("nurses", "the nurses"))
    assert not together((document, noon), (document, night))


def test_a_chain_of_neighbouring_days_does_not_bring_a_whole_week_together() -> None:
    days = [told(f"Day {n}.", date=THURSDAY + dt.timedelta(days=n)) for n in range(7)]
    rules = load_linking()
    profiler = Profiler(rules)
    by_id = {report.id: profiler(document, report) for document, report in days}
    incidents = link_reports(days)
    assert len(incidents) > 1
    for incident in incidents:
        for left, right in combinations(incident.members, 2):
            assert contradiction(by_id[left], by_id[right], rules) is None


def test_no_reports_make_no_incidents() -> None:
    assert link_reports([]) == ()


reports = st.builds(
    lambda text, day, place, who, kind, factuality: told(
        text, date=day, place=place, initiators=who, type=kind, factuality=factuality
    ),
    st.integers(0, 30).map(lambda number: f"Report {number} of a long day."),
    st.none() | st.integers(0, 4).map(lambda n: THURSDAY + dt.timedelta(days=n)),
    st.sampled_from([None, "Maribor", "Celje"]),
    st.lists(st.sampled_from(["nurses", "police", "the nurses"]), max_size=2),
    st.sampled_from([EventType.STRIKE, EventType.ARREST]),
    st.sampled_from(Factuality),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(reports, max_size=12).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_incidents_do_not_depend_on_order_and_hold_every_report_once(pair: tuple[list[Told], list[Told]]) -> None:
    found, shuffled = pair
    incidents = link_reports(found)
    assert link_reports(shuffled) == incidents
    assert sorted(member for one in incidents for member in one.members) == sorted({report.id for _, report in found})


def test_two_tellings_under_one_id_give_the_same_incidents_in_either_order() -> None:
    left, right = told("One long day.", initiators=["Bakers"]), told("One long day.", initiators=["Bakers"])
    other = (right[0], dataclasses.replace(right[1], score=0.4))
    assert other[1].id == left[1].id
    assert link_reports([left, other]) == link_reports([other, left])
