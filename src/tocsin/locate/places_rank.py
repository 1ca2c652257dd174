"""Which of its candidates does a name mean here: a linear model over features that a person can read.

All mentions of one name in a document mean one place, so they are ranked together: a ``Name`` is that unit. The model
runs twice. The first pass knows only the name and its neighbours in the text; its probabilities then vote for
countries and regions, and the second pass ranks again with those votes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tocsin.resources.gazetteer import KINDS, Candidate

MOST = 60  # candidates looked at for one name; the rest are hamlets
EARTH_KM = 6371.0088
Region = tuple[str | None, str | None]

FEATURES = (
    "people",  # log10 of the population, over 7
    "people_behind",  # how far behind the most populous candidate, same unit
    "most_people",
    "second_most_people",
    "country",
    "admin1",
    "admin2",
    "settlement",
    "region",
    "own_name",  # not one of its other names
    "capital",
    "only_candidate",
    "inside_next",  # 'Springfield, Illinois': what follows contains it
    "inside_next_region",  # the same, and what follows is a region, not a country
    "outside_next",  # what follows is a region or country, and does not contain it
    "inside_phrase",  # 'in Springfield in Illinois', 'Illinois town of Springfield'
    "dateline",
    "home_country",
    "home_region",
    "home_100km",
    "home_25km",
    "country_votes",
    "country_votes_some",
    "country_votes_most",
    "country_named",
    "region_votes",
    "region_votes_some",
    "region_votes_most",
    "region_named",
    "county_named",
    "near_25km",
    "near_100km",
    "near_300km",
    "others_near",  # share of the other names within 300 km
    "holds_others",  # a country or region: share of the other names inside it
    "holds_none",  # a country or region, others are named, and none lies inside
    "none_in_country",  # other names, and none in its country
)
NUMBER = {name: i for i, name in enumerate(FEATURES)}


@dataclass(slots=True)
class Name:
    """All mentions of one name in a document. ``container`` are candidates of what follows it ('Springfield, Illinois')."""

    candidates: tuple[Candidate, ...]
    mentions: int = 1
    container: tuple[Candidate, ...] = ()
    loose_container: tuple[Candidate, ...] = ()
    dateline: bool = False
    area: bool = False  # a word after it says that the region is meant: 'Kunduz province'
    fixed: bool = False  # a demonym or country: votes, but is not ranked
    shares: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def kilometres(
    lat: NDArray[np.float64] | float,
    lon: NDArray[np.float64] | float,
    lats: NDArray[np.float64],
    lons: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Great-circle distances, broadcasting over arrays of degrees (haversine)."""
    a, b = np.radians(lat), np.radians(lats)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))))


