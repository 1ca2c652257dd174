"""Rules for weekdays, for yesterday and tomorrow, and for times of day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tocsin.locate import date_calendar as cal
from tocsin.locate.date_calendar import DAY, When
from tocsin.locate.date_patterns import Match
from tocsin.locate.date_read_calendar import calendar
from tocsin.locate.date_setting import NEAR, NO_PUBLISHED, Setting, day_spoken_of, reading, reference_word, unresolved

_WILL = re.compile(r"\b(?:will|shall|next)\b|['’]ll\b", re.IGNORECASE)


def _on_weekday(number: int, match: Match, at: Setting, offset: int | None) -> dt.date | None:
    base = at.base()
    if base is None:
        return None
    back = (base.isoweekday() - number) % 7
    if offset is not None and offset < 0:
        # On a Thursday the day before is 'Wednesday' or 'yesterday'; 'last Wednesday' is a week before that.
        return base - (back if back > 1 else back + 7) * DAY
    if offset is not None and offset > 0:
        return base + ((-back) % 7 or 7) * DAY
    if at.narrative:
        return base + ((-back) % 7) * DAY
    ahead = at.future(match)
    if ahead and back == 1 and not _WILL.search(at.text, max(0, match.start - 100), match.start):
        ahead = False  # 'he was to speak on Tuesday', in Wednesday's paper
    if at.tense_at(match.start) is None and at.word_before(match) in ("until", "till", "by"):
        ahead = True
    return base + ((-back) % 7) * DAY if ahead else base - back * DAY


@reading
def weekday(match: Match, at: Setting) -> When | None:
    """A weekday: the latest one not after publication, or the next one where the verb looks ahead."""
    number = int(at.lookup("weekday", match.slots["weekday"]))
    offset = int(at.lookup("relative", match.slots["relative"])) if "relative" in match.slots else None
    if match.cue.cue.endswith("last"):
        if at.word_after(match) in ("month", "week", "year", "night", "for"):
            return None
        offset = -1
    found = _on_weekday(number, match, at, offset)
    if found is None:
        return unresolved(f"XXXX-WXX-{number}", NO_PUBLISHED)
    result = cal.day(found)
    part = match.slots.get("part") or match.slots.get("at", "")
    code = at.lookup("part", part)
    return result.at(code) if code else result


@reading
def running_weekday(match: Match, at: Setting) -> When | None:
    """The following Monday, that Friday: counted from the date spoken of last."""
    number = int(at.lookup("weekday", match.slots["weekday"]))
    base = at.running.start if at.running and at.running.start else at.published
    if base is None:
        return unresolved(f"XXXX-WXX-{number}", NO_PUBLISHED)
    offset = int(at.lookup("running", match.slots["running"]))
    back = (base.isoweekday() - number) % 7
    if offset < 0:
        return cal.day(base - (back or 7) * DAY)
    return cal.day(base + ((-back) % 7 or (7 if offset else 0)) * DAY)


@reading
def weekday_set(match: Match, at: Setting) -> When | None:
    """Every Monday."""
    word = match.slots.get("weekday", match.slots.get("weekdays", ""))
    number = at.lookup("weekday", word) or at.lookup("weekdays", word)
    part = at.lookup("part", match.slots.get("part", "")) or at.lookup("parts", match.slots.get("parts", ""))
    return When(f"XXXX-WXX-{number}" + (f"T{part}" if part else ""), kind="set", moves=False)


def _from_published(days: int, at: Setting) -> When:
    base = at.published
    return cal.day(base + days * DAY) if base is not None else unresolved("XXXX-XX-XX", NO_PUBLISHED)


@reading
def deictic_day(match: Match, at: Setting) -> When | None:
    """Yesterday, today, tomorrow, with a part of the day."""
    word = match.slots["deictic"]
    if word == "today" and at.narrative:
        return reference_word("PRESENT_REF", at)
    if at.text[match.start : match.end].istitle() and at.word_before(match) == "usa":
        return None
    found = _from_published({"today": 0, "yesterday": -1, "tomorrow": 1}[word], at)
    part = at.lookup("part", match.slots.get("part") or match.slots.get("part2", ""))
    return found.at(part) if part else found


@reading
def day_before_yesterday(match: Match, at: Setting) -> When | None:
    """Two days back."""
    return _from_published(-2, at)


@reading
def day_after_tomorrow(match: Match, at: Setting) -> When | None:
    """Two days on."""
    return _from_published(2, at)


@reading
def tonight(match: Match, at: Setting) -> When | None:
    """The night of the published day."""
    return _from_published(0, at).at("NI")


@reading
def last_night(match: Match, at: Setting) -> When | None:
    """The night before the published day."""
    if match.cue.cue == "overnight" and at.narrative:
        return None
    return _from_published(-1, at).at("NI")


@reading
def this_part(match: Match, at: Setting) -> When | None:
    """This morning."""
    return _from_published(0, at).at(at.lookup("part", match.slots["part"]))


@reading
def clock_bare(match: Match, at: Setting) -> When | None:
    """19:30: a time of day only after 'at', 'until' and the like, since scores are written so too."""
    return clock(match, at) if at.word_before(match) in at.lexicon.before_clock else None


@reading
def clock(match: Match, at: Setting) -> When | None:
    """10 a.m. (Wednesday): the day it names, else the running day, else the published day."""
    if "hour_word" in match.slots:
        time = at.lookup("hour_word", match.slots["hour_word"])
    else:
        words = next(match.slots[name] for name in ("clock_ampm", "clock_24", "clock_colon") if name in match.slots)
        digits = re.findall(r"\d+", words)
        hour, minute = (int(digits[0]), int(digits[1])) if len(digits) > 1 else divmod(int(digits[0]), 100)
        if len(digits) == 1 and int(digits[0]) < 25:
            hour, minute = int(digits[0]), 0
        if "clock_ampm" in match.slots:
            hour = hour % 12 + (12 if "p" in words else 0)
        if hour > 24 or minute > 59:
            return None
        time = f"{hour:02d}:{minute:02d}"
    named: When | None = None
    if "weekday" in match.slots:
        named = weekday(match, at)
    elif "month_any" in match.slots:
        named = calendar(match, at)
    if named is None or named.start is None:
        near = at.narrative or match.start - at.running_end < NEAR
        base = (day_spoken_of(at) if near else None) or at.published
        named = cal.day(base) if base is not None else unresolved("XXXX-XX-XX", NO_PUBLISHED)
        named = replace(named, moves=False)
    return replace(named, value=f"{named.value[:10]}T{time}", kind="time")
