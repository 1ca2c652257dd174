"""ECB+: which mentions of events, across documents, are of one event. Mentions are given; stories and incidents are not.

Weights and word vectors stand in ``benchmarks/weights/ecbplus.npz``; ``training/train_mentions.py`` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.mentions import Meanings, Mention, mention_features, read_mentions, squash, worth_comparing
from benchmarks.second_look import second_features
from benchmarks.stories import INCIDENT_FEATURES, STORY_FEATURES, in_stories, read_articles, stories
from tocsin.link.linkage import average_linkage

SCORER = "score_coref.py"
WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "ecbplus.npz"
UNSCORED = -6.0
SECOND = "second_"  # what the names of the second network's weights begin with

Arrays = Mapping[str, NDArray[Any]]
Values = NDArray[np.float64]


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All records together: articles of a story stand beside each other in no order."""
    found = list(records)
    with np.load(WEIGHTS) as file:
        weights = dict(file)
    incident_of = incidents(found, weights)
    mentions, pairs, values = compare(found, weights)
    odds = look_twice(mentions, pairs, values, weights)
    scores = {pair: squash(value) for pair, value in zip(pairs, odds.tolist(), strict=True)}
    clusters = average_linkage(len(mentions), scores, threshold=float(weights["threshold"]), unscored=UNSCORED)
    for number, members in enumerate(clusters):
        for member in members:
            yield {"id": mentions[member].id, "cluster": f"event {number}"}
    # The same file of predictions serves the set's second task, articles by incident.
    for record, incident in zip(found, incident_of, strict=True):
        yield {"id": record["id"], "cluster": f"incident {incident}"}


def incidents(records: Sequence[Mapping[str, Any]], weights: Arrays) -> list[int]:
    """The number of each article's incident."""
    pairs, odds, _ = article_odds(records, weights)
    scores = {pair: squash(value) for pair, value in zip(pairs, odds, strict=True)}
    groups = average_linkage(len(records), scores, threshold=float(weights["incident_threshold"]), unscored=-7.0)
    number = {article: place for place, group in enumerate(groups) for article in group}
    return [number[article] for article in range(len(records))]


def article_odds(
    records: Sequence[Mapping[str, Any]], weights: Arrays
) -> tuple[list[tuple[int, int]], list[float], tuple[Any, Any, list[list[int]]]]:
    """Pairs of articles of one story with the log-odds that they tell one incident, and what mentions need of the articles."""
    articles = read_articles(records)
    first = linear(table(articles.features, STORY_FEATURES), weights["story"])
    groups = stories(articles, first.tolist())
    in_story, pairs, features = in_stories(articles, first.tolist(), groups)
    second = linear(table(features, INCIDENT_FEATURES), weights["incident"])
    return pairs, second.tolist(), (articles.rarities.words, in_story, groups)


def compare(
    records: Sequence[Mapping[str, Any]], weights: Arrays, told: Mapping[tuple[int, int], float] | None = None
) -> tuple[list[Mention], list[tuple[int, int]], Values]:
    """Mentions, the pairs of them worth comparing, and the features of each. ``told``: log-odds of articles, if known."""
    pairs, odds, (rarity, in_story, groups) = article_odds(records, weights)
    known = told if told is not None else dict(zip(pairs, odds, strict=True))
    meanings = Meanings(weights["words"].tolist(), weights["vectors"])
    mentions = read_mentions(records, rarity, in_story, meanings)
    story = {article: number for number, group in enumerate(groups) for article in group}
    by_story: dict[int, list[int]] = {}
    for place, mention in enumerate(mentions):
        by_story.setdefault(story[mention.article], []).append(place)
    found, rows = [], []
    for members in by_story.values():
        for first, left in enumerate(members):
            for right in members[first + 1 :]:
                one, other = mentions[left], mentions[right]
                ends = (min(one.article, other.article), max(one.article, other.article))
                features = mention_features(one, other, known.get(ends, -6.0))
                if worth_comparing(features):
                    found.append((left, right))
                    rows.append(features)
    return mentions, found, np.array(rows, dtype=np.float64).reshape(len(rows), -1)


def table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Values:
    """Features as a matrix, 0 where one is not there."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float64).reshape(-1, len(names))


def linear(values: Values, weights: NDArray[Any]) -> Values:
    """Log-odds of a logistic regression; its last weight is the intercept."""
    found: Values = values @ weights[:-1] + weights[-1]
    return found


def look_twice(
    mentions: Sequence[Mention], pairs: Sequence[tuple[int, int]], values: Values, weights: Arrays
) -> Values:
    """Log-odds of each pair: by itself first, then by what the scores of all pairs say of it."""
    first = network(values, weights)
    second = {name.removeprefix(SECOND): part for name, part in weights.items() if name.startswith(SECOND)}
    return network(np.hstack([values, second_features(mentions, pairs, first.tolist())]), second)


def network(values: Values, weights: Arrays) -> Values:
    """The mean log-odds of several small networks with one hidden layer, so that chance in training evens out."""
    scaled = (values - weights["mean"]) / weights["scale"]
    inner = np.maximum(0.0, np.einsum("pf,nfh->nph", scaled, weights["inner"]) + weights["inner_bias"][:, None, :])
    odds: Values = (np.einsum("nph,nh->np", inner, weights["outer"]) + weights["outer_bias"][:, None]).mean(axis=0)
    return odds
