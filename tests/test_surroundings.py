"""One incident read with its surroundings is told as it is from the whole run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import make_document, make_report, settlement

from benchmarks.reports import generate
from tocsin.link import tell_incidents
from tocsin.pipeline import link_run
from tocsin.store import Run, Store, open_store
from tocsin.surroundings import read_surroundings
from tocsin.tellings import Telling
from tocsin.vocabulary import Coded, EventType, Factuality, Place, PlacePrecision


def days(first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(2024, 3, first), dt.date(2024, 3, last)


def country() -> Place:
    return Place("Norway", country="NO", precision=PlacePrecision.COUNTRY)


def one(text: str, published: int, **fields: object) -> Coded:
    document = make_document(text, dt.date(2024, 3, published), name=f"{text[:12]} {published}.txt")
    return Coded(document, (make_report(document, **fields),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "t.db"), create=True) as kept:
        run = kept.open_run({"code": "fake"}, {})
        kept.save(run, [Coded(document, (report,)) for _, (document, report) in generate(400)])
        strike = {"type": EventType.STRIKE}
        kept.save(
            run,
            [
                one("Nurses struck all over Norway.", 20, date=days(4, 19), place=country(), **strike),
                one("Nurses struck in Odda today.", 6, date=days(5, 6), place=settlement("Odda", "NO"), **strike),
                one("Nurses struck in Voss today.", 9, date=days(8, 9), place=settlement("Voss", "NO"), **strike),
                one(
                    "Nurses plan to strike in Moss.",
                    10,
                    date=days(12, 12),
                    place=settlement("Moss", "NO"),
                    factuality=Factuality.PLANNED,
                    **strike,
                ),
            ],
        )
        link_run(kept, run)
        yield kept


def told(store: Store, run: Run) -> dict[str, Telling]:
    return {telling.incident.id: telling for telling in tell_incidents(store.incidents(run), list(store.load(run)))}


def test_what_is_read_around_an_incident_tells_it_as_the_whole_run_does(store: Store) -> None:
    run = store.latest_run()
    assert run is not None
    whole = told(store, run)
    assert any(telling.part_of for telling in whole.values())
    for telling in whole.values():
        around = read_surroundings(store, run, telling.incident)
        again = tell_incidents(around.incidents, around.coded, only=[telling.incident.id], latest=around.latest)
        assert again == (telling,)


def test_little_is_read(store: Store) -> None:
    run = store.latest_run()
    assert run is not None
    sizes = [len(read_surroundings(store, run, incident).incidents) for incident in store.incidents(run)]
    assert sum(sizes) / len(sizes) < len(sizes) / 10


def test_reports_that_are_not_sure_enough_are_left_out(store: Store) -> None:
    run = store.latest_run()
    assert run is not None
    incident = next(iter(store.incidents(run)))
    around = read_surroundings(store, run, incident, min_confidence=0.5)
    assert all(report.row_confidence is None for coded in around.coded for report in coded.reports)
