"""The store in SQL that every database of SQLAlchemy understands. A database adds how it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Engine, ScalarResult, delete, func, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tocsin.errors import StoreError
from tocsin.store import sql_links as links
from tocsin.store.base import Counts, Ended, Run, Selection, Store, run_id
from tocsin.store.records import (
    attribution_rows,
    claim_rows,
    document_of,
    document_row,
    evidence_rows,
    people_of,
    people_record,
    report_of,
    report_row,
)
from tocsin.store.tables import (
    AttributionRow,
    ClaimRow,
    DocumentRow,
    EvidenceRow,
    IncidentRow,
    LinkRow,
    MemberRow,
    OutcomeRow,
    ReportRow,
    RunRow,
)
from tocsin.vocabulary import (
    Coded,
    Document,
    EventReport,
    EventType,
    Failed,
    Incident,
    Judgement,
    Link,
    Outcome,
    Skipped,
)

# Databases limit the values of one statement; SQLite's oldest limit is 999.
BATCH = 200

# The execution option that marks a transaction which is going to write.
WRITES = "tocsin_writes"

_Part = TypeVar("_Part", ClaimRow, AttributionRow, EvidenceRow)


class SqlStore(Store):
    """A store in a database with our tables, brought up to date before it comes here."""

    def __init__(self, engine: Engine, name: str) -> None:
        """Keep in a database what ``name`` stands for in messages."""
        self._engine = engine
        self._name = name

    @property
    def name(self) -> str:
        """A path, or an address without secrets."""
        return self._name

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- runs ---

    def open_run(self, versions: Mapping[str, str], settings: Mapping[str, str]) -> Run:
        """The run of a coder, found or made."""
        identity, now = run_id(versions, settings), dt.datetime.now(dt.UTC)
        with self._writing() as session:
            row = session.get(RunRow, identity)
            if row is None:
                row = RunRow(
                    id=identity,
                    versions=dict(versions),
                    settings=dict(settings),
                    started=now,
                    updated=now,
                    finished=None,
                )
                session.add(row)
                session.flush()
            return _run(row)

    def finish_run(self, run: Run) -> None:
        """Mark a run as finished, unless it is already."""
        unfinished = (RunRow.id == run.id) & RunRow.finished.is_(None)
        with self._writing() as session:
            session.execute(update(RunRow).where(unfinished).values(finished=dt.datetime.now(dt.UTC)))

    def runs(self) -> tuple[Run, ...]:
        """Every run, the last updated first."""
        with self._reading() as session:
            rows = session.scalars(select(RunRow).order_by(RunRow.updated.desc(), RunRow.started.desc(), RunRow.id))
            return tuple(_run(row) for row in rows)

    # --- outcomes ---

    def ended(self, run: Run, document_id: str) -> Ended | None:
        """How a document ended; the first time counts."""
        done = (OutcomeRow.run_id == run.id) & (OutcomeRow.document_id == document_id)
        with self._reading() as session:
            row = session.scalar(select(OutcomeRow).where(done).order_by(OutcomeRow.row).limit(1))
            return Ended(row.name, row.status, row.reason) if row else None

    def save(self, run: Run, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes in one transaction."""
        with self._writing() as session:
            changed = [self._save_one(session, run, outcome) for outcome in outcomes]
            if any(changed):
                # Something was added: the run is the latest again, and open until it is finished.
                now = dt.datetime.now(dt.UTC)
                session.execute(update(RunRow).where(RunRow.id == run.id).values(updated=now, finished=None))

    def _save_one(self, session: Session, run: Run, outcome: Outcome) -> bool:
        """Whether anything was changed."""
        document, status, reason = _parts(outcome)
        name = (outcome.document.name or outcome.document.id) if isinstance(outcome, Coded) else outcome.name
        if document is not None:
            _save_document(session, document)
        document_id = document.id if document else None
        there = session.scalars(select(OutcomeRow).where(OutcomeRow.run_id == run.id, OutcomeRow.name == name)).all()
        # A file that failed and is read now has not failed any more; nor does its old error stand beside a new one.
        stale = [row for row in there if row.status == "failed" and (status, reason) != ("failed", row.reason)]
        for row in stale:
            session.delete(row)
        same = (OutcomeRow.status == status) & (OutcomeRow.document_id.is_not_distinct_from(document_id))
        if status != "coded":  # a coded document is kept once, whatever its name
            same &= (OutcomeRow.name == name) & (OutcomeRow.reason == reason)
        if session.scalar(select(OutcomeRow.row).where(OutcomeRow.run_id == run.id, same).limit(1)) is not None:
            return bool(stale)
        people = people_record(outcome.people) if isinstance(outcome, Coded) else None
        session.add(
            OutcomeRow(run_id=run.id, name=name, document_id=document_id, status=status, reason=reason, people=people)
        )
        if isinstance(outcome, Coded):
            for position, report in enumerate(outcome.reports):
                _save_report(session, report, run.id, position)
        return True

    def outcomes(self, run: Run) -> Iterator[Ended]:
        """How each document of a run ended, by name."""
        query = select(OutcomeRow).where(OutcomeRow.run_id == run.id).order_by(OutcomeRow.name, OutcomeRow.row)
        with self._reading() as session:
            for row in session.scalars(query):
                yield Ended(row.name, row.status, row.reason)

    def counts(self, run: Run) -> Counts:
        """How many documents, reports and incidents a run holds."""
        by_status = (
            select(OutcomeRow.status, func.count()).where(OutcomeRow.run_id == run.id).group_by(OutcomeRow.status)
        )
        with self._reading() as session:
            found = dict(session.execute(by_status).all())
            reports = session.scalar(select(func.count()).select_from(ReportRow).where(ReportRow.run_id == run.id))
            incidents = session.scalar(
                select(func.count()).select_from(IncidentRow).where(IncidentRow.run_id == run.id)
            )
        outcomes = {status: found.get(status, 0) for status in ("coded", "skipped", "failed")}
        return Counts(outcomes, reports or 0, incidents or 0)

    # --- reports ---

    def load(self, run: Run, selection: Selection | None = None) -> Iterator[Coded]:
        """Coded documents with their reports."""
        with self._reading() as session:
            if selection is None:
                yield from _whole_run(session, run)
            else:
                yield from _selected(session, run, selection)

    # --- incidents ---

    def save_incidents(self, run: Run, incidents: Iterable[Incident]) -> None:
        """Put these in place of all incidents of a run."""
        with self._writing() as session:
            for table in (LinkRow, MemberRow, IncidentRow):
                session.execute(delete(table).where(table.run_id == run.id))
            _insert_incidents(session, run, incidents)

    def replace_incidents(self, run: Run, incidents: Sequence[Incident]) -> None:
        """Put these in place of those that share a report with one of them, in one transaction."""
        members = {member for incident in incidents for member in incident.members}
        with self._writing() as session:
            links.drop_incidents(session, run, links.incidents_of(session, run, members))
            _insert_incidents(session, run, incidents)

    def incidents(self, run: Run, ids: Iterable[str] | None = None) -> Iterator[Incident]:
        """The incidents of a run, or these of them, by id."""
        with self._reading() as session:
            if ids is None:
                yield from _incidents(session, run, None)
                return
            for batch in links.batches(sorted(set(ids)), BATCH):
                yield from _incidents(session, run, batch)

    def find_incidents(self, run: Run, begins: str) -> tuple[Incident, ...]:
        """Incidents by the beginning of their id, or of a report's."""
        with self._reading() as session:
            found = links.beginning(session, run, begins)
        return tuple(self.incidents(run, found))

    def spans(
        self, run: Run, countries: Iterable[str], first: dt.date, last: dt.date
    ) -> Iterator[tuple[str, EventType, dt.date, dt.date]]:
        """Incidents in these countries that overlap these days."""
        with self._reading() as session:
            for identity, kind, start, end in links.spans(session, run, countries, first, last):
                yield identity, EventType(kind), start, end

    def told_within(self, run: Run, ids: Iterable[str]) -> set[str]:
        """Wholes and parts of these incidents by what one document tells."""
        with self._reading() as session:
            return links.told_within(session, run, ids)

    def members(self, run: Run, ids: Iterable[str]) -> Iterator[Coded]:
        """Documents with their reports of these incidents."""
        with self._reading() as session:
            inside: set[str] = set()
            for batch in links.batches(sorted(set(ids))):
                own = select(MemberRow.report_id).where(MemberRow.run_id == run.id)
                inside.update(session.scalars(_in(MemberRow.incident_id, batch, own)))
            rows = sorted(links.rows_of(session, run, inside), key=lambda row: (row.document_id, row.position))
            for document_id, group in groupby(rows, key=lambda row: row.document_id):
                yield _coded(session, run, document_id, list(group))

    def last_told(self, run: Run, countries: Iterable[str], min_confidence: float = 0.0) -> Mapping[str, dt.date]:
        """The last day of publication by country."""
        with self._reading() as session:
            return links.last_told(session, run, countries, min_confidence)

    # --- linking ---

    def save_keys(self, run: Run, keys: Mapping[str, Sequence[int]]) -> None:
        """File reports under blocks."""
        with self._writing() as session:
            links.save_keys(session, run, keys)

    def blocks(self, run: Run, keys: Iterable[int], largest: int) -> Mapping[int, tuple[str, ...]]:
        """Ids under each key."""
        with self._reading() as session:
            return links.blocks(session, run, keys, largest)

    def reports(self, run: Run, ids: Iterable[str]) -> Iterator[tuple[Document, EventReport]]:
        """Reports with their documents, by id."""
        with self._reading() as session:
            for batch in links.batches(links.rows_of(session, run, ids), BATCH):
                wanted = sorted({row.document_id for row in batch})
                rows = session.scalars(_in(DocumentRow.id, wanted, select(DocumentRow)))
                documents = {row.id: document_of(row) for row in rows}
                for row, report in _reports(session, batch):
                    yield documents[row.document_id], report

    def unlinked(self, run: Run) -> set[str]:
        """Reports in no incident."""
        with self._reading() as session:
            return links.unlinked(session, run)

    def companions(self, run: Run, ids: Iterable[str]) -> set[str]:
        """Reports in the same incidents as these."""
        with self._reading() as session:
            return links.companions(session, run, ids)

    def linking_version(self, run: Run) -> str | None:
        """By which rules the run was linked."""
        with self._reading() as session:
            return links.linking_version(session, run)

    def set_linking_version(self, run: Run, version: str) -> None:
        """Note by which rules the run was linked."""
        with self._writing() as session:
            links.set_linking_version(session, run, version)

    def judge(self, run: Run, judgement: Judgement) -> None:
        """Keep a judgement."""
        with self._writing() as session:
            links.add_judgement(session, run, judgement, self.name)

    def judgements(self, run: Run) -> tuple[Judgement, ...]:
        """Every judgement on reports of a run, oldest first."""
        with self._reading() as session:
            return tuple(links.judgements(session, run))

    # --- sessions: whatever the database says against us is a StoreError with the store's name ---

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session:
                yield session
        except SQLAlchemyError as error:
            raise self._error("read", error) from error

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                session.connection(execution_options={WRITES: True})
                yield session
        except SQLAlchemyError as error:
            raise self._error("written", error) from error

    def _error(self, what: str, error: SQLAlchemyError) -> StoreError:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        return StoreError(f"{self.name}: cannot be {what}: {reason}. Is another program using it, or the disk full?")


