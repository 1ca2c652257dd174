"""Rules for dates of the calendar: days, months, years, seasons, quarters, feasts.

A rule takes the match and the setting and gives a When, or None where the words are no time expression after all.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tocsin.locate import date_calendar as cal
from tocsin.locate.date_calendar import DAY, When
from tocsin.locate.date_patterns import Match
from tocsin.locate.date_setting import (
    FUNCTION_WORDS,
    NO_PUBLISHED,
    SHARED_YEAR,
    Setting,
    approx_of,
    is_counted,
    month_number,
    nearest_year,
    reading,
    relative_year,
    unresolved,
    verb_like,
    year_of,
)
from tocsin.vocabulary import DatePrecision

BEFORE_1000 = "before the year 1000"
FISCAL = "a fiscal year: its first day is its owner's"
_AGE = re.compile(r"[\s\-‐‑]*year", re.IGNORECASE)


@reading
def iso_date(match: Match, at: Setting) -> When | None:
    """2019-10-26."""
    return cal.day(dt.date(int(match.slots["year"]), int(match.slots["mm"]), int(match.slots["dd"])))


@reading
def numeric_date(match: Match, at: Setting) -> When | None:
    """25/10/2019: only where one order of day and month is possible, or both say the same."""
    first, second, year = (int(part) for part in re.split(r"[./]", match.slots["numeric_date"]))
    if first > 12 or first == second:
        return cal.day(dt.date(year, second, first))
    if second > 12:
        return cal.day(dt.date(year, first, second))
    # Dots are written day first; a slash says nothing.
    return cal.day(dt.date(year, second, first)) if "." in match.slots["numeric_date"] else None


@reading
def calendar(match: Match, at: Setting) -> When | None:
    """A day of a month, with or without year."""
    month = month_number(match, at)
    word = match.slots.get("month", match.slots.get("month_any", ""))
    if "day" in match.slots or "dayth" in match.slots:
        number = int(re.sub(r"\D", "", match.slots.get("day", match.slots.get("dayth", ""))))
    else:
        word_number = match.slots.get("dayword", "")
        number = int(float(at.lookup("ordinal", word_number) or at.lookup("small", word_number) or 0))
    if not 1 <= number <= 31 or verb_like(match, at, word):
        return None
    if "year" not in match.slots and word in ("march", "may", "march") and is_counted(match, at):
        return None
    loose = "dayword" in match.slots or not month
    if (
        loose
        and "year" not in match.slots
        and at.word_after(match).isalpha()
        and at.word_after(match) not in FUNCTION_WORDS
    ):
        return None  # 'in May one docker', 'Friday, the 9th Battalion'
    if not month:  # 'Friday, the 9th'
        return day_of_month(match, at)
    year = year_of(match, at)
    if year is None and "relative" in match.slots and at.published is not None:
        offset = int(at.lookup("relative", match.slots["relative"]) or 0)
        named = match.cue.cue.endswith("year")
        year = at.published.year + offset if named else relative_year(at.published, month, number, offset)
    if year is None and "last" in match.cue.cue and at.published is not None:
        year = relative_year(at.published, month, number, -1)
    if year is None:
        year = nearest_year(lambda y: dt.date(y, month, min(number, 28)), match, at)
    if year is None:
        dt.date(2000, month, number)  # 30 February is no date
        return unresolved(f"XXXX-{month:02d}-{number:02d}", NO_PUBLISHED)
    found = cal.day(dt.date(year, month, number))
    return found.at(at.lookup("part", match.slots["part"])) if "part" in match.slots else found


@reading
def calendar_range(match: Match, at: Setting) -> When | None:
    """March 1-5; 'May 27 and 28' only where the two days touch."""
    month = month_number(match, at)
    second_month = month_number(match, at, "month2") if "month2" in match.slots else month
    first = int(re.sub(r"\D", "", match.slots["day"]))
    last = int(re.sub(r"\D", "", match.slots["day2"]))
    joined = at.text[match.start : match.end].lower()
    if second_month == month and (last <= first or (" and " in joined and last != first + 1)):
        return None
    if is_counted(match, at) and "year" not in match.slots:
        return None
    year = year_of(match, at)
    if year is None:
        year = nearest_year(lambda y: dt.date(y, month, min(first, 28)), match, at)
    if year is None:
        return unresolved(f"XXXX-{month:02d}-{first:02d}/XXXX-{second_month:02d}-{last:02d}", NO_PUBLISHED)
    start = dt.date(year, month, first)
    end = dt.date(year + (second_month < month), second_month, last)
    return When(f"{start}/{end}", start, end, DatePrecision.DAY)


@reading
def day_of_month(match: Match, at: Setting) -> When | None:
    """'the 9th': a day of the running month, where no noun follows that it could belong to."""
    if "weekday" not in match.slots:
        after = at.word_after(match)
        if at.word_before(match) not in at.lexicon.before_date or (after.isalpha() and after not in FUNCTION_WORDS):
            return None
    number = int(re.sub(r"\D", "", match.slots["dayth"]))
    base = at.running.start if at.running and at.running.start else at.published
    if base is None:
        return unresolved(f"XXXX-XX-{number:02d}", NO_PUBLISHED)
    return cal.day(base.replace(day=number))


@reading
def this_day(match: Match, at: Setting) -> When | None:
    """'this day in 1956': the published day, in another year; no date on 29 February of a year without one."""
    year = year_of(match, at)
    return None if year is None or at.published is None else cal.day(at.published.replace(year=year))


@reading
def month(match: Match, at: Setting) -> When | None:
    """A month, with or without year."""
    number = month_number(match, at)
    word = match.slots.get("month", match.slots.get("month_any", ""))
    bare = not any(slot in match.slots for slot in ("year", "year_word", "running"))
    if bare and word in ("march", "may", "august") and not _is_month(match, at):
        return None
    year = year_of(match, at)
    if bare and at.narrative and at.running_bc:
        return unresolved(f"{at.running_bc}-{number:02d}", BEFORE_1000)
    if year is None and "relative" in match.slots:
        if at.published is None:
            return unresolved(f"XXXX-{number:02d}", NO_PUBLISHED)
        offset = int(at.lookup("relative", match.slots["relative"]) or 0)
        if match.cue.cue.endswith("year"):
            year = at.published.year + offset
        elif offset == 0:
            year = at.published.year
        else:
            year = relative_year(at.published, number, at.published.day, offset)
    if year is None and match.cue.cue.startswith("the previous") and at.running and at.running.start:
        year = at.running.start.year - (number >= at.running.start.month)
    if year is None:
        year = _month_year(number, match, at)
    if year is None:
        return unresolved(f"XXXX-{number:02d}", NO_PUBLISHED)
    return cal.part_of(cal.month(year, number), approx_of(match, at))


def _is_month(match: Match, at: Setting) -> bool:
    if "which" in match.slots:
        return True
    if "month" not in match.slots or match.end - match.start != len(match.slots["month"]):
        return "approx" in match.slots and at.text[match.start : match.end].split("-")[-1][:1].isupper()
    before = at.word_before(match)
    if before == "to" and not at.text[match.start].isupper():
        return False
    after = at.word_after(match)
    return before in at.lexicon.before_date - {"and", "or", "this", "for"} and after not in ("be", "have", "not")


def _month_year(number: int, match: Match, at: Setting) -> int | None:
    shared = SHARED_YEAR.match(at.text, match.end)
    if shared is not None:
        return int(shared.group(1))
    if at.narrative or at.published is None:
        return nearest_year(lambda y: dt.date(y, number, 1), match, at)
    distance = number - at.published.month
    if at.word_before(match) in ("by", "until", "till", "through"):
        return at.published.year + (distance < -5) - (distance > 6)
    if distance in (1, -11):
        # Of last year's month a paper says 'last September' in August: in TempEval-3 the bare month is next month's.
        return at.published.year + (distance < 0)
    if at.future(match) and not (distance in (-1, 11) and at.word_before(match) == "for"):
        return at.published.year + (distance < 0)  # 'the job figures for January', in February, look back
    if at.past(match):
        return at.published.year - (distance > 0)
    # No verb to tell: the months just ahead are this year's ('in April' in March), the others last year's.
    return at.published.year - (distance > 4) + (distance < -9)


@reading
def year(match: Match, at: Setting) -> When | None:
    """A year, by number or in words."""
    number = year_of(match, at)
    if number is None or ("year_word" in match.slots and _AGE.match(at.text, match.end)):
        return None
    marked = (
        any(slot in match.slots for slot in ("edge", "approx", "year_word", "relative")) or "year" in match.cue.cue[:10]
    )
    marked = marked or "fiscal" in match.cue.cue
    bare = at.text[match.start : match.end].isdigit()
    if bare or not marked:
        before, after = at.word_before(match), at.word_after(match)
        if before in (
            "$",
            "£",
            "€",
            "#",
            "no",
            "number",
            "flight",
            "page",
            "room",
            "route",
            "highway",
            "boeing",
            "some",
        ):
            return None
        if after in ("%", "°") or (after in at.lexicon.counted and before not in ("in", "since")):
            return None  # '1921 workers', but 'in 1921 workers struck'
        likely = 1900 <= number <= (at.published.year + 15 if at.published else 2100)
        if not likely and before not in at.lexicon.before_date and not at.narrative:
            return None
        if at.published is not None and number > at.published.year + 60:
            return None
    return unresolved(f"{number:04d}", FISCAL) if "fiscal" in match.cue.cue else cal.year(number)


@reading
def famous(match: Match, at: Setting) -> When | None:
    """9/11: a day that goes by its numbers, where it is past."""
    known = at.lookup("famous", match.slots["famous"])
    if not known:
        return None
    day = dt.date.fromisoformat(known)
    # Before it, the same figures are another day, or a score.
    return replace(cal.day(day), moves=False) if at.published is None or at.published > day else None


@reading
def year_range(match: Match, at: Setting) -> When | None:
    """1992-93, 1975-1977."""
    first = int(match.slots["year"])
    last = int(match.slots["year2"]) if "year2" in match.slots else first // 100 * 100 + int(match.slots["yy"])
    if not first < last <= first + 100 or is_counted(match, at):
        return None
    return cal.years(first, last, f"{first}/{last}")


@reading
def short_year(match: Match, at: Setting) -> When | None:
    """'68: the latest such year not after the running or published one."""
    base = at.base()
    if (
        base is None
        or at.text[match.start - 1 : match.start] in ("'", "’", "`")
        or at.word_after(match) in ("minutes",)
    ):
        return None
    number = base.year // 100 * 100 + int(match.slots["yy"])
    return cal.year(number if number <= base.year + 3 else number - 100)


