"""How well clusters agree with gold ones. Source: Bagga and Baldwin (1998), LREC Workshop on Linguistic Coreference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence, Set
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def b_cubed(gold: Sequence[Set[Item]], found: Sequence[Set[Item]]) -> float:
    """B-cubed F1: for each item, how much of its cluster is right, and how much of the right one it holds."""
    sizes = _overlaps(gold, found)
    items = sum(len(cluster) for cluster in gold)
    precision = sum(both * both / len(found[other]) for (_, other), both in sizes.items()) / max(1, items)
    recall = sum(both * both / len(gold[one]) for (one, _), both in sizes.items()) / max(1, items)
    return _f1(precision, recall)


def pairwise(gold: Sequence[Set[Item]], found: Sequence[Set[Item]]) -> float:
    """F1 over pairs that share a cluster."""
    right = sum(both * (both - 1) for both in _overlaps(gold, found).values())
    told, wanted = (sum(len(cluster) * (len(cluster) - 1) for cluster in clusters) for clusters in (found, gold))
    return _f1(right / told if told else 0.0, right / wanted if wanted else 0.0)


def _overlaps(gold: Sequence[Set[Item]], found: Sequence[Set[Item]]) -> Counter[tuple[int, int]]:
    owner = {item: number for number, cluster in enumerate(found) for item in cluster}
    return Counter((number, owner[item]) for number, cluster in enumerate(gold) for item in cluster if item in owner)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
