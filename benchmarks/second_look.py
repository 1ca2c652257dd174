"""A second look at pairs of event mentions, for ecbplus: what the scores of all other pairs say about one.

Two mentions are more surely of one event if both are like the same third ones, if what else their sentences tell is
alike, and if their articles have many events in common.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.mentions import Mention, squash

Values = NDArray[np.float64]
Positions = dict[Hashable, list[int]]

SECOND_FEATURES = tuple(
    """first best_third thirds thirds_shared beside_best beside_mean articles_mean articles_least
    first_best_third first_thirds_shared first_beside_best first_articles_mean""".split()
)
# One article is compared with itself: as if half its events were shared.
_SELF_MEAN, _SELF_LEAST = 0.5, 3.0


def second_features(mentions: Sequence[Mention], pairs: Sequence[tuple[int, int]], odds: Sequence[float]) -> Values:
    """Features in the order of SECOND_FEATURES, a row a pair.

    Args:
        mentions: all of them.
        pairs: those compared, by position.
        odds: log-odds of the first look, one a pair.
    """
    surely = np.array([squash(value) for value in odds])
    likely = _matrix(len(mentions), pairs, 1 / (1 + np.exp(-surely)))
    sentence_of = [(mention.article, mention.sentence) for mention in mentions]
    sentences, articles = _grouped(sentence_of), _grouped([mention.article for mention in mentions])
    kept: dict[tuple[int, int], tuple[float, float]] = {}
    rows = np.zeros((len(pairs), len(SECOND_FEATURES)))
    for row, (left, right) in enumerate(pairs):
        one, other = likely[left], likely[right]
        least = np.minimum(one, other)
        found = [surely[row], least.max(), least.sum()]
        found.append((least.sum() + one[right]) / (np.maximum(one, other).sum() + 1e-3))
        found.extend(_beside(likely, sentences, sentence_of, left, right))
        ends = sorted((mentions[left].article, mentions[right].article))
        if ends[0] == ends[1]:
            found.extend((_SELF_MEAN, _SELF_LEAST))
        else:
            key = (ends[0], ends[1])
            if key not in kept:
                kept[key] = _in_common(likely[np.ix_(articles[key[0]], articles[key[1]])])
            found.extend(kept[key])
        rows[row, :8] = found
    rows[:, 8:] = rows[:, [1, 3, 4, 6]] * rows[:, :1]
    return rows


def _matrix(count: int, pairs: Sequence[tuple[int, int]], values: Values) -> NDArray[np.float32]:
    found = np.zeros((count, count), np.float32)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found[ends[:, 0], ends[:, 1]] = found[ends[:, 1], ends[:, 0]] = values
    return found


def _grouped(keys: Sequence[Hashable]) -> Positions:
    found: Positions = {}
    for position, key in enumerate(keys):
        found.setdefault(key, []).append(position)
    return found


def _beside(
    likely: NDArray[np.float32], sentences: Positions, of: Sequence[Hashable], left: int, right: int
) -> tuple[float, float]:
    """How alike the other mentions of the two sentences are: the best pair, and the mean over the shorter sentence."""
    ones = [place for place in sentences[of[left]] if place != left]
    others = [place for place in sentences[of[right]] if place != right]
    if of[left] == of[right] or not ones or not others:
        return 0.0, 0.0
    part = likely[np.ix_(ones, others)]
    return float(part.max()), float(part.max(axis=1 if len(ones) < len(others) else 0).mean())


def _in_common(part: NDArray[np.float32]) -> tuple[float, float]:
    """How many of their events two articles share: as a mean of both, and counted in the one that shares fewer."""
    one, other = part.max(axis=1), part.max(axis=0)
    return float(one.mean() + other.mean()) / 2, float(min(one.sum(), other.sum()))
