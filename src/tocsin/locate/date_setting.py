"""What the rules for time expressions share: the setting they look at, the words around a match, numbers and years."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tocsin.locate.date_anchors import Anchor
from tocsin.locate.date_calendar import When
from tocsin.locate.date_patterns import Match
from tocsin.resources.date_lexicon import DateLexicon
from tocsin.vocabulary import DatePrecision

NO_PUBLISHED = "no published date"
NO_RUNNING = "no earlier date in the text to count from"
NEAR = 400  # code points: about a paragraph
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[^\s\w])[\s\-‐‑–]*$")
_AHEAD_BEFORE = re.compile(r"\b(for|starting|beginning|commencing|effective)(?:\s+(?:from|on))?\s+$", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\s*([^\W\d_]+|[^\s\w])")
# 'In the last two days' are the two days before the paper came out; 'the last 20 days' run up to it.
DAYS_BEFORE = 3
VAGUE_LOW, VAGUE_HIGH = 3, 9  # the codebook's 'several', 'a few'
SHARED_YEAR = re.compile(
    r"\s*(?:and|to|or|through|until|till|[-–—])\s*(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:early |mid-|late )?[A-Z][a-z]+\.?"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?\s+((?:1\d|20)\d\d)\b(?![,.]\d)"
)
FUNCTION_WORDS = frozenset(
    "and or but when after before as by at in on to the a with while where until of for they he she it we i that which who "
    "this was were is there all his her its their from over under because".split()
)


@dataclass
class Setting:
    """What a reading may look at, and the running date that it may move."""

    text: str
    published: dt.date | None
    lexicon: DateLexicon
    tense_at: Callable[[int], str | None]
    narrative: bool = False
    running: When | None = None
    running_end: int = 0  # where the running date stands in the text
    running_past: When | None = None  # the last date not after publication
    running_bc: str = ""  # the year before our era spoken of last, as TIMEX writes it: 'BC0480'
    quarter_story: bool = field(default=False)
    anchors: tuple[Anchor, ...] = ()  # events whose day the text tells

    def word_before(self, match: Match) -> str:
        """The word or mark in front, lower case, '' at the start of a line."""
        found = _WORD_BEFORE.search(self.text, max(0, match.start - 30), match.start)
        return found.group(1).lower() if found else ""

    def word_after(self, match: Match) -> str:
        """The word or mark behind, lower case."""
        found = _WORD_AFTER.match(self.text, match.end)
        return found.group(1).lower() if found else ""

    def base(self) -> dt.date | None:
        """The day that relative words count from: the running date of a narrative, else the published date."""
        if self.narrative and self.running is not None and self.running.start is not None:
            return self.running.start
        return self.published

    def future(self, match: Match) -> bool:
        """Whether the governing verb, or the words in front, look ahead."""
        return self._ahead(match) or self.tense_at(match.start) == "future"

    def past(self, match: Match) -> bool:
        """Whether the governing verb looks back, and no word in front looks ahead."""
        return not self._ahead(match) and self.tense_at(match.start) == "past"

    def _ahead(self, match: Match) -> bool:
        before = self.text[max(0, match.start - 80) : match.start]
        if any(
            pattern.search(before)
            for pattern in _ahead_signs(self.lexicon.leads, self.lexicon.puts_off, self.lexicon.grants)
        ):
            return True
        found = _AHEAD_BEFORE.search(self.text, max(0, match.start - 30), match.start)
        if found is None:
            return False
        # 'A strike called for Friday' looks ahead, 'blamed for Friday's attack' back.
        return found.group(1).lower() != "for" or self.text[match.end : match.end + 2] not in ("'s", "’s")

    def lookup(self, table: str, word: str) -> str:
        """A word's value in a table; '' if it is not there."""
        word = word.replace("’", "'").rstrip(".")
        entries = self.lexicon.words.get(table, {})
        return entries.get(word) or entries.get(re.sub(r"[-‐‑]", " ", word)) or ""


@functools.lru_cache(maxsize=8)
def _ahead_signs(
    leads: frozenset[str], puts_off: frozenset[str], grants: frozenset[str]
) -> tuple[re.Pattern[str], ...]:
    """What right before a weekday or month makes it lie ahead: 'as early as', 'postponed until', 'given them until'."""
    upto = r"(?:\S+\s+){0,2}$"
    patterns = []
    if leads:
        patterns.append(rf"\b(?:{_either(leads)})\s+$")
    if puts_off:
        patterns.append(rf"\b(?:{_either(puts_off)})\b[^.;:!?]{{0,40}}?\b(?:until|till|to|for)\s+{upto}")
    if grants:
        patterns.append(rf"\b(?:{_either(grants)})\s+(?:[^\s.;:!?]+\s+){{0,5}}?(?:until|till)\s+{upto}")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _either(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words)))


Reading = Callable[[Match, Setting], When | None]
READINGS: dict[str, Reading] = {}


def reading(function: Reading) -> Reading:
    """Register a rule under its own name."""
    READINGS[function.__name__] = function
    return function


def month_number(match: Match, at: Setting, slot: str = "") -> int:
    """The month that a slot names, 1 to 12, or 0."""
    for name in (slot,) if slot else ("month", "month_any"):
        word = match.slots.get(name, "")
        value = at.lookup("month", word) or at.lookup("month_short", word)
        if value:
            return int(value)
    return 0


