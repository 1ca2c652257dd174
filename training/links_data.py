"""Judged pairs for linking: articles of gva_incidents as event reports, drawn by Tocsin's own parser and locator.

The event encoder is left out on purpose: it was not trained on crime news, and every article tells one shooting. So each
article becomes one report: its place and date are the first that the text tells, its people the persons named.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tocsin.extract.quantities import find_quantities
from tocsin.locate.dates import date_mentions
from tocsin.locate.toponyms import locate_toponyms
from tocsin.parse import load_parser, parse_document
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.vocabulary import (
    Actor,
    Block,
    Claim,
    DateInterval,
    DateMention,
    DatePrecision,
    Document,
    EventReport,
    EventType,
    Evidence,
    Field,
    Parse,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    Span,
    Toponym,
)

GOLD = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
SENTENCES = 6  # of the article that count as its report's evidence
RECENT = 31  # days before publication within which a told date is the shooting's rather than a trial's or a birthday

Told = tuple[Document, EventReport]


def records(name: str, split: str) -> list[dict[str, Any]]:
    """The records of a visible split."""
    with (GOLD / name / f"{split}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def shootings(split: str, cache: Path) -> list[tuple[str, Told]]:
    """The incident and the report of each article of gva_incidents; parsed once and kept in ``cache``."""
    kept = cache / f"gva_{split}.pkl"
    if kept.exists():
        found: list[tuple[str, Told]] = pickle.loads(kept.read_bytes())
        return found
    parser, gazetteer = load_parser(), load_gazetteer()
    found = []
    for record in records("gva_incidents", split):
        document = document_of(record)
        parse = parse_document(document, parser)
        found.append((record["incident"], (document, _report(parse, locate_toponyms(parse, gazetteer)))))
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return found


def shortened(told: list[tuple[str, Told]]) -> list[tuple[str, Told]]:
    """The same reports with one to four sentences of evidence, as reports of one event among others have."""
    found = []
    for number, (incident, (document, report)) in enumerate(told):
        found.append((incident, (document, replace(report, evidence=report.evidence[: 1 + number % 4]))))
    return found


def document_of(record: dict[str, Any]) -> Document:
    """An article of gva_incidents."""
    published = dt.date.fromisoformat(record["dct"][:10]) if record.get("dct") else None
    text = record["text"]
    blocks, start = [], 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            blocks.append(Block(Span(start, start + len(paragraph)), language="en"))
        start += len(paragraph) + 1
    return Document(
        text, published, title=record.get("title"), url=record.get("url"), language="en", blocks=tuple(blocks)
    )


def _report(parse: Parse, toponyms: tuple[Toponym, ...]) -> EventReport:
    document = parse.document
    told = parse.sentences[:SENTENCES]
    end = told[-1].span.end if told else min(len(document.text), 1)
    evidence = tuple(Evidence.at(document, sentence.span.start, sentence.span.end) for sentence in told)
    claims = list(_claims(parse, toponyms, end))
    trigger = Evidence.at(document, 0, min(len(document.text), 8))
    return EventReport(document.id, EventType.KILLING, trigger, evidence, tuple(claims), reason="training")


def _claims(parse: Parse, toponyms: tuple[Toponym, ...], end: int) -> Iterator[Claim]:
    place = _place(toponyms)
    if place is not None:
        yield Claim(Field.PLACE, place, None)
    date = _date(date_mentions(parse), parse.document.published)
    if date is not None:
        yield Claim(Field.DATE, date, None)
    names: dict[str, None] = {}
    for sentence in parse.sentences:
        if sentence.span.start < end:
            names.update(
                (entity.span.of(parse.document.text), None) for entity in sentence.entities if entity.label == "PERSON"
            )
    yield from (Claim(Field.TARGET, Actor(name), None) for name in names)
    for mention in find_quantities(parse):
        if mention.span.start < end and mention.role in (QuantityRole.KILLED, QuantityRole.INJURED):
            yield Claim(Field.QUANTITY, Quantity(mention.role, mention.low, mention.high, mention.text), None)


def _place(toponyms: tuple[Toponym, ...]) -> Place | None:
    known = [one.place for one in toponyms if one.place is not None and one.role != "demonym"]
    order = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT), (PlacePrecision.DISTRICT, PlacePrecision.ADMIN1)
    return next((place for kinds in order for place in known if place.precision in kinds), None)


def _date(mentions: tuple[DateMention, ...], published: dt.date | None) -> DateInterval | None:
    for mention in mentions:
        day = mention.interval
        if day is None or day.start is None or day.precision is not DatePrecision.DAY or published is None:
            continue
        if 0 <= (published - day.start).days <= RECENT:
            return day
    return None
