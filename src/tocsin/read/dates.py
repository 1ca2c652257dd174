"""Published dates as files write them. What can be read in two ways is refused, not guessed."""

from __future__ import annotations

import datetime as dt
import email.utils
import re

from tocsin.errors import BadDate

_NAMES = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
    ("december", "dec"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = r"(?:[T ,]+(?:at )?\d{1,2}[:.]\d{2}.{0,40})?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _CLOCK + r"\Z", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<name>{_MONTH})\.?,?[ -](?P<year>\d{{4}})",
        rf"(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)
_TWO_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _CLOCK + r"\Z")


def parse_published(value: object) -> dt.date | None:
    """The day a document was published, as written: no time zone is converted.

    Args:
        value: a date, a datetime, or text; None and white space mean unknown.

    Returns:
        The date, or None if the value says nothing.

    Raises:
        BadDate: the value is no date, can be read as two dates, or lies outside 1500 to 9999.
    """
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return _in_range(value.year, value.month, value.day, str(value))
    if isinstance(value, dt.date):
        return _in_range(value.year, value.month, value.day, str(value))
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadDate(f"{str(value)[:60]!r} is not a date. Write it as YYYY-MM-DD.")
    text = " ".join(str(value).split())
    if not text:
        return None
    for form in _FORMS:
        if match := form.match(text):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else _MONTHS[parts["name"].lower()]
            return _in_range(int(parts["year"]), month, int(parts["day"]), text)
    if match := _TWO_NUMBERS.match(text):
        first, second, year = (int(part) for part in match.groups())
        return _day_or_month_first(first, second, year, text)
    return _rfc_2822(text)


def _day_or_month_first(first: int, second: int, year: int, text: str) -> dt.date:
    if first <= 12 and second <= 12 and first != second:
        raise BadDate(f"{text!r} can be read as two dates (day or month first). Write it as YYYY-MM-DD.")
    day, month = (first, second) if second <= 12 else (second, first)
    return _in_range(year, month, day, text)


def _rfc_2822(text: str) -> dt.date:
    # Without a month's name this parser takes nearly any row of numbers for a date.
    if re.search(rf"\b(?:{_MONTH})\b", text, re.IGNORECASE):
        try:
            found = email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
        else:
            return _in_range(found.year, found.month, found.day, text)
    raise BadDate(f"{text[:60]!r} is not a date that Tocsin reads. Write it as YYYY-MM-DD.")


def _in_range(year: int, month: int, day: int, text: str) -> dt.date:
    if not 1500 <= year <= 9999:
        raise BadDate(f"{text[:60]!r} lies outside the years 1500 to 9999. Check the date; write it as YYYY-MM-DD.")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadDate(f"{text[:60]!r} is no day of the calendar. Check the date; write it as YYYY-MM-DD.") from None