def year_of(match: Match, at: Setting) -> int | None:
    """The year that the expression itself names, by number, in words or as 'last year', 'that year'."""
    if "year" in match.slots:
        return int(match.slots["year"])
    if "year_word" in match.slots:
        return year_word(match.slots["year_word"], at)
    if "running" in match.slots:
        start = at.running.start if at.running else None
        return start.year + int(at.lookup("running", match.slots["running"])) if start else None
    return None


def year_word(words: str, at: Setting) -> int | None:
    """The year that words say: nineteen ninety-six, two thousand and one."""
    parts = re.split(r"[\s-]+", words)
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(int(float(at.lookup("small", part) or 0)) for part in parts[2:] if part != "and")
    head = at.lookup("year_head", parts[0])
    rest = sum(int(float(at.lookup("tens", part) or at.lookup("small", part) or 0)) for part in parts[1:])
    # 'twenty five' is a number; 'nineteen five' is none.
    return int(head) + rest if head and 10 <= rest < 100 else None


def nearest_year(make: Callable[[int], dt.date], match: Match, at: Setting) -> int | None:
    """The year for a day or month told without one."""
    shared = SHARED_YEAR.match(at.text, match.end)
    if shared is not None:  # 'between March and April 1918'
        return int(shared.group(1))
    if at.narrative and at.running is not None and at.running.start is not None:
        base = at.running.start.year
        month = make(2000).month
        # A narrative runs forward: January after December belongs to the next year.
        return (
            base + 1 if month <= at.running.start.month - 8 and at.running.precision is not DatePrecision.YEAR else base
        )
    if at.published is None:
        running = at.running
        # A year alone ('since 2003') may be far from what follows; a day or month is what the text is about.
        close = running is not None and running.precision in (DatePrecision.DAY, DatePrecision.MONTH)
        return running.start.year if close and running is not None and running.start else None
    best, least = None, 0.0
    for candidate in (at.published.year - 1, at.published.year, at.published.year + 1):
        days = (make(candidate) - at.published).days
        # The future needs a reason: its distance counts more, less so where the verb looks ahead.
        weight = (0.35 if at.future(match) else 2.5 if at.past(match) else 1.5) if days > 0 else 1.0
        cost = abs(days) * weight
        if best is None or cost < least:
            best, least = candidate, cost
    return best


def verb_like(match: Match, at: Setting, word: str) -> bool:
    """Whether 'march' or 'may' is a verb here: lower case (or all text in capitals) after a subject or 'to'."""
    if word not in ("march", "may", "mar"):
        return False
    start = at.text.lower().find(word, match.start)
    return not at.text[start : start + 1].isupper() and at.word_before(match) in at.lexicon.verb_before


def is_counted(match: Match, at: Setting) -> bool:
    """Whether what follows is counted by the number at the end of the match."""
    return at.word_after(match) in at.lexicon.counted


def number_of(words: str, at: Setting) -> float | None:
    """The count that number words say; None for 'a few'. Of 'two to three' the first, as TIMEX3 has it."""
    first = re.split(r"\s+(?:to|or)\s+|[–]", words)[0].strip()
    if at.lookup("vague", first):
        return None
    if re.match(r"\d", first):
        return float(re.split(r"\s*-\s*", first)[0].replace(",", ""))
    whole = at.lookup("small", first)
    if whole:
        return float(whole)
    parts = re.split(r"[\s\-‐‑]+", first)
    tens = at.lookup("tens", parts[0])
    if tens:
        return float(tens) + float(at.lookup("small", parts[1]) or 0 if len(parts) > 1 else 0)
    return float(at.lookup("small", parts[0])) if at.lookup("small", parts[0]) else None


def unit_of(match: Match, at: Setting) -> str:
    """The code of the unit of time in a match (D, W, M, Y ...), '' if it has none."""
    word = next((match.slots[name] for name in ("unit_any", "units", "unit") if name in match.slots), "")
    return at.lookup("unit", word) or at.lookup("units", word)


def approx_of(match: Match, at: Setting) -> str:
    """'early', 'mid', 'late' or 'end' where the match says so, else ''."""
    edge = match.slots.get("edge")
    return at.lookup("edge", edge) if edge else at.lookup("approx", match.slots.get("approx", ""))


def unresolved(value: str, note: str) -> When:
    """A value with no days, and why."""
    return When(value, note=note, moves=False)


def relative_year(published: dt.date, month: int, number: int, offset: int) -> int:
    """The year of the last (-1), this (0) or next (1) such day of a month, seen from publication."""
    here = (published.month, published.day)
    if offset < 0:
        # In March 'last February' is a year back: this year's is 'last month'.
        just_gone = month % 12 == (published.month - 1) % 12 and number == published.day
        return published.year if (month, number) < here and not just_gone else published.year - 1
    if offset > 0:
        return published.year if (month, number) > here else published.year + 1
    return published.year


def day_spoken_of(at: Setting) -> dt.date | None:
    """The running date, where it is a single day."""
    if at.running is not None and at.running.precision is DatePrecision.DAY:
        return at.running.start
    return None


def reference_word(value: str, at: Setting) -> When:
    """PRESENT_REF is the published day; PAST_REF ends there, FUTURE_REF begins there."""
    if at.published is None or at.narrative:
        return When(value, note="" if at.published else NO_PUBLISHED, moves=False)
    if value == "PRESENT_REF":
        return When(value, at.published, at.published, DatePrecision.DAY, moves=False)
    if value == "PAST_REF":
        return When(value, None, at.published, note="no known start", moves=False)
    return When(value, at.published, None, note="no known end", moves=False)
