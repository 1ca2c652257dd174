"""Rules for what is counted from publication or from the date spoken of last: last week, the next day, two years ago."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tocsin.locate import date_calendar as cal
from tocsin.locate.date_calendar import DAY, When
from tocsin.locate.date_patterns import Match
from tocsin.locate.date_read_calendar import BEFORE_1000, FISCAL
from tocsin.locate.date_setting import (
    FUNCTION_WORDS,
    NEAR,
    NO_PUBLISHED,
    NO_RUNNING,
    VAGUE_HIGH,
    VAGUE_LOW,
    Setting,
    approx_of,
    day_spoken_of,
    number_of,
    reading,
    reference_word,
    unit_of,
    unresolved,
)
from tocsin.vocabulary import DatePrecision


@reading
def relative_period(match: Match, at: Setting) -> When | None:
    """Last week, earlier this month, next year. Weeks are whole ISO weeks; 'this' ends or begins at publication."""
    unit = at.lookup("period", match.slots["period"])
    opening = at.text[match.start : match.end].lower()
    offset = int(at.lookup("relative", match.slots["relative"]))
    if at.text[match.start - 1 : match.start] in ('"', "“", "`") and at.text[match.start : match.end].istitle():
        return None  # "This Week", a programme
    if "fiscal " in opening:
        return unresolved("" if at.published is None else str(at.published.year + offset), FISCAL)
    if opening.startswith("the ") and offset < 0:
        return None  # 'the past week' is a stretch: seven days, not Monday to Sunday
    base = at.base() if at.narrative else at.published
    if base is None:
        return unresolved("", NO_PUBLISHED)
    if unit == "WE":
        return _weekend(base, offset, at.future(match))
    if unit == "E":
        start = base.year // 10 * 10 + 10 * offset
        return cal.decade(start)
    found = cal.around(cal.shift(base, offset, unit), unit)
    if offset:
        return cal.part_of(found, approx_of(match, at))
    if at.narrative or found.start is None or found.end is None:
        return found
    ahead = match.slots.get("approx") == "later" or (at.future(match) and match.slots.get("approx") != "earlier")
    if "edge" in match.slots:
        return cal.part_of(found, approx_of(match, at))
    return replace(found, start=base) if ahead else replace(found, end=base)


def _weekend(base: dt.date, offset: int, ahead: bool) -> When:
    this = cal.weekend(base)
    assert this.start is not None
    begun = this.start <= base
    if offset < 0:
        return cal.weekend(base - 7 * DAY)
    if offset > 0:
        return cal.weekend(base + 7 * DAY) if begun else this
    return this if ahead or begun else cal.weekend(base - 7 * DAY)


@reading
def weekend(match: Match, at: Setting) -> When | None:
    """The weekend: the one going on or just gone, or the next where the verb looks ahead."""
    base = at.base()
    return _weekend(base, 0, at.future(match)) if base is not None else unresolved("XXXX-WXX-WE", NO_PUBLISHED)


@reading
def in_the_period(match: Match, at: Setting) -> When | None:
    """Earlier in the day, later in the year."""
    base = at.running.start if at.narrative and at.running else at.published
    if base is None:
        return unresolved("", NO_PUBLISHED)
    return cal.around(base, at.lookup("period", match.slots["period"]) or "D")


@reading
def end_of_period(match: Match, at: Setting) -> When | None:
    """The end of the month, year-end."""
    base = at.running.start if at.narrative and at.running else at.published
    if base is None:
        return unresolved("", NO_PUBLISHED)
    return cal.part_of(cal.around(base, at.lookup("period", match.slots["period"])), "end")


@reading
def running_day(match: Match, at: Setting) -> When | None:
    """The next day, the same day, the day before."""
    way = match.slots.get("way")
    if way is not None:
        offset = -1 if way in ("before", "earlier", "previously") else 1
        after = at.word_after(match)
        if (
            way in ("before", "after")
            and after.isalpha()
            and after not in ("in", "at", "and", "when", "by", "near", "on")
        ):
            return None  # 'the day after the vote' is anchored on the vote
    else:
        offset = int(at.lookup("running", match.slots["running"]))
        if offset == 0 and match.slots["running"] == "that" and at.word_after(match) == "s":
            return None
    base = day_spoken_of(at)
    return cal.day(base + offset * DAY) if base is not None else unresolved("XXXX-XX-XX", NO_RUNNING)


@reading
def running_part(match: Match, at: Setting) -> When | None:
    """That night, the next morning."""
    base = day_spoken_of(at)
    code = at.lookup("part", match.slots["part"])
    if base is None:
        return unresolved(f"XXXX-XX-XXT{code}", NO_RUNNING)
    return cal.day(base + int(at.lookup("running", match.slots["running"])) * DAY).at(code)


@reading
def part_alone(match: Match, at: Setting) -> When | None:
    """The early hours, mid-afternoon: of the day the paragraph speaks of."""
    near = at.narrative or match.start - at.running_end < NEAR
    base = day_spoken_of(at) if near else None
    code = at.lookup("part", match.slots["part"])
    if base is None:
        return unresolved(f"XXXX-XX-XXT{code}", NO_RUNNING)
    return replace(cal.day(base).at(code), moves=False)


@reading
def running_period(match: Match, at: Setting) -> When | None:
    """That year, the following month."""
    unit = at.lookup("period", match.slots["period"])
    if at.running_bc and unit == "Y":
        number = int(at.running_bc[2:]) - int(at.lookup("running", match.slots["running"]))
        return unresolved(f"BC{number:04d}", BEFORE_1000) if number > 0 else None
    base = at.running.start if at.running is not None else None
    if base is None:
        return unresolved("", NO_RUNNING)
    return cal.around(cal.shift(base, int(at.lookup("running", match.slots["running"])), unit), unit)


@reading
def counted_from(match: Match, at: Setting) -> When | None:
    """Two years ago (from publication), two days later (from the date spoken of last)."""
    way, unit = match.slots["way"], unit_of(match, at)
    ago = way.endswith("ago") or way in ("hence", "from now")
    back = way.endswith("ago") or way in ("earlier", "previously", "before")
    after = at.word_after(match)
    if (
        way == "before"
        and after.isalpha()
        and after not in FUNCTION_WORDS - {"the", "a", "his", "her", "their", "it", "they"}
    ):
        return None
    count = number_of(match.slots["number"], at)
    from_here = at.running_past if back and not at.narrative and at.running_past else at.running
    base = at.published if ago and not at.narrative else (from_here.start if from_here else at.published)
    if base is None:
        return unresolved("", NO_PUBLISHED if ago else NO_RUNNING)
    sign = -1 if back else 1
    if unit in ("TS", "TM", "TH"):
        return replace(cal.day(base), note="within the day", moves=False) if unit == "TH" or back else None
    if count is None:
        return _vaguely(base, unit, sign)
    if at.running and "-Q" in at.running.value and unit == "Y" and at.quarter_story and count == 1:
        reference = at.running.start or base
        return replace(cal.quarter(reference.year + sign, (reference.month + 2) // 3), moves=False)
    if not ago and at.running is not None and at.running.precision is not DatePrecision.DAY and unit in "DW":
        return unresolved("XXXX-XX-XX" if unit == "D" else "XXXX-WXX", NO_RUNNING)
    if count != int(count):
        unit, count = ("M", count * 12) if unit == "Y" else ("D", count * 7 if unit == "W" else count)
    moved = cal.shift(base, sign * round(count), "D" if unit == "D" else unit)
    exact = not ago and unit == "W" and at.narrative
    return cal.around(moved, "D" if exact else unit)


def _vaguely(base: dt.date, unit: str, sign: int) -> When:
    """'A few days ago': three to nine units off, and days and weeks reach up to the base itself."""
    far, near = cal.shift(base, sign * VAGUE_HIGH, unit), cal.shift(base, sign * VAGUE_LOW, unit)
    if unit == "D":
        near = base + sign * DAY
    low, high = sorted((far, near))
    if unit in ("Y", "E", "C"):
        low, high = low.replace(month=1, day=1), high.replace(month=12, day=31)
    precision = {"D": DatePrecision.WEEK, "W": DatePrecision.MONTH, "M": DatePrecision.MONTH}.get(
        unit, DatePrecision.YEAR
    )
    return When("PAST_REF" if sign < 0 else "FUTURE_REF", low, high, precision, note="three to nine", moves=False)


@reading
def vague_from(match: Match, at: Setting) -> When | None:
    """Years ago."""
    return reference_word("PAST_REF", at)


@reading
def business_year(match: Match, at: Setting) -> When | None:
    """The year ended March 31: a year of accounts, told by its last day, which stands behind."""
    return unresolved("P1Y", "a business year: its last day stands behind")


@reading
def full_year(match: Match, at: Setting) -> When | None:
    """The full year: in reports of results, the year of publication."""
    return cal.year(at.published.year) if at.published is not None else unresolved("", NO_PUBLISHED)


@reading
def year_back(match: Match, at: Setting) -> When | None:
    """Year-earlier, in company reports: the same period a year before."""
    if at.published is None:
        return unresolved("", NO_PUBLISHED)
    running = at.running
    if running is not None and running.start is not None and "-Q" in running.value:
        return replace(cal.quarter(running.start.year - 1, (running.start.month + 2) // 3), moves=False)
    return cal.year(at.published.year - 1)
