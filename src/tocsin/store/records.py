"""Reports and documents as rows, and rows as reports: nothing is lost on the way there and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tocsin.store.tables import AttributionRow, ClaimRow, DocumentRow, EvidenceRow, ReportRow
from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Block,
    BlockKind,
    Claim,
    DateInterval,
    DatePrecision,
    Demand,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Issue,
    Person,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
    Span,
    Value,
)

Row = dict[str, Any]


def document_row(document: Document) -> Row:
    """A document as a row of ``documents``."""
    blocks = [
        [block.span.start, block.span.end, block.kind, block.language, block.account] for block in document.blocks
    ]
    return {
        "id": document.id,
        "name": document.name,
        "published": document.published,
        "publisher": document.publisher,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "text": document.text,
        "blocks": blocks,
    }


def document_of(row: DocumentRow) -> Document:
    """The document of a row."""
    blocks = tuple(
        Block(Span(start, end), BlockKind(kind), language, account)
        for start, end, kind, language, account in row.blocks
    )
    return Document(row.text, row.published, row.publisher, row.title, row.url, row.language, row.name, blocks)


def people_record(people: Sequence[Person] | None) -> list[Any] | None:
    """The persons of a document as JSON: name, public, reason, spans of each."""
    if people is None:
        return None
    return [[who.name, who.public, who.reason, [[s.start, s.end] for s in who.spans]] for who in people]


def people_of(record: Sequence[Any] | None) -> tuple[Person, ...] | None:
    """The persons that ``people_record`` wrote."""
    if record is None:
        return None
    return tuple(
        Person(name, public, reason, tuple(Span(*span) for span in spans)) for name, public, reason, spans in record
    )


def report_row(report: EventReport, run_id: str, position: int) -> Row:
    """A report as a row of ``reports``, without its key."""
    date, place = report.date, report.place
    names = [place.name, place.settlement, place.admin1] if place else []
    return {
        "run_id": run_id,
        "document_id": report.document_id,
        "position": position,
        "id": report.id,
        "type": report.type.value,
        "factuality": report.factuality.value,
        "part_of": report.part_of,
        "date_start": date.start,
        "date_end": date.end,
        "date_precision": date.precision.value,
        "place": place.name if place else None,
        "settlement": place.settlement if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_search": "\n".join(name for name in names if name).casefold(),
        "score": report.score,
        "reason": report.reason,
        "confidence": report.confidence,
        "row_confidence": report.row_confidence,
    }


def claim_rows(report: EventReport, row: int) -> Iterator[Row]:
    """The report's claims as rows of ``claims``."""
    for position, claim in enumerate(report.claims):
        yield {
            "report_row": row,
            "position": position,
            "field": claim.field.value,
            "value": value_record(claim.value),
            "sources": list(claim.sources),
            "differs": claim.differs,
            "score": claim.score,
            "reason": claim.reason,
            "confidence": claim.confidence,
        }


def attribution_rows(report: EventReport, row: int) -> Iterator[Row]:
    """The report's sources as rows of ``attributions``."""
    for position, attribution in enumerate(report.sources):
        name = attribution.source.quote if attribution.source else ""
        search = f"{attribution.kind.value}\n{name}".casefold()
        yield {"report_row": row, "position": position, "kind": attribution.kind.value, "search": search}


def evidence_rows(report: EventReport, row: int) -> Iterator[Row]:
    """Every quote of the report as rows of ``evidence``."""
    for position, (role, claim, attribution, found) in enumerate(_quotes(report)):
        yield {
            "report_row": row,
            "position": position,
            "role": role,
            "claim": claim,
            "attribution": attribution,
            "span_start": found.span.start,
            "span_end": found.span.end,
            "quote": found.quote,
        }


def _quotes(report: EventReport) -> Iterator[tuple[str, int | None, int | None, Evidence]]:
    yield "trigger", None, None, report.trigger
    for found in report.evidence:
        yield "evidence", None, None, found
    for number, claim in enumerate(report.claims):
        if claim.evidence:
            yield "claim", number, None, claim.evidence
    for number, attribution in enumerate(report.sources):
        for role, part in (("source", attribution.source), ("cue", attribution.cue), ("content", attribution.content)):
            if part:
                yield role, None, number, part


def report_of(
    row: ReportRow,
    claims: Iterable[ClaimRow],
    attributions: Iterable[AttributionRow],
    quotes: Sequence[EvidenceRow],
) -> EventReport:
    """The report of its rows, each sequence in order of position."""
    whole: dict[str, list[Evidence]] = {"trigger": [], "evidence": []}
    of_claim: dict[int, Evidence] = {}
    of_source: dict[tuple[int, str], Evidence] = {}
    for quote in quotes:
        found = Evidence(Span(quote.span_start, quote.span_end), quote.quote)
        if quote.claim is not None:
            of_claim[quote.claim] = found
        elif quote.attribution is not None:
            of_source[quote.attribution, quote.role] = found
        else:
            whole[quote.role].append(found)
    return EventReport(
        document_id=row.document_id,
        type=EventType(row.type),
        trigger=whole["trigger"][0],
        evidence=tuple(whole["evidence"]),
        claims=tuple(
            Claim(
                Field(claim.field),
                value_of(Field(claim.field), claim.value),
                of_claim.get(claim.position),
                tuple(claim.sources),
                claim.differs,
                claim.score,
                claim.reason,
                claim.confidence,
            )
            for claim in claims
        ),
        sources=tuple(
            Attribution(
                SourceKind(attribution.kind),
                of_source.get((attribution.position, "source")),
                of_source.get((attribution.position, "cue")),
                of_source.get((attribution.position, "content")),
            )
            for attribution in attributions
        ),
        part_of=row.part_of,
        score=row.score,
        reason=row.reason,
        confidence=row.confidence,
        row_confidence=row.row_confidence,
    )


def value_record(value: Value) -> dict[str, Any]:
    """A claim's value as JSON; plain text and words of the codebook stand under 'text'."""
    if isinstance(value, str):
        return {"text": str(value)}
    if isinstance(value, DateInterval):
        start, end = (day.isoformat() if day else None for day in (value.start, value.end))
        return {"start": start, "end": end, "precision": value.precision.value}
    return {key: part for key, part in dataclasses.asdict(value).items() if part is not None}


def value_of(field: Field, record: Mapping[str, Any]) -> Value:
    """The value that ``value_record`` wrote for a claim of this field."""
    match field:
        case Field.FACTUALITY:
            return Factuality(record["text"])
        case Field.DATE:
            start, end = (dt.date.fromisoformat(day) if day else None for day in (record["start"], record["end"]))
            return DateInterval(start, end, DatePrecision(record["precision"]))
        case Field.PLACE:
            return Place(**{**record, "precision": PlacePrecision(record["precision"])})
        case Field.INITIATOR | Field.TARGET:
            return Actor(**{**record, "kind": ActorKind(record["kind"])})
        case Field.QUANTITY:
            return Quantity(QuantityRole(record["role"]), record.get("low"), record.get("high"), record["text"])
        case Field.DEMAND:
            return Demand(record["text"], Issue(record["issue"]))
        case _:
            return str(record["text"])
