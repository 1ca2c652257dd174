"""Which of a document's places is the place of an act."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tocsin.extract.choice import shares
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import FACTUALITIES, PLACE_PRECISIONS
from tocsin.extract.member import Chosen
from tocsin.extract.roles import RoleSpan, content_words, role_spans, tokens_in
from tocsin.resources.cue_list import find_cue
from tocsin.vocabulary import Factuality, Parse, Place, PlacePrecision, Span, Toponym, country_of

# Two points this near are one settlement: the scorer's and the field's usual bound.
SAME_KM = 30.0

# Why a country stands as the place that no word tells.
AT_HOME = "no place told; the country of the places that are"

# How sure words that spread an act over the country ('nationwide') make that country its place.
SPREAD_SURE = 0.8

FINENESS = {
    PlacePrecision.SITE: 5,
    PlacePrecision.SETTLEMENT: 4,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.ADMIN1: 2,
    PlacePrecision.COUNTRY: 1,
    PlacePrecision.UNKNOWN: 0,
}


def choose_places(
    parse: Parse,
    mention: TriggerMention,
    reading: Reading,
    toponyms: Sequence[Toponym],
    home: Place | None,
    wide: Collection[str],
    pointing: Collection[str],
    sites: Collection[str],
    weights: Mapping[str, float],
) -> tuple[Chosen[Place], ...]:
    """The place of a mention, or all of them where its sentence lists several that the act took place at.

    Each resolved toponym is scored by what the window says of it and by where it stands; the best one that is sure
    enough wins. A site that no gazetteer knows ('the court') is told with the settlement it lies in.

    Args:
        parse: the document.
        mention: the trigger.
        reading: its window.
        toponyms: every place name of the document, resolved.
        home: the document's country, where no word names it.
        wide: words that spread an act over the country ('nationwide', '30 cities').
        pointing: words that are no site by themselves ('the city', 'here').
        sites: nouns that name a kind of site ('plant').
        weights: of the evidence, from the model's card ('place').

    Returns:
        Best first; empty where nothing tells the place.
    """
    candidates = place_candidates(parse, mention, reading, toponyms, home)
    weighed = shares([candidate.features for candidate in candidates], weights)
    placed = [candidate.toponym for candidate in candidates if candidate.toponym is not None]
    none = weighed[-1]
    home_share = weighed[len(placed)] if home is not None else 0.0
    scored = _by_place(placed, weighed[: len(placed)])
    least = max(none, home_share, weights["floor"])
    named = [(score, toponym) for score, toponym in scored if toponym.role != "demonym"]
    site = _unnamed_site(parse, reading, toponyms, pointing, weights)
    plant = _named_plant(parse, reading, toponyms, sites, weights)
    if plant is not None:
        return (plant,)
    if not scored or scored[0][0] < least:
        fallback = country_of(toponyms)
        if site is not None:
            place = Place(site.span.of(parse.document.text), PlacePrecision.SITE, country=fallback)
            return (
                Chosen(place, site.span, site.score, "words the encoder reads as the place, unknown to the gazetteer"),
            )
        if home is not None and home_share >= max(none, weights["floor"]):
            return (Chosen(home, None, home_share, AT_HOME),)
        return ()
    spread = _spread(parse, mention, site, wide)
    if spread is not None:
        whole = _whole_country(toponyms) or home
        if whole is not None:
            return (Chosen(whole, spread, SPREAD_SURE, "words that spread the act over the country"),)
        site = None
    best, toponym = _town_after(parse, site, scored) or scored[0]
    first = _at_home(_chosen(toponym, best), toponym, toponyms)
    if site is not None and first.value.precision in (PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT):
        return (_at_site(parse, site, first),)
    listed = [
        _chosen(other, score)
        for score, other in named
        if score >= weights["listed"] and _listed_together(parse, mention, toponym, other)
    ]
    distinct: list[Chosen[Place]] = []
    for choice in [first, *listed]:
        if not any(compatible_places(choice.value, seen.value) for seen in distinct):
            distinct.append(choice)
    return tuple(distinct)


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that an act may have; without a toponym it is the document's country, which no word tells, or, with no place, none."""

    place: Place | None
    toponym: Toponym | None
    features: Mapping[str, float]


