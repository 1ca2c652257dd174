"""What linking asks of a store in SQL: blocks, single reports, parts of the incidents, and people's judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from tocsin.errors import StoreError
from tocsin.store.base import Run
from tocsin.store.tables import (
    DocumentRow,
    EvidenceRow,
    IncidentRow,
    JudgementRow,
    LinkingRow,
    LinkKeyRow,
    LinkRow,
    MemberRow,
    ReportRow,
)
from tocsin.vocabulary import Judgement, Verdict

# Databases limit the values of one statement; SQLite's oldest limit is 999.
BATCH = 400

# Reports of one incident follow each other within days; only a person's judgement can join what lies further apart.
_LONGEST_GAP = 62

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def save_keys(session: Session, run: Run, keys: Mapping[str, Sequence[int]]) -> None:
    """File reports under blocks in place of what they were filed under; ids that are not in the run are passed over."""
    for batch in batches(sorted(keys)):
        rows = session.execute(select(ReportRow.row, ReportRow.id).where(_of(run, batch))).all()
        session.execute(delete(LinkKeyRow).where(LinkKeyRow.report_row.in_([row for row, _ in rows])))
        filed = [{"key": key, "report_row": row} for row, identity in rows for key in keys[identity]]
        if filed:
            session.execute(insert(LinkKeyRow), filed)


def blocks(session: Session, run: Run, keys: Iterable[int], largest: int) -> dict[int, tuple[str, ...]]:
    """Ids of the reports under each key, sorted, ``largest`` + 1 at most."""
    # Two questions, not a join: a database may begin a join with every report of the run.
    filed: dict[int, list[int]] = {}
    for batch in batches(sorted(set(keys))):
        query = select(LinkKeyRow.key, LinkKeyRow.report_row).where(LinkKeyRow.key.in_(batch))
        for key, row in session.execute(query):
            filed.setdefault(key, []).append(row)
    ids: dict[int, str] = {}
    for batch in batches(sorted({row for rows in filed.values() for row in rows})):
        named = select(ReportRow.row, ReportRow.id, ReportRow.run_id).where(ReportRow.row.in_(batch))
        ids.update((row, identity) for row, identity, run_id in session.execute(named) if run_id == run.id)
    found = {key: sorted({ids[row] for row in rows if row in ids}) for key, rows in filed.items()}
    return {key: tuple(members[: largest + 1]) for key, members in found.items() if members}


def rows_of(session: Session, run: Run, ids: Iterable[str]) -> Iterator[ReportRow]:
    """The rows of these reports."""
    for batch in batches(sorted(set(ids))):
        yield from session.scalars(select(ReportRow).where(_of(run, batch)).order_by(ReportRow.id, ReportRow.row))


def unlinked(session: Session, run: Run) -> set[str]:
    """Reports of a run that are in no incident of it."""
    member = exists().where(MemberRow.run_id == run.id, MemberRow.report_id == ReportRow.id)
    return set(session.scalars(select(ReportRow.id).where(ReportRow.run_id == run.id, ~member)))


def companions(session: Session, run: Run, ids: Iterable[str]) -> set[str]:
    """All reports of the incidents that these reports are in."""
    found: set[str] = set()
    for batch in batches(sorted(incidents_of(session, run, ids))):
        query = select(MemberRow.report_id).where(MemberRow.run_id == run.id, MemberRow.incident_id.in_(batch))
        found.update(session.scalars(query))
    return found


def incidents_of(session: Session, run: Run, ids: Iterable[str]) -> set[str]:
    """Ids of the incidents that these reports are in."""
    found: set[str] = set()
    for batch in batches(sorted(set(ids))):
        query = select(MemberRow.incident_id).where(MemberRow.run_id == run.id, MemberRow.report_id.in_(batch))
        found.update(session.scalars(query))
    return found


def drop_incidents(session: Session, run: Run, incidents: Iterable[str]) -> None:
    """Take incidents away, with their links."""
    for batch in batches(sorted(incidents)):
        for table in (LinkRow, MemberRow):
            session.execute(delete(table).where(table.run_id == run.id, table.incident_id.in_(batch)))
        session.execute(delete(IncidentRow).where(IncidentRow.run_id == run.id, IncidentRow.id.in_(batch)))


def beginning(session: Session, run: Run, begins: str) -> list[str]:
    """Ids of incidents that begin so, or whose reports' ids do."""
    own = select(IncidentRow.id).where(IncidentRow.run_id == run.id, IncidentRow.id.startswith(begins, autoescape=True))
    if found := session.scalars(own.order_by(IncidentRow.id)).all():
        return list(found)
    of_reports = select(MemberRow.incident_id).where(
        MemberRow.run_id == run.id, MemberRow.report_id.startswith(begins, autoescape=True)
    )
    return sorted(set(session.scalars(of_reports)))


