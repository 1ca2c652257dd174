"""Rules for lengths and repetitions: the past two weeks, three days, every week; and for now, recently, soon."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tocsin.locate import date_calendar as cal
from tocsin.locate.date_calendar import DAY, When
from tocsin.locate.date_patterns import Match
from tocsin.locate.date_setting import (
    DAYS_BEFORE,
    NO_PUBLISHED,
    VAGUE_LOW,
    Setting,
    month_number,
    number_of,
    reading,
    reference_word,
    unit_of,
)
from tocsin.vocabulary import DatePrecision

# '500 a day', '700 seats a week': a rate, no length.
_PER_YEAR = re.compile(r"\d[\d.,]*\s*(?:%|percent|million|billion|\w+)?\s*$")
_RATE = re.compile(r"\d[\s,]*(?:[^\W\d_]+\s+)?$")


def _stretch(base: dt.date, count: float | None, unit: str, sign: int) -> When:
    value = cal.duration_value(count, unit)
    if unit in ("TS", "TM", "TH"):
        days = -(-int(count or 24) // 24) if unit == "TH" else 0
        length = cal.shift(base, sign * days, "D")
    elif count is not None:
        length = cal.shift(base, sign * round(count), unit)
    elif unit in ("D", "W", "M"):
        # 'The last few days' name no number; three of them is the codebook's low end.
        length = cal.shift(base, sign * VAGUE_LOW, unit)
    else:
        return When(value, None, base, DatePrecision.UNKNOWN) if sign < 0 else When(value, base, None)
    if unit == "D" and sign < 0 and count is not None and count <= DAYS_BEFORE:
        return When(value, length, base - DAY, DatePrecision.DAY, moves=False)
    precision = {"D": DatePrecision.WEEK, "W": DatePrecision.WEEK, "F": DatePrecision.WEEK, "M": DatePrecision.MONTH}
    low, high = sorted((base, length))
    chosen = precision.get(unit, DatePrecision.DAY if unit in ("TH", "TM", "TS") else DatePrecision.YEAR)
    return When(value, low, high, chosen, moves=False)


@reading
def stretch(match: Match, at: Setting) -> When | None:
    """The past two weeks, the next 10 days: up to or from publication."""
    back = "stretch_back" in match.slots
    base = at.base()
    if "number" in match.slots:
        unit, count = unit_of(match, at), number_of(match.slots["number"], at)
    else:
        unit, count = at.lookup("period", match.slots["period"]), 1.0
    if unit == "WE" or not unit:
        return None
    if base is None:
        return When(cal.duration_value(count, unit), note=NO_PUBLISHED, moves=False)
    found = replace(_stretch(base, count, unit, -1 if back else 1), moves=False)
    if "number" not in match.slots and unit in ("W", "M", "Y", "Q"):
        return replace(found, value=cal.around(cal.shift(base, -1, unit), unit).value)
    return found


@reading
def stretch_vague(match: Match, at: Setting) -> When | None:
    """Recent days: a week, as the codebook's coders read it; recent years have no known start."""
    unit = unit_of(match, at)
    recent = match.slots["which"] == "recent"
    value = cal.duration_value(None, unit)
    base = at.base()
    if base is None:
        return When(value, note=NO_PUBLISHED, moves=False)
    if not recent:
        return When(value, base, None, note="no known end", moves=False)
    start = {"D": 7, "W": 28}.get(unit)
    if start is None:
        return When(value, None, base, note="no known start", moves=False)
    precision = DatePrecision.WEEK if unit == "D" else DatePrecision.MONTH
    return When(value, base - start * DAY, base, precision, moves=False)


@reading
def stretch_ahead(match: Match, at: Setting) -> When | None:
    """The weeks ahead."""
    return When(cal.duration_value(None, unit_of(match, at)), at.published, None, note="no known end", moves=False)


