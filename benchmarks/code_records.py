"""Codes records from standard input to standard output with whichever Tocsin is on the path: any commit's.

Only what the front door has had since its first version is used. Run it by its path, so that the working tree's own
packages stay out: PYTHONPATH=COMMIT/src python benchmarks/code_records.py < RECORDS > CODED
"""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

import tocsin
from tocsin.read import parse_published


def main() -> None:
    """A line of {"id", "events"} for each line of {"id", "text", "published", "publisher"}."""
    coder = tocsin.load_coder()
    # Names are masked in later commits; both sides of a comparison show them.
    known = inspect.signature(tocsin.document_record).parameters
    options: dict[str, Any] = {"unmask": True} if "unmask" in known else {}
    for line in sys.stdin:
        record = json.loads(line)
        try:
            published = parse_published(record.get("published"))
        except tocsin.TocsinError:
            published = None
        document = tocsin.read_text(record["text"], published=published, publisher=record.get("publisher"))
        outcome = coder.code_document(document)
        told: dict[str, Any] = {"id": record["id"], "events": []}
        if isinstance(outcome, tocsin.Coded):
            told["events"] = tocsin.document_record(outcome, **options)["events"]
        else:
            told["problem"] = outcome.error if isinstance(outcome, tocsin.Failed) else outcome.reason
        print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