def spans(
    session: Session, run: Run, countries: Iterable[str], first: dt.date, last: dt.date
) -> Iterator[tuple[str, str, dt.date, dt.date]]:
    """Id, type and days of the incidents in these countries that overlap these days."""
    # Keys first, then what they stand for: as one join, a database may begin with every member of the run.
    start = func.coalesce(ReportRow.date_start, ReportRow.date_end)
    end = func.coalesce(ReportRow.date_end, ReportRow.date_start)
    here = select(ReportRow.id).where(
        ReportRow.run_id == run.id,
        ReportRow.country.in_(sorted(set(countries))),
        start <= _days_from(last, _LONGEST_GAP),
        end >= _days_from(first, -_LONGEST_GAP),
    )
    for batch in batches(sorted(incidents_of(session, run, session.scalars(here)))):
        kinds = select(IncidentRow.id, IncidentRow.type).where(IncidentRow.run_id == run.id, IncidentRow.id.in_(batch))
        types = dict(session.execute(kinds).all())
        inside = select(MemberRow.report_id, MemberRow.incident_id)
        rows = session.execute(inside.where(MemberRow.run_id == run.id, MemberRow.incident_id.in_(batch)))
        owner = dict(rows.all())
        days: dict[str, tuple[dt.date, dt.date]] = {}
        for reports in batches(sorted(owner)):
            for identity, begins, ends in session.execute(select(ReportRow.id, start, end).where(_of(run, reports))):
                if begins is not None:
                    found = days.get(owner[identity], (begins, ends))
                    days[owner[identity]] = min(found[0], begins), max(found[1], ends)
        for incident, (begins, ends) in sorted(days.items()):
            if begins <= last and ends >= first:
                yield incident, types[incident], begins, ends


