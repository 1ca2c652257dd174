"""What speaks for and against two reports telling one occurrence, as named numbers from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from tocsin.link.contradict import days_between, kilometres, same_settlement
from tocsin.link.near_copy import likeness
from tocsin.link.profile import COUNTRY, NOWHERE, REGION, SETTLEMENT, Profile
from tocsin.resources.linking import LinkingRules
from tocsin.vocabulary import QuantityRole

# Cosines of sentences in two languages: 19 in 20 unrelated ones lie below the first, three in ten of the same above
# the second (benchmarks/invented/languages.txt, all pairs of languages).
_UNRELATED, _ALIKE = 0.42, 0.72
_FAR = 10  # times as many
_RAREST = 8.0  # the rarity of a word in one document of three thousand
_COUNTS_PEOPLE = frozenset(
    (QuantityRole.PARTICIPANTS, QuantityRole.DETAINED, QuantityRole.INJURED, QuantityRole.KILLED)
)


def pair_features(
    left: Profile, right: Profile, rules: LinkingRules, rarity: Callable[[str], float]
) -> dict[str, float]:
    """Compare two reports.

    Args:
        left: one profile; ``right`` the other. Which is which makes no difference.
        right: see ``left``.
        rules: from linking.yaml.
        rarity: how much a shared word says.

    Returns:
        A value for each feature that holds; those of linking.yaml that are not there are 0.

    Source: comparison vectors of Fellegi and Sunter (1969), JASA 64(328), 1183-1210.
    """
    found = dict(_place(left, right, rules))
    found.update(_date(left, right, rules))
    found.update(_actors(left, right, rarity))
    found.update(_numbers(left, right))
    found.update(_telling(left, right, rarity))
    found.update(_meaning(left, right))
    return found


def _place(left: Profile, right: Profile, rules: LinkingRules) -> Iterator[tuple[str, float]]:
    levels = sorted((left.level, right.level))
    if levels[0] == NOWHERE:
        yield "place_unknown", 1.0
    elif same_settlement(left, right):
        yield "same_settlement", 1.0
        if left.site and right.site:
            same = left.site == right.site or bool(set(left.site.split()) & set(right.site.split()))
            yield ("same_site" if same else "other_site"), 1.0
    elif levels == [SETTLEMENT, SETTLEMENT]:
        apart = kilometres(left, right)
        if apart is not None:
            yield "near_settlement", 1.0 - apart / (2 * rules.near_km)
    elif levels == [REGION, SETTLEMENT]:
        yield "region_around", 1.0
    elif levels[0] == levels[1]:
        yield ("same_region" if levels[0] == REGION else "same_country"), 1.0
    elif levels[0] == COUNTRY:
        yield "country_around", 1.0


def _date(left: Profile, right: Profile, rules: LinkingRules) -> Iterator[tuple[str, float]]:
    apart = days_between(left, right)
    if apart is None:
        yield "date_unknown", 1.0
    elif apart:
        yield "next_day" if apart == 1 else "days_apart", 1.0
    elif max(left.last - left.first, right.last - right.first) + 1 > rules.coarse_days:
        yield "coarse_dates", 1.0
    elif left.first == right.first and left.last == right.last:
        yield "same_dates", 1.0
    else:
        yield "dates_overlap", 1.0
    if left.published and right.published:
        # 0 on one day, 1 after two months.
        yield "published_apart", min(1.0, math.log1p(abs(left.published - right.published)) / math.log1p(60))


def _actors(left: Profile, right: Profile, rarity: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    if left.type != right.type:
        yield "other_type", 1.0
    if left.factuality != right.factuality:
        yield "other_factuality", 1.0
    for name, one, other in (("employer", left.employer, right.employer), ("union", left.union, right.union)):
        if one and other:
            yield f"{'same' if one & other else 'other'}_{name}", 1.0
    if left.identities and right.identities:
        yield ("same_actor" if left.identities & right.identities else "other_actor"), 1.0
    if left.actors and right.actors:
        # 'Police' on both sides says little, a company's name much: alike, and as rare as the rarest word shared.
        rarest = max((rarity(word) for word in left.actors & right.actors), default=0.0)
        yield "actor_words", _shared(left.actors, right.actors, rarity) * min(1.0, rarest / _RAREST)
    if left.named and right.named and not left.named & right.named:
        yield "other_names_act", 1.0
    if left.kinds and right.kinds:
        yield ("same_kind" if left.kinds & right.kinds else "other_kind"), 1.0
    if left.issues and right.issues:
        yield ("same_issue" if left.issues & right.issues else "other_issue"), 1.0


def _numbers(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    agree = exact = compared = far = False
    for role, low, high in left.quantities:
        for other_role, other_low, other_high in right.quantities:
            if role != other_role:
                continue
            compared = True
            # Both ends open says nothing; one open end agrees with whatever lies on that side.
            least = max((end for end in (low, other_low) if end is not None), default=None)
            most = min((end for end in (high, other_high) if end is not None), default=None)
            agree |= least is not None and most is not None and least <= most
            far |= role in _COUNTS_PEOPLE and _far(low, high, other_low, other_high)
            exact |= role in _COUNTS_PEOPLE and low == high == other_low == other_high and (low or 0) > 2
    if compared:
        yield ("numbers_agree" if agree else "numbers_differ"), 1.0
    if far and not agree:
        yield "numbers_far", 1.0
    if exact:
        yield "same_number", 1.0


def _far(low: int | None, high: int | None, other_low: int | None, other_high: int | None) -> bool:
    """Whether even the nearest ends of two counts lie further apart than police and organisers count."""
    apart = ((low, other_high), (other_low, high))
    return any(least is not None and most is not None and least > _FAR * max(1, most) for least, most in apart)


def _meaning(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    # Within a language shared words say it better; and a store in one language links alike with and without an encoder.
    if not (left.meaning and right.meaning and left.language and right.language) or left.language == right.language:
        return
    one, other = (np.frombuffer(side.meaning, np.int8).astype(np.int64) for side in (left, right))
    cosine = int(one @ other) / math.sqrt(max(1, int(one @ one)) * max(1, int(other @ other)))
    yield "same_meaning", min(1.0, max(0.0, (cosine - _UNRELATED) / (_ALIKE - _UNRELATED)))


def _telling(left: Profile, right: Profile, rarity: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    if left.trigger and left.trigger == right.trigger:
        yield "same_trigger", 1.0
    if left.words and right.words:
        yield "words", _shared(left.words, right.words, rarity)
    if left.names and right.names:
        yield "names_in_common", min(1.0, len(left.names & right.names) / 4)
    if left.quotes & right.quotes:
        yield "same_quote", 1.0
    if (copies := likeness(left.signature, right.signature)) > 0.15:
        yield "near_copy", copies


def _shared(left: frozenset[str], right: frozenset[str], rarity: Callable[[str], float]) -> float:
    """The cosine of two sets whose words are weighed by rarity, 0 to 1."""
    both = left & right
    if not both:
        return 0.0
    return _weight(both, rarity) / math.sqrt(_weight(left, rarity) * _weight(right, rarity))


def _weight(words: frozenset[str], rarity: Callable[[str], float]) -> float:
    # Summed in one order: a set's own order, and so the last digit of a sum, differs between runs.
    return math.fsum(rarity(word) ** 2 for word in words)
