"""Main text of HTML pages. Title and date are predicted too; authors are no part of a Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.errors import NoText
from tocsin.read import ReadDefaults
from tocsin.read.html import page_document

SCORER = "score_extraction.py"


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The text that Tocsin would code, page furniture included: it is marked in the blocks, not cut from the text."""
    for record in records:
        name = str(record["id"])
        try:
            document = page_document(record["html"], name, name, ReadDefaults(), record.get("url"))
        except NoText:
            yield {"id": record["id"], "text": None}
            continue
        published = document.published.isoformat() if document.published else None
        yield {"id": record["id"], "text": document.text, "title": document.title, "date": published}
