from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import full_coded, full_report, make_document, make_report
from fake_coder import FakeCoder, one_strike
from fake_encoder import FakeEncoder

import tocsin
from tocsin.errors import BadDate, DataError, InputError, TocsinError
from tocsin.pipeline import BATCH_DOCUMENTS, NO_DATE, NO_SIGN, code, code_documents, run_documents
from tocsin.resources.gate import GateModel
from tocsin.store import Store, open_store
from tocsin.vocabulary import Coded, Document, EventReport, Evidence, Failed, Outcome, Skipped, Span


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "tocsin.db", create=True) as store:
        yield store


def documents(count: int) -> list[Document]:
    return [make_document(f"Strike number {number}.", name=f"{number}.txt") for number in range(count)]


def stops_at(number: int, error: BaseException) -> FakeCoder:
    def extract(document: Document) -> tuple[EventReport, ...]:
        if f"number {number}." in document.text:
            raise error
        return one_strike(document)

    return FakeCoder(extract)


# --- one document ---


def test_a_document_is_coded_with_its_reports() -> None:
    coded = FakeCoder(lambda document: (full_report(document),)).code_document(make_document())
    assert isinstance(coded, Coded)
    assert coded.reports == (full_report(),)
    assert coded.notes == ()


@pytest.mark.parametrize(
    ("published", "notes"),
    [
        (None, (NO_DATE,)),
        (dt.date(2021, 3, 5), ()),
        (dt.date(2999, 1, 1), ("its published date 2999-01-01 lies in the future: check it",)),
    ],
)
def test_a_missing_or_future_published_date_is_noted(published: dt.date | None, notes: tuple[str, ...]) -> None:
    coded = FakeCoder().code_document(make_document(published=published))
    assert isinstance(coded, Coded)
    assert coded.notes == notes


def test_a_language_that_cannot_be_coded_is_skipped_with_the_reason() -> None:
    outcome = FakeCoder().code_document(make_document("Рабочие бастуют.", language="ru", name="ru.txt"))
    assert outcome == Skipped("ru.txt", "its language is ru; Tocsin codes en so far", outcome.document)  # type: ignore[union-attr]


@pytest.mark.parametrize("error", [ValueError("a\nb"), RecursionError("deep"), DataError("no cue"), MemoryError()])
def test_whatever_goes_wrong_costs_one_document_and_is_told_in_one_line(error: Exception) -> None:
    outcomes = list(code_documents(documents(3), stops_at(1, error)))
    assert [type(outcome) for outcome in outcomes] == [Coded, Failed, Coded]
    assert isinstance(outcomes[1], Failed)
    assert outcomes[1].error.startswith("1.txt: ")
    assert "\n" not in outcomes[1].error


def test_half_a_character_is_a_failure_with_its_place() -> None:
    outcome = FakeCoder().code_document(make_document("Strike\ud83d!", name="x"))
    assert isinstance(outcome, Failed)
    assert outcome.error.startswith("x: character 6 is half of one")


def test_a_report_that_misquotes_its_document_is_a_failure() -> None:
    wrong = Evidence(Span(0, 6), "Lockout")
    outcome = FakeCoder(lambda document: (make_report(document, evidence=(wrong,)),)).code_document(documents(1)[0])
    assert isinstance(outcome, Failed)
    assert "'Lockout'" in outcome.error


def test_what_could_not_be_read_passes_through() -> None:
    unread: list[Outcome] = [Skipped("a", "empty"), Failed("b", "b: binary")]
    assert list(code_documents(unread, FakeCoder())) == unread  # type: ignore[arg-type]


# --- the front door ---


def test_code_gives_the_reports_of_a_text() -> None:
    (report,) = code("Strike number 1.", published="2021-03-05", coder=FakeCoder())
    assert report.trigger.quote == "Strike n"
    assert report.document_id == Document("Strike number 1.", dt.date(2021, 3, 5)).id


def test_code_says_what_is_wrong() -> None:
    with pytest.raises(BadDate, match="YYYY-MM-DD"):
        code("Strike.", published="last week", coder=FakeCoder())
    with pytest.raises(InputError, match="its language is ru"):
        code("Стачка.", language="ru", coder=FakeCoder())
    with pytest.raises(TocsinError, match="text: ValueError: no"):
        code("Strike number 1.", coder=stops_at(1, ValueError("no")))


def test_every_public_name_is_there_and_documented() -> None:
    for name in tocsin.__all__:
        value = getattr(tocsin, name)
        assert value is not None
        assert name.startswith("__") or name == "Outcome" or value.__doc__, name
    assert set(tocsin.__all__) <= set(dir(tocsin))
    with pytest.raises(AttributeError, match="nothing"):
        _ = tocsin.nothing


# --- a run ---


