"""Small objects for every test: documents, parses and event reports, with no model and no file.

``evidence(document, "words")`` finds the words in the text, so a test never counts offsets by hand.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Coded,
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
    Parse,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    Sentence,
    SourceKind,
    Span,
    Token,
    Value,
)

FRIDAY = dt.date(2021, 3, 5)

TEXT = (
    "Some 400 nurses walked out at the Clinic of Maribor on Thursday, the union Sestre said.\n\n"
    "The clinic spoke of no more than a long break. They ask for higher pay."
)


def make_document(text: str = TEXT, published: dt.date | None = FRIDAY, **fields: Any) -> Document:
    """A document in English whose paragraphs are its blocks."""
    fields.setdefault("language", "en")
    fields.setdefault("publisher", "Example Courier")
    fields.setdefault("name", "courier.txt")
    fields.setdefault("blocks", tuple(_paragraphs(text)))
    return Document(text=text, published=published, **fields)


def make_parse(document: Document | str = TEXT) -> Parse:
    """A parse with sentences and tokens cut by rule: every token hangs on itself, there is no syntax."""
    if isinstance(document, str):
        document = make_document(document)
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        for found in re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", block.span.of(document.text), re.DOTALL | re.MULTILINE):
            start, end = block.span.start + found.start(), block.span.start + found.end()
            words = re.finditer(r"\w+|[^\w\s]", document.text[start:end])
            tokens = tuple(
                Token(
                    index,
                    Span(start + word.start(), start + word.end()),
                    word.group(),
                    word.group().lower(),
                    "",
                    "",
                    "",
                    index,
                )
                for index, word in enumerate(words)
            )
            sentences.append(Sentence(len(sentences), Span(start, end), number, block.language or "en", tokens))
    return Parse(document, tuple(sentences))


def evidence(document: Document, words: str, occurrence: int = 0) -> Evidence:
    """Where some words stand in a document; ``occurrence`` counts from 0."""
    found = next(itertools.islice(re.finditer(re.escape(words), document.text), occurrence, None), None)
    assert found, f"{words!r} does not stand {occurrence + 1} times in {document.text!r}"
    return Evidence.at(document, *found.span())


def make_claim(field: Field, value: Value, at: Evidence | None = None, **rest: Any) -> Claim:
    """A claim with a reason, as every claim has one."""
    rest.setdefault("reason", "test")
    return Claim(field, value, at, **rest)


def make_report(
    document: Document | None = None,
    type: EventType = EventType.STRIKE,
    *,
    trigger: str | None = None,
    factuality: Factuality = Factuality.ACTUAL,
    date: dt.date | tuple[dt.date, dt.date] | None = dt.date(2021, 3, 4),
    place: Place | str | None = "Maribor",
    initiators: Sequence[Actor | str] = ("nurses",),
    targets: Sequence[Actor | str] = (),
    employer: str | None = None,
    quantities: Sequence[Quantity] = (),
    claims: Iterable[Claim] = (),
    sources: Sequence[Attribution] = (),
    **rest: Any,
) -> EventReport:
    """A report of a document; words that stand in the text become the claim's evidence.

    ``place`` as text is a settlement in Slovenia, ``date`` one day or the first and last of several.
    """
    document = document or make_document()
    found = evidence(document, trigger) if trigger else Evidence.at(document, 0, min(len(document.text), 8))
    made = [make_claim(Field.FACTUALITY, factuality, found)]
    if date is not None:
        start, end = date if isinstance(date, tuple) else (date, date)
        made.append(make_claim(Field.DATE, DateInterval(start, end, DatePrecision.DAY)))
    if place is not None:
        where = settlement(place) if isinstance(place, str) else place
        made.append(make_claim(Field.PLACE, where, _if_there(document, where.name)))
    for field, actors in ((Field.INITIATOR, initiators), (Field.TARGET, targets)):
        for actor in actors:
            who = Actor(actor, ActorKind.WORKERS) if isinstance(actor, str) else actor
            made.append(make_claim(field, who, _if_there(document, who.text)))
    if employer:
        made.append(make_claim(Field.EMPLOYER, employer, _if_there(document, employer)))
    made.extend(make_claim(Field.QUANTITY, quantity, _if_there(document, quantity.text)) for quantity in quantities)
    rest.setdefault("evidence", (found,))
    rest.setdefault("reason", "test")
    return EventReport(document.id, type, found, claims=(*made, *claims), sources=tuple(sources), **rest)


def settlement(name: str, country: str = "SI", **fields: Any) -> Place:
    """A place of settlement precision under its own name."""
    return Place(name, PlacePrecision.SETTLEMENT, settlement=name, country=country, **fields)


def full_report(document: Document | None = None) -> EventReport:
    """The strike of TEXT with every kind of claim in it: numbers, a demand, two sources, and one that differs."""
    document = document or make_document()
    union = Attribution(SourceKind.ORGANISATION, evidence(document, "the union Sestre"), evidence(document, "said"))
    clinic = Attribution(SourceKind.ORGANISATION, evidence(document, "The clinic"), evidence(document, "spoke of"))
    return make_report(
        document,
        trigger="walked out",
        place=Place(
            "Clinic of Maribor",
            PlacePrecision.SITE,
            settlement="Maribor",
            admin1="Maribor",
            country="SI",
            latitude=46.55,
            longitude=15.65,
            geonameid=3195506,
        ),
        employer="Clinic of Maribor",
        initiators=[Actor("nurses", ActorKind.WORKERS)],
        quantities=[Quantity(QuantityRole.PARTICIPANTS, 360, 440, "Some 400 nurses")],
        claims=(
            make_claim(Field.DEMAND, Demand("higher pay", Issue.WAGES), evidence(document, "higher pay")),
            make_claim(Field.SECTOR, "Human health and social work activities"),
            make_claim(
                Field.FACTUALITY,
                Factuality.DENIED,
                evidence(document, "no more than a long break"),
                sources=(2,),
                differs=True,
            ),
        ),
        sources=(Attribution(SourceKind.AUTHOR), union, clinic),
        score=0.875,
    )


def full_coded(**fields: Any) -> Coded:
    """The document of TEXT with its full report and an arrest that is part of it."""
    document = make_document(**fields)
    strike = full_report(document)
    arrest = make_report(
        document,
        EventType.ARREST,
        trigger="long break",
        initiators=[Actor("police", ActorKind.POLICE)],
        targets=["nurses"],
        part_of=strike.id,
    )
    return Coded(document, (strike, arrest), people=())


def _paragraphs(text: str) -> Iterable[Block]:
    for found in re.finditer(r"[^\n]+", text):
        yield Block(Span(*found.span()), BlockKind.PARAGRAPH, "en")


def _if_there(document: Document, words: str) -> Evidence | None:
    return evidence(document, words) if words and words in document.text else None
