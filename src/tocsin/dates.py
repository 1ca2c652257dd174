"""Dates by themselves: text in, time expressions with the days they mean out.

>>> from tocsin.dates import find_dates
>>> for date in find_dates("Nurses have been out since Monday.", published="2020-08-14"):
...     print(date.text, date.value, date.interval.start, date.interval.end)
Monday 2020-08-10 2020-08-10 2020-08-14
"""

from __future__ import annotations

import datetime as dt

from tocsin.locate.dates import date_mentions
from tocsin.parts import parse_text
from tocsin.vocabulary import DateInterval, DateMention, DatePrecision

__all__ = ["DateInterval", "DateMention", "DatePrecision", "find_dates"]


def find_dates(
    text: str, published: str | dt.date | None = None, *, language: str | None = None
) -> tuple[DateMention, ...]:
    """Find the time expressions of a text and say which days they mean.

    Args:
        text: any text in English; others give nothing.
        published: the day that 'yesterday' counts from, as a date or 'YYYY-MM-DD'; of a timestamp with a time zone, the
            day as it was where it was written. None leaves relative expressions unresolved, with that reason.
        language: ISO 639-1 code; identified from the text by default.

    Returns:
        Mentions in text order, none overlapping. ``interval`` is None where the words do not tell the days;
        ``reason`` says why, and by which rule.

    Raises:
        BadDate: ``published`` is no date, or can be read as two.
        TocsinError: the text holds half a character, or a model is missing.
    """
    return date_mentions(parse_text(text, published=published, language=language))
