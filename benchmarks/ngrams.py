"""Words and word pairs of a short text, hashed into a fixed number of columns: what a light head of words reads."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.light import Floats, Linear, load_linear, save_linear
from tocsin.vocabulary import Span

COLUMNS = 1 << 14
SOURCE, TARGET = "SRCX", "TGTX"
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Lower-case words; numbers stand as '#', so that no date or count is learned by heart."""
    words = (word if word in (SOURCE, TARGET) else word.lower() for word in _WORD.findall(text))
    return ["#" if word[0].isdigit() else word for word in words]


def plain_grams(text: str) -> list[str]:
    """Words, pairs of neighbours, and the first five letters of longer words (English inflects at the end)."""
    words = words_of(text)
    pairs = [f"{a}_{b}" for a, b in pairwise(words)]
    return [*words, *pairs, *(f"s:{word[:5]}" for word in words if len(word) > 5)]


def pair_grams(text: str, source: Span | None, target: Span | None) -> list[str]:
    """Grams of a sentence whose source and target are masked, and the words that stand around and between them.

    What lies between a masked source and target is mostly the act; which of them comes first tells active from passive.
    """
    marked = [(span, mark) for span, mark in ((source, SOURCE), (target, TARGET)) if span is not None]
    for span, mark in sorted(marked, key=lambda pair: -pair[0].start):
        text = f"{text[: span.start]} {mark} {text[span.end :]}"
    grams, words = plain_grams(text), words_of(text)
    if SOURCE not in words or TARGET not in words:
        return grams
    one, two = words.index(SOURCE), words.index(TARGET)
    low, high = sorted((one, two))
    order = "active" if one < two else "passive"
    grams += [f"{order}:{word}" for word in words[low + 1 : high][:40]]
    grams += [f"after:{word}" for word in words[one + 1 : one + 6]]
    grams += [f"before:{word}" for word in words[max(0, two - 4) : two]]
    return grams + [f"beyond:{word}" for word in words[two + 1 : two + 4]]


def hashed(texts: Sequence[Iterable[str]], columns: int = COLUMNS) -> Floats:
    """(texts, columns): one plus the log of each gram's count, summed in its column."""
    table = np.zeros((len(texts), columns), np.float32)
    for row, grams in enumerate(texts):
        for gram, count in Counter(grams).items():
            table[row, zlib.crc32(gram.encode()) % columns] += 1 + np.log(count)
    return table


@dataclass(frozen=True)
class WordHead:
    """A head over hashed grams. ``rarity`` (columns): the log of how few of the texts it was fitted on have a column."""

    rarity: Floats
    head: Linear

    def __call__(self, texts: Sequence[Iterable[str]]) -> Floats:
        """Logits (texts, labels)."""
        return self.head(weighed(hashed(texts, len(self.rarity)), self.rarity))


def rarity_of(table: Floats) -> Floats:
    """Inverse document frequency of each column, smoothed by one."""
    return np.asarray(np.log((1 + len(table)) / (1 + (table > 0).sum(0))) + 1, np.float32)


def weighed(table: Floats, rarity: Floats) -> Floats:
    """Counts times rarity, in rows of length one."""
    table = table * rarity
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9), np.float32)


def save_words(name: str, words: WordHead) -> None:
    """Write both parts."""
    save_linear(name, words.head)
    save_linear(f"{name}-rarity", Linear(words.rarity[None], np.zeros(1, np.float32)))


def load_words(name: str) -> WordHead:
    """Both parts of a fitted head of words.

    Raises:
        SystemExit: it has not been fitted; the message says how.
    """
    return WordHead(load_linear(f"{name}-rarity").weight[0], load_linear(name))