def _days_from(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def told_within(session: Session, run: Run, ids: Iterable[str]) -> set[str]:
    """Incidents that reports of these are told as part of in their own document, and those told as part of these."""
    reports: set[str] = set()
    for batch in batches(sorted(set(ids))):
        own = select(MemberRow.report_id).where(MemberRow.run_id == run.id, MemberRow.incident_id.in_(batch))
        reports.update(session.scalars(own))
    told: set[str] = set()
    documents: set[str] = set()
    for batch in batches(sorted(reports)):
        for document, whole in session.execute(select(ReportRow.document_id, ReportRow.part_of).where(_of(run, batch))):
            documents.add(document)
            if whole is not None:
                told.add(whole)
    for batch in batches(sorted(documents)):
        beside = select(ReportRow.id, ReportRow.part_of).where(
            ReportRow.run_id == run.id, ReportRow.document_id.in_(batch), ReportRow.part_of.is_not(None)
        )
        told.update(part for part, whole in session.execute(beside) if whole in reports)
    return incidents_of(session, run, told)


def last_told(session: Session, run: Run, countries: Iterable[str], min_confidence: float) -> dict[str, dt.date]:
    """The last day of publication by country."""
    query = (
        select(ReportRow.country, func.max(DocumentRow.published))
        .join(DocumentRow, DocumentRow.id == ReportRow.document_id)
        .where(ReportRow.run_id == run.id, ReportRow.country.in_(sorted(set(countries))))
        .group_by(ReportRow.country)
    )
    if min_confidence > 0:
        query = query.where((ReportRow.row_confidence >= min_confidence) | ReportRow.row_confidence.is_(None))
    return {country: day for country, day in session.execute(query) if country and day}


def linking_version(session: Session, run: Run) -> str | None:
    """By which rules the run was linked."""
    return session.scalar(select(LinkingRow.version).where(LinkingRow.run_id == run.id))


def set_linking_version(session: Session, run: Run, version: str) -> None:
    """Note by which rules the run was linked."""
    session.merge(LinkingRow(run_id=run.id, version=version))


def add_judgement(session: Session, run: Run, judgement: Judgement, name: str) -> None:
    """Keep a judgement, with what finds its reports again; StoreError if the run has no such report."""
    left, right = (_anchor(session, run, identity, name) for identity in (judgement.left, judgement.right))
    session.add(
        JudgementRow(
            left_id=judgement.left,
            right_id=judgement.right,
            verdict=judgement.verdict.value,
            who=judgement.who,
            made=judgement.made,
            note=judgement.note,
            left_document=left[0],
            left_start=left[1],
            left_end=left[2],
            right_document=right[0],
            right_start=right[1],
            right_end=right[2],
        )
    )


def judgements(session: Session, run: Run) -> list[Judgement]:
    """Every judgement on reports of a run, oldest first. A report that another coder gave another id is found by its trigger."""
    rows = session.scalars(select(JudgementRow).order_by(JudgementRow.made, JudgementRow.row)).all()
    ids = {identity for row in rows for identity in (row.left_id, row.right_id)}
    there: set[str] = set()
    for batch in batches(sorted(ids)):
        there.update(session.scalars(select(ReportRow.id).where(_of(run, batch))))
    found = []
    for row in rows:
        left = (
            row.left_id
            if row.left_id in there
            else _find(session, run, row.left_document, row.left_start, row.left_end)
        )
        right = (
            row.right_id
            if row.right_id in there
            else _find(session, run, row.right_document, row.right_start, row.right_end)
        )
        if left and right and left != right:
            one, other = sorted((left, right))
            found.append(Judgement(one, other, Verdict(row.verdict), row.who, row.made, row.note))
    return found


def _of(run: Run, ids: Sequence[str]) -> Any:
    return (ReportRow.run_id == run.id) & ReportRow.id.in_(ids)


def _anchor(session: Session, run: Run, identity: str, name: str) -> tuple[str, int, int]:
    query = (
        select(ReportRow.document_id, EvidenceRow.span_start, EvidenceRow.span_end)
        .join(EvidenceRow, EvidenceRow.report_row == ReportRow.row)
        .where(_of(run, [identity]), EvidenceRow.role == "trigger")
    )
    found = session.execute(query).first()
    if found is None:
        raise StoreError(f"{name}: run {run.id} has no report {identity}. List its reports with: tocsin export jsonl")
    return found[0], found[1], found[2]


def _find(session: Session, run: Run, document: str, start: int, end: int) -> str | None:
    """The report of a document whose trigger lies nearest, of those that overlap the old one's."""
    query = (
        select(ReportRow.id)
        .join(EvidenceRow, EvidenceRow.report_row == ReportRow.row)
        .where(
            ReportRow.run_id == run.id,
            ReportRow.document_id == document,
            EvidenceRow.role == "trigger",
            EvidenceRow.span_start < end,
            EvidenceRow.span_end > start,
        )
        .order_by(func.abs(EvidenceRow.span_start - start) + func.abs(EvidenceRow.span_end - end), ReportRow.id)
    )
    return session.scalar(query.limit(1))
