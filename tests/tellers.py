"""Articles by invented papers, each with one report in it, for tests of what many papers tell together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from factory import evidence, make_claim, make_document, make_report, settlement

from tocsin.link import link_reports, tell_incidents
from tocsin.tellings import FieldAccounts, Telling
from tocsin.vocabulary import (
    Attribution,
    Coded,
    Document,
    EventReport,
    EventType,
    Factuality,
    Field,
    Incident,
    Quantity,
    QuantityRole,
    SourceKind,
)

THURSDAY = dt.date(2021, 3, 4)
MARIBOR = settlement("Maribor", latitude=46.55, longitude=15.65, admin1="Maribor")


def count(low: int | None, high: int | None, role: QuantityRole = QuantityRole.PARTICIPANTS) -> Quantity:
    return Quantity(role, low, high, f"{low} to {high}")


def paper(
    publisher: str,
    text: str = "",
    *,
    day: int = 5,
    sources: Sequence[tuple[str, SourceKind]] = (),
    numbers: Sequence[tuple[Quantity, int | None]] = (),
    told: Factuality = Factuality.ACTUAL,
    type: EventType = EventType.STRIKE,
    **rest: Any,
) -> Coded:
    """A paper of 2021-03-``day`` that tells one event; ``numbers`` are counts with the position of who says so."""
    names = ". ".join(f"So said {name}" for name, _ in sources)
    # Papers that say the same in the same words would be taken for copies.
    own = " ".join(f"{publisher.casefold()}{number} {day}" for number in range(12))
    text = text or f"In {publisher}: nurses walked out at the Clinic. {names}. {own}"
    document = make_document(text, dt.date(2021, 3, day), publisher=publisher, name=f"{publisher}-{day}.txt", blocks=())
    given = tuple(Attribution(kind, evidence(document, name)) for name, kind in sources)
    claims = [make_claim(Field.QUANTITY, number, None, sources=() if by is None else (by,)) for number, by in numbers]
    rest.setdefault("place", MARIBOR)
    report = make_report(
        document,
        type,
        trigger=rest.pop("trigger", "walked out"),
        factuality=told,
        claims=(*claims, *rest.pop("claims", ())),
        sources=given,
        **rest,
    )
    return Coded(document, (report,), people=())


def together(*papers: Coded) -> Telling:
    """What papers tell that are held to tell one occurrence."""
    reports = [report for one in papers for report in one.reports]
    incident = Incident(reports[0].type, tuple(sorted(report.id for report in reports)))
    (telling,) = tell_incidents([incident], papers)
    return telling


def apart(*papers: Coded) -> dict[str, Telling]:
    """What papers tell, each an incident of its own, by the paper's name."""
    incidents = [Incident(report.type, (report.id,)) for one in papers for report in one.reports]
    return {telling.documents[0].publisher or "": telling for telling in tell_incidents(incidents, papers)}


def linked(*papers: Coded) -> tuple[Telling, ...]:
    """What papers tell, linked by the shipped rules."""
    return tell_incidents(link_reports(_pairs(papers)), papers)


def field(telling: Telling, name: Field, role: QuantityRole | None = None) -> FieldAccounts:
    return next(one for one in telling.fields if one.field is name and one.role is role)


def crowd(telling: Telling) -> FieldAccounts:
    return field(telling, Field.QUANTITY, QuantityRole.PARTICIPANTS)


def _pairs(papers: Sequence[Coded]) -> list[tuple[Document, EventReport]]:
    return [(one.document, report) for one in papers for report in one.reports]