def _run(row: RunRow) -> Run:
    return Run(row.id, dict(row.versions), dict(row.settings), row.started, row.updated, row.finished)


def _parts(outcome: Outcome) -> tuple[Document | None, str, str]:
    match outcome:
        case Coded():
            return outcome.document, "coded", "\n".join(outcome.notes)
        case Skipped():
            return outcome.document, "skipped", outcome.reason
        case Failed():
            return None, "failed", outcome.error


def _save_document(session: Session, document: Document) -> None:
    row = session.get(DocumentRow, document.id)
    if row is None:
        session.execute(insert(DocumentRow).values(document_row(document)))
        return
    for key in ("publisher", "title", "url", "language", "name"):
        if getattr(row, key) is None:
            setattr(row, key, getattr(document, key))


def _save_report(session: Session, report: EventReport, run_id: str, position: int) -> None:
    row = session.scalar(insert(ReportRow).values(report_row(report, run_id, position)).returning(ReportRow.row))
    assert row is not None  # RETURNING gives the key of the one row inserted
    _insert(session, ClaimRow, list(claim_rows(report, row)))
    _insert(session, AttributionRow, list(attribution_rows(report, row)))
    _insert(session, EvidenceRow, list(evidence_rows(report, row)))


def _insert(session: Session, table: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _insert_incidents(session: Session, run: Run, incidents: Iterable[Incident]) -> None:
    for batch in links.batches(incidents, BATCH):
        _insert(session, IncidentRow, [{"run_id": run.id, "id": one.id, "type": one.type.value} for one in batch])
        members = [
            {"run_id": run.id, "incident_id": one.id, "report_id": member} for one in batch for member in one.members
        ]
        _insert(session, MemberRow, members)
        _insert(session, LinkRow, [row for one in batch for row in _link_rows(run, one)])


def _link_rows(run: Run, incident: Incident) -> Iterator[dict[str, Any]]:
    for position, link in enumerate(incident.links):
        yield {
            "run_id": run.id,
            "incident_id": incident.id,
            "position": position,
            "left_id": link.left,
            "right_id": link.right,
            "score": link.score,
            "reason": link.reason,
        }


def _whole_run(session: Session, run: Run) -> Iterator[Coded]:
    coded = (
        select(OutcomeRow.document_id, OutcomeRow.reason, OutcomeRow.people)
        .where(OutcomeRow.run_id == run.id, OutcomeRow.status == "coded")
        .order_by(OutcomeRow.row)
    )
    # Keys first, all of them: rows of a query that is still open would change under a caller who saves.
    done = list(session.execute(coded))
    for batch in links.batches(done, BATCH):
        ids = [identity for identity, _, _ in batch]
        documents = {row.id: document_of(row) for row in session.scalars(_in(DocumentRow.id, ids, select(DocumentRow)))}
        rows = session.scalars(
            _in(ReportRow.document_id, ids, select(ReportRow).where(ReportRow.run_id == run.id)).order_by(
                ReportRow.document_id, ReportRow.position
            )
        ).all()
        reports: dict[str, list[EventReport]] = {}
        for row, report in _reports(session, rows):
            reports.setdefault(row.document_id, []).append(report)
        for identity, notes, people in batch:
            if identity in documents:
                found = documents[identity]
                told = tuple(notes.split("\n")) if notes else ()
                yield Coded(found, tuple(reports.get(found.id, ())), told, people_of(people))
        session.expunge_all()


def _selected(session: Session, run: Run, selection: Selection) -> Iterator[Coded]:
    query = select(ReportRow).where(ReportRow.run_id == run.id, *_conditions(selection))
    query = query.order_by(
        func.coalesce(ReportRow.date_end, ReportRow.date_start).desc().nulls_last(),
        ReportRow.document_id,
        ReportRow.position,
    )
    rows = session.scalars(query.limit(selection.limit)).all()
    position = {row.row: number for number, row in enumerate(rows)}
    # A document stands where its first report stands, with its reports in the order of the text.
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.document_id, position[row.row])
    ordered = sorted(rows, key=lambda row: (first[row.document_id], row.position))
    for document_id, group in groupby(ordered, key=lambda row: row.document_id):
        yield _coded(session, run, document_id, list(group))


