"""Days of events that other expressions count from: 'the vote on Sunday' lets 'the day after the vote' be read.

A text tells the day of an event beside its noun; elections and referendums that a text only names stand in
``dates_elections.yaml``. What neither tells stays unknown.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.resources.date_lexicon import DateLexicon, Election
from tocsin.vocabulary import DateMention, DatePrecision

# Between an event's noun and its day: 'the vote was held on', 'the strike, which began on', 'polls in Minsk on'.
_NOUN_TO_DAY = (
    r"(?:\s+(?:in|at)\s+(?:the\s+)?[A-Z][\w.-]*)?(?:,?\s+(?:which|that))?"
    r"(?:\s+(?:was|were|is|are|will|to|had|took|takes|take|has|have|been|be|first))*"
    r",?(?:\s+(?:held|began|begun|begin|begins|started|place|set|due|called|staged|broke out|fell|falls|fought))?"
    r"(?:\s+(?:on|of|for|from|since|late on|early on))?\s+(?:the\s+)?$"
)
# Between a day and an event's noun: 'Sunday's disputed vote', 'the 9 August election'.
_DAY_TO_NOUN = r"^(?:['’]s(?:\s+[^\W\d_][\w'’-]*){0,3}?|(?:\s+[^\W\d_][\w'’-]*)?)\s+"
# Words that show that the noun behind a day belongs to something else: 'on Monday after the vote'.
_APART = frozenset(
    "after before of in at on to the a against over for since until during and or but as when while by with from "
    "ahead following".split()
)
_ARTICLE = re.compile(r"\b(?:the|an?|his|her|their|its|last|this|disputed)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event whose day is known: its class in the table ``event``, the day, where the text says so."""

    event: str
    day: dt.date
    position: int
    source: str


def find_anchors(text: str, mentions: Iterable[DateMention], lexicon: DateLexicon) -> tuple[Anchor, ...]:
    """Every event of a text whose noun stands beside a resolved day, in text order."""
    nouns = _nouns(lexicon)
    if nouns is None:
        return ()
    found = []
    for mention in mentions:
        interval = mention.interval
        if interval is None or interval.start is None or interval.precision is not DatePrecision.DAY:
            continue
        # 'Since Monday' covers days up to publication; it is its first day that the text names.
        if interval.start != interval.end and "since" not in mention.reason:
            continue
        noun = _noun_behind(text, mention, nouns) or _noun_before(text, mention, nouns)
        if noun is not None:
            event = lexicon.words["event"][noun.lower()]
            found.append(Anchor(event, interval.start, mention.span.start, f"{noun} of {interval.start}"))
    return tuple(found)


def _noun_behind(text: str, mention: DateMention, nouns: _Nouns) -> str | None:
    match = nouns.behind.match(text[mention.span.end : mention.span.end + 70])
    if match is None:
        return None
    between = match.group()[: match.start("noun")].lower().split()
    if any(word in _APART for word in between):
        return None
    # 'On Sunday protest rallies' tells of no 'Sunday protest'.
    owned = match.group()[0] in "'’" or _ARTICLE.search(text[max(0, mention.span.start - 12) : mention.span.start])
    return match["noun"] if owned else None


def _noun_before(text: str, mention: DateMention, nouns: _Nouns) -> str | None:
    match = nouns.before.search(text[max(0, mention.span.start - 80) : mention.span.start])
    return match["noun"] if match else None


@dataclass(frozen=True, slots=True)
class _Nouns:
    behind: re.Pattern[str]
    before: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _compiled(nouns: tuple[str, ...]) -> _Nouns:
    spelt = "|".join(re.escape(noun) for noun in nouns)
    return _Nouns(
        re.compile(rf"{_DAY_TO_NOUN}(?P<noun>{spelt})\b", re.IGNORECASE),
        re.compile(rf"\b(?P<noun>{spelt}){_NOUN_TO_DAY}", re.IGNORECASE),
    )


