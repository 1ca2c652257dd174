"""A document or report as one JSON record: the record of the end-to-end benchmark, with offsets beside each quote.

Spans are ``[start, end]`` in Unicode code points of the document's ``text``, the end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tocsin.export.masking import mask_names, names_state, person_words
from tocsin.vocabulary import (
    Actor,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    Demand,
    EventReport,
    Evidence,
    Field,
    Place,
    Quantity,
    Value,
)

Record = dict[str, Any]


def document_record(coded: Coded, incidents: Mapping[str, str] | None = None, *, unmask: bool = False) -> Record:
    """A document with its events, numbered e1, e2 ... as they stand, and the names of private persons masked.

    Args:
        coded: a document and its reports.
        incidents: the incident id of each report id; where given, each event has an ``incident``.
        unmask: show the names of private persons.

    Raises:
        ExportError: names cannot be masked, since nobody looked for persons in this document.
    """
    coded = mask_names(coded, unmask=unmask)
    document = coded.document
    ids = event_ids(coded.reports)
    events = []
    for report in coded.reports:
        event = report_record(report, ids)
        if incidents:
            event["incident"] = incidents.get(report.id)
        events.append(event)
    return {
        "id": document.id,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "name": document.name,
        "notes": list(coded.notes),
        "private_names": names_state(coded),
        "text": document.text,
        "events": events,
    }


def event_ids(reports: Iterable[EventReport]) -> dict[str, str]:
    """Report id -> e1, e2 ... in the order given: short names that hold within one document."""
    ids: dict[str, str] = {}
    for number, report in enumerate(reports, 1):
        ids.setdefault(report.id, f"e{number}")
    return ids


def report_record(report: EventReport, ids: Mapping[str, str]) -> Record:
    """A report as the benchmark's event, as it is given: masking is ``mask_names``'s, which needs the document.

    Args:
        report: the report.
        ids: from ``event_ids`` of the document's reports; ``id`` and ``part_of`` are told in them.

    Returns:
        Plain JSON values. What the text does not tell is null, 'unknown' or an empty list. ``sources`` beside a value
        are positions in the event's own ``sources``: who says so. ``differing`` holds the claims that contradict the
        report's reading.
    """
    return {
        "id": ids.get(report.id, report.id),
        "report": report.id,
        "type": report.type.value,
        "factuality": report.factuality.value,
        "factuality_confidence": _confidence(report, Field.FACTUALITY),
        "trigger": report.trigger.quote,
        "trigger_span": _span(report.trigger),
        "date": _date(report),
        "place": _place(report),
        "initiator": _values(report, Field.INITIATOR),
        "target": _values(report, Field.TARGET),
        "employer": report.employer,
        "employer_span": _span(_evidence(report, Field.EMPLOYER)),
        "union": report.union,
        "union_span": _span(_evidence(report, Field.UNION)),
        "sector": report.sector,
        "quantities": _values(report, Field.QUANTITY),
        "demands": _values(report, Field.DEMAND),
        "sources": [_source(attribution) for attribution in report.sources],
        "part_of": ids.get(report.part_of, report.part_of) if report.part_of else None,
        "differing": [_differing(claim) for claim in report.claims if claim.differs],
        "score": report.score,
        "confidence": report.confidence,
        "row_confidence": report.row_confidence,
        "evidence": [evidence.quote for evidence in report.evidence],
        "evidence_spans": [_span(evidence) for evidence in report.evidence],
    }


def value_fields(value: Value) -> Record:
    """A claim's value as the benchmark writes it; a word or a plain text stands under 'text'."""
    match value:
        case DateInterval():
            return {
                "start": value.start.isoformat() if value.start else None,
                "end": value.end.isoformat() if value.end else None,
                "precision": value.precision.value,
            }
        case Place():
            return {
                "name": value.name,
                "settlement": value.settlement,
                "admin1": value.admin1,
                "country": value.country,
                "lat": value.latitude,
                "lon": value.longitude,
                "precision": value.precision.value,
                "geonameid": value.geonameid,
            }
        case Actor():
            return {
                "text": value.text,
                "kind": value.kind.value,
                "identity": value.identity,
                "country": value.country,
            }
        case Quantity():
            return {"role": value.role.value, "low": value.low, "high": value.high}
        case Demand():
            return {"text": value.text, "issue": value.issue.value}
        case _:
            return {"text": str(value)}


def _date(report: EventReport) -> Record:
    return {**value_fields(report.date), **_said(report.claim(Field.DATE))}


def _place(report: EventReport) -> Record:
    place = report.place or Place("")
    return {**value_fields(place), "name": place.name or None, **_said(report.claim(Field.PLACE))}


def _values(report: EventReport, field: Field) -> list[Record]:
    return [
        {**value_fields(claim.value), **_said(claim)}
        for claim in report.claims
        if claim.field == field and not claim.differs
    ]


def _differing(claim: Claim) -> Record:
    return {"field": claim.field.value, "value": value_fields(claim.value), **_said(claim)}


def _said(claim: Claim | None) -> Record:
    evidence = claim.evidence if claim else None
    if evidence is None and claim is not None and isinstance(claim.value, Quantity):
        # A count worked out from the text (one named person) quotes the words it rests on.
        return {
            "evidence": claim.value.text,
            "span": None,
            "sources": list(claim.sources),
            "confidence": claim.confidence,
        }
    return {
        "evidence": evidence.quote if evidence else None,
        "span": _span(evidence),
        "sources": list(claim.sources) if claim else [],
        "confidence": claim.confidence if claim else None,
    }


def _source(attribution: Attribution) -> Record:
    source, cue, content = attribution.source, attribution.cue, attribution.content
    return {
        "text": person_words(source.quote) if source else "",
        "kind": attribution.kind.value,
        "cue": cue.quote if cue else None,
        "content": content.quote if content else None,
        "span": _span(source),
        "cue_span": _span(cue),
        "content_span": _span(content),
    }


def _evidence(report: EventReport, field: Field) -> Evidence | None:
    claim = report.claim(field)
    return claim.evidence if claim else None


def _confidence(report: EventReport, field: Field) -> float | None:
    claim = report.claim(field)
    return claim.confidence if claim else None


def _span(evidence: Evidence | None) -> list[int] | None:
    return [evidence.span.start, evidence.span.end] if evidence else None
