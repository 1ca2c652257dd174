"""Which articles tell the same story, by their text alone, before any event is coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.link.article_features import article_features
from tocsin.link.article_profile import ArticleProfile, ArticleText, Rarities, profile_article, read_article
from tocsin.link.linkage import average_linkage
from tocsin.link.score import log_odds
from tocsin.link.words import Rarity
from tocsin.resources.linking import ArticleRules, WordCounts, load_article_rules, load_words
from tocsin.vocabulary import Document

_NEAREST = 25  # articles that each is compared with, by words and by names
_BLOCK = 256  # rows of the similarity matrix at a time
_MOST = 8.0  # log-odds beyond this say no more than 'surely'


def group_articles(documents: Sequence[Document], rules: ArticleRules | None = None) -> list[list[int]]:
    """Group articles by the story they tell.

    How rare a word is follows from the shipped counts and these articles together: the more of them, the better.

    Args:
        documents: n articles, in English, of any dates.
        rules: learned weights; the shipped ones by default.

    Returns:
        Groups of positions in ``documents``, each in order, sorted by their first.
    """
    rules = rules or load_article_rules()
    profiles, rarities = profile_articles([read_article(document) for document in documents], load_words())
    scores = {
        pair: max(
            -_MOST,
            min(_MOST, log_odds(article_features(profiles[pair[0]], profiles[pair[1]], rarities), rules.weights)),
        )
        for pair in article_pairs(profiles)
    }
    return average_linkage(len(profiles), scores, threshold=rules.threshold, unscored=rules.unscored)


def profile_articles(articles: Sequence[ArticleText], counts: WordCounts) -> tuple[list[ArticleProfile], Rarities]:
    """Weigh the words of articles by how rare they are among them and in what was counted before."""
    nothing = WordCounts(0, {})
    rarities = Rarities(
        words=Rarity(counts, (article.words for article in articles)),
        # Pairs of words and names are too many to ship counts of.
        pairs=Rarity(nothing, (article.pairs for article in articles)),
        names=Rarity(nothing, (article.names for article in articles)),
        full=Rarity(nothing, (article.full for article in articles)),
    )
    return [profile_article(article, rarities) for article in articles], rarities


def article_pairs(profiles: Sequence[ArticleProfile]) -> list[tuple[int, int]]:
    """Pairs worth comparing: each article with the nearest by words and by names, the smaller position first."""
    pairs: set[tuple[int, int]] = set()
    for vectors in ([profile.words for profile in profiles], [profile.names for profile in profiles]):
        for row, others in enumerate(_nearest(vectors)):
            pairs.update((min(row, other), max(row, other)) for other in others)
    return sorted(pairs)


def _nearest(vectors: Sequence[Mapping[str, float]]) -> Iterator[list[int]]:
    columns: dict[str, int] = {}
    for vector in vectors:
        for word in vector:
            columns.setdefault(word, len(columns))
    matrix: NDArray[np.float32] = np.zeros((len(vectors), len(columns)), dtype=np.float32)
    for row, vector in enumerate(vectors):
        for word, value in vector.items():
            matrix[row, columns[word]] = value
    for start in range(0, len(vectors), _BLOCK):
        alike = matrix[start : start + _BLOCK] @ matrix.T
        for offset, row in enumerate(alike):
            row[start + offset] = -1.0
            # Ties are broken by position, so that the answer does not hang on how they are sorted.
            order = np.lexsort((np.arange(len(row)), -row))[:_NEAREST]
            yield [int(other) for other in order if row[other] > 0]
