"""The four flat tables that CSV and Parquet share: what each column means, and the rows of a document.

documents 1 - n events 1 - n claims and evidence; the keys are document, event and, where linked, incident.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.export.masking import names_state, person_words
from tocsin.export.record import value_fields
from tocsin.vocabulary import (
    Actor,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    EventReport,
    Evidence,
    Place,
    Quantity,
    QuantityRole,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in Frictionless Table Schema's words, and what stands in it."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, its columns, its key, which columns point to which table, and where its rows come from."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[str, str]  # column -> table
    rows: Callable[[Coded, Mapping[str, str]], Iterator[Row]]


def _document_rows(coded: Coded, incidents: Mapping[str, str]) -> Iterator[Row]:
    document = coded.document
    yield {
        "document": document.id,
        "name": document.name,
        "published": document.published,
        "publisher": document.publisher,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "events": len(coded.reports),
        "notes": _joined(coded.notes),
        "private_names": names_state(coded),
        "text": document.text,
    }


def _event_rows(coded: Coded, incidents: Mapping[str, str]) -> Iterator[Row]:
    for position, report in enumerate(coded.reports, 1):
        date, place = report.date, report.place or Place("")
        row: Row = {
            "event": report.id,
            "document": coded.document.id,
            "position": position,
            "incident": incidents.get(report.id),
            "type": report.type.value,
            "group": report.type.group,
            "factuality": report.factuality.value,
            "date_start": date.start,
            "date_end": date.end,
            "date_precision": date.precision.value,
            "place": place.name or None,
            "settlement": place.settlement,
            "admin1": place.admin1,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "place_precision": place.precision.value,
            "initiator": _joined(actor.text for actor in report.initiators),
            "initiator_kind": _joined(dict.fromkeys(actor.kind.value for actor in report.initiators)),
            "initiator_identity": _each(actor.identity for actor in report.initiators),
            "initiator_country": _each(actor.country for actor in report.initiators),
            "target": _joined(actor.text for actor in report.targets),
            "target_kind": _joined(dict.fromkeys(actor.kind.value for actor in report.targets)),
            "target_identity": _each(actor.identity for actor in report.targets),
            "target_country": _each(actor.country for actor in report.targets),
            "employer": report.employer,
            "union": report.union,
            "sector": report.sector,
        }
        for role in QuantityRole:
            first = next((quantity for quantity in report.quantities if quantity.role is role), None)
            row[f"{role.value}_low"] = first.low if first else None
            row[f"{role.value}_high"] = first.high if first else None
        row |= {
            "demands": _joined(demand.text for demand in report.demands),
            "issues": _joined(dict.fromkeys(demand.issue.value for demand in report.demands)),
            "sources": _joined(_source_name(source) for source in report.sources),
            "source_kinds": _joined(source.kind.value for source in report.sources),
            "differing_claims": sum(claim.differs for claim in report.claims),
            "trigger": report.trigger.quote,
            "part_of": report.part_of,
            "score": report.score,
            "confidence": report.confidence,
            "row_confidence": report.row_confidence,
        }
        yield row


def _claim_rows(coded: Coded, incidents: Mapping[str, str]) -> Iterator[Row]:
    for report in coded.reports:
        for number, claim in enumerate(report.claims, 1):
            said = [report.sources[index] for index in claim.sources if 0 <= index < len(report.sources)]
            yield {
                "event": report.id,
                "claim": number,
                "document": coded.document.id,
                "field": claim.field.value,
                "differs": claim.differs,
                **_claim_value(claim),
                "said_by": _joined(_source_name(source) for source in said),
                "said_by_kind": _joined(source.kind.value for source in said),
                "quote": claim.evidence.quote if claim.evidence else None,
                "start": claim.evidence.span.start if claim.evidence else None,
                "end": claim.evidence.span.end if claim.evidence else None,
                "score": claim.score,
                "confidence": claim.confidence,
                "reason": claim.reason or None,
            }


def _claim_value(claim: Claim) -> Row:
    row: Row = dict.fromkeys(
        ("value", "kind", "identity", "country", "low", "high", "date_start", "date_end", "latitude", "longitude")
    )
    match claim.value:
        case DateInterval() as date:
            days = [day.isoformat() for day in (date.start, date.end) if day]
            row |= {"value": "/".join(dict.fromkeys(days)) or None, "kind": date.precision.value}
            row |= {"date_start": date.start, "date_end": date.end}
        case Place() as place:
            row |= {"value": place.name, "kind": place.precision.value}
            row |= {"latitude": place.latitude, "longitude": place.longitude}
        case Quantity() as quantity:
            row |= {"value": quantity.text, "kind": quantity.role.value, "low": quantity.low, "high": quantity.high}
        case Actor() as actor:
            row |= {"value": actor.text, "kind": actor.kind.value}
            row |= {"identity": actor.identity, "country": actor.country}
        case other:
            fields = value_fields(other)
            row |= {"value": fields["text"], "kind": fields.get("issue")}
    return row


def _evidence_rows(coded: Coded, incidents: Mapping[str, str]) -> Iterator[Row]:
    for report in coded.reports:
        for number, (role, claim, source, found) in enumerate(_quotes(report), 1):
            yield {
                "event": report.id,
                "quote_number": number,
                "document": coded.document.id,
                "role": role,
                "claim": claim,
                "source": source,
                "start": found.span.start,
                "end": found.span.end,
                "quote": found.quote,
            }


def _quotes(report: EventReport) -> Iterator[tuple[str, int | None, int | None, Evidence]]:
    yield "trigger", None, None, report.trigger
    for found in report.evidence:
        yield "event", None, None, found
    for number, claim in enumerate(report.claims, 1):
        if claim.evidence:
            yield "claim", number, None, claim.evidence
    for number, source in enumerate(report.sources, 1):
        for role, part in (("source", source.source), ("cue", source.cue), ("content", source.content)):
            if part:
                yield role, None, number, part


def _source_name(source: Attribution) -> str:
    return person_words(source.source.quote) if source.source else f"({source.kind.value})"


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def _each(parts: Iterable[str | None]) -> str | None:
    return _joined(dict.fromkeys(part for part in parts if part))


def _numbers() -> Iterator[Column]:
    what = {
        QuantityRole.PARTICIPANTS: "people taking part",
        QuantityRole.WORKFORCE: "people employed there, on strike or not",
        QuantityRole.DETAINED: "people detained",
        QuantityRole.INJURED: "people injured",
        QuantityRole.KILLED: "people killed",
        QuantityRole.SITES: "sites or places",
        QuantityRole.DURATION_DAYS: "days it lasted",
    }
    for role in QuantityRole:
        yield Column(
            f"{role.value}_low", "integer", f"At least so many {what[role]}; the first claim, others in claims"
        )
        yield Column(f"{role.value}_high", "integer", f"At most so many {what[role]}; empty beside a low end: open")


TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "One article or post, as it was read.",
        (
            Column("document", "string", "Key: 24 hex digits that follow from text and published date"),
            Column("name", "string", "Where it was read from: a path, or path#record"),
            Column("published", "date", "The day it was published; relative dates are read from it"),
            Column("publisher", "string", "The outlet or account it comes from"),
            Column("title", "string", "Its headline"),
            Column("url", "string", "Its address"),
            Column("language", "string", "ISO 639-1 code"),
            Column("events", "integer", "How many events it tells in this export"),
            Column("notes", "string", "What a user of its events should know"),
            Column(
                "private_names", "string", "masked or shown: whether private persons can be read in this row's events"
            ),
            Column("text", "string", "The exact text that every start and end points into; masks are as long as names"),
        ),
        ("document",),
        {},
        _document_rows,
    ),
    Table(
        "events",
        "One event report: an occurrence as one document tells it. Lists are joined with '; '.",
        (
            Column(
                "event", "string", "Key: 16 hex digits that follow from document, type, trigger, place and initiators"
            ),
            Column("document", "string", "The document that tells it"),
            Column("position", "integer", "Its number within the document, from 1"),
            Column("incident", "string", "Reports with the same incident are held to tell one occurrence"),
            Column("type", "string", "Event type of the codebook"),
            Column("group", "string", "contention, repression, violence, labour or settlement"),
            Column("factuality", "string", "actual, possible, planned, called_for or denied, as the text tells it"),
            Column("date_start", "date", "First day"),
            Column("date_end", "date", "Last day"),
            Column("date_precision", "string", "day, week, month, year or unknown"),
            Column("place", "string", "The place as written"),
            Column("settlement", "string", "Town or village by the gazetteer"),
            Column("admin1", "string", "First-order division by the gazetteer"),
            Column("country", "string", "ISO 3166-1 alpha-2"),
            Column("latitude", "number", "Degrees north, WGS 84, of the settlement unless the site is sure"),
            Column("longitude", "number", "Degrees east, WGS 84"),
            Column("place_precision", "string", "site, settlement, district, admin1, country or unknown"),
            Column("initiator", "string", "Who acts, as written"),
            Column("initiator_kind", "string", "Kinds of the initiators, each once"),
            Column("initiator_identity", "string", "Who they are in every document and script, each once; see actors"),
            Column("initiator_country", "string", "Countries they belong to, each once: ISO 3166-1 alpha-2"),
            Column("target", "string", "To whom or against whom, as written"),
            Column("target_kind", "string", "Kinds of the targets, each once"),
            Column("target_identity", "string", "Who they are in every document and script, each once"),
            Column("target_country", "string", "Countries they belong to, each once: ISO 3166-1 alpha-2"),
            Column("employer", "string", "Employer, for labour events"),
            Column("union", "string", "Union, for labour events"),
            Column("sector", "string", "Sector, for labour events: the name of an ISIC section"),
            *_numbers(),
            Column("demands", "string", "What is asked for, as written"),
            Column("issues", "string", "Issue classes of the demands, each once"),
            Column("sources", "string", "Who says so, outermost first; (author) is the document in its own voice"),
            Column("source_kinds", "string", "Kinds of the sources, in the same order"),
            Column("differing_claims", "integer", "How many claims contradict this row; see claims, differs"),
            Column("trigger", "string", "The words that name the event"),
            Column("part_of", "string", "The event of the same document that this one belongs to"),
            Column("score", "number", "0 to 1: how sure the coder is, to rank by; not a share"),
            Column("confidence", "number", "How often events scored so are there, measured on gold"),
            Column(
                "row_confidence", "number", "How often the whole row is right with them; --min-confidence goes by it"
            ),
        ),
        ("document", "position"),
        {"document": "documents"},
        _event_rows,
    ),
    Table(
        "claims",
        "One value of one field of an event: the words it comes from, and who says so.",
        (
            Column("event", "string", "The event it is about"),
            Column("claim", "integer", "Its number within the event, from 1"),
            Column("document", "string", "The document"),
            Column("field", "string", "Which field: factuality, date, place, initiator, target, quantity, demand ..."),
            Column("differs", "boolean", "true where it contradicts the event's row in events"),
            Column("value", "string", "The value: words as written, a factuality, or ISO dates as start/end"),
            Column("kind", "string", "Kind of actor, role of number, issue of demand, precision of date or place"),
            Column("identity", "string", "Of an actor: the same for one person or organisation in every document"),
            Column("country", "string", "Of an actor: ISO 3166-1 alpha-2"),
            Column("low", "integer", "Of a quantity; empty: open"),
            Column("high", "integer", "Of a quantity; empty: open"),
            Column("date_start", "date", "Of a date"),
            Column("date_end", "date", "Of a date"),
            Column("latitude", "number", "Of a place"),
            Column("longitude", "number", "Of a place"),
            Column("said_by", "string", "Who says so, outermost first"),
            Column("said_by_kind", "string", "Their kinds, in the same order"),
            Column("quote", "string", "The words it comes from"),
            Column("start", "integer", "Where the quote begins in the document's text, in Unicode code points from 0"),
            Column("end", "integer", "One past where the quote ends"),
            Column("score", "number", "How sure the coder is, to rank values of one field by; not a share"),
            Column("confidence", "number", "How often values scored so are right where the event is, measured on gold"),
            Column("reason", "string", "The rule or model that made the value"),
        ),
        ("document", "event", "claim"),
        {"document": "documents"},
        _claim_rows,
    ),
    Table(
        "evidence",
        "One quote that an event rests on.",
        (
            Column("event", "string", "The event"),
            Column("quote_number", "integer", "Its number within the event, from 1"),
            Column("document", "string", "The document"),
            Column("role", "string", "trigger; event (the sentences that tell it); claim; source, cue or content"),
            Column("claim", "integer", "For role claim: the claim's number"),
            Column("source", "integer", "For source, cue and content: the source's number within the event, from 1"),
            Column("start", "integer", "Where it begins in the document's text, in Unicode code points from 0"),
            Column("end", "integer", "One past where it ends"),
            Column("quote", "string", "The words that stand there"),
        ),
        ("document", "event", "quote_number"),
        {"document": "documents"},
        _evidence_rows,
    ),
)

PYTHON_TYPES: Mapping[str, type] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": dt.date,
}
"""What a cell of each column type holds before it is written, if not None."""
