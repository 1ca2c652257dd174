"""Whole articles, whole records: the set that matters most."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.errors import BadDate
from tocsin.export.record import document_record
from tocsin.pipeline import load_coder
from tocsin.read import parse_published, read_text
from tocsin.vocabulary import Coded

SCORER = "score_e2e.py"


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The coder as users run it, its default settings, a document at a time."""
    coder = load_coder()
    for record in records:
        try:
            published = parse_published(record.get("published"))
        except BadDate:
            # Some records carry a cut-off date ('17 Decembe'); a person would code them without one.
            published = None
        document = read_text(record["text"], published=published, publisher=record.get("publisher"))
        outcome = coder.code_document(document)
        if not isinstance(outcome, Coded):
            print(f"{record['id']}: {outcome}", file=sys.stderr)
        events = document_record(outcome, unmask=True)["events"] if isinstance(outcome, Coded) else []
        yield {"id": record["id"], "events": events}