def place_candidates(
    parse: Parse, mention: TriggerMention, reading: Reading, toponyms: Sequence[Toponym], home: Place | None
) -> list[PlaceCandidate]:
    """Every place that an act may have, with the evidence for each.

    Returns:
        The resolved toponyms in text order, the document's country where no word names it ('home'), and last that the
        place is not told.
    """
    made = [
        PlaceCandidate(toponym.place, toponym, place_features(parse, mention, reading, toponym, toponyms))
        for toponym in toponyms
        if toponym.place
    ]
    none = no_place_features(reading, [candidate.features for candidate in made])
    if home is not None:
        made.append(PlaceCandidate(home, None, home_features(reading, home, toponyms)))
    return [*made, PlaceCandidate(None, None, none)]


def home_features(reading: Reading, home: Place, toponyms: Sequence[Toponym]) -> dict[str, float]:
    """What speaks for an act being told of the document's country without a word that names it."""
    known = [toponym.place for toponym in toponyms if toponym.place and toponym.place.country]
    return {
        "home": 1.0,
        "home_precision": _wanted(reading, PlacePrecision.COUNTRY),
        "home_to_come": _to_come(reading),
        "home_often": sum(place.country == home.country for place in known) / max(1, len(known)),
    }


def _to_come(reading: Reading) -> float:
    """How probably the act is only planned or called for."""
    told = reading.heads["factuality"]
    return float(sum(told[FACTUALITIES.index(one.value)] for one in (Factuality.PLANNED, Factuality.CALLED_FOR)))


def _wanted(reading: Reading, precision: PlacePrecision) -> float:
    """How probably the window wants a place of this fineness."""
    wanted = reading.heads["place_precision"]
    return float(sum(wanted[i] for i, p in enumerate(PLACE_PRECISIONS) if p in _ALIKE.get(precision, (precision,))))


def _by_place(placed: Sequence[Toponym], scores: Sequence[float]) -> list[tuple[float, Toponym]]:
    """Toponyms, surest first; each name of a place counts for the place, and the surest name stands for it."""
    made = []
    for i, toponym in enumerate(placed):
        same = [j for j, other in enumerate(placed) if _same_place(other, toponym)]
        first = max(same, key=lambda j: (scores[j], -j))
        if first == i:
            made.append((sum(scores[j] for j in same), toponym))
    return sorted(made, key=lambda pair: (-pair[0], pair[1].span))


def place_features(
    parse: Parse, mention: TriggerMention, reading: Reading, toponym: Toponym, toponyms: Sequence[Toponym]
) -> dict[str, float]:
    """What speaks for a toponym being the place of an act; the card's 'place' weighs it.

    Returns:
        'read': the window's highest probability over its words, 'read_anywhere' over all names of the same place;
        'precision': how probably the window wants a place of this fineness; 'told': how probably its sentence tells the
        same occurrence; where it stands ('same_sentence', 'near', 'before', 'dateline', 'first'); what it is
        ('demonym', 'fine', 'country', 'resolved': the resolver's score); 'often': its share of the document's toponyms;
        'country_to_come': a country, of an act only planned or called for.
    """
    place = toponym.place
    if place is None:
        return {}
    sentence = parse.sentences[mention.sentence]
    inside = sentence.span.contains(toponym.span)
    precision = place.precision
    same = [other for other in toponyms if _same_place(other, toponym)]
    where = parse.sentence_at(toponym.span.start)
    number = parse.sentences.index(where) if where is not None else -1
    gap = max(0, toponym.span.start - mention.span.end, mention.span.start - toponym.span.end)
    return {
        "read": reading.over(toponym.span, "place"),
        "read_anywhere": max(reading.over(other.span, "place") for other in same),
        "precision": _wanted(reading, precision),
        "told": 1.0 if inside else reading.evidence.get(number, 0.0),
        "same_sentence": float(inside),
        "near": math.exp(-gap / 80),
        "before": float(not inside and 0 < sentence.span.start - toponym.span.end < 400),
        "dateline": float(toponym.reason == "dateline"),
        "first": float(toponym is toponyms[0]),
        "demonym": float(toponym.role == "demonym"),
        "fine": FINENESS[precision] / 5,
        "country": float(precision is PlacePrecision.COUNTRY),
        "country_to_come": float(precision is PlacePrecision.COUNTRY) * _to_come(reading),
        "resolved": toponym.score,
        "often": len(same) / max(1, len(toponyms)),
        # Many names of one place share what speaks for it.
        "among": -math.log(len(same)),
    }


