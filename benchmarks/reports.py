"""Invented reports around real places: as many occurrences as one likes, each told by several papers in their own way.

Everything is drawn from one seed. Towns come from the gazetteer, larger ones more often, so that on busy days some have several
occurrences at once; companies, unions and numbers are invented. Papers differ in what is told: one leaves out the
employer, one names only the region, one dates the act a day late, one copies another's words.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.resources.gazetteer import KINDS, NONE8, NONE16, Gazetteer, load_gazetteer
from tocsin.vocabulary import (
    Actor,
    ActorKind,
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
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
)

SEED = 20261123
FIRST_DAY = dt.date(1980, 1, 1)
A_DAY = 70  # reports: a larger store covers more days
SMALLEST_TOWN = 20_000  # people

Told = tuple[Document, EventReport]

_ACTS: tuple[tuple[EventType, Sequence[str], Sequence[tuple[str, ActorKind]]], ...] = (
    (
        EventType.STRIKE,
        ("walked out", "went on strike", "downed tools", "stopped work"),
        (
            ("workers", ActorKind.WORKERS),
            ("drivers", ActorKind.WORKERS),
            ("nurses", ActorKind.WORKERS),
            ("teachers", ActorKind.WORKERS),
        ),
    ),
    (
        EventType.DEMONSTRATION,
        ("marched", "rallied", "gathered", "took to the streets"),
        (
            ("students", ActorKind.STUDENTS),
            ("residents", ActorKind.RESIDENTS),
            ("protesters", ActorKind.PROTESTERS),
            ("pensioners", ActorKind.CIVILIANS),
        ),
    ),
    (
        EventType.BLOCKADE,
        ("blocked the road", "shut the bridge", "occupied the gate"),
        (("farmers", ActorKind.WORKERS), ("taxi drivers", ActorKind.WORKERS), ("villagers", ActorKind.RESIDENTS)),
    ),
    (
        EventType.ARREST,
        ("detained", "arrested", "rounded up"),
        (("police", ActorKind.POLICE), ("security forces", ActorKind.POLICE), ("riot police", ActorKind.POLICE)),
    ),
    (
        EventType.ATTACK,
        ("attacked", "opened fire on", "stormed"),
        (("gunmen", ActorKind.MILITIA), ("rebels", ActorKind.REBELS), ("armed men", ActorKind.MILITIA)),
    ),
)
_SYLLABLES = "bal dor ven kir tam sol mar nel rut gan pol vic zar lem hol fin cas ber ost ulm".split()
_TRADES = "Textiles Foods Bus Mining Steel Clinic Port Dairy Cement Rail Power Paper".split()
_SITES = "market square|city hall|main station|northern bridge|university|stadium|court|port gate".split("|")
_DEMANDS: tuple[tuple[str, Issue], ...] = (
    ("higher pay", Issue.WAGES),
    ("safer work", Issue.CONDITIONS),
    ("new elections", Issue.ELECTIONS),
    ("clean water", Issue.SERVICES),
    ("cheaper bread", Issue.PRICES),
    ("the release of prisoners", Issue.RIGHTS),
)
_DETAILS = (
    "Shops in the centre stayed shut until the evening.",
    "Traffic was led around the area for several hours.",
    "A spokesman for the city said talks would go on.",
    "Nobody was hurt, witnesses said.",
    "It was the second such event this month.",
    "The governor called for calm and promised an inquiry.",
    "Families waited outside and brought food.",
    "Rain did not keep people from coming.",
)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    number: int
    place: Place
    day: dt.date
    act: EventType
    words: Sequence[str]
    who: tuple[str, ActorKind]
    company: str
    site: str
    people: int
    demand: tuple[str, Issue]
    detail: str


def generate(count: int, seed: int = SEED, length: int | None = None) -> Iterator[tuple[int, Told]]:
    """``count`` reports, each with the number of its occurrence; days are drawn for ``length`` reports, for ``count`` by default."""
    chance = random.Random(seed)
    towns, weights = _towns(load_gazetteer())
    made = number = 0
    days = max(7, (length or count) // A_DAY)
    while made < count:
        batch = [_occurrence(chance, number + step, towns, weights, days) for step in range(1000)]
        number += len(batch)
        for occurrence in batch:
            telling = min(1 + int(chance.expovariate(0.75)), 12)
            for told in _reports(chance, occurrence, telling):
                if made == count:
                    return
                made += 1
                yield occurrence.number, told


def _towns(gazetteer: Gazetteer) -> tuple[list[Place], list[float]]:
    rows = gazetteer._places
    chosen = np.flatnonzero(
        (rows["kind"] == KINDS.index("settlement"))
        & (rows["population"] >= SMALLEST_TOWN)
        & (rows["country"] != NONE8)
        & (rows["admin1"] != NONE16)
    )
    places, weights = [], []
    for row in chosen.tolist():
        town = gazetteer._candidate(row)
        places.append(
            Place(
                town.name,
                PlacePrecision.SETTLEMENT,
                town.name,
                town.admin1,
                town.country,
                town.lat,
                town.lon,
                town.geonameid,
            )
        )
        weights.append(float(town.population or 0) ** 0.7)
    return places, list(np.cumsum(weights))


def _occurrence(chance: random.Random, number: int, towns: list[Place], weights: list[float], days: int) -> _Occurrence:
    act, words, actors = chance.choice(_ACTS)
    name = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))).capitalize()
    return _Occurrence(
        number,
        chance.choices(towns, cum_weights=weights)[0],
        FIRST_DAY + dt.timedelta(days=chance.randrange(days)),
        act,
        words,
        chance.choice(actors),
        f"{name} {chance.choice(_TRADES)}",
        chance.choice(_SITES),
        int(10 ** chance.uniform(1, 3.7)),
        chance.choice(_DEMANDS),
        chance.choice(_DETAILS),
    )


def _reports(chance: random.Random, occurrence: _Occurrence, count: int) -> Iterator[Told]:
    text = ""
    for paper in range(count):
        copied = text and chance.random() < 0.3
        fields = _telling(chance, occurrence)
        if not copied:
            text = _text(chance, occurrence, fields)
        yield _report(chance, occurrence, fields, f"{text} (paper {paper})", paper)


def _telling(chance: random.Random, occurrence: _Occurrence) -> dict[str, bool]:
    labour = occurrence.act is EventType.STRIKE
    return {
        "company": chance.random() < (0.8 if labour else 0.3),
        "site": chance.random() < 0.35,
        "number": chance.random() < 0.7,
        "demand": chance.random() < 0.6,
        "region": chance.random() < 0.05,
        "late": chance.random() < 0.08,
    }


def _text(chance: random.Random, occurrence: _Occurrence, tells: dict[str, bool]) -> str:
    who, place = occurrence.who[0], occurrence.place
    where = place.admin1 or place.name if tells["region"] else place.name
    count = f"{_guess(chance, occurrence.people)} " if tells["number"] else ""
    at = f" at the {occurrence.site}" if tells["site"] else ""
    of = f" of {occurrence.company}" if tells["company"] else ""
    want = f" They want {occurrence.demand[0]}." if tells["demand"] else ""
    opening = chance.choice(
        (
            "In {where} {count}{who}{of} {act}{at}.",
            "{count}{who}{of} {act}{at} in {where}.",
            "{where} saw {count}{who}{of} who {act}{at}.",
        )
    )
    first = opening.format(where=where, count=count, who=who, of=of, act=chance.choice(occurrence.words), at=at)
    return f"{first}{want} {occurrence.detail} {chance.choice(_DETAILS)}"


def _guess(chance: random.Random, people: int) -> int:
    return people if chance.random() < 0.5 else max(2, int(people * chance.uniform(0.6, 1.6)))


def _report(chance: random.Random, occurrence: _Occurrence, tells: dict[str, bool], text: str, paper: int) -> Told:
    day = occurrence.day + dt.timedelta(days=int(tells["late"]))
    document = Document(
        text,
        occurrence.day + dt.timedelta(days=chance.choice((0, 1, 1, 2))),
        f"Paper {paper}",
        language="en",
        name=f"{occurrence.number}-{paper}",
    )
    place = occurrence.place
    if tells["region"] and place.admin1:
        place = Place(place.admin1, PlacePrecision.ADMIN1, None, place.admin1, place.country)
    elif tells["site"]:
        place = Place(
            occurrence.site,
            PlacePrecision.SITE,
            place.settlement,
            place.admin1,
            place.country,
            place.latitude,
            place.longitude,
            place.geonameid,
        )
    found = Evidence.at(document, 0, len(text))
    claims = [
        Claim(Field.FACTUALITY, Factuality.ACTUAL, None),
        Claim(Field.DATE, DateInterval(day, day, DatePrecision.DAY), None),
        Claim(Field.PLACE, place, None),
        Claim(Field.INITIATOR, Actor(*occurrence.who), None),
    ]
    if tells["company"]:
        if occurrence.act is EventType.STRIKE:
            claims.append(Claim(Field.EMPLOYER, occurrence.company, None))
        else:
            claims.append(Claim(Field.TARGET, Actor(occurrence.company, ActorKind.EMPLOYER), None))
    if tells["number"]:
        people = _guess(chance, occurrence.people)
        role = QuantityRole.DETAINED if occurrence.act is EventType.ARREST else QuantityRole.PARTICIPANTS
        claims.append(Claim(Field.QUANTITY, Quantity(role, people, people, str(people)), None))
    if tells["demand"]:
        claims.append(Claim(Field.DEMAND, Demand(*occurrence.demand), None))
    trigger = next(word for word in occurrence.words if word in text)
    start = text.index(trigger)
    return document, EventReport(
        document.id,
        occurrence.act,
        Evidence.at(document, start, start + len(trigger)),
        (found,),
        tuple(claims),
        reason="generated",
    )