def test_outcomes_add_up_and_are_stored(store: Store) -> None:
    given = [*documents(3), Skipped("e.txt", "empty"), Failed("x.bin", "x.bin: binary"), make_document("!", None)]
    summary = run_documents(given, stops_at(2, ValueError("no")), store)
    assert (summary.coded, summary.skipped, summary.failed) == (3, 1, 2)
    assert summary.documents == len(given)
    assert summary.undated == 1
    assert summary.events == 3
    assert [(name, status) for name, status, _ in summary.problems] == [
        ("2.txt", "failed"),
        ("e.txt", "skipped"),
        ("x.bin", "failed"),
    ]
    assert store.counts(summary.run).outcomes == {"coded": 3, "skipped": 1, "failed": 2}
    assert store.open_run({"code": "fake"}, {}).finished is not None


def test_running_twice_codes_nothing_again_and_changes_nothing(store: Store) -> None:
    given = [*documents(3), Skipped("e.txt", "empty"), make_document("Стачка.", language="ru")]
    first = run_documents(given, FakeCoder(), store)
    before = (store.runs(), list(store.load(first.run)), list(store.incidents(first.run)))
    coder = FakeCoder()
    second = run_documents(given, coder, store)
    assert coder.seen == []
    assert (second.coded, second.skipped, second.before, second.events) == (3, 2, 4, 3)
    assert (store.runs(), list(store.load(first.run)), list(store.incidents(first.run))) == before


def test_another_coder_makes_another_run(store: Store) -> None:
    old = run_documents(documents(2), FakeCoder(), store)
    new = run_documents(documents(2), FakeCoder(lambda document: (), {"code": "newer"}), store)
    assert (new.before, new.events) == (0, 0)
    assert store.latest_run() is not None
    assert [run.id for run in store.runs()] == [new.run.id, old.run.id]
    assert store.counts(old.run).reports == 2


def test_a_stopped_run_goes_on_where_it_was(store: Store) -> None:
    given = documents(BATCH_DOCUMENTS + 5)
    with pytest.raises(KeyboardInterrupt):
        run_documents(given, stops_at(BATCH_DOCUMENTS + 2, KeyboardInterrupt()), store)
    run = store.latest_run()
    assert run is not None
    assert run.finished is None
    assert store.counts(run).outcomes["coded"] == BATCH_DOCUMENTS + 2
    coder = FakeCoder()
    summary = run_documents(given, coder, store)
    assert coder.seen == ["18.txt", "19.txt", "20.txt"]
    assert (summary.coded, summary.before) == (BATCH_DOCUMENTS + 5, BATCH_DOCUMENTS + 2)
    assert [coded.document.name for coded in store.load(run)] == [document.name for document in given]


def test_a_failed_document_is_tried_again(store: Store) -> None:
    run_documents(documents(2), stops_at(1, ValueError("no")), store)
    summary = run_documents(documents(2), FakeCoder(), store)
    assert (summary.coded, summary.failed, summary.before) == (2, 0, 1)
    assert store.counts(summary.run).outcomes == {"coded": 2, "skipped": 0, "failed": 0}


def test_a_copy_is_skipped_and_never_stands_for_its_original(store: Store) -> None:
    (original,) = documents(1)
    copy = Skipped("copy.txt", "same text and date as 0.txt", original)
    first = run_documents([original, copy], stops_at(0, ValueError("no")), store)
    assert (first.skipped, first.failed) == (1, 1)
    second = run_documents([original, copy], FakeCoder(), store)
    assert (second.coded, second.skipped, second.failed) == (1, 1, 0)


def test_progress_hears_of_every_document(store: Store) -> None:
    heard: list[Outcome | None] = []
    run_documents([*documents(2), Skipped("e", "empty")], FakeCoder(), store, progress=heard.append)
    assert [type(outcome) for outcome in heard] == [Coded, Coded, Skipped]
    heard.clear()
    run_documents(documents(2), FakeCoder(), store, progress=heard.append)
    assert heard == [None, None]


def test_reports_of_one_strike_in_two_documents_become_one_incident(store: Store) -> None:
    summary = run_documents(documents(2), FakeCoder(), store)
    assert (summary.events, summary.incidents) == (2, 1)


def test_a_full_report_survives_the_way_through_the_store(store: Store) -> None:
    coded = full_coded()
    summary = run_documents([coded.document], FakeCoder(lambda document: coded.reports), store)
    assert list(store.load(summary.run)) == [coded]


def test_a_document_without_a_sign_of_an_event_is_coded_with_none_and_says_so() -> None:
    coder = FakeCoder()
    object.__setattr__(coder, "gate", GateModel(-2.0, {"strike": 3.0}, 0.0, 0.4, 0.9, 0.5, "gate test"))
    object.__setattr__(coder, "model", FakeEncoder({"walked": "strike"}))
    market = coder.code_document(make_document("Shares rose in Maribor on Friday."))
    assert isinstance(market, Coded)
    assert (market.reports, market.notes) == ((), (NO_SIGN,))
    undated = coder.code_document(make_document("Shares rose in Maribor on Friday.", published=None))
    assert isinstance(undated, Coded)
    assert undated.notes == (NO_SIGN, NO_DATE)
    told = coder.code_document(make_document("Welders walked out on strike in Maribor on Friday."))
    assert isinstance(told, Coded)
    assert len(told.reports) == 1
    # The words alone are not enough: the encoder takes a glance.
    assert coder.code_document(make_document("A strike by the striker won the cup.")).reports == ()  # type: ignore[union-attr]
