"""Copies of one text: papers print an agency's words with small changes.

Each text keeps its smallest hashes under several orders of all hashes; the share of places in which two texts agree
estimates the share of word triples they have in common. Source: Broder (1997), Compression and Complexity of Sequences.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHINGLE = 3  # words
BANDS, ROWS = 6, 4  # texts that share two triples in three meet in a band nine times in ten
PLACES = BANDS * ROWS

_PRIME = (1 << 31) - 1
_CHANCE = np.random.default_rng(19970611)
_FACTORS: NDArray[np.uint64] = _CHANCE.integers(1, _PRIME, PLACES, dtype=np.uint64)
_OFFSETS: NDArray[np.uint64] = _CHANCE.integers(0, _PRIME, PLACES, dtype=np.uint64)

Signature = tuple[int, ...]


def sign(words: Sequence[str]) -> Signature:
    """The signature of a text: PLACES numbers below 2^31; () for a text too short to be told from another."""
    if len(words) < SHINGLE + 5:
        return ()
    shingles = {
        zlib.crc32(" ".join(words[start : start + SHINGLE]).encode("utf-8", "surrogatepass"))
        for start in range(len(words) - SHINGLE + 1)
    }
    hashes = np.fromiter(shingles, dtype=np.uint64, count=len(shingles)) % _PRIME
    smallest = ((hashes[:, None] * _FACTORS + _OFFSETS) % _PRIME).min(axis=0)
    return tuple(smallest.tolist())


def likeness(left: Signature, right: Signature) -> float:
    """The estimated share of word triples that two texts have in common, 0 if either is too short."""
    if not left or not right:
        return 0.0
    return sum(one == other for one, other in zip(left, right, strict=True)) / PLACES


def bands(signature: Signature) -> list[Signature]:
    """Parts of a signature; near copies have at least one in common."""
    return [signature[start : start + ROWS] for start in range(0, len(signature), ROWS)]
