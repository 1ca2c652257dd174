"""GLOCON articles: does the article report a protest event? Light heads over the article's opening and its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.sets import glocon_sent

SCORER = glocon_sent.SCORER
OPTIONS = glocon_sent.OPTIONS


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """'1' or '0' for each article."""
    yield from glocon_sent.predict(records, "glocon_doc")
