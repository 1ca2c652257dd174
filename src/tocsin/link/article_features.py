"""What speaks for and against two articles telling the same story, as named numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from tocsin.link.article_profile import ArticleProfile, Rarities
from tocsin.link.words import cosine

_RARE = 4.0  # a shared word less rare than this is no name to go by
_UNKNOWN_GAP = 30  # days, where a published date is missing

ARTICLE_FEATURES = tuple(
    """words words_squared pairs pairs_root names names_squared lead title name_1 name_2 name_3 name_4 name_sum
    full_1 full_2 full_3 full_sum same_day within_3 gap over_60 over_400 shared_day no_shared_day ages no_shared_age
    address other_address times no_shared_time same_host words_same_host words_within_3 names_after_7""".split()
)


def article_features(left: ArticleProfile, right: ArticleProfile, rarities: Rarities) -> dict[str, float]:
    """Compare two articles; what is not in the answer is 0. Cosines are 0 to 1, rarities are as ``Rarity`` gives them."""
    found = dict(_wording(left, right, rarities))
    one, other = left.text, right.text
    gap = abs((one.published - other.published).days) if one.published and other.published else _UNKNOWN_GAP
    found["gap"] = math.log1p(gap)
    found |= {name: 1.0 for name, holds in _steps(gap) if holds}
    found |= dict(_sets("shared_day", "no_shared_day", one.days, other.days, 1))
    found |= dict(_sets("ages", "no_shared_age", one.ages, other.ages, 3))
    found |= dict(_sets("address", "other_address", one.addresses, other.addresses, 1))
    found |= dict(_sets("times", "no_shared_time", one.times, other.times, 2))
    if one.host and one.host == other.host:
        found |= {"same_host": 1.0, "words_same_host": found["words"]}
    if gap <= 3:
        found["words_within_3"] = found["words"]
    if gap > 7:
        found["names_after_7"] = found["names"]
    return found


def _wording(left: ArticleProfile, right: ArticleProfile, rarities: Rarities) -> Iterator[tuple[str, float]]:
    words, pairs, names = (
        cosine(left.words, right.words),
        cosine(left.pairs, right.pairs),
        cosine(left.names, right.names),
    )
    yield from (("words", words), ("words_squared", words**2), ("pairs", pairs), ("pairs_root", math.sqrt(pairs)))
    yield from (("names", names), ("names_squared", names**2))
    yield from (("lead", cosine(left.lead, right.lead)), ("title", cosine(left.title, right.title)))
    yield from _rarest("name", left.text.names.keys() & right.text.names.keys(), 4, rarities.names)
    yield from _rarest("full", left.text.full & right.text.full, 3, rarities.full)


def _rarest(
    name: str, shared: Iterable[str], count: int, rarity: Callable[[str], float]
) -> Iterator[tuple[str, float]]:
    """The rarities of the rarest shared words, and the sum of all that are rare."""
    weights = sorted((rarity(word) for word in shared), reverse=True)
    yield from ((f"{name}_{number}", weight) for number, weight in enumerate(weights[:count], 1))
    yield f"{name}_sum", min(60.0, math.fsum(weight for weight in weights if weight > _RARE))


def _steps(gap: int) -> tuple[tuple[str, bool], ...]:
    return ("same_day", gap == 0), ("within_3", gap <= 3), ("over_60", gap > 60), ("over_400", gap > 400)


def _sets(
    name: str, none: str, left: frozenset[object], right: frozenset[object], most: int
) -> Iterator[tuple[str, float]]:
    """How many are shared, or that both have some and none is."""
    if left and right:
        shared = len(left & right)
        yield (name, float(min(most, shared))) if shared else (none, 1.0)
