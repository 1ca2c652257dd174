"""Toponyms as written -> toponyms with a place: gather the names of a document, rank them, write the answer."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.locate.places_rank import FEATURES, MOST, Name, holds, rank
from tocsin.resources.gazetteer import Candidate, Gazetteer, fold
from tocsin.resources.gazetteer_words import (
    ToponymWords,
    load_place_confidence,
    load_place_weights,
    load_toponym_words,
    publisher_home,
)
from tocsin.vocabulary import Parse, Place, PlacePrecision, Toponym

PRECISIONS = {
    "country": PlacePrecision.COUNTRY,
    "region": PlacePrecision.UNKNOWN,
    "admin1": PlacePrecision.ADMIN1,
    "admin2": PlacePrecision.DISTRICT,
    "settlement": PlacePrecision.SETTLEMENT,
}
# What may stand between a place and the larger one that holds it.
_NEXT = re.compile(r"\s?,\s?|\s?\(\s?|\s")
_LOOSE = re.compile(
    r"(?:[\s,]+(?:in|of|city|town|village|province|region|state|district|county|the|area))+\s+", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A toponym and the candidate chosen for it; ``inherited`` says that the name itself was not found."""

    toponym: Toponym
    candidate: Candidate | None
    inherited: bool = False


def look_up(text: str, role: str, gazetteer: Gazetteer, words: ToponymWords) -> tuple[tuple[Candidate, ...], str]:
    """Candidates of a name as written, and by which way they were found.

    Tried in turn: demonym, abbreviation, the name itself, the name without generic words and directions. The way is
    'demonym', 'short', 'name', 'part' or 'none'.
    """
    code = gazetteer.demonym(text)
    known = gazetteer.knows(text)
    if code is not None and (role == "demonym" or not _is_country(gazetteer, text)):
        country = gazetteer.country(code)
        if country is not None:
            return (country,), "demonym"
    wide = gazetteer.wide_demonym(text)
    if wide and not known:
        return wide[:1], "demonym"
    short = gazetteer.short_form(text)
    if short:
        same = () if len(text) < 4 and not text.islower() else gazetteer.candidates(text) if known else ()
        return (*short, *(c for c in same if c.kind in ("country", "admin1"))), "short"
    found = gazetteer.candidates(text)
    if found:
        return _most(found), "name"
    parts = fold(text).split()
    for start in range(min(3, len(parts))):
        if start and parts[start - 1] not in words.directions | {"the", "of", "city", "town"}:
            break
        for end in range(len(parts), start, -1):
            if end < len(parts) and parts[end] not in words.generic:
                break
            if (start, end) != (0, len(parts)):
                found = gazetteer.candidates(" ".join(parts[start:end]))
                if found:
                    return _most(found), "part"
    return (), "none"


def _is_country(gazetteer: Gazetteer, text: str) -> bool:
    return any(c.kind == "country" for c in gazetteer.candidates(text)[:2])


