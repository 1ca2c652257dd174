"""TempEval-3 English: TIMEX3 time expressions of news."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from tocsin.dates import find_dates
from tocsin.locate.dates import find_dates as find_lengths
from tocsin.vocabulary import DateMention

SCORER = "score_timex.py"


def predict(records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A prediction a document; the creation time stands for the published date."""
    for record in records:
        mentions = find_dates(record["text"], published_date(record.get("dct")), language="en")
        yield {"id": record["id"], "timexes": [timex for mention in mentions for timex in timexes(mention)]}


def published_date(dct: str | None) -> dt.date | None:
    """The day of a creation time such as 1998-02-13 or 1998-02-13T14:35:00."""
    try:
        return dt.date.fromisoformat((dct or "")[:10])
    except ValueError:
        return None


def timexes(mention: DateMention) -> Iterator[dict[str, Any]]:
    """The TIMEX3s of a mention: TIMEX3 tags both ends of a range, and types by value ('the past week' is P1W)."""
    start, end = mention.span.start, mention.span.end
    if mention.interval is None and "no day known for" in mention.reason:
        # 'Two days after the vote', the vote's day unknown: TIMEX3 tags the length.
        for length in find_lengths(mention.text, None):
            if length.kind == "duration" and length.span.start == 0:
                yield timex(start, start + length.span.end, "DURATION", length.value)
                return
    if "/" in mention.value:
        first, last = mention.value.split("/")
        parts = list(re.finditer(r"[^\s–—-][^–—-]*?(?=\s*(?:[–—-]|\bto\b|\band\b|\bthrough\b|$))", mention.text))
        if len(parts) >= 2:
            yield timex(start + parts[0].start(), start + parts[0].end(), "DATE", first)
            tail = re.compile(r"(?:[–—-]|\bto\b|\band\b|\bthrough\b)\s*").search(mention.text)
            yield timex(start + (tail.end() if tail else parts[1].start()), end, "DATE", last)
            return
    kind = "DURATION" if mention.kind == "date" and re.match(r"P[\dT]", mention.value) else mention.kind.upper()
    yield timex(start, end, kind, mention.value)


def timex(start: int, end: int, kind: str, value: str) -> dict[str, Any]:
    """One expression as the scorer takes it."""
    return {"start": start, "end": end, "type": kind, "value": value}