def no_place_features(reading: Reading, evidence: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """What speaks for the text not telling the place: the window wants none, and reads none of the names as one."""
    return {
        "none": 1.0,
        "none_unknown": float(reading.heads["place_precision"][PLACE_PRECISIONS.index(PlacePrecision.UNKNOWN.value)]),
        "none_read": max((features["read"] for features in evidence), default=0.0),
    }


# A site is told with its settlement, so a toponym of either kind answers a wish for the other.
_TOWNS = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT)
_ALIKE = dict.fromkeys(_TOWNS, _TOWNS)


def _spread(parse: Parse, mention: TriggerMention, site: RoleSpan | None, wide: Collection[str]) -> Span | None:
    """The words that spread an act over the country: the place as told ('30 cities'), or the act's own adjective."""
    if site is not None and find_cue(site.span.of(parse.document.text), wide) is not None:
        return site.span
    tokens = parse.sentences[mention.sentence].tokens
    inside = {t.index for t in tokens if t.span.overlaps(mention.span)}
    for token in tokens:
        # In small letters: a strike of the 'National Union' is not a national strike.
        if token.text in wide and token.dep in ("amod", "compound") and (token.head in inside or token.index in inside):
            return token.span
    return None


def _whole_country(toponyms: Sequence[Toponym]) -> Place | None:
    """The document's main country as a place, by its name if the document names it."""
    country = country_of(toponyms)
    for toponym in toponyms:
        if toponym.place and toponym.place.country == country and toponym.place.precision is PlacePrecision.COUNTRY:
            return Place(toponym.place.name, PlacePrecision.COUNTRY, country=country)
    return None


def _at_home(chosen: Chosen[Place], toponym: Toponym, toponyms: Sequence[Toponym]) -> Chosen[Place]:
    """A lone homonym abroad is a village at home that the gazetteer lacks: its name stays, its point goes.

    'Thorncliffe, Limpopo' is not the Thorncliffe of Canada. So is a name whose document names places of one other
    country only, where the resolver is not sure.
    """
    place = chosen.value
    if place.country is None or place.precision is PlacePrecision.COUNTRY:
        return chosen
    abroad = _region_after(place.name, toponyms)
    others = {
        t.place.name: t.place.country for t in toponyms if t.place and t.place.country and t.place.name != place.name
    }
    if abroad in (None, place.country):
        countries = Counter(others.values())
        home, count = countries.most_common(1)[0] if countries else (None, 0)
        if toponym.score >= 0.9 or count < 2 or count < 0.75 * len(others) or home == place.country:
            return chosen
        abroad = home
    kept = Place(place.name, place.precision, country=abroad)
    return dataclasses.replace(
        chosen, value=kept, reason=chosen.reason + "; a homonym abroad, not in the gazetteer at home"
    )


def _region_after(name: str, toponyms: Sequence[Toponym]) -> str | None:
    """The country of the region or country that follows a name after a comma, anywhere in the document."""
    for one, after in pairwise(toponyms):
        if one.place and one.place.name == name and after.place and 0 <= after.span.start - one.span.end <= 2:
            if after.place.precision in (PlacePrecision.ADMIN1, PlacePrecision.COUNTRY):
                return after.place.country
    return None


def _same_place(one: Toponym, other: Toponym) -> bool:
    """Whether two toponyms name one place: 'Brazil' and 'Brazilian' do."""
    if one.place is None or other.place is None:
        return one is other
    return one.place.name == other.place.name and one.place.country == other.place.country


def _chosen(toponym: Toponym, score: float) -> Chosen[Place]:
    place = toponym.place
    assert place is not None
    return Chosen(place, toponym.span, score, f"toponym: {toponym.reason or 'gazetteer'}")


