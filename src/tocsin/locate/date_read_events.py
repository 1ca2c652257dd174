"""Rules for what is counted from an event: the day after the vote, two weeks before Easter, the third day of the strike."""

from __future__ import annotations

import re
from dataclasses import replace

from tocsin.locate import date_calendar as cal
from tocsin.locate.date_anchors import Anchor, election_at_home, named_election, nearest_anchor
from tocsin.locate.date_calendar import DAY, When
from tocsin.locate.date_patterns import Match
from tocsin.locate.date_read_calendar import feast_near
from tocsin.locate.date_setting import Setting, day_spoken_of, number_of, reading, unit_of, unresolved

# Between a day and the words that count it: 'Wednesday, the third day of', 'Wednesday was the third day of'.
_APPOSED = re.compile(r"^\s*(?:,|\(|-|–|—)?\s*(?:(?:which\s+)?(?:was|is|will be|marks|marked)\s+)?$")
_PRESENT = re.compile(r"\b(?:is|it['’]s|now(?: in)?|marks|enters|this)\s+$", re.IGNORECASE)
_LONGEST_STRIKE = 366


@reading
def event_day(match: Match, at: Setting) -> When | None:
    """The day after the vote, the eve of the march, the night before Christmas, polling day."""
    anchor = _anchor(match, at)
    part = match.slots.get("at", "day")
    way = match.slots.get("way", "of")
    if anchor is None:
        return unresolved("XXXX-XX-XX", _unknown(match))
    offset = {"before": -1, "after": 1, "following": 1}.get(way, -1 if part == "eve" else 0)
    found = replace(cal.day(anchor.day + offset * DAY), note=f"counted from the {anchor.source}")
    code = at.lookup("part", part)
    if code == "NI" and offset > 0:
        # 'The night after the vote' may be that day's or the next one's.
        return replace(found, start=anchor.day, note=f"{found.note}, that night or the next", moves=False)
    return found.at(code) if code else found


@reading
def event_counted(match: Match, at: Setting) -> When | None:
    """Two days after the vote, three weeks before Easter."""
    unit, count = unit_of(match, at), number_of(match.slots["number"], at)
    anchor = _anchor(match, at)
    if unit in ("", "TS", "TM", "TH") or (anchor is not None and count is None):
        return None
    if anchor is None or count is None:
        return unresolved("XXXX-XX-XX" if unit in "DN" else "", _unknown(match))
    sign = -1 if match.slots["way"] == "before" else 1
    if count != int(count):
        unit, count = ("M", count * 12) if unit == "Y" else ("D", count * 7 if unit == "W" else count)
    moved = cal.around(cal.shift(anchor.day, sign * round(count), unit), unit)
    return replace(moved, note=f"counted from the {anchor.source}")


@reading
def event_nth(match: Match, at: Setting) -> When | None:
    """The third day of the strike: from the day it began, or the day the sentence names beside it."""
    number = _nth(match, at)
    if not 1 <= number <= _LONGEST_STRIKE:
        return None
    spoken = day_spoken_of(at)
    if spoken is not None and _APPOSED.match(at.text[at.running_end : match.start]):
        return replace(cal.day(spoken), note="the day named beside it", moves=False)
    anchor = _anchor(match, at)
    if anchor is not None:
        return replace(cal.day(anchor.day + (number - 1) * DAY), note=f"counted from the {anchor.source}")
    if (
        at.published is not None
        and not at.narrative
        and _PRESENT.search(at.text[max(0, match.start - 12) : match.start])
    ):
        return replace(cal.day(at.published), note="told in the present tense", moves=False)
    if number > 1 and at.published is not None and not at.narrative:
        return When(f"P{number}D", kind="duration", note=_unknown(match), moves=False)
    return unresolved("XXXX-XX-XX", _unknown(match))


@reading
def running_nth(match: Match, at: Setting) -> When | None:
    """Into its third week: how long something has gone on, whatever it is."""
    number, unit = _nth(match, at), at.lookup("unit", match.slots["unit_any"])
    if not 2 <= number <= _LONGEST_STRIKE or unit not in ("D", "W", "M"):
        return None
    return When(f"P{number}{unit}", kind="duration", note="the running one of a row", moves=False)


def _nth(match: Match, at: Setting) -> int:
    words = match.slots.get("ordinal_any") or match.slots.get("number", "")
    digits = re.match(r"\d+", words)
    return int(digits.group()) if digits else int(float(at.lookup("ordinal", words) or at.lookup("small", words) or 0))


def _anchor(match: Match, at: Setting) -> Anchor | None:
    if name := match.slots.get("feast"):
        day = feast_near(name, match, at)
        return Anchor("feast", day, match.start, f"{name} of {day}") if day else None
    noun = match.slots.get("event", "")
    event = at.lookup("event", noun)
    if event == "election":
        phrase = match.slots.get("event_phrase", noun)
        named = named_election(
            phrase, at.text[match.end : match.end + 40], at.published, at.future(match), at.lexicon.elections
        )
        if named is not None:
            return named
    told = nearest_anchor(event, match.start, at.anchors) if event else None
    if told is None and event == "election":
        phrase = match.slots.get("event_phrase", noun)
        return election_at_home(phrase, at.text, at.published, at.future(match), at.lexicon.elections)
    return told


def _unknown(match: Match) -> str:
    phrase = match.slots.get("event_phrase") or match.slots.get("feast") or "the event"
    return f"no day known for '{phrase}'"
