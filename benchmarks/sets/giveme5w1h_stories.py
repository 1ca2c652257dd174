"""Giveme5W1H, its news clusters: which articles tell one story. The gold field is ``category``; no input shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.article_groups import predict_groups
from tocsin.vocabulary import Document

SCORER = "score_coref.py"
GOLD = "giveme5w1h"
OPTIONS = ["--level", "document", "--cluster-field", "category"]


def predict(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """All records together: an article's group depends on the others."""
    return predict_groups(records, document_of)


def document_of(record: Mapping[str, Any]) -> Document:
    """The record's input fields as a document: its first paragraph is the title."""
    day = record.get("date") or "None"  # the set writes a missing date so
    published = None if day == "None" else dt.date.fromisoformat(day[:10])
    title, _, body = record["text"].partition("\n\n")
    return Document(body or title, published, title=title, url=record.get("url"), language="en")
