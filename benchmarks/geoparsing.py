"""What the four geoparsing sets share: records in, toponyms with coordinates out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tocsin.locate.toponym_resolve import Answer, answer
from tocsin.locate.toponyms import find_toponyms
from tocsin.parse import load_parser, parse_document
from tocsin.resources.gazetteer import Candidate, load_gazetteer
from tocsin.vocabulary import Document, Parse, Span, Toponym

Points = Mapping[str, tuple[float, float]]


def document_of(record: Mapping[str, Any]) -> Document:
    """The record's input fields as a document; a date that is no ISO date is left out."""
    try:
        published = dt.date.fromisoformat(record.get("date") or "")
    except ValueError:
        published = None
    return Document(
        record["text"], published=published, title=record.get("title"), url=record.get("url"), language="en"
    )


def predict_found(
    records: Iterable[Mapping[str, Any]], points: Points | None = None, demonyms: bool = True
) -> Iterator[dict[str, Any]]:
    """Toponyms that Tocsin finds and resolves.

    ``points``: label points by country or region where the gold has others; ``demonyms``: whether the gold marks them.
    """
    parser, gazetteer = load_parser(), load_gazetteer()
    for record in records:
        parse = parse_document(document_of(record), parser)
        answers = answer(parse, find_toponyms(parse, gazetteer), gazetteer)
        yield {
            "id": record["id"],
            "toponyms": [written(one, points or {}) for one in answers if demonyms or one.toponym.role != "demonym"],
        }


def predict_given(records: Iterable[Mapping[str, Any]], points: Points | None = None) -> Iterator[dict[str, Any]]:
    """Places of the toponyms that the record names."""
    gazetteer = load_gazetteer()
    for record in records:
        parse = Parse(document_of(record), ())
        text = record["text"]
        spans = sorted({(t["start"], t["end"]) for t in record["toponyms"]})
        given = [Toponym(Span(start, end), text[start:end], None) for start, end in spans]
        yield {"id": record["id"], "toponyms": [written(one, points or {}) for one in answer(parse, given, gazetteer)]}


def written(one: Answer, points: Points) -> dict[str, Any]:
    """One answer in the scorer's format: countries by English name, and coordinates for countries and regions too."""
    found: dict[str, Any] = {"start": one.toponym.span.start, "end": one.toponym.span.end}
    if one.candidate is not None:
        found |= {"lat": one.candidate.lat, "lon": one.candidate.lon, "country": country_name(one.candidate)}
        if one.candidate.geonameid and not one.inherited:
            found["geonameid"] = str(one.candidate.geonameid)
        if one.candidate.kind != "settlement" and one.candidate.name in points:
            found["lat"], found["lon"] = points[one.candidate.name]
    return found


def country_name(place: Candidate) -> str | None:
    """The English name of a place's country."""
    country = load_gazetteer().country(place.country) if place.country else None
    return country.name if country else None