def _nouns(lexicon: DateLexicon) -> _Nouns | None:
    nouns = lexicon.words.get("event")
    return _compiled(tuple(sorted(nouns, key=len, reverse=True))) if nouns else None


def nearest_anchor(event: str, position: int, anchors: Sequence[Anchor]) -> Anchor | None:
    """The day of an event of a class: as the text told it last, else as it tells it next."""
    same = [anchor for anchor in anchors if anchor.event == event]
    before = [anchor for anchor in same if anchor.position <= position]
    return before[-1] if before else same[0] if same else None


def named_election(
    phrase: str, behind: str, published: dt.date | None, ahead: bool, elections: Sequence[Election]
) -> Anchor | None:
    """The day of an election that a text names by country and kind: 'the 2020 presidential election in Belarus'.

    Args:
        phrase: the noun phrase.
        behind: the words after it, where 'in Belarus' may stand.
        published: chooses between elections where the phrase has no year; None then gives None.
        ahead: whether the verb looks ahead.
        elections: what is known.
    """
    words = f" {phrase.lower()} ".replace("’", "'").replace(".", "")
    inside = re.match(r"\s+in\s+(?:the\s+)?([^\W\d_][\w.]*(?:\s+[A-Z][\w.]*)?)", behind)
    country = f" {inside[1].lower().replace('.', '')} " if inside else " "
    for election in elections:
        if not any(f" {kind} " in words for kind in election.kinds):
            continue
        if not any(_names(name, words) or country.startswith(f" {name} ") for name in election.where):
            continue
        day = _which(election, words, published, ahead)
        if day is not None:
            return Anchor("election", day, 0, f"{election.where[0]} {election.kinds[0]} election of {day}")
    return None


def election_at_home(
    phrase: str, text: str, published: dt.date | None, ahead: bool, elections: Sequence[Election]
) -> Anchor | None:
    """The day of 'the vote' where phrase and text name no day: the one vote of late in the country that the text names most.

    The country must be named three times and twice as often as any other of the file, and have voted once within 60 days
    of publication, before it or, where the verb looks ahead, after it.
    """
    if published is None:
        return None
    named = Counter({where: len(_spelt(where).findall(text)) for where in {election.where for election in elections}})
    first, *rest = named.most_common(2)
    if first[1] < _NAMED or (rest and first[1] < 2 * rest[0][1]):
        return None
    words = f" {phrase.lower()} "
    told = [kind for election in elections for kind in election.kinds if f" {kind} " in words]
    days = {
        day
        for election in elections
        if election.where == first[0] and (not told or set(told) & set(election.kinds))
        for day in election.held
        if 0 <= ((day - published) if ahead else (published - day)).days <= _LATELY
    }
    if len(days) != 1:
        return None
    (day,) = days
    return Anchor("election", day, 0, f"{first[0][0]} vote of {day}, of the country which the text names most")


_NAMED, _LATELY = 3, 60


@functools.lru_cache(maxsize=256)
def _spelt(where: tuple[str, ...]) -> re.Pattern[str]:
    """A country's names as a text writes them: 'us' is a pronoun, 'US' and 'U.S.' are not."""
    names = [r"\.?".join(name.upper()) + r"\.?" if len(name) < 3 else re.escape(name.title()) for name in where]
    return re.compile(rf"\b(?:{'|'.join(names)})(?!\w)")


def _names(country: str, words: str) -> bool:
    return f" {country} " in words or f" {country}'s " in words


def _which(election: Election, words: str, published: dt.date | None, ahead: bool) -> dt.date | None:
    if year := re.search(r"\b(?:1\d|20)\d\d\b", words):
        return next((day for day in election.held if day.year == int(year.group())), None)
    if published is None:
        return None
    if ahead:
        return next((day for day in election.held if day > published), None)
    return next((day for day in reversed(election.held) if day <= published), None)
