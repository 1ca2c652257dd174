"""Small articles and reports for the page's tests: spans are found by the words themselves."""

from __future__ import annotations

import datetime as dt

from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    Coded,
    DateInterval,
    DatePrecision,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
    Value,
)

TEXT = """Tram drivers struck in Brno on Monday 🚋, their union said. Some 6,000 passengers walked.

The operator said it was "nothing more than a meeting" of 40 drivers.

Across the country, 12 people were detained, police said."""


def article(text: str = TEXT, **more: object) -> Document:
    """A document of these words, published on 2024-03-05 by an invented paper."""
    given = {"published": dt.date(2024, 3, 5), "publisher": "Svratka Post", "title": "Trams stand still", **more}
    return Document(text=text, **given)  # type: ignore[arg-type]


def at(document: Document, words: str, nth: int = 1) -> Evidence:
    """The evidence at the nth place where these words stand."""
    start = -1
    for _ in range(nth):
        start = document.text.index(words, start + 1)
    return Evidence.at(document, start, start + len(words))


def claim(
    field: Field, value: Value, evidence: Evidence | None, *sources: int, differs: bool = False, reason: str = ""
) -> Claim:
    """A claim with its sources by their numbers."""
    return Claim(field, value, evidence, tuple(sources), differs, reason=reason)


def day(text: str) -> DateInterval:
    """One day, told exactly."""
    return DateInterval(dt.date.fromisoformat(text), dt.date.fromisoformat(text), DatePrecision.DAY)


BRNO = Place("Brno", PlacePrecision.SETTLEMENT, "Brno", "South Moravian", "CZ", 49.195, 16.608, 3078610)


def strike(document: Document) -> EventReport:
    """The strike that the union tells of and the operator plays down."""
    return EventReport(
        document.id,
        EventType.STRIKE,
        at(document, "struck"),
        (at(document, document.text.split("\n")[0]),),
        claims=(
            claim(Field.DATE, day("2024-03-04"), at(document, "on Monday"), 0),
            claim(Field.PLACE, BRNO, at(document, "Brno"), 0),
            claim(Field.INITIATOR, Actor("Tram drivers", ActorKind.WORKERS), at(document, "Tram drivers"), 0),
            claim(
                Field.FACTUALITY,
                Factuality.DENIED,
                at(document, "nothing more than a meeting"),
                1,
                differs=True,
                reason="a denier's word",
            ),
        ),
        sources=(
            Attribution(SourceKind.ORGANISATION, at(document, "their union"), at(document, "said")),
            Attribution(SourceKind.ORGANISATION, at(document, "The operator"), at(document, "said", 2)),
        ),
    )


def arrests(document: Document) -> EventReport:
    """Arrests told of a whole country, with no date."""
    return EventReport(
        document.id,
        EventType.ARREST,
        at(document, "detained"),
        (at(document, "Across the country, 12 people were detained, police said."),),
        claims=(
            claim(
                Field.PLACE, Place("the country", PlacePrecision.COUNTRY, country="CZ"), at(document, "the country"), 0
            ),
            claim(Field.QUANTITY, Quantity(QuantityRole.DETAINED, 12, 12, "12 people"), at(document, "12 people"), 0),
        ),
        sources=(Attribution(SourceKind.OFFICIAL, at(document, "police"), at(document, "said", 3)),),
    )


def coded(text: str = TEXT, **more: object) -> Coded:
    """The article with both its events."""
    document = article(text, **more)
    return Coded(document, (strike(document), arrests(document)), people=())