def _coded(session: Session, run: Run, document_id: str, rows: Sequence[ReportRow]) -> Coded:
    document = session.get_one(DocumentRow, document_id)
    reports = tuple(report for _, report in _reports(session, rows))
    named = select(OutcomeRow.people).where(
        OutcomeRow.run_id == run.id, OutcomeRow.document_id == document_id, OutcomeRow.status == "coded"
    )
    return Coded(document_of(document), reports, people=people_of(session.scalar(named.limit(1))))


def _incidents(session: Session, run: Run, ids: Sequence[str] | None) -> Iterator[Incident]:
    def of(table: Any, identity: Any) -> Any:
        query = select(table).where(table.run_id == run.id)
        return query if ids is None else _in(identity, ids, query)

    members: dict[str, list[str]] = {}
    found_links: dict[str, list[Link]] = {}
    for member in session.scalars(
        of(MemberRow, MemberRow.incident_id).order_by(MemberRow.incident_id, MemberRow.report_id)
    ):
        members.setdefault(member.incident_id, []).append(member.report_id)
    for link in session.scalars(of(LinkRow, LinkRow.incident_id).order_by(LinkRow.incident_id, LinkRow.position)):
        found = Link(link.left_id, link.right_id, link.score, link.reason)
        found_links.setdefault(link.incident_id, []).append(found)
    for row in session.scalars(of(IncidentRow, IncidentRow.id).order_by(IncidentRow.id)):
        yield Incident(EventType(row.type), tuple(members.get(row.id, ())), tuple(found_links.get(row.id, ())))


