"""Which pairs are worth comparing: every report files itself under a few keys, and meets those under the same ones.

Comparing all pairs of a million reports is out of the question. A report is filed by type group, place and day; by
who is named in which country and month; by what it quotes; and by near copies of its words. Two reports of one
occurrence share at least one of these in practice, and two reports drawn at random hardly ever do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.link.near_copy import bands
from tocsin.link.profile import COUNTRY, NOWHERE, REGION, SETTLEMENT, Profile
from tocsin.resources.linking import LinkingRules

_NARROWER = 5  # keys within a place and day; more would only find the same pairs again

Pairs = NDArray[np.int64]


def block_keys(profile: Profile, rules: LinkingRules) -> tuple[int, ...]:
    """The keys a report is filed under, as numbers below 2^63, sorted, each once. They follow from the report alone."""
    return tuple(sorted({_number(key) for key in _keys(profile, rules)}))


def block_pairs(keys: Sequence[tuple[int, ...]], largest: int) -> Pairs:
    """Pairs that share a key.

    Args:
        keys: of each report.
        largest: a block of more reports than this is passed over: its reports also meet under narrower keys.

    Returns:
        Shape (n, 2): positions in ``keys``, the smaller first, each pair once, in order.
    """
    counts = np.fromiter((len(own) for own in keys), dtype=np.int64, count=len(keys))
    flat = np.fromiter((key for own in keys for key in own), dtype=np.int64, count=int(counts.sum()))
    owner = np.repeat(np.arange(len(keys), dtype=np.int64), counts)
    order = np.argsort(flat, kind="stable")
    flat, owner = flat[order], owner[order]
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]]) if len(flat) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(flat)])
    found: list[NDArray[np.int64]] = []
    # All blocks of one size at once: a matrix with a block a row.
    for size in np.unique(sizes[(sizes > 1) & (sizes <= largest)]):
        rows = owner[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        codes = rows[:, left] * len(keys) + rows[:, right]
        found.append(np.unique(codes))
    if not found:
        return np.zeros((0, 2), dtype=np.int64)
    codes = np.unique(np.concatenate(found))
    return np.stack([codes // len(keys), codes % len(keys)], axis=1)


def _keys(profile: Profile, rules: LinkingRules) -> Iterator[str]:
    group = profile.type.group
    named = sorted(_named(profile))[:_NARROWER]
    if profile.first and profile.level >= REGION:
        region = f"{profile.country} region {profile.admin1}"
        # Day and day after: reports a day apart share one of them.
        for day in range(profile.first, min(profile.last + 1, profile.first + rules.coarse_days) + 1):
            if profile.level == SETTLEMENT:
                town = f"{profile.country} {profile.settlement}"
                yield f"day {group} {town} {day}"
                if profile.point:
                    # One town under two spellings has one point in the gazetteer.
                    yield f"day {group} {profile.point[0]:.2f} {profile.point[1]:.2f} {day}"
                # So many students march on one day that their kind narrows no more than a town.
                yield from (f"day {group} {town} {day} {word}" for word in named or sorted(profile.kinds))
            if profile.level == REGION:
                # Few reports name no more than a region: those of one type and day may meet without a name.
                yield f"day {profile.type} {region} {day}"
            if profile.admin1:
                yield from (f"day {group} {region} {day} {word}" for word in named)
    elif profile.first and profile.level == COUNTRY:
        for day in range(profile.first, min(profile.last + 1, profile.first + rules.coarse_days) + 1):
            yield from (f"day {group} {profile.country} {day} {word}" for word in named)
    # What was said or copied is told again within days: a month, and the one before or after at its ends.
    for month in sorted(_months(profile)) or [""]:
        yield from (f"quote {group} {month} {quote}" for quote in profile.quotes)
        yield from (f"copy {group} {month} {number} {band}" for number, band in enumerate(bands(profile.signature)))
        if month:
            yield from (f"month {group} {month} {word}" for word in sorted((*profile.named, *profile.identities)))


def _named(profile: Profile) -> set[str]:
    """What tells one act of a day and region from another: who is named, and exact numbers."""
    words = {*profile.employer, *profile.union, *profile.named, *profile.identities}
    return words | {f"{role} {low}" for role, low, high in profile.quantities if low and low == high}


def _months(profile: Profile) -> set[str]:
    first, last = profile.first or profile.published, profile.last or profile.published
    if not first or (last - first > 62 and profile.level == NOWHERE):
        return set()
    # A day beyond either end, so that the last of a month meets the first of the next.
    days = (first - 1, first, min(last, first + 31), min(last, first + 31) + 1)
    return {f"{day.year}-{day.month}" for day in _dates(days)}


def _dates(days: Iterable[int]) -> Iterator[dt.date]:
    return (dt.date.fromordinal(min(max(day, 1), dt.date.max.toordinal())) for day in days)


def _number(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
