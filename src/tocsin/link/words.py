"""Words of a text as linking compares them: case-folded, without endings, weighed by how rare they are."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping

from tocsin.resources.linking import WordCounts

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"\b[^\W\d_a-zа-яё][\w'’-]+")


def words_of(text: str) -> list[str]:
    """The words of a text in order, case-folded, without a genitive's ending.

    >>> words_of("The Clinic's nurses")
    ['the', 'clinic', 'nurses']
    """
    return [_plain(word) for word in _WORD.findall(text)]


def names_of(text: str) -> list[str]:
    """Words written with a capital, as ``words_of`` gives them; those that open a sentence are among them."""
    return [_plain(word) for word in _NAME.findall(text)]


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its English ending: 'strikes' and 'striking' meet; other languages keep their forms."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Rarity:
    """How much a shared word says: the logarithm of how seldom documents have it (inverse document frequency).

    Args:
        counts: how many of how many documents have each stem, as shipped.
        texts: stems of further documents to count, each with its own once. Counting a fixed store of words only
            keeps a score the same whatever else is linked; a closed set of articles may add its own.

    Source: Spärck Jones (1972), Journal of Documentation 28(1), 11-21.
    """

    def __init__(self, counts: WordCounts, texts: Iterable[Iterable[str]] = ()) -> None:
        """Count once."""
        more: dict[str, int] = {}
        documents = counts.documents
        for text in texts:
            documents += 1
            for word in set(text):
                more[word] = more.get(word, 0) + 1
        self._shipped, self._more, self._documents = counts.having, more, documents
        self.most = self._weight(0)

    def __call__(self, word: str) -> float:
        """The weight of a stem, from about 0 for words in every document; unknown words weigh most."""
        return self._weight(self.having(word))

    def having(self, word: str) -> int:
        """How many documents have a stem."""
        return self._shipped.get(word, 0) + self._more.get(word, 0)

    def _weight(self, having: int) -> float:
        return max(0.0, math.log((self._documents + 1) / (having + 0.5)))


def weigh(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    """A text as a vector of length 1: each word's weight is its rarity times one plus the logarithm of its count."""
    raw = {word: (1 + math.log(count)) * rarity(word) for word, count in counts.items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {word: value / length for word, value in raw.items()}


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """How alike two vectors of length 1 are, 0 to 1."""
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[word] for word, value in left.items() if word in right)


def _plain(word: str) -> str:
    word = word.casefold().replace("’", "'")
    return word.removesuffix("'s")
