"""Calendar arithmetic for time expressions: a TIMEX3 value with the days it covers.

Weeks are ISO weeks (Monday to Sunday), seasons are northern, winter is named after the year it begins in.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from tocsin.vocabulary import DateInterval, DatePrecision

DAY = dt.timedelta(days=1)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SPAN_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14}
_SPAN_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


@dataclass(frozen=True, slots=True)
class When:
    """What an expression means: TIMEX3 kind and value, and the days it covers, ends included, None if not known.

    ``moves`` tells whether later expressions ('the next day') may count from here.
    """

    value: str
    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    kind: str = "date"
    note: str = ""
    moves: bool = True

    @property
    def interval(self) -> DateInterval | None:
        """The days as the vocabulary has them; None where neither end is known."""
        if self.start is None and self.end is None:
            return None
        return DateInterval(self.start, self.end, self.precision)

    def at(self, part: str) -> When:
        """The same day at a part of it (MO, AF, EV, NI ...); anything longer than a day stays as it is."""
        if self.precision is not DatePrecision.DAY or self.start is None or self.start != self.end:
            return self
        return replace(self, value=f"{self.value[:10]}T{part}", kind="time")


def day(date: dt.date) -> When:
    """One day."""
    return When(date.isoformat(), date, date, DatePrecision.DAY)


def week(date: dt.date) -> When:
    """The ISO week of a day."""
    year, number, weekday = date.isocalendar()
    start = date - (weekday - 1) * DAY
    return When(f"{year}-W{number:02d}", start, start + 6 * DAY, DatePrecision.WEEK)


def weekend(date: dt.date) -> When:
    """Saturday and Sunday of the ISO week of a day."""
    whole = week(date)
    assert whole.start is not None
    return When(f"{whole.value}-WE", whole.start + 5 * DAY, whole.end, DatePrecision.WEEK)


def month(year: int, number: int) -> When:
    """A month; ``number`` may lie outside 1 to 12 and then reaches into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return When(f"{year:04d}-{number:02d}", dt.date(year, number, 1), dt.date(year, number, last), DatePrecision.MONTH)


def year(number: int) -> When:
    """A calendar year."""
    return When(f"{number:04d}", dt.date(number, 1, 1), dt.date(number, 12, 31), DatePrecision.YEAR)


def years(first: int, last: int, value: str) -> When:
    """Several calendar years under a value of their own."""
    return When(value, dt.date(first, 1, 1), dt.date(last, 12, 31), DatePrecision.YEAR)


def quarter(number_year: int, number: int) -> When:
    """A quarter; ``number`` may lie outside 1 to 4."""
    number_year, number = number_year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(number_year, 3 * number - 2), month(number_year, 3 * number)
    return When(f"{number_year:04d}-Q{number}", first.start, last.end, DatePrecision.MONTH)


def half(number_year: int, number: int) -> When:
    """A half of a year, 1 or 2."""
    first, last = month(number_year, 6 * number - 5), month(number_year, 6 * number)
    return When(f"{number_year:04d}-H{number}", first.start, last.end, DatePrecision.MONTH)


def season(number_year: int, code: str) -> When:
    """Three months: SP, SU, FA or WI."""
    first = _SEASONS[code]
    value = f"{number_year:04d}-{code}"
    return When(value, month(number_year, first).start, month(number_year, first + 2).end, DatePrecision.MONTH)


def shift(date: dt.date, count: int, unit: str) -> dt.date:
    """A day some units on (or back, below 0); the day of the month gives way: 31 March minus a month is 28 February.

    Raises:
        OverflowError: the result lies outside the years 1 to 9999.
        ValueError: the same, from the calendar.
    """
    if unit in _SPAN_DAYS:
        return date + count * _SPAN_DAYS[unit] * DAY
    if unit not in _SPAN_MONTHS:
        return date
    months = date.year * 12 + date.month - 1 + count * _SPAN_MONTHS[unit]
    new_year, new_month = months // 12, months % 12 + 1
    return dt.date(new_year, new_month, min(date.day, calendar.monthrange(new_year, new_month)[1]))


