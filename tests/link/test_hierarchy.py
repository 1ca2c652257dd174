from __future__ import annotations

import datetime as dt
from typing import Any

from factory import make_report
from hypothesis import given, settings
from hypothesis import strategies as st
from tellers import apart, paper

from tocsin.link import tell_incidents
from tocsin.link.extent import Extent
from tocsin.link.hierarchy import find_parts
from tocsin.resources.accounts import load_account_rules
from tocsin.vocabulary import Actor, ActorKind, Coded, EventType, Factuality, Incident, Place, PlacePrecision

MARCH = dt.date(2021, 3, 1), dt.date(2021, 3, 9)
COUNTRY = Place("Slovenia", PlacePrecision.COUNTRY, country="SI")
NURSES = [Actor("nurses of Sestre", ActorKind.WORKERS)]


def national(type: EventType = EventType.STRIKE, **rest: Any) -> Coded:
    rest = {"place": COUNTRY, "date": MARCH, "initiators": NURSES, "day": 9, **rest}
    return paper("National", type=type, **rest)


def local(type: EventType = EventType.STRIKE, **rest: Any) -> Coded:
    return paper("Local", type=type, **{"initiators": NURSES, **rest})


def test_a_towns_strike_is_part_of_the_strike_told_of_the_country() -> None:
    told = apart(local(), national())
    part = told["Local"].part_of
    assert part is not None
    assert part.whole == told["National"].incident.id
    assert told["National"].parts == (part,)
    assert "in the country it is told of" in part.reason


def test_what_shares_nobody_and_nothing_with_the_wave_is_no_part_of_it() -> None:
    miners = [Actor("police", ActorKind.POLICE)]
    assert apart(local(initiators=miners), national())["Local"].part_of is None


def test_what_lies_outside_its_days_is_no_part_of_it() -> None:
    assert apart(local(date=dt.date(2021, 3, 20), day=21), national())["Local"].part_of is None


def test_a_report_that_leaves_out_the_town_is_no_wave_but_one_of_two_towns_is() -> None:
    day = national(date=dt.date(2021, 3, 4), day=5)
    other = paper("Other", place="Celje", initiators=NURSES)
    assert apart(local(), day)["Local"].part_of is None
    assert apart(local(), other, day)["Local"].part_of is not None


def test_killings_are_part_of_a_crackdown_across_documents() -> None:
    police = [Actor("police", ActorKind.POLICE)]
    crackdown = national(EventType.USE_OF_FORCE, initiators=police)
    told = apart(local(EventType.KILLING, initiators=police), crackdown)
    part = told["Local"].part_of
    assert part is not None
    assert part.reason.startswith("people killed in the course of it")


def test_where_two_wholes_are_equally_near_none_is_chosen() -> None:
    march = [Actor("students", ActorKind.STUDENTS)]
    one = paper("One", type=EventType.DEMONSTRATION, initiators=march)
    two = paper("Two", type=EventType.DEMONSTRATION, initiators=march)
    arrest = paper("Local", type=EventType.ARREST, initiators=[Actor("police", ActorKind.POLICE)])
    assert apart(arrest, one)["Local"].part_of is not None
    assert apart(arrest, one, two)["Local"].part_of is None


def test_what_is_denied_is_part_of_nothing() -> None:
    assert apart(local(told=Factuality.DENIED), national())["Local"].part_of is None


def test_what_one_document_tells_as_part_counts_before_all_else() -> None:
    one = paper("Courier")
    strike = one.reports[0]
    arrest = make_report(one.document, EventType.ARREST, trigger="Clinic", part_of=strike.id)
    both = Coded(one.document, (strike, arrest), people=())
    tellings = tell_incidents([Incident(r.type, (r.id,)) for r in both.reports], [both])
    part = next(telling.part_of for telling in tellings if telling.incident.type is EventType.ARREST)
    assert part is not None
    assert part.reason == "one document tells it as part of the strike"


EXTENTS = st.lists(
    st.builds(
        lambda number, type, level, town, first, length, kinds: Extent(
            f"i{number}",
            type,
            frozenset((Factuality.ACTUAL,)),
            level,
            "si",
            "maribor" if level > 1 else "",
            town if level == 3 else "",
            first,
            first + length,
            frozenset(),
            frozenset(kinds),
            frozenset(),
        ),
        st.integers(0, 999),
        st.sampled_from(list(EventType)),
        st.integers(1, 3),
        st.sampled_from(["maribor", "celje"]),
        st.integers(100, 104),
        st.integers(0, 4),
        st.lists(st.sampled_from(["workers", "police"]), max_size=1),
    ),
    max_size=14,
    unique_by=lambda extent: extent.id,
)


@settings(max_examples=150, deadline=None)
@given(EXTENTS, st.randoms(use_true_random=False))
def test_parts_make_no_circle_and_do_not_depend_on_order(extents: list[Extent], chance: Any) -> None:
    rules = load_account_rules()
    parts = find_parts(extents, rules)
    above = {part.part: part.whole for part in parts}
    for start in above:
        seen, at = {start}, above.get(start)
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above.get(at)
    shuffled = list(extents)
    chance.shuffle(shuffled)
    assert find_parts(shuffled, rules) == parts
