"""Articles of many stories, for ecbplus: sorted into stories, and each pair of a story scored for being of one incident."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.mentions import rarity_in, squash
from tocsin.link.article_features import ARTICLE_FEATURES, article_features
from tocsin.link.article_profile import ArticleProfile, Rarities, read_article
from tocsin.link.articles import profile_articles
from tocsin.link.linkage import average_linkage
from tocsin.link.words import Rarity, cosine, weigh
from tocsin.resources.linking import load_words
from tocsin.vocabulary import Document

STORY_FEATURES = (*ARTICLE_FEATURES, "words_root")
INCIDENT_FEATURES = (
    *STORY_FEATURES,
    "story",
    "in_story_words",
    "in_story_words_root",
    "in_story_names",
    "in_story_names_root",
)

Pair = tuple[int, int]

_ADDRESS = re.compile(r"\Ahttp :.*\n")
_ALIKE = 0.03  # cosine of words below which two articles tell two stories
# Stories are drawn wide: two incidents of one kind may share one.
_STORY_THRESHOLD, _UNSCORED = -4.5, -7.0


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles ready to be compared, and the features of all pairs that are alike at all."""

    profiles: Sequence[ArticleProfile]
    rarities: Rarities
    pairs: Sequence[Pair]
    features: Sequence[Mapping[str, float]]


def read_articles(records: Sequence[Mapping[str, Any]]) -> Articles:
    """The records' texts; an address at the head of one is left out, for it names the story."""
    documents = [Document(_ADDRESS.sub("", record["text"]), language="en") for record in records]
    profiles, rarities = profile_articles([read_article(document) for document in documents], load_words())
    pairs, features = [], []
    for left, one in enumerate(profiles):
        for right in range(left + 1, len(profiles)):
            if cosine(one.words, profiles[right].words) > _ALIKE:
                found = article_features(one, profiles[right], rarities)
                pairs.append((left, right))
                features.append({**found, "words_root": math.sqrt(found["words"])})
    return Articles(profiles, rarities, pairs, features)


def stories(articles: Articles, odds: Sequence[float]) -> list[list[int]]:
    """Groups of articles by the log-odds that a pair tells one incident."""
    scores = {pair: squash(value) for pair, value in zip(articles.pairs, odds, strict=True)}
    return average_linkage(len(articles.profiles), scores, threshold=_STORY_THRESHOLD, unscored=_UNSCORED)


def in_stories(
    articles: Articles, odds: Sequence[float], groups: Sequence[Sequence[int]]
) -> tuple[list[Rarity], list[Pair], list[dict[str, float]]]:
    """Compare articles anew by what tells them apart within their story.

    Returns:
        The rarity of words within each article's story, the pairs of one story, and their features.
    """
    story = {article: number for number, group in enumerate(groups) for article in group}
    words = [rarity_in(articles.profiles[article].text.words for article in group) for group in groups]
    names = [rarity_in(articles.profiles[article].text.names for article in group) for group in groups]
    by_words = [_told_twice(profile.text.words, words[story[n]]) for n, profile in enumerate(articles.profiles)]
    by_names = [_told_twice(profile.text.names, names[story[n]]) for n, profile in enumerate(articles.profiles)]
    pairs, features = [], []
    for (left, right), value, found in zip(articles.pairs, odds, articles.features, strict=True):
        if story[left] == story[right]:
            alike, named = cosine(by_words[left], by_words[right]), cosine(by_names[left], by_names[right])
            pairs.append((left, right))
            features.append(
                {
                    **found,
                    "story": value,
                    "in_story_words": alike,
                    "in_story_words_root": math.sqrt(max(0.0, alike)),
                    "in_story_names": named,
                    "in_story_names_root": math.sqrt(max(0.0, named)),
                }
            )
    return [words[story[n]] for n in range(len(articles.profiles))], pairs, features


def _told_twice(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    # Words of a single article cannot be shared: they would only make it look unlike all others.
    return weigh({word: count for word, count in counts.items() if rarity.having(word) > 1}, rarity)