def _bc(match: Match) -> str:
    """The year of 73 BC as TIMEX writes it: BC0073."""
    return f"BC{int(re.sub(r'[^0-9]', '', match.slots['bc_year'])):04d}"


@reading
def bc_year(match: Match, at: Setting) -> When | None:
    """73 BC: named, never resolved, since the calendar in use begins later."""
    return unresolved(_bc(match), BEFORE_1000)


@reading
def bc_range(match: Match, at: Setting) -> When | None:
    """264-241 BC."""
    first = int(match.slots["bc_first"])
    return unresolved(f"BC{first:04d}/{_bc(match)}", BEFORE_1000) if first > int(_bc(match)[2:]) else None


@reading
def bc_month(match: Match, at: Setting) -> When | None:
    """April 480 BC."""
    return unresolved(f"{_bc(match)}-{month_number(match, at):02d}", BEFORE_1000)


@reading
def bc_season(match: Match, at: Setting) -> When | None:
    """The spring of 480 BC."""
    return unresolved(f"{_bc(match)}-{at.lookup('season', match.slots['season'])}", BEFORE_1000)


@reading
def bc_century(match: Match, at: Setting) -> When | None:
    """The 5th century BC."""
    words = match.slots["ordinal_any"]
    number = int(re.sub(r"\D", "", words) or at.lookup("ordinal", words) or 0)
    return unresolved(f"BC{number - 1:02d}", BEFORE_1000) if number else None