def _unnamed_site(
    parse: Parse,
    reading: Reading,
    toponyms: Sequence[Toponym],
    pointing: Collection[str],
    weights: Mapping[str, float],
) -> RoleSpan | None:
    """Words of the trigger's neighbourhood that the window reads as the place and that hold no toponym."""
    for found in role_spans(parse, reading, "place", weights["site"]):
        if found.score < weights["site"] or any(t.span.overlaps(found.span) for t in toponyms):
            continue
        if not content_words(found.span.of(parse.document.text)):
            continue
        tokens = tokens_in(parse, found.sentence, found.span)
        if all(token.ent == "PERSON" for token in tokens):
            continue
        if all(token.pos == "DET" or token.text.casefold() in pointing for token in tokens):
            continue
        return found
    return None


def _named_plant(
    parse: Parse, reading: Reading, toponyms: Sequence[Toponym], sites: Collection[str], weights: Mapping[str, float]
) -> Chosen[Place] | None:
    """The plant that 'the plant' or 'the company plant near the capital' means: the last one named before it.

    Only where these are the words that the window reads most surely as the place, and the gazetteer knows the plant.
    """
    found = next(iter(role_spans(parse, reading, "place", weights["site"])), None)
    if found is None or found.score < weights["site"]:
        return None
    tokens = tokens_in(parse, found.sentence, found.span)
    last = next((i for i, token in enumerate(tokens) if token.pos == "ADP"), len(tokens))
    phrase = tokens[:last]
    if len(phrase) < 2 or phrase[0].text.casefold() not in _DEFINITE or phrase[-1].lemma not in sites:
        return None
    if any(token.pos == "PROPN" for token in phrase):
        return None
    before = (t for t in reversed(toponyms) if t.role == "plant" and t.span.end <= found.span.start)
    plant = next(before, None)
    if plant is None or plant.place is None:
        return None
    return Chosen(plant.place, found.span, min(found.score, plant.score), f"the plant named before it: {plant.text}")


_DEFINITE = frozenset(("the", "its", "their", "this", "that"))


_IN_TOWN = re.compile(r",?\s+(?:(?:in|of)\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?)?")


def _town_after(
    parse: Parse, site: RoleSpan | None, scored: Sequence[tuple[float, Toponym]]
) -> tuple[float, Toponym] | None:
    """The town that follows a site's words, which say where the site lies: 'Parliament, in Cape Town'."""
    if site is None:
        return None
    for score, toponym in scored:
        place, start = toponym.place, toponym.span.start
        if place is None or place.precision is not PlacePrecision.SETTLEMENT or toponym.role != "location":
            continue
        if start > site.span.end and _IN_TOWN.fullmatch(parse.document.text[site.span.end : start]):
            return score, toponym
    return None


def _at_site(parse: Parse, site: RoleSpan, settlement: Chosen[Place]) -> Chosen[Place]:
    town = settlement.value
    name = f"{site.span.of(parse.document.text)}, {town.name}"
    place = dataclasses.replace(town, name=name, precision=PlacePrecision.SITE, settlement=town.settlement or town.name)
    return Chosen(place, site.span, min(site.score, settlement.score), "site as written, in " + town.name)


def _listed_together(parse: Parse, mention: TriggerMention, first: Toponym, other: Toponym) -> bool:
    """Whether two toponyms stand in the trigger's sentence with nothing between them but a list's words."""
    if other is first:
        return False
    sentence = parse.sentences[mention.sentence]
    if not (sentence.span.contains(first.span) and sentence.span.contains(other.span)):
        return False
    low, high = sorted((first.span, other.span))
    between = [t for t in sentence.tokens if low.end <= t.span.start < high.start]
    return any(t.text in {",", "and", ";", "&"} for t in between) and not any(t.pos in {"VERB", "AUX"} for t in between)


def compatible_places(one: Place, other: Place) -> bool:
    """Whether two places may be one: the same point, the same name, or one within the other's region or country."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.name.casefold() == other.name.casefold():
        return True
    if PlacePrecision.COUNTRY in (one.precision, other.precision):
        return True
    if one.latitude is not None and other.latitude is not None:
        return kilometres(one, other) <= SAME_KM
    if one.admin1 and other.admin1:
        return one.admin1 == other.admin1
    return True


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance of two places with coordinates, in kilometres (haversine, mean radius 6,371 km)."""
    la1, lo1, la2, lo2 = (
        math.radians(degrees or 0.0) for degrees in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
