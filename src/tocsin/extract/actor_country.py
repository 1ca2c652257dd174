"""The country an actor belongs to, by the words that name it: 'Pakistani Army', 'Minsk police', 'the FSB'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.resources.gazetteer import Candidate, Gazetteer
from tocsin.resources.office_holders import OfficeHolders
from tocsin.resources.organisations import Organisations

_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?")
# What follows is another's country: 'ambassador to Poland', 'war with Iran'.
_OTHERS = frozenset("to with against towards toward versus over vs".split())
_NOBODY = frozenset("he she it they we i you who his her their our its him them us this that these those".split())
_SMALLEST = 15_000  # people; names of smaller towns are more often something else
_KNOWN = 100_000  # people; from here on a town is known without anything that points to a place
_PLACES = frozenset("in at of from near across outside around inside throughout".split())


@dataclass(frozen=True, slots=True)
class ActorKnowledge:
    """What names of actors are looked up in."""

    gazetteer: Gazetteer
    holders: OfficeHolders
    organisations: Organisations
    nouns: frozenset[str] = frozenset()  # words for kinds of actors, which are no places: Police is a town in Poland


class Home(NamedTuple):
    """A country and what told it: 'person', 'organisation', 'demonym', 'country', 'region' or 'town'."""

    country: str
    told: str
    start: int
    end: int


def country_of_actor(text: str, knowledge: ActorKnowledge, *, context: str = "") -> str | None:
    """The country an actor belongs to.

    Args:
        text: the actor as written.
        knowledge: persons, organisations and places by name.
        context: words beside it that may name the country where its own do not; "" if there are none.

    Returns:
        ISO 3166-1 alpha-2; EU and UN for the unions' bodies; INT for those of no country; None where nothing tells.
    """
    for words in (text, context):
        homes = sorted(homes_in(words, knowledge), key=lambda home: _rank(words, home))
        if homes:
            return homes[0].country
    return None


def homes_in(text: str, knowledge: ActorKnowledge) -> Iterator[Home]:
    """Everything in a text that tells a country."""
    taken: list[tuple[int, int]] = []
    for person in knowledge.holders.find(text):
        yield Home(person.holder.country, "person", person.start, person.end)
        taken.append((person.start, person.end))
    for hit in knowledge.organisations.find(text):
        if not any(start < hit.end and hit.start < end for start, end in taken):
            yield Home(hit.organisation.country, "organisation", hit.start, hit.end)
            taken.append((hit.start, hit.end))
    words = [w for w in _WORD.finditer(text) if not any(start < w.end() and w.start() < end for start, end in taken)]
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            run = words[at : at + length]
            if len(run) < length or not run[0][0][0].isupper() or len(text[run[0].end() : run[-1].start()]) > 40:
                continue
            start, end = run[0].start(), run[-1].end()
            before = text[:start].lower().split()[-1:] or [""]
            if length == 1 and run[0][0].lower() in knowledge.nouns:
                continue
            found = _place(text[start:end], knowledge.gazetteer, before[0], whole=len(run) == len(words))
            if found is not None:
                yield Home(found[0], found[1], start, end)
                at += length - 1
                break
        at += 1


def _rank(text: str, home: Home) -> tuple[bool, bool, int]:
    """Whose country counts first: none that stands after 'to' or 'against'; a country before a mere town."""
    before = {word.lower() for word in _WORD.findall(text[: home.start])}
    return bool(before & _OTHERS), home.country in ("INT",), home.start


def _place(name: str, gazetteer: Gazetteer, before: str, *, whole: bool) -> tuple[str, str] | None:
    bare = re.sub(r"['’]s?$", "", name)
    if bare.lower() in _NOBODY:
        return None
    short = bare.rstrip(".") if bare.isupper() else bare
    country = gazetteer.demonym(bare) or (gazetteer.demonym(bare[:-3]) if bare.endswith("men") else None)
    if country:
        return country, "demonym"
    if short in ("US", "U.S", "U.S.A", "USA"):
        return "US", "country"
    found = gazetteer.candidates(short)
    for candidate in found:
        if candidate.kind == "country" and candidate.country and not (bare.islower()):
            return candidate.country, "country"
    region = max((c for c in found if c.kind == "admin1" and c.country), key=_size, default=None)
    towns = [c for c in found if c.kind == "settlement" and c.country]
    town = max(towns, key=lambda c: (c.capital, _size(c)), default=None)
    pointed = before in _PLACES or whole
    if town is not None and (town.capital or _size(town) >= (_SMALLEST if pointed else _KNOWN)):
        assert town.country is not None  # those without are left out above
        if region is None or town.capital or _size(town) * 2 > _size(region):
            return town.country, "town"
    if region is not None and region.country:
        return region.country, "region"
    wide = gazetteer.wide_demonym(bare)
    if wide and wide[0].country:
        return wide[0].country, "region"
    if whole and town is not None and town.country:
        return town.country, "town"
    areas = [c for c in found if c.kind in ("region", "admin2") and c.country]
    return (areas[0].country or "", "region") if areas and areas[0].country and pointed else None


def _size(candidate: Candidate) -> int:
    return candidate.population or 0
