"""Gun Violence Archive articles: which of them tell the same incident. Title, text and date are all there is to see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.article_groups import predict_groups
from tocsin.vocabulary import Document

SCORER = "score_coref.py"
OPTIONS = ["--level", "document", "--cluster-field", "incident"]


def predict(records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """All records together: an article's group depends on the others."""
    return predict_groups(records, document_of)


def document_of(record: Mapping[str, Any]) -> Document:
    """The record's input fields as a document."""
    published = dt.date.fromisoformat(record["dct"][:10]) if record.get("dct") else None
    return Document(record["text"], published, title=record.get("title"), url=record.get("url"), language="en")
