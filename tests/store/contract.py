"""What every store must do. A store's test module subclasses this and says how to make one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from factory import evidence, full_coded, make_document, make_report, settlement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import reports_of

from tocsin.errors import StoreError
from tocsin.store import Ended, Selection, Store
from tocsin.vocabulary import (
    Attribution,
    Coded,
    Document,
    EventType,
    Failed,
    Incident,
    Judgement,
    Link,
    Place,
    PlacePrecision,
    Skipped,
    SourceKind,
    Verdict,
)

VERSIONS = {"code": "1", "models": "abc"}


def strikes(count: int) -> list[Coded]:
    """Documents that differ, each with one strike."""
    documents = [make_document(f"Nurses struck {number} times.", name=f"{number}.txt") for number in range(count)]
    return [Coded(document, (make_report(document),)) for document in documents]


class StoreContract:
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        raise NotImplementedError

    def test_what_is_saved_comes_back_equal(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        coded = full_coded()
        noted = Coded(make_document("Nothing happened.", None, name="b.txt"), (), ("no published date", "short"))
        store.save(run, [coded, noted])
        assert list(store.load(run)) == [coded, noted]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_report_comes_back_equal(self, store: Store, data: st.DataObject) -> None:
        text = data.draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
        document = make_document(text, blocks=())
        coded = Coded(document, tuple(data.draw(st.lists(reports_of(document), max_size=3))))
        run = store.open_run({"code": uuid.uuid4().hex}, {})
        store.save(run, [coded])
        assert [one.reports for one in store.load(run)] == [coded.reports]

    def test_saving_twice_changes_nothing(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        outcomes = [full_coded(), Skipped("ru.txt", "language ru"), Failed("x.bin", "x.bin: binary data")]
        store.save(run, outcomes)
        before = (store.counts(run), store.runs(), list(store.load(run)))
        again = store.open_run(dict(reversed(VERSIONS.items())), {})
        store.save(again, outcomes)
        assert (store.counts(run), store.runs(), list(store.load(run))) == before

    def test_a_changed_coder_makes_a_new_run_beside_the_old_one(self, store: Store) -> None:
        coded = full_coded()
        old = store.open_run(VERSIONS, {})
        store.save(old, [coded])
        new = store.open_run({**VERSIONS, "models": "def"}, {})
        store.save(new, [Coded(coded.document)])
        assert old.id != new.id
        assert store.latest_run() is not None
        assert [run.id for run in store.runs()] == [new.id, old.id]
        assert list(store.load(old)) == [coded]
        assert list(store.load(new)) == [Coded(coded.document)]

    def test_changed_settings_make_a_new_run(self, store: Store) -> None:
        assert store.open_run(VERSIONS, {}).id != store.open_run(VERSIONS, {"language": "en"}).id

    def test_an_empty_store_has_no_latest_run(self, store: Store) -> None:
        assert store.latest_run() is None

    def test_a_run_is_finished_until_more_is_saved(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        assert run.finished is None
        store.save(run, [full_coded()])
        store.finish_run(run)
        done = store.open_run(VERSIONS, {})
        assert done.finished is not None
        assert done.started.tzinfo is dt.UTC
        store.save(run, strikes(1))
        assert store.open_run(VERSIONS, {}).finished is None

    def test_outcomes_are_counted_and_add_up(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        store.save(run, [full_coded(), Skipped("b.txt", "language ru"), Failed("c.bin", "binary"), *strikes(2)])
        counts = store.counts(run)
        assert counts.outcomes == {"coded": 3, "skipped": 1, "failed": 1}
        assert counts.reports == 4
        assert [ended.name for ended in store.outcomes(run)] == ["0.txt", "1.txt", "b.txt", "c.bin", "courier.txt"]

    def test_a_document_is_known_by_its_content_not_its_name(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        coded = full_coded()
        assert store.ended(run, coded.document.id) is None
        store.save(run, [coded])
        other_name = full_coded(name="copy.txt")
        assert store.ended(run, other_name.document.id) == Ended("courier.txt", "coded", "")
        store.save(run, [other_name])
        assert store.counts(run).outcomes["coded"] == 1

    def test_a_failure_gives_way_to_a_later_success(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        store.save(run, [Failed("courier.txt", "courier.txt: empty")])
        store.save(run, [Failed("courier.txt", "courier.txt: binary")])
        assert [ended.reason for ended in store.outcomes(run)] == ["courier.txt: binary"]
        store.save(run, [full_coded()])
        assert [ended.status for ended in store.outcomes(run)] == ["coded"]

    def test_what_was_unknown_of_a_document_is_filled_in_later(self, store: Store) -> None:
        document = make_document(publisher=None)
        store.save(store.open_run(VERSIONS, {}), [Coded(document)])
        later = store.open_run({"code": "2"}, {})
        store.save(later, [Coded(make_document(publisher="Example Courier", title="Strike"))])
        (loaded,) = store.load(later)
        assert (loaded.document.publisher, loaded.document.title) == ("Example Courier", "Strike")

    def test_a_file_name_in_another_encoding_does_not_stop_the_store(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        failed = Failed("\udcff.txt", "\udcff.txt: no such file")
        store.save(run, [Coded(make_document(name="stra\udcdfe.txt")), failed])
        store.save(run, [failed])
        assert [ended.name for ended in store.outcomes(run)] == ["stra\ufffde.txt", "\ufffd.txt"]

    def test_a_batch_is_saved_whole_or_not_at_all(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        with pytest.raises(AttributeError):
            store.save(run, [full_coded(), Coded(None)])  # type: ignore[arg-type]
        assert store.counts(run).outcomes["coded"] == 0

    @pytest.mark.parametrize(
        ("selection", "expected"),
        [
            (Selection(), ["Celje", "Koper", "Ptuj", "?"]),
            (Selection(types=(EventType.RIOT, EventType.ARREST)), ["Koper", "?"]),
            (Selection(country="it"), ["Koper"]),
            (Selection(since=dt.date(2021, 3, 2)), ["Celje", "Koper"]),
            (Selection(until=dt.date(2021, 3, 2)), ["Koper", "Ptuj"]),
            (Selection(since=dt.date(2021, 3, 3), until=dt.date(2021, 3, 3)), ["Koper"]),
            (Selection(where="CEL"), ["Celje"]),
            (Selection(where="savinj"), ["Celje"]),
            (Selection(where="100%"), []),
            (Selection(says="Police"), ["Ptuj"]),
            (Selection(says="witness"), ["?"]),
            (Selection(limit=2), ["Celje", "Koper"]),
            (Selection(min_confidence=0.3), ["Celje", "Koper", "?"]),
            (Selection(document="courier.txt"), ["Celje", "Koper", "Ptuj", "?"]),
            (Selection(document="courier"), []),
        ],
    )
    def test_a_selection_gives_back_what_it_asks_for(
        self, store: Store, selection: Selection, expected: list[str]
    ) -> None:
        document = make_document("Police said crowds marched in Celje, Koper and Ptuj.")
        celje = Place("Celje", PlacePrecision.SETTLEMENT, "Celje", "Savinjska", "SI")
        police = Attribution(SourceKind.OFFICIAL, evidence(document, "Police"))
        reports = (
            make_report(document, date=dt.date(2021, 3, 5), place=celje, row_confidence=0.3),
            make_report(
                document,
                EventType.RIOT,
                date=(dt.date(2021, 3, 1), dt.date(2021, 3, 4)),
                place=settlement("Koper", "IT"),
            ),
            make_report(document, date=dt.date(2021, 3, 1), place="Ptuj", sources=[police], row_confidence=0.2),
            make_report(document, EventType.ARREST, date=None, place=None, sources=[Attribution(SourceKind.WITNESS)]),
        )
        run = store.open_run(VERSIONS, {})
        store.save(run, [Coded(document, reports)])
        found = [report for coded in store.load(run, selection) for report in coded.reports]
        assert [report.place.name if report.place else "?" for report in found] == expected

    def test_incidents_come_back_and_are_replaced_as_a_whole(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        first = Incident(EventType.STRIKE, ("a", "b"), (Link("a", "b", 0.75, "same settlement"),))
        second = Incident(EventType.RIOT, ("c",))
        store.save_incidents(run, [first, second])
        assert sorted(store.incidents(run), key=lambda one: one.members) == [first, second]
        store.save_incidents(run, [second])
        store.save_incidents(run, [second])
        assert list(store.incidents(run)) == [second]
        assert store.counts(run).incidents == 1

    def test_more_documents_than_one_statement_takes_come_back_in_order(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        many = strikes(450)
        store.save(run, many)
        assert list(store.load(run)) == many

    def test_documents_can_be_saved_while_others_are_read(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        store.save(run, strikes(2))
        ids = set()
        for coded in list(store.load(run)):
            ids.add(coded.document.id)
            store.save(run, [Coded(Document(f"More of {coded.document.text}"))])
        assert len(ids) == 2

    # --- linking ---

    def test_one_incident_is_read_without_the_others(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        coded = strikes(3)
        store.save(run, coded)
        first, second, third = (one.reports[0] for one in coded)
        pair = Incident(EventType.STRIKE, (first.id, second.id), (Link(first.id, second.id, 0.9, "same plant"),))
        alone = Incident(EventType.STRIKE, (third.id,))
        store.save_incidents(run, [pair, alone])
        assert list(store.incidents(run, [pair.id, "none"])) == [pair]
        assert store.find_incidents(run, pair.id[:8]) == (pair,)
        assert store.find_incidents(run, third.id[:10]) == (alone,)
        assert store.find_incidents(run, "none") == ()
        assert {report.id for one in store.members(run, [pair.id]) for report in one.reports} == {
            first.id,
            second.id,
        }

    def test_incidents_are_found_by_country_and_days(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        coded = strikes(1)[0]
        (report,), day = coded.reports, dt.date(2021, 3, 4)
        store.save(run, [coded])
        incident = Incident(EventType.STRIKE, (report.id,))
        store.save_incidents(run, [incident])
        found = [(incident.id, EventType.STRIKE, day, day)]
        assert list(store.spans(run, ["SI"], day, day)) == found
        assert list(store.spans(run, ["SI"], dt.date(2021, 3, 5), dt.date(2021, 3, 9))) == []
        assert list(store.spans(run, ["NO"], day, day)) == []
        assert store.last_told(run, ["SI", "NO"]) == {"SI": coded.document.published}

    def test_what_one_document_tells_as_part_is_found_from_both_ends(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        document = make_document("Nurses struck in Maribor. Police came to Maribor.", name="parts.txt")
        whole = make_report(document)
        part = make_report(document, EventType.USE_OF_FORCE, part_of=whole.id)
        store.save(run, [Coded(document, (whole, part))])
        strike, force = Incident(EventType.STRIKE, (whole.id,)), Incident(EventType.USE_OF_FORCE, (part.id,))
        store.save_incidents(run, [strike, force])
        assert store.told_within(run, [strike.id]) == {force.id}
        assert store.told_within(run, [force.id]) == {strike.id}

    def test_incidents_that_share_a_report_give_way_and_others_stay(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        pair, other = Incident(EventType.STRIKE, ("a", "b")), Incident(EventType.RIOT, ("c",))
        store.save_incidents(run, [pair, other])
        alone = [Incident(EventType.STRIKE, ("a",)), Incident(EventType.STRIKE, ("b",))]
        store.replace_incidents(run, alone)
        assert sorted(store.incidents(run), key=lambda one: one.members) == [*alone, other]
        assert store.companions(run, ["a", "c"]) == {"a", "c"}

    def test_reports_are_found_under_their_newest_keys_by_id(self, store: Store) -> None:
        run, elsewhere = store.open_run(VERSIONS, {}), store.open_run({"code": "2"}, {})
        coded = strikes(3)
        ids = [one.reports[0].id for one in coded]
        for each in (run, elsewhere):
            store.save(each, coded)
            store.save_keys(each, dict.fromkeys(ids, (7, 1 << 62)))
        assert store.blocks(run, [7, 8], 5) == {7: tuple(sorted(ids))}
        assert store.blocks(run, [1 << 62], 1) == {1 << 62: tuple(sorted(ids)[:2])}
        store.save_keys(run, {ids[0]: (8,)})
        assert store.blocks(run, [7, 8], 5) == {7: tuple(sorted(ids[1:])), 8: (ids[0],)}
        assert store.unlinked(run) == set(ids)
        assert {report.id for _, report in store.reports(run, [*ids[:2], "nobody"])} == set(ids[:2])
        assert [document for document, _ in store.reports(run, ids[:1])] == [coded[0].document]

    def test_by_which_rules_a_run_was_linked_is_kept(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        assert store.linking_version(run) is None
        store.set_linking_version(run, "one")
        store.set_linking_version(run, "two")
        assert store.linking_version(run) == "two"

    def test_judgements_stay_beside_each_other_and_follow_a_report_into_another_run(self, store: Store) -> None:
        run = store.open_run(VERSIONS, {})
        coded = strikes(2)
        store.save(run, coded)
        left, right = sorted(one.reports[0].id for one in coded)
        made = dt.datetime(2021, 3, 6, 12, tzinfo=dt.UTC)
        first = Judgement(left, right, Verdict.SAME, "Ana", made, "one crowd")
        second = Judgement(left, right, Verdict.OPEN, "Bor", made + dt.timedelta(hours=1))
        store.judge(run, second)
        store.judge(run, first)
        assert store.judgements(run) == (first, second)
        later = store.open_run({"code": "2"}, {})
        assert store.judgements(later) == ()
        # The same triggers, told by a coder that knows no place: other ids.
        again = [Coded(one.document, (make_report(one.document, place=None),)) for one in coded]
        store.save(later, again)
        ids = {one.reports[0].id for one in again}
        assert [{one.left, one.right} for one in store.judgements(later)] == [ids, ids]
        with pytest.raises(StoreError, match="has no report nobody"):
            store.judge(run, Judgement(left, "nobody", Verdict.SAME, "Ana", made))