@reading
def duration(match: Match, at: Setting) -> When | None:
    """Three days: a length and no place in time."""
    unit, count = unit_of(match, at), number_of(match.slots["number"], at)
    if not unit:
        return None
    words = at.text[match.start : match.end].lower()
    after = at.word_after(match)
    if re.match(r"[\s\-‐‑–]*old\b", at.text[match.end : match.end + 6].lower()):
        return None  # an age
    if unit == "Q" and (count is None or not 2 <= count < 100 or after == "of"):
        return None
    if match.slots["number"] in ("a", "an") and (
        at.word_before(match) in at.lexicon.rate_before or _RATE.search(at.text[max(0, match.start - 24) : match.start])
    ):
        return None  # 'twice a week', '$5 a day'
    if unit == "TS" and re.search(r"second$", words):
        return None
    if count is not None and ("and a half" in words or "1/2" in words):
        count += 0.5
    return When(cal.duration_value(count, unit), kind="duration", moves=False)


@reading
def duration_half(match: Match, at: Setting) -> When | None:
    """An hour and a half."""
    unit, count = unit_of(match, at), number_of(match.slots["number"], at)
    return When(cal.duration_value((count or 1) + 0.5, unit), kind="duration", moves=False)


@reading
def duration_alone(match: Match, at: Setting) -> When | None:
    """Month-long."""
    return When(cal.duration_value(1, at.lookup("unit", match.slots["alone"])), kind="duration", moves=False)


@reading
def duration_bare(match: Match, at: Setting) -> When | None:
    """Weeks, years: only after a preposition that measures time."""
    if at.word_before(match) not in (
        "for",
        "in",
        "within",
        "over",
        "last",
        "lasted",
        "took",
        "many",
        "through",
    ):
        return None
    unit = unit_of(match, at)
    return (
        When(cal.duration_value(None, unit), kind="duration", moves=False) if unit not in ("", "TS", "Q", "N") else None
    )


@reading
def old(match: Match, at: Setting) -> When | None:
    """The 13-day-old strike: it began that long before publication and goes on."""
    if "alone" in match.slots:
        unit, count = at.lookup("unit", match.slots["alone"]), 1.0
    else:
        unit, count = at.lookup("unit", match.slots["unit_any"]), number_of(match.slots["number"], at) or 1.0
    if at.word_after(match) in at.lexicon.aged:
        return None
    value = cal.duration_value(count, unit)
    if at.published is None:
        return When(value, note=NO_PUBLISHED, moves=False)
    precision = DatePrecision.DAY if unit == "D" else DatePrecision.WEEK if unit == "W" else DatePrecision.MONTH
    return When(value, cal.shift(at.published, -round(count), unit), at.published, precision, moves=False)


@reading
def often(match: Match, at: Setting) -> When | None:
    """Daily, weekly: not the name of a newspaper."""
    written = at.text[match.start : match.end]
    behind = at.text[match.end : match.end + 2].strip()[:1]
    if behind.isupper() and (written.istitle() or written == "daily"):
        return None
    if match.slots["often"] == "annually" and _PER_YEAR.search(at.text[max(0, match.start - 30) : match.start]):
        return None  # 'rises by 20 % annually' is a rate
    return When(at.lookup("often", match.slots["often"]), kind="set", moves=False)


@reading
def every(match: Match, at: Setting) -> When | None:
    """Every week, every two weeks."""
    count = (
        float(at.lookup("every", match.slots["every"]))
        if "every" in match.slots
        else number_of(match.slots["number"], at)
    )
    return When(cal.duration_value(count, unit_of(match, at)), kind="set", moves=False)


@reading
def month_set(match: Match, at: Setting) -> When | None:
    """Every July."""
    if match.slots["month"] in ("march", "may") and not at.text[: match.end].split()[-1][:1].isupper():
        return None
    return When(f"XXXX-{month_number(match, at):02d}", kind="set", moves=False)


@reading
def reference(match: Match, at: Setting) -> When | None:
    """Now, recently, soon."""
    value = at.lookup("reference", match.slots["reference"])
    if match.slots["reference"] == ("soon" if at.narrative else "future"):
        return (
            None  # 'soon' in a history only orders its sentences; bare 'future' in news is mostly 'foreseeable future'
        )
    if match.slots["reference"] == "soon" and (at.past(match) or at.word_before(match) in ("as", "too", "how")):
        return None  # 'he was soon released' only orders what happened
    return reference_word(value, at) if value else None
