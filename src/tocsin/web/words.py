"""How values read on a page: dates with their precision, intervals, places, actors, sources."""

from __future__ import annotations

import datetime as dt
import unicodedata

from tocsin.export.masking import person_words
from tocsin.vocabulary import (
    Actor,
    Attribution,
    DateInterval,
    DatePrecision,
    Demand,
    Field,
    Place,
    PlacePrecision,
    Quantity,
    SourceKind,
    Value,
)

FIELD_WORDS = {
    Field.FACTUALITY: "Told as",
    Field.DATE: "When",
    Field.PLACE: "Where",
    Field.INITIATOR: "Who",
    Field.TARGET: "To whom",
    Field.EMPLOYER: "Employer",
    Field.UNION: "Union",
    Field.SECTOR: "Sector",
    Field.QUANTITY: "Number",
    Field.DEMAND: "Demand",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def plain_words(name: str) -> str:
    """A codebook value as a reader says it: 'use_of_force' is 'use of force'."""
    return name.replace("_", " ")


def day_words(day: dt.date) -> str:
    """'13 Aug 2020': no locale, so that a page reads the same wherever it was made."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_words(date: DateInterval) -> str:
    """A date no more exact than the text tells it: a week, month or year stays one."""
    start, end = date.start, date.end
    if start is None and end is None:
        return "not told"
    if start is None or end is None:
        known = start or end
        assert known is not None  # one of the two is
        return f"{'from' if start else 'until'} {_coarse(known, date.precision)}"
    if date.precision is DatePrecision.WEEK and (end - start).days <= 7:
        return f"week of {day_words(start)}"
    first, last = _coarse(start, date.precision), _coarse(end, date.precision)
    if first == last:
        return first
    if date.precision is DatePrecision.YEAR or start.year != end.year:
        return f"{first} – {last}"
    # The year, and the month if it is the same, stand once: 13–15 Aug 2020.
    cut = first.removesuffix(f" {start.year}")
    if start.month == end.month and date.precision is not DatePrecision.MONTH:
        return f"{start.day}–{last}"
    return f"{cut} – {last}"


def _coarse(day: dt.date, precision: DatePrecision) -> str:
    if precision is DatePrecision.YEAR:
        return str(day.year)
    if precision is DatePrecision.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return day_words(day)


def interval_words(low: int | None, high: int | None) -> str:
    """An interval of counts; None is an open end."""
    if low is None and high is None:
        return "any number"
    if low is None:
        return f"{high:,} or fewer"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def place_words(place: Place | None) -> str:
    """The name as written, with the settlement or region that the gazetteer adds where the name lacks it."""
    if place is None:
        return "not told"
    parts = [place.name]
    for more in (place.settlement, place.admin1):
        if more and _bare(more) not in _bare(" ".join(parts)):
            parts.append(more)
            break
    return ", ".join(parts)


def _bare(name: str) -> str:
    """A name without case and accents, so that Izmir is not followed by İzmir."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def place_note(place: Place) -> str:
    """What the gazetteer makes of a place: precision, country, coordinates."""
    parts = [] if place.precision is PlacePrecision.UNKNOWN else [plain_words(place.precision.value)]
    if place.country:
        parts.append(place.country)
    if place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.2f}, {place.longitude:.2f}")
    return " · ".join(parts)


def share_words(share: float) -> str:
    """'84 %': no measured share is told finer, and none as certain."""
    return f"{min(99, max(1, round(share * 100)))} %"


def value_words(value: Value) -> tuple[str, str]:
    """A claim's value as (words, note): the note is what the coder adds to what the text says."""
    if isinstance(value, DateInterval):
        note = "" if value.precision in (DatePrecision.DAY, DatePrecision.UNKNOWN) else f"to the {value.precision}"
        return date_words(value), note
    if isinstance(value, Place):
        return place_words(value), place_note(value)
    if isinstance(value, Actor):
        return value.text, plain_words(value.kind.value)
    if isinstance(value, Quantity):
        return value.text, f"{plain_words(value.role.value)}: {interval_words(value.low, value.high)}"
    if isinstance(value, Demand):
        return value.text, plain_words(value.issue.value)
    return plain_words(str(value)), ""


def source_words(source: Attribution) -> str:
    """Who says so, in short: the source's words, or what stands for them where no noun names it."""
    if source.source is not None and source.source.quote:
        return person_words(source.source.quote)
    if source.kind is SourceKind.AUTHOR:
        return "the article"
    return "unnamed" if source.kind is SourceKind.UNNAMED else f"unnamed {plain_words(source.kind.value)}"
