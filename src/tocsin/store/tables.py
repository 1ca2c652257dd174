"""The tables, in SQLAlchemy's portable types. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_HALVES = re.compile("[\ud800-\udfff]")


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment with its time zone on every database: SQLite has none, so UTC is kept and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC goes in."""
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """UTC comes out, and says so."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class WellFormedText(TypeDecorator[str]):
    """Text that has a form in UTF-8: file names in another encoding come with halves of characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Each half goes in as the replacement character."""
        return _HALVES.sub("\ufffd", value) if value else value


class Base(DeclarativeBase):
    """What the tables have in common."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        dt.datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class DocumentRow(Base):
    """A text, kept once however many runs code it."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    name: Mapped[str | None] = mapped_column(WellFormedText)
    published: Mapped[dt.date | None]
    publisher: Mapped[str | None] = mapped_column(WellFormedText)
    title: Mapped[str | None] = mapped_column(WellFormedText)
    url: Mapped[str | None] = mapped_column(WellFormedText)
    language: Mapped[str | None] = mapped_column(String(35))
    text: Mapped[str] = mapped_column(WellFormedText)
    blocks: Mapped[list[Any]]


class RunRow(Base):
    """One coder: the versions and settings that decide what comes out."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    versions: Mapped[dict[str, Any]]
    settings: Mapped[dict[str, Any]]
    started: Mapped[dt.datetime]
    updated: Mapped[dt.datetime]
    finished: Mapped[dt.datetime | None]


class OutcomeRow(Base):
    """How a document ended in a run: coded, skipped with a reason, or failed with an error."""

    __tablename__ = "outcomes"
    __table_args__ = (Index(None, "run_id", "document_id"), Index(None, "run_id", "name"))

    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    name: Mapped[str] = mapped_column(WellFormedText)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    status: Mapped[str] = mapped_column(String(7))
    reason: Mapped[str] = mapped_column(WellFormedText)  # of a coded document: its notes, one a line
    # Of a coded document: [name, public, reason, spans] of each person; NULL if nobody looked for them.
    people: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class ReportRow(Base):
    """An event report. Its claims say everything; the columns repeat what is asked for most."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(None, "run_id", "document_id", "position", unique=True),
        Index(None, "run_id", "id"),
        Index(None, "run_id", "date_start"),
        Index(None, "run_id", "type"),
        Index(None, "run_id", "country"),
    )

    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    position: Mapped[int]  # in the document, from 0
    id: Mapped[str] = mapped_column(String(16))
    type: Mapped[str] = mapped_column(String(32))
    factuality: Mapped[str] = mapped_column(String(16))
    part_of: Mapped[str | None] = mapped_column(String(16))
    date_start: Mapped[dt.date | None]
    date_end: Mapped[dt.date | None]
    date_precision: Mapped[str] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(WellFormedText)
    settlement: Mapped[str | None] = mapped_column(WellFormedText)
    admin1: Mapped[str | None] = mapped_column(WellFormedText)
    country: Mapped[str | None] = mapped_column(String(2))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place_search: Mapped[str] = mapped_column(
        WellFormedText
    )  # names case-folded by Python: databases fold ASCII at best
    score: Mapped[float | None]
    reason: Mapped[str] = mapped_column(WellFormedText)
    confidence: Mapped[float | None]  # measured; NULL in runs of older coders
    row_confidence: Mapped[float | None]


class ClaimRow(Base):
    """One value of one field, and which of the report's attributions say so."""

    __tablename__ = "claims"

    report_row: Mapped[int] = mapped_column(ForeignKey("reports.row", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(16))
    value: Mapped[dict[str, Any]]
    sources: Mapped[list[Any]]  # positions in attributions, outermost first
    differs: Mapped[bool]
    score: Mapped[float | None]
    reason: Mapped[str] = mapped_column(WellFormedText)
    confidence: Mapped[float | None]


class AttributionRow(Base):
    """One who says so."""

    __tablename__ = "attributions"

    report_row: Mapped[int] = mapped_column(ForeignKey("reports.row", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    search: Mapped[str] = mapped_column(WellFormedText)  # kind and name, case-folded


class EvidenceRow(Base):
    """A quote: the trigger, evidence of the report, of a claim, or the source, cue or content of an attribution."""

    __tablename__ = "evidence"
    __table_args__ = (
        ForeignKeyConstraint(["report_row", "claim"], ["claims.report_row", "claims.position"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["report_row", "attribution"], ["attributions.report_row", "attributions.position"], ondelete="CASCADE"
        ),
    )

    report_row: Mapped[int] = mapped_column(ForeignKey("reports.row", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(8))  # trigger, evidence, claim, source, cue or content
    claim: Mapped[int | None]
    attribution: Mapped[int | None]
    span_start: Mapped[int]
    span_end: Mapped[int]
    quote: Mapped[str] = mapped_column(WellFormedText)


class IncidentRow(Base):
    """A set of reports held to tell one occurrence. Rebuilt as a whole, never edited."""

    __tablename__ = "incidents"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    type: Mapped[str] = mapped_column(String(32))


class MemberRow(Base):
    """A report of an incident."""

    __tablename__ = "incident_members"
    __table_args__ = (
        ForeignKeyConstraint(["run_id", "incident_id"], ["incidents.run_id", "incidents.id"], ondelete="CASCADE"),
        Index(None, "run_id", "report_id"),
    )

    run_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    incident_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    report_id: Mapped[str] = mapped_column(String(16), primary_key=True)


class LinkRow(Base):
    """Why two members are held together."""

    __tablename__ = "incident_links"
    __table_args__ = (
        ForeignKeyConstraint(["run_id", "incident_id"], ["incidents.run_id", "incidents.id"], ondelete="CASCADE"),
    )

    run_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    incident_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    left_id: Mapped[str] = mapped_column(String(16))
    right_id: Mapped[str] = mapped_column(String(16))
    score: Mapped[float]
    reason: Mapped[str] = mapped_column(WellFormedText)


class LinkKeyRow(Base):
    """A block that a report is filed under for linking: reports of one occurrence share at least one."""

    __tablename__ = "link_keys"
    __table_args__ = (Index(None, "report_row"), {"sqlite_with_rowid": False})

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_row: Mapped[int] = mapped_column(ForeignKey("reports.row", ondelete="CASCADE"), primary_key=True)


class LinkingRow(Base):
    """By which rules the incidents of a run were linked."""

    __tablename__ = "linkings"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(32))


class JudgementRow(Base):
    """A person's decision on two reports. None is ever erased; the newest of a pair counts.

    Where another coder gives a report another id, document and trigger tell which report was meant.
    """

    __tablename__ = "judgements"
    __table_args__ = (Index(None, "left_id", "right_id"),)

    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    left_id: Mapped[str] = mapped_column(String(16))
    right_id: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    who: Mapped[str] = mapped_column(WellFormedText)
    made: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(WellFormedText)
    left_document: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    left_start: Mapped[int]
    left_end: Mapped[int]
    right_document: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    right_start: Mapped[int]
    right_end: Mapped[int]
