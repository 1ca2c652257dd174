from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import evidence, make_document, make_report
from fake_coder import FakeCoder

from tocsin.errors import InputError
from tocsin.pipeline import judge, link_again, link_run, run_documents
from tocsin.store import Store, open_store
from tocsin.vocabulary import Coded, Document, EventReport, Incident, Verdict

TOWNS = ("Maribor", "Celje")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "tocsin.db", create=True) as store:
        yield store


def documents(count: int) -> list[Document]:
    return [
        make_document(
            f"Nurses in {TOWNS[number % 2]} struck over unpaid nights, paper {number} said.", name=f"{number}.txt"
        )
        for number in range(count)
    ]


def strike(document: Document) -> tuple[EventReport, ...]:
    town = next(town for town in TOWNS if town in document.text)
    return (make_report(document, trigger="struck", place=town, evidence=(evidence(document, document.text),)),)


def incidents(store: Store) -> list[Incident]:
    run = store.latest_run()
    assert run is not None
    return list(store.incidents(run))


def test_documents_added_later_make_the_incidents_of_a_single_run(store: Store, tmp_path: Path) -> None:
    for number in range(5):
        run_documents(documents(number + 1), FakeCoder(strike), store)
    with open_store(tmp_path / "other.db", create=True) as other:
        run_documents(documents(5), FakeCoder(strike), other)
        assert incidents(store) == incidents(other)
    assert sorted(len(one.members) for one in incidents(store)) == [2, 3]


def test_linking_a_stored_run_again_changes_nothing(store: Store) -> None:
    run = run_documents(documents(4), FakeCoder(strike), store).run
    before = incidents(store)
    link_run(store, run)
    assert incidents(store) == before
    link_again(store, run, before[0].members)
    assert incidents(store) == before


def test_a_judgement_splits_and_taking_it_back_gives_what_was(store: Store) -> None:
    run = run_documents(documents(3), FakeCoder(strike), store).run
    before = incidents(store)
    left, right = next(one.members for one in before if len(one.members) == 2)
    judge(store, run, right, left, Verdict.DIFFERENT, who="Ana", note="two shifts")
    assert [len(one.members) for one in incidents(store)] == [1, 1, 1]
    link_run(store, run)
    assert [len(one.members) for one in incidents(store)] == [1, 1, 1]
    judge(store, run, left, right, Verdict.OPEN, who="Bor")
    assert incidents(store) == before
    assert len(store.judgements(run)) == 2


def test_a_judgement_survives_a_changed_coder(store: Store) -> None:
    coder = FakeCoder(strike)
    run = run_documents(documents(2), coder, store).run
    left, right = (member for one in incidents(store) for member in one.members)
    judge(store, run, left, right, Verdict.SAME, who="Ana")
    assert len(incidents(store)) == 1
    changed = store.open_run({"code": "changed"}, {})
    store.save(changed, [Coded(document, (make_report(document, trigger="struck"),)) for document in documents(2)])
    link_run(store, changed)
    assert len(list(store.incidents(changed))) == 1


def test_a_report_is_not_judged_against_itself(store: Store) -> None:
    run = run_documents(documents(1), FakeCoder(strike), store).run
    (incident,) = incidents(store)
    with pytest.raises(InputError, match="cannot be judged against itself"):
        judge(store, run, *incident.members, *incident.members, Verdict.SAME, who="Ana")
