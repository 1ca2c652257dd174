"""What speaks for and against two reports telling one occurrence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tocsin.resources.linking import LinkingRules
from tocsin.vocabulary import EventReport, Link, PlacePrecision, Quantity

_WORD = re.compile(r"\w+")


def compare_reports(left: EventReport, right: EventReport, rules: LinkingRules) -> Link | None:
    """Score a pair.

    Args:
        left: the report with the smaller id.
        right: the other; both placed and dated.
        rules: the weights of linking.yaml.

    Returns:
        A link whose score is the sum of the weights of what agrees, 0 to 1, and whose reason lists it;
        None if the two contradict each other.
    """
    if contradict(left, right, rules):
        return None
    features = list(_features(left, right, rules))
    score = sum(rules.weights[feature] for feature in features)
    reason = "; ".join(rules.reasons[feature] for feature in features)
    return Link(left.id, right.id, round(min(1.0, max(0.0, score)), 4), reason)


def contradict(left: EventReport, right: EventReport, rules: LinkingRules) -> bool:
    """Whether two reports cannot be of one occurrence, whatever else agrees."""
    if left.document_id == right.document_id or left.type != right.type:
        return True
    if (left.factuality, right.factuality) not in rules.together:
        return True
    places = place_key(left), place_key(right)
    if None not in places and places[0] != places[1]:
        return True
    apart = days_between(left, right)
    return apart is not None and apart > rules.guard_days


def place_key(report: EventReport) -> tuple[str, str] | None:
    """Country and settlement of a report, the region where there is no settlement; None if the place is unknown."""
    place = report.place
    if place is None or not (place.country or place.settlement):
        return None
    if place.precision is PlacePrecision.COUNTRY:
        return place.country or "", ""
    name = place.settlement or place.admin1 or place.name
    return place.country or "", name.casefold()


def days_of(report: EventReport) -> tuple[dt.date, dt.date] | None:
    """First and last day of a report; an open end ends where it starts. None if the date is unknown."""
    start, end = report.date.start, report.date.end
    first, last = start or end, end or start
    return (first, last) if first and last else None


def days_between(left: EventReport, right: EventReport) -> int | None:
    """Days from the end of one to the start of the other, 0 if they overlap, None if a date is unknown."""
    one, other = days_of(left), days_of(right)
    if one is None or other is None:
        return None
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _features(left: EventReport, right: EventReport, rules: LinkingRules) -> Iterator[str]:
    yield from _place_features(left, right)
    yield from _date_features(left, right, rules)
    if left.employer and right.employer:
        same = _words(left.employer, rules) & _words(right.employer, rules)
        yield "employer" if same else "other_employer"
    left_actors = (*left.initiators, *left.targets)
    right_actors = (*right.initiators, *right.targets)
    left_words, right_words = (
        set().union(*(_words(actor.text, rules) for actor in actors)) for actors in (left_actors, right_actors)
    )
    if left_words & right_words:
        yield "actors"
    elif {actor.kind for actor in left.initiators} & {actor.kind for actor in right.initiators}:
        yield "actor_kinds"
    if any(_agree(one, other) for one in left.quantities for other in right.quantities):
        yield "numbers"


def _place_features(left: EventReport, right: EventReport) -> Iterator[str]:
    one, other = left.place, right.place
    if one is None or other is None:
        return
    yield "settlement" if one.settlement and other.settlement else "region"
    sites = [place.name.casefold() for place in (one, other) if place.precision is PlacePrecision.SITE]
    if len(sites) == 2 and sites[0] == sites[1]:
        yield "site"


def _date_features(left: EventReport, right: EventReport, rules: LinkingRules) -> Iterator[str]:
    one, other = days_of(left), days_of(right)
    if one is None or other is None:
        return
    if days_between(left, right):
        yield "near_dates"
    elif max((end - start).days for start, end in (one, other)) + 1 > rules.coarse_days:
        yield "coarse_dates"
    else:
        yield "dates"


def _words(text: str, rules: LinkingRules) -> set[str]:
    # Plurals and genitives of names and groups meet in their first letters: 'worker', 'workers'.
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in rules.empty_words}


def _agree(one: Quantity, other: Quantity) -> bool:
    if one.role != other.role:
        return False
    # Both ends open says nothing; one open end agrees with whatever lies on that side.
    low = max((end for end in (one.low, other.low) if end is not None), default=None)
    high = min((end for end in (one.high, other.high) if end is not None), default=None)
    return low is not None and high is not None and low <= high