def _conditions(selection: Selection) -> Iterator[ColumnElement[bool]]:
    if selection.types:
        yield ReportRow.type.in_([kind.value for kind in selection.types])
    if selection.country:
        yield ReportRow.country == selection.country.upper()
    if selection.since:
        # An open end may lie as late as one likes, an open start as early.
        yield or_(
            ReportRow.date_end >= selection.since, ReportRow.date_end.is_(None) & ReportRow.date_start.is_not(None)
        )
    if selection.until:
        yield or_(
            ReportRow.date_start <= selection.until, ReportRow.date_start.is_(None) & ReportRow.date_end.is_not(None)
        )
    if selection.where:
        yield ReportRow.place_search.contains(selection.where.casefold(), autoescape=True)
    if selection.document:
        named = select(DocumentRow.id).where(DocumentRow.name == selection.document)
        begins = ReportRow.document_id.startswith(selection.document, autoescape=True)
        yield or_(begins, ReportRow.document_id.in_(named))
    if selection.min_confidence > 0:
        sure = ReportRow.row_confidence
        yield or_(sure >= selection.min_confidence, sure.is_(None))
    if selection.says:
        said = AttributionRow.search.contains(selection.says.casefold(), autoescape=True)
        yield ReportRow.row.in_(select(AttributionRow.report_row).where(said))


def _reports(session: Session, rows: Sequence[ReportRow]) -> Iterator[tuple[ReportRow, EventReport]]:
    for batch in links.batches(rows, BATCH):
        keys = [row.row for row in batch]
        claims = _by_report(
            session.scalars(_in(ClaimRow.report_row, keys, select(ClaimRow)).order_by(ClaimRow.position))
        )
        attributions = _by_report(
            session.scalars(
                _in(AttributionRow.report_row, keys, select(AttributionRow)).order_by(AttributionRow.position)
            )
        )
        quotes = _by_report(
            session.scalars(_in(EvidenceRow.report_row, keys, select(EvidenceRow)).order_by(EvidenceRow.position))
        )
        for row in batch:
            yield row, report_of(row, claims.get(row.row, ()), attributions.get(row.row, ()), quotes.get(row.row, ()))


def _by_report(rows: ScalarResult[_Part]) -> dict[int, list[_Part]]:
    found: dict[int, list[_Part]] = {}
    for row in rows:
        found.setdefault(row.report_row, []).append(row)
    return found


def _in(column: Any, keys: Sequence[Any], query: Any) -> Any:
    return query.where(column.in_(keys))