def around(date: dt.date, unit: str) -> When:
    """The day, week, month, year ... that a day lies in: how exact an expression in that unit is."""
    match unit:
        case "W" | "F":
            return week(date)
        case "WE":
            return weekend(date)
        case "M":
            return month(date.year, date.month)
        case "Q":
            return quarter(date.year, (date.month + 2) // 3)
        case "Y" | "E":
            return year(date.year)
        case "C":
            return century(date.year // 100)
        case _:
            return day(date)


def century(hundreds: int) -> When:
    """The hundred years that begin with these two digits: 19 is the twentieth century."""
    return years(hundreds * 100, min(hundreds * 100 + 99, 9999), f"{hundreds:02d}")


def decade(first: int, part: str = "") -> When:
    """Ten years from ``first``; early is the first four, late the last three, mid the years between."""
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (7, 9)}.get(part, (0, 9))
    return years(first + low, first + high, f"{first // 10:03d}")


def duration_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length: 3 days is P3D, some hours PTXH, half a year P6M."""
    if unit in ("TM", "TH") and count is not None and count % 1 == 0.5:
        smaller = "30S" if unit == "TM" else "30M"
        return f"PT{int(count)}{unit[1]}{smaller}" if count > 1 else f"PT{smaller}"
    if unit in ("TS", "TM", "TH"):
        return f"PT{_amount(count)}{unit[1]}"
    if unit == "Y" and count is not None and count % 1 == 0.5:
        return f"P{int(count)}Y6M" if count > 1 else "P6M"
    if unit == "F":
        return f"P{_amount(None if count is None else 2 * count)}W"
    if unit in ("E", "C"):
        return f"P{_amount(None if count is None else count * (10 if unit == 'E' else 100))}Y"
    if unit == "Q":
        return f"P{_amount(count)}Q"
    return f"P{_amount(count)}{'D' if unit == 'N' else unit}"


def _amount(count: float | None) -> str:
    if count is None:
        return "X"
    return str(int(count)) if count == int(count) else str(count)


def part_of(whole: When, part: str) -> When:
    """Narrow a month to about a third of it for 'early', 'mid', 'late' and 'end'; a year keeps its days.

    'Late 2013' says too little to choose months, so the year stands, with its precision.
    """
    if whole.precision is not DatePrecision.MONTH or whole.start is None or whole.end is None:
        return whole
    if (whole.end - whole.start).days > 31:
        return whole
    start, end = whole.start, whole.end
    match part:
        case "early":
            end = start.replace(day=10)
        case "mid":
            start, end = start.replace(day=11), start.replace(day=20)
        case "late":
            start = start.replace(day=21)
        case "end":
            start = end - 6 * DAY
        case _:
            return whole
    return replace(whole, start=start, end=end, precision=DatePrecision.WEEK)


def easter(number: int) -> dt.date:
    """Western Easter Sunday.

    Source: the anonymous Gregorian algorithm, Meeus (1991), Astronomical Algorithms, chapter 8.
    """
    a, b, c = number % 19, number // 100, number % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    total = h + m - 7 * n + 114
    return dt.date(number, total // 31, total % 31 + 1)


def orthodox_easter(number: int) -> dt.date:
    """Easter Sunday of the churches that keep the Julian reckoning, as a Gregorian day.

    Source: Meeus (1991), Astronomical Algorithms, chapter 8, Julian Easter.
    """
    a, b, c = number % 4, number % 7, number % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    total = d + e + 114
    julian = dt.date(number, total // 31, total % 31 + 1)
    return julian + (number // 100 - number // 400 - 2) * DAY


_HIJRA = dt.date(622, 7, 19)  # 1 Muharram of the year 1, Gregorian, civil epoch


def islamic(number: int, moon: int, date: int) -> dt.date:
    """A day of the tabular Islamic calendar in a Gregorian year; where it falls twice, the first.

    Source: the civil 30-year cycle with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 (Reingold and
    Dershowitz, Calendrical Calculations, chapter 7).
    """
    first = int((number - 622) * 33 / 32) - 1
    for islamic_year in range(max(1, first), first + 4):
        days = 354 * (islamic_year - 1) + (3 + 11 * islamic_year) // 30 + (59 * (moon - 1) + 1) // 2 + date - 1
        found = _HIJRA + days * DAY
        if found.year == number:
            return found
    raise ValueError(f"no such day in {number}")