def _most(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """At most MOST candidates: they come with the most populous first within each kind."""
    if len(found) <= MOST:
        return found
    return tuple(sorted(found, key=lambda c: (c.kind in ("settlement", "admin2"), -(c.population or 0))))[:MOST]


def gather(parse: Parse, toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> tuple[list[Name], list[int | None]]:
    """The names of a document as units for ranking, and for each toponym the number of its unit (None: unknown name)."""
    words = load_toponym_words()
    text = parse.document.text
    units: dict[tuple[str, str], int] = {}
    names: list[Name] = []
    number: list[int | None] = []
    for toponym in toponyms:
        found, way = look_up(toponym.text, toponym.role, gazetteer, words)
        if not found:
            number.append(None)
            continue
        key = (fold(toponym.text) if way != "short" else toponym.text, "demonym" if way == "demonym" else "")
        if key not in units:
            units[key] = len(names)
            names.append(Name(found, mentions=0, fixed=way == "demonym"))
        unit = names[units[key]]
        unit.mentions += 1
        after = re.match(r"\s+([\w-]+)", text[toponym.span.end : toponym.span.end + 20])
        last = fold(toponym.text).rpartition(" ")[2]
        unit.area |= last in words.generic or (
            after is not None and fold(after[1]) in words.generic - {"city", "town", "village"}
        )
        unit.dateline |= toponym.reason == "dateline"
        number.append(units[key])
    for i, (one, two) in enumerate(itertools.pairwise(toponyms)):
        inner, outer = number[i], number[i + 1]
        if inner is None or outer is None or inner == outer:
            continue
        between = text[one.span.end : two.span.start]
        above = tuple(c for c in names[outer].candidates if c.kind in ("country", "admin1", "admin2"))
        if any(holds(o, c) for o in above for c in names[inner].candidates):
            if _NEXT.fullmatch(between) and not names[inner].container:
                names[inner].container = above
            elif _LOOSE.fullmatch(between):
                names[inner].loose_container = above
        elif _NEXT.fullmatch(between) and "," in between and text[two.span.end : two.span.end + 1] == ",":
            names[inner].container = names[inner].container or above
    return names, number


def weight_arrays(tables: Mapping[str, Mapping[str, float]]) -> dict[str, NDArray[np.float64]]:
    """The two ranking models as arrays in the order of FEATURES; a feature without a weight counts nothing."""
    return {which: np.array([tables[which].get(name, 0.0) for name in FEATURES]) for which in ("first", "second")}


def answer(
    parse: Parse,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[Answer, ...]:
    """Resolve toponyms and keep the chosen candidate, whose coordinates also countries and regions have.

    ``weights`` are of the two ranking models, those of the data file by default.
    """
    names, number = gather(parse, toponyms, gazetteer)
    home = publisher_home(parse.document.publisher, parse.document.url)
    if names:
        rank(names, home, weight_arrays(weights or load_place_weights()))
    best = [int(np.argmax(name.shares)) for name in names]
    answers = []
    for toponym, unit in zip(toponyms, number, strict=True):
        if unit is None:
            answers.append(Answer(toponym, None))
            continue
        name = names[unit]
        choice = name.candidates[best[unit]] if name.area else seat(name, name.candidates[best[unit]])
        share = 1.0 if name.fixed else float(name.shares[best[unit]])
        role = "demonym" if name.fixed else toponym.role
        resolved = dataclasses.replace(
            toponym,
            # 'Brazilian' is no place name: the place is Brazil; 'B.C.' is short for one.
            place=place_of(choice.name if name.fixed or _is_short(toponym.text, choice) else toponym.text, choice),
            role=role,
            score=round(share, 4),
            reason=toponym.reason or _reason(name, choice),
        )
        answers.append(Answer(resolved, choice))
    return tuple(_rated(one) for one in _inherit(answers))


def _rated(one: Answer) -> Answer:
    """The answer with the chance that its place is right: read off its score, on the lines between measured points."""
    if one.toponym.place is None:
        return one
    scores, chances = load_place_confidence()["beside" if one.inherited else "resolved"]
    chance = round(float(np.interp(one.toponym.score, scores, chances)), 4)
    return dataclasses.replace(one, toponym=dataclasses.replace(one.toponym, confidence=chance))


def seat(name: Name, choice: Candidate) -> Candidate:
    """The town of the same name inside a chosen region: 'Kunduz' alone is the city, 'Kunduz province' the region.

    Only where the town is what the name says first, so that 'New York' may stay a state with New York City in it.
    """
    if choice.kind not in ("admin1", "admin2"):
        return choice
    towns = [
        c
        for c in name.candidates
        if c.kind == "settlement" and (c.main or not choice.main or choice.kind == "admin2") and _seats(choice, c)
    ]
    town = max(towns, key=lambda c: c.population or 0, default=choice)
    return town if (town.population or 0) >= 0.1 * (choice.population or 0) else choice


def _seats(region: Candidate, town: Candidate) -> bool:
    if holds(region, town):
        return True
    # A capital may be a region of its own: Minsk is not in Minsk Region.
    beside = town.admin1 is not None and fold(town.name) in fold(town.admin1)
    return region.kind == "admin1" and region.country == town.country and not region.main and beside


def place_of(text: str, choice: Candidate) -> Place:
    """The vocabulary's Place of a candidate; countries and regions carry no coordinates, as the codebook rules."""
    located = choice.kind in ("settlement", "admin2")
    return Place(
        name=text,
        precision=PRECISIONS[choice.kind],
        settlement=choice.name if choice.kind == "settlement" else None,
        admin1=choice.name if choice.kind == "admin1" else choice.admin1,
        country=choice.country,
        latitude=choice.lat if located else None,
        longitude=choice.lon if located else None,
        geonameid=choice.geonameid,
    )


def _is_short(text: str, choice: Candidate) -> bool:
    """Whether a country or region is written as an abbreviation: 'U.S.', 'UAE', 'Calif.'."""
    letters = text.rstrip(".")
    return choice.kind in ("country", "admin1") and (
        "." in letters or letters != text or (len(text) <= 3 and text.isupper() and fold(text) != fold(choice.name))
    )


def _reason(name: Name, choice: Candidate) -> str:
    if any(holds(c, choice) for c in (*name.container, *name.loose_container)):
        return "inside the next name"
    return "only candidate" if len(name.candidates) == 1 else "ranked"


def _inherit(answers: list[Answer]) -> list[Answer]:
    """Give a name that the gazetteer lacks the town it stands beside: codebook ruling 15, for sites and villages."""
    towns = [
        (a.toponym.span.start, a.candidate)
        for a in answers
        if a.candidate and a.candidate.kind in ("settlement", "admin2")
    ]
    if not towns:
        towns = [(a.toponym.span.start, a.candidate) for a in answers if a.candidate and a.candidate.kind == "admin1"]
    filled = []
    for one in answers:
        if one.candidate is not None or not towns:
            filled.append(one)
            continue
        start = one.toponym.span.start
        _, town = min(towns, key=lambda pair: (abs(pair[0] - start), pair[0]))
        toponym = dataclasses.replace(one.toponym, place=_beside(one.toponym, town), reason="beside " + town.name)
        filled.append(Answer(toponym, town, inherited=True))
    return filled


def _beside(toponym: Toponym, town: Candidate) -> Place:
    """The place of a name that the gazetteer lacks: a site takes its town's point, a village has none of its own."""
    site = toponym.role == "site"
    place = place_of(toponym.text, town)
    if site and town.kind == "settlement":
        return dataclasses.replace(place, precision=PlacePrecision.SITE, geonameid=None)
    return dataclasses.replace(
        place,
        precision=PlacePrecision.SITE if site else PlacePrecision.SETTLEMENT,
        settlement=None if site else toponym.text,
        latitude=None,
        longitude=None,
        geonameid=None,
    )