@reading
def other_calendar(match: Match, at: Setting) -> When | None:
    """1399 AH, 2563 BE: years of other calendars are named and left alone."""
    return unresolved("", "a year of another calendar")


@reading
def month_range(match: Match, at: Setting) -> When | None:
    """May-August 1950."""
    first, last, number = month_number(match, at), month_number(match, at, "month2"), int(match.slots["year"])
    if last <= first:
        return None
    low, high = cal.month(number, first), cal.month(number, last)
    return When(f"{low.value}/{high.value}", low.start, high.end, DatePrecision.MONTH)


@reading
def decade(match: Match, at: Setting) -> When | None:
    """The 1980s, the eighties, the '80s."""
    if "decade_name" in match.slots:
        if (
            at.word_before(match) in ("his", "her", "their", "my", "in")
            and "the" not in at.text[match.start : match.end].lower()
        ):
            if at.word_before(match) != "in" or "approx" not in match.slots:
                return None
        number = 1900 + int(at.lookup("decade_name", match.slots["decade_name"]))
    else:
        digits = re.sub(r"\D", "", match.slots["decade"])
        number = int(digits) if len(digits) == 4 else 1900 + int(digits)
        if len(digits) == 2 and at.word_before(match) in ("his", "her", "their", "my"):
            return None
    return cal.decade(number, approx_of(match, at)) if number >= 1000 else None


