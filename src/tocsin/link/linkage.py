"""Average linkage: clusters are joined while their pairs, taken together, speak for it.

A single strong pair never chains two clusters: every pair between them has a say, those never scored too.
Source: Sokal and Michener (1958), University of Kansas Science Bulletin 38, 1409-1438.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence

# Scores are summed as whole numbers: sums do not depend on the order, down to the last digit.
UNIT = 1_000_000


def average_linkage(
    count: int,
    scores: Mapping[tuple[int, int], float],
    *,
    threshold: float,
    unscored: float,
    forbidden: Callable[[int, int], bool] = lambda left, right: False,
    start: Sequence[Sequence[int]] = (),
) -> list[list[int]]:
    """Cluster items.

    Args:
        count: how many there are, numbered from 0.
        scores: log-odds that a pair belongs together, for pairs with the smaller number first.
        threshold: two clusters are joined only if the mean over all pairs between them is at least this.
        unscored: the log-odds of pairs that have no score; below ``threshold``.
        forbidden: whether two items can never be together.
        start: clusters that are there from the beginning; items in none begin alone.

    Returns:
        Clusters with their members in order, sorted by first member. The best pair of clusters is joined first; of equals
        the one whose first members are smallest. So the answer follows from the scores alone.
    """
    members: dict[int, list[int]] = {}
    owner: dict[int, int] = {}
    for group in start:
        key = min(group)
        members[key] = sorted(group)
        owner.update(dict.fromkeys(group, key))
    for item in range(count):
        if item not in owner:
            members[item], owner[item] = [item], item
    base, least = round(unscored * UNIT), round(threshold * UNIT)
    # Between clusters: the sum of scores above the one of unscored pairs. A cluster is known by its first member.
    sums: dict[int, dict[int, int]] = {key: {} for key in members}
    for (left, right), score in scores.items():
        one, other = owner[left], owner[right]
        if one != other:
            extra = round(score * UNIT) - base
            sums[one][other] = sums[one].get(other, 0) + extra
            sums[other][one] = sums[other].get(one, 0) + extra

    version = dict.fromkeys(members, 0)
    heap: list[tuple[float, int, int, int, int]] = []

    def push(one: int, other: int) -> None:
        one, other = min(one, other), max(one, other)
        pairs = len(members[one]) * len(members[other])
        if sums[one][other] + base * pairs >= least * pairs:
            mean = sums[one][other] / pairs
            heapq.heappush(heap, (-mean, one, other, version[one], version[other]))

    for one, row in sums.items():
        for other in row:
            if one < other:
                push(one, other)
    while heap:
        _, one, other, seen, other_seen = heapq.heappop(heap)
        if version.get(one) != seen or version.get(other) != other_seen:
            continue
        if any(forbidden(left, right) for left in members[one] for right in members[other]):
            continue
        row, gone = sums[one], sums.pop(other)
        row.pop(other, None)
        members[one] = sorted(members[one] + members.pop(other))
        version[one] += 1
        del version[other]
        for neighbour, extra in gone.items():
            if neighbour != one:
                row[neighbour] = row.get(neighbour, 0) + extra
                del sums[neighbour][other]
        for neighbour, extra in row.items():
            sums[neighbour][one] = extra
            push(one, neighbour)
    return [members[key] for key in sorted(members)]
