"""One incident of a store, read with no more of its run than what it is part of, what is part of it, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.link import types_above
from tocsin.resources.accounts import AccountRules, load_account_rules
from tocsin.store import Run, Store
from tocsin.vocabulary import Coded, EventType, Incident

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What ``tell_incidents`` has to be given so that it tells one incident as it would from the whole run.

    Attributes:
        incidents: the one asked for, and all that could stand above, beside or below it.
        coded: documents with their reports of these.
        latest: the last day on which a document tells of its country.
    """

    incidents: tuple[Incident, ...]
    coded: tuple[Coded, ...]
    latest: Mapping[str, dt.date]


def read_surroundings(
    store: Store, run: Run, incident: Incident, *, min_confidence: float = 0.0, rules: AccountRules | None = None
) -> Surroundings:
    """Read one incident and what stands around it.

    Args:
        store: where the run is.
        run: what holds the incident.
        incident: from ``find_incidents``.
        min_confidence: reports that are less sure are left out, as if nobody had told them.
        rules: what can be part of what; the shipped ones by default.
    """
    rules = rules or load_account_rules()
    own = [report for coded in store.members(run, [incident.id]) for report in coded.reports]
    countries = {report.place.country for report in own if report.place and report.place.country}
    days = [day for report in own for day in (report.date.start, report.date.end) if day]
    near = {incident.id}
    if countries and days:
        near |= _near(store, run, countries, min(days), max(days), types_above(incident.type, rules))
    frontier = near
    while frontier := store.told_within(run, frontier) - near:
        near |= frontier
    coded = tuple(one.at_least(min_confidence) for one in store.members(run, near))
    return Surroundings(
        tuple(store.incidents(run, near)), coded, store.last_told(run, countries, min_confidence) if countries else {}
    )


def _near(
    store: Store, run: Run, countries: Iterable[str], first: dt.date, last: dt.date, above: frozenset[EventType]
) -> set[str]:
    """Incidents on the days of this one, and on the days of every whole that it could be part of: those are its rivals."""
    there = sorted(set(countries))
    wholes = [
        (start, end) for _, kind, start, end in store.spans(run, there, _before(first), _after(last)) if kind in above
    ]
    first = min([first, *(start for start, _ in wholes)])
    last = max([last, *(end for _, end in wholes)])
    # A plan is compared with what happened a day earlier or later.
    return {identity for identity, *_ in store.spans(run, there, _before(first), _after(last))}


def _before(day: dt.date) -> dt.date:
    return day - _A_DAY if day > dt.date.min else day


def _after(day: dt.date) -> dt.date:
    return day + _A_DAY if day < dt.date.max else day