@reading
def century(match: Match, at: Setting) -> When | None:
    """The 20th century."""
    words = match.slots["ordinal_any"]
    digits = re.sub(r"\D", "", words)
    number = int(digits or at.lookup("ordinal", words) or 0)
    return cal.century(number - 1) if 11 <= number <= 30 else None


@reading
def season(match: Match, at: Setting) -> When | None:
    """Spring, summer ...: told by a year, a determiner or a preposition, since 'spring' and 'fall' are verbs too."""
    code = at.lookup("season", match.slots["season"])
    named = year_of(match, at)
    if named is not None:
        return cal.season(named, code)
    opening = at.text[match.start : match.end].lower()
    marked = "relative" in match.slots or "approx" in match.slots or "edge" in match.slots
    # A history names its seasons bare: 'the winter offensive'; only these two are verbs or falls as well.
    marked = marked or (at.narrative and match.slots["season"] not in ("spring", "fall"))
    before = at.word_before(match)
    if not marked:
        after = at.word_after(match)
        if opening.startswith("the"):
            if match.slots["season"] == "fall" and (after == "of" or before not in at.lexicon.before_date):
                return None
        elif before not in at.lexicon.before_date - {"to", "and", "or", "for"}:
            return None
    if at.narrative and at.running_bc:
        return unresolved(f"{at.running_bc}-{code}", BEFORE_1000)
    base = at.base()
    if base is None:
        return unresolved(f"XXXX-{code}", NO_PUBLISHED)
    now = cal.season(base.year, code)
    assert now.start is not None
    offset = int(at.lookup("relative", match.slots["relative"])) if "relative" in match.slots else None
    if at.narrative and offset is None:
        return now
    if offset is None:
        offset = 1 if at.future(match) else 0
    if offset < 0 or (offset == 0 and "relative" not in match.slots):
        ends = now.end or now.start
        back = (ends if offset < 0 else now.start) >= base
        return cal.season(base.year - back, code)
    if offset > 0:
        return cal.season(base.year + (now.start <= base), code)
    return now


@reading
def half_year(match: Match, at: Setting) -> When | None:
    """The first half of 2010."""
    return cal.half(int(match.slots["year"]), 1 if match.slots["half"] == "first" else 2)


@reading
def quarter(match: Match, at: Setting) -> When | None:
    """The third quarter (of 1984)."""
    number = int(at.lookup("ordinal", match.slots["ordinal"]) or 0)
    if not 1 <= number <= 4:
        return None
    year = year_of(match, at)
    base = at.base()
    if year is None:
        if base is None:
            return unresolved(f"XXXX-Q{number}", NO_PUBLISHED)
        year = base.year
        if "which" in match.slots:
            year += {"last": -1, "next": 1}.get(match.slots["which"], 0)
        else:
            current = (base.month + 2) // 3
            year -= number > current + 1 or (number == 4 and current <= 2)
            year -= "year-ago" in match.cue.cue and "year" in at.text[match.start : match.end].lower()
    at.quarter_story = True
    return cal.quarter(year, number)