def region_of(place: Candidate) -> Region:
    """The first-order region that a place lies in or is."""
    return place.country, place.name if place.kind == "admin1" else place.admin1


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Whether a country or region contains another place, by name of country, region and county."""
    if outer.country is None or outer.country != inner.country or outer.row == inner.row:
        return False
    if outer.kind == "country":
        return inner.kind != "country"
    if outer.kind == "admin1":
        return inner.admin1 == outer.name and inner.kind in ("settlement", "admin2")
    return outer.kind == "admin2" and inner.admin2 == outer.name and inner.admin1 == outer.admin1


def plain_features(name: Name, home: Candidate | None) -> NDArray[np.float64]:
    """Shape (candidates, FEATURES): what the name and its neighbours in the text tell; votes are zero."""
    places = name.candidates
    table = np.zeros((len(places), len(FEATURES)))
    people = np.array([math.log10(max(place.population or 1, 1)) / 7 for place in places])
    order = np.argsort(-people, kind="stable")
    table[:, NUMBER["people"]] = people
    table[:, NUMBER["people_behind"]] = people.max() - people
    table[order[0], NUMBER["most_people"]] = 1
    if len(places) > 1:
        table[order[1], NUMBER["second_most_people"]] = 1
    else:
        table[0, NUMBER["only_candidate"]] = 1
    ranks = [c for c in name.container if c.kind in ("country", "admin1", "admin2")]
    for i, place in enumerate(places):
        row = table[i]
        row[NUMBER[place.kind]] = 1
        row[NUMBER["own_name"]] = place.main
        row[NUMBER["capital"]] = place.capital
        row[NUMBER["dateline"]] = name.dateline and place.kind == "settlement"
        around = [c for c in ranks if holds(c, place)]
        if around:
            row[NUMBER["inside_next"]] = 1
            row[NUMBER["inside_next_region"]] = any(c.kind != "country" for c in around)
        elif any(c.kind in ("country", "admin1") for c in ranks):
            row[NUMBER["outside_next"]] = 1
        row[NUMBER["inside_phrase"]] = any(holds(c, place) for c in name.loose_container)
        if home is not None:
            row[NUMBER["home_country"]] = place.country == home.country
            if home.admin1 is not None:
                row[NUMBER["home_region"]] = region_of(place) == region_of(home)
                if place.kind in ("settlement", "admin2"):
                    away = float(kilometres(home.lat, home.lon, np.array(place.lat), np.array(place.lon)))
                    row[NUMBER["home_100km"]] = away < 100
                    row[NUMBER["home_25km"]] = away < 25
    return table


@dataclass(slots=True)
class _Votes:
    """What one name says about where the document is; ``weight`` grows with its mentions."""

    weight: float
    countries: dict[str, float]
    regions: dict[Region, float]
    named: set[Region | str]  # countries and regions named outright, counties as ('US', 'county Orange County')
    lats: NDArray[np.float64]
    lons: NDArray[np.float64]
    shares: NDArray[np.float64]


def _vote(name: Name) -> _Votes:
    countries: dict[str, float] = defaultdict(float)
    regions: dict[Region, float] = defaultdict(float)
    named: set[Region | str] = set()
    near = []
    for place, share in zip(name.candidates, name.shares.tolist(), strict=True):
        if share < 0.02:
            continue
        if place.country:
            countries[place.country] += share
            if region_of(place)[1]:
                regions[region_of(place)] += share
            if share > 0.5 and place.kind == "country":
                named.add(place.country)
            elif share > 0.5 and place.kind == "admin1":
                named.add((place.country, place.name))
            elif share > 0.5 and place.kind == "admin2":
                named.add((place.admin1, f"county {place.name}"))
        if place.kind in ("settlement", "admin2") and share > 0.1:
            near.append((place.lat, place.lon, share))
    lats, lons, shares = np.array(near).T if near else (np.zeros(0), np.zeros(0), np.zeros(0))
    return _Votes(math.sqrt(name.mentions), countries, regions, named, lats, lons, shares)


def context_features(names: Sequence[Name], plain: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """``plain`` tables, each copied and filled with the votes of all the other names."""
    votes = [_vote(name) for name in names]
    total = sum(v.weight for v in votes)
    countries: dict[str, float] = defaultdict(float)
    regions: dict[Region, float] = defaultdict(float)
    for v in votes:
        for code, share in v.countries.items():
            countries[code] += v.weight * share
        for region, share in v.regions.items():
            regions[region] += v.weight * share
    filled = []
    for i, name in enumerate(names):
        if name.fixed:
            filled.append(plain[i])
            continue
        own, table = votes[i], plain[i].copy()
        others = total - own.weight
        if others <= 0:
            filled.append(table)
            continue
        named: set[Region | str] = set().union(*(v.named for j, v in enumerate(votes) if j != i))
        their_countries = {c: n - own.weight * own.countries.get(c, 0.0) for c, n in countries.items()}
        their_regions = {r: n - own.weight * own.regions.get(r, 0.0) for r, n in regions.items()}
        most_country = max(their_countries.values(), default=0.0)
        most_region = max(their_regions.values(), default=0.0)
        for place, row in zip(name.candidates, table, strict=True):
            if place.country is None:
                continue
            c = their_countries.get(place.country, 0.0)
            r = their_regions.get(region_of(place), 0.0)
            row[NUMBER["country_votes"]] = c / others
            row[NUMBER["country_votes_some"]] = c > 0.3
            row[NUMBER["country_votes_most"]] = c > 0.3 and c >= most_country - 1e-9
            row[NUMBER["none_in_country"]] = c <= 0.3
            row[NUMBER["country_named"]] = place.country in named and place.kind != "country"
            if place.kind in ("settlement", "admin2"):
                row[NUMBER["region_votes"]] = r / others
                row[NUMBER["region_votes_some"]] = r > 0.3
                row[NUMBER["region_votes_most"]] = r > 0.3 and r >= most_region - 1e-9
                row[NUMBER["region_named"]] = region_of(place) in named
                row[NUMBER["county_named"]] = (place.admin1, f"county {place.admin2}") in named
            elif place.kind in ("country", "admin1"):
                inside = c if place.kind == "country" else r
                row[NUMBER["holds_others"]] = inside / others
                row[NUMBER["holds_none"]] = inside <= 0.3
        _fill_distances(name, table, [v for j, v in enumerate(votes) if j != i], others)
        filled.append(table)
    return filled


def _fill_distances(name: Name, table: NDArray[np.float64], votes: Sequence[_Votes], others: float) -> None:
    rows = [i for i, place in enumerate(name.candidates) if place.kind in ("settlement", "admin2")]
    near = [v for v in votes if len(v.lats)]
    if not rows or not near:
        return
    lats = np.array([name.candidates[i].lat for i in rows])[:, None]
    lons = np.array([name.candidates[i].lon for i in rows])[:, None]
    away = kilometres(
        lats, lons, np.concatenate([v.lats for v in near])[None], np.concatenate([v.lons for v in near])[None]
    )
    shares = np.concatenate([v.shares for v in near])
    for feature, limit in (("near_25km", 25), ("near_100km", 100), ("near_300km", 300)):
        table[rows, NUMBER[feature]] = np.where(away < limit, shares, 0.0).max(axis=1)
    weights = np.concatenate([np.full(len(v.lats), v.weight) for v in near])
    table[rows, NUMBER["others_near"]] = (np.where(away < 300, shares, 0.0) * weights).sum(axis=1) / others


def shares(table: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax of the linear scores: shape (candidates,), adds up to 1."""
    scores = table @ weights
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum())


def rank(names: Sequence[Name], home: Candidate | None, weights: Mapping[str, NDArray[np.float64]]) -> None:
    """Fill ``shares`` of every name: the probability of each of its candidates.

    Args:
        names: the names of one document; those without candidates are not allowed.
        home: where the publisher is at home, a settlement or country; None if unknown.
        weights: for the passes 'first' and 'second' one number a feature, shape (FEATURES,).
    """
    plain = [plain_features(name, home) for name in names]
    for name, table in zip(names, plain, strict=True):
        name.shares = shares(table, weights["first"]) if not name.fixed else _even(len(name.candidates))
    for name, table in zip(names, context_features(names, plain), strict=True):
        if not name.fixed:
            name.shares = shares(table, weights["second"])


def _even(count: int) -> NDArray[np.float64]:
    return np.full(count, 1 / count)


assert all(kind in NUMBER for kind in KINDS)