@reading
def which_quarter(match: Match, at: Setting) -> When | None:
    """This quarter, the latest quarter. 'The quarter' is the one under report: the last full one."""
    base = at.base()
    which = match.slots["which"]
    if at.word_after(match) in ("of", "century"):
        return None
    if match.slots["what"] == "period" and not (at.quarter_story and which == "the latest"):
        return None
    if base is None:
        return unresolved("XXXX-QX", NO_PUBLISHED)
    current = (base.month + 2) // 3
    if which == "the" and not at.quarter_story:
        return None
    if which in ("this", "the current"):
        return cal.quarter(base.year, current)
    if which == "next":
        return cal.quarter(base.year, current + 1)
    back = 5 if which.startswith("the year") else 1
    return cal.quarter(base.year, current - back)


@reading
def week_of(match: Match, at: Setting) -> When | None:
    """The week of March 6."""
    found = calendar(match, at)
    return cal.week(found.start) if found is not None and found.start is not None else found


@reading
def week_of_month(match: Match, at: Setting) -> When | None:
    """The first week of March: days 1 to 7; the last: the last seven days."""
    whole = month(match, at)
    value = cal.duration_value(1, "W")
    if whole is None or whole.start is None or whole.end is None:
        return When(value, note=NO_PUBLISHED, moves=False)
    if match.slots["which"] in ("last", "final"):
        start = whole.end - 6 * DAY
    else:
        start = whole.start + 7 * DAY * (int(at.lookup("ordinal", match.slots["which"])) - 1)
    return When(value, start, min(start + 6 * DAY, whole.end), DatePrecision.WEEK)


def _feast_day(rule: str, number: int) -> dt.date:
    if rule.startswith("easter"):
        return cal.easter(number) + int(rule[6:]) * DAY
    if rule.startswith("orthodox easter"):
        return cal.orthodox_easter(number) + int(rule[15:]) * DAY
    if rule.startswith("islamic"):
        moon, day = rule.removeprefix("islamic ").split("-")
        return cal.islamic(number, int(moon), int(day))
    match = re.fullmatch(r"(-?\d) (\w+) of (\d\d)( \+ \d)?", rule)
    if match is None:
        return dt.date.fromisoformat(f"{number:04d}-{rule}")
    nth, name, month_number = int(match[1]), match[2], int(match[3])
    want = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].index(name) + 1
    whole = cal.month(number, month_number)
    assert whole.start is not None
    assert whole.end is not None
    if nth < 0:
        return whole.end - ((whole.end.isoweekday() - want) % 7) * DAY
    later = int(match[4][3:]) if match[4] else 0  # 'the day after the first Monday'
    return whole.start + ((want - whole.start.isoweekday()) % 7 + 7 * (nth - 1) + later) * DAY


@reading
def feast(match: Match, at: Setting) -> When | None:
    """New Year's Eve, Easter: the year it names, else the nearest, else the running year."""
    name = match.slots["feast"].replace("’", "'")
    rule = at.lexicon.feasts.get(name)
    if rule is None:
        return None
    year = year_of(match, at)
    if year is None:
        year = nearest_year(lambda y: _feast_day(rule, y), match, at)
    if year is None:
        return unresolved("", NO_PUBLISHED)
    found = cal.day(_feast_day(rule, year))
    if rule.startswith("islamic") and found.start is not None:
        # The months begin when the moon is seen: the computed day may be one off.
        start, end = found.start - DAY, found.start + DAY
        return replace(found, start=start, end=end, precision=DatePrecision.WEEK, note="computed; a day off at most")
    return found


def feast_near(name: str, match: Match, at: Setting) -> dt.date | None:
    """The day of a feast named without a year, None where no year can be told or the moon decides."""
    rule = at.lexicon.feasts.get(name.replace("’", "'"))
    if rule is None or rule.startswith("islamic"):
        return None
    year = nearest_year(lambda y: _feast_day(rule, y), match, at)
    return _feast_day(rule, year) if year is not None else None
