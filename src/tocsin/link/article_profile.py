"""What tells whether two articles tell the same story: words, names, numbers and days, read off the text alone."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from tocsin.link.words import Rarity, stem, weigh, words_of
from tocsin.vocabulary import Document

_CAPITALS = re.compile(r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*")
_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old|,\s(\d{1,2}),|\baged?\s(\d{1,2})\b|\((\d{1,2})\)")
_ADDRESS = re.compile(r"(\d{2,5})(?:th)?\s+block\s+of\s+(?:\w\.?\s+|North |South |East |West )?(\w+)", re.I)
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d\d))?\s*([ap])\.?m", re.I)
_STAMP = re.compile(r"(?:Updated|Posted|Published).{0,60}$", re.S)  # a time of printing, not of the story
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_CALENDAR = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(\d{{1,2}})\b(?:,?\s+((?:19|20)\d\d))?")
_WEEKDAYS = {day: n for n, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
# What follows the headline is the outlet: 'Two hurt in crash | KXYZ News'.
_OUTLET = re.compile(r" \| | :: | - (?=[A-Z])")
_ARCHIVED = re.compile(r".*/(?=https?://)")
_LEAD = 80  # words
_SOON = dt.timedelta(days=14)  # a date without a year further ahead than this was last year


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Counts and sets of an article, before rarity is known. Pairs of words are as written, other words are stems.

    ``pairs`` are neighbouring words; ``full`` are neighbouring capitalised ones, mostly names of persons and streets.
    """

    words: Mapping[str, int]
    pairs: Mapping[str, int]
    names: Mapping[str, int]
    lead: Mapping[str, int]
    title: Mapping[str, int]
    full: frozenset[str]
    ages: frozenset[int]
    addresses: frozenset[str]
    times: frozenset[str]
    days: frozenset[dt.date]
    published: dt.date | None
    host: str


@dataclass(frozen=True, slots=True)
class Rarities:
    """How much each kind of shared word says among a set of articles."""

    words: Rarity
    pairs: Rarity
    names: Rarity
    full: Rarity


@dataclass(frozen=True, slots=True)
class ArticleProfile:
    """An article's words as vectors of length 1, and its text."""

    text: ArticleText
    words: Mapping[str, float]
    pairs: Mapping[str, float]
    names: Mapping[str, float]
    lead: Mapping[str, float]
    title: Mapping[str, float]


def read_article(document: Document) -> ArticleText:
    """Draw out of an article what is compared. English is assumed; other languages have fewer features."""
    text = document.text
    running = words_of(text)
    title = [stem(word) for word in words_of(_OUTLET.split(document.title or "")[0])]
    words = Counter(stem(word) for word in running)
    for word in title:
        words[word] += 2
    names: Counter[str] = Counter()
    full: set[str] = set()
    for found in _CAPITALS.finditer(f"{document.title or ''}\n\n{text}"):
        parts = words_of(found.group())
        names.update(parts)
        full.update(" ".join(pair) for pair in pairwise(parts))
        if len(parts) > 2:
            full.add(f"{parts[0]} {parts[-1]}")
    return ArticleText(
        words=words,
        pairs=Counter(" ".join(pair) for pair in pairwise(running)),
        names=names,
        lead=Counter(stem(word) for word in running[:_LEAD]),
        title=Counter(title),
        full=frozenset(full),
        ages=frozenset(int(next(age for age in found.groups() if age)) for found in _AGE.finditer(text)),
        addresses=frozenset(f"{found[1]} {found[2].casefold()}" for found in _ADDRESS.finditer(text)),
        times=frozenset(_times(text)),
        days=frozenset(_days(text, running, document.published)),
        published=document.published,
        host=(urlsplit(_ARCHIVED.sub("", document.url)).hostname or "") if document.url else "",
    )


def profile_article(article: ArticleText, rarities: Rarities) -> ArticleProfile:
    """The article with its words weighed."""
    return ArticleProfile(
        article,
        weigh(article.words, rarities.words),
        weigh(article.pairs, rarities.pairs),
        weigh(article.names, rarities.names),
        weigh(article.lead, rarities.words),
        weigh(article.title, rarities.words),
    )


def _times(text: str) -> Iterator[str]:
    for found in _CLOCK.finditer(text):
        if not _STAMP.search(text[max(0, found.start() - 70) : found.start()]):
            yield f"{int(found[1])}:{found[2] or '00'}{found[3].casefold()}"


def _days(text: str, running: list[str], published: dt.date | None) -> Iterator[dt.date]:
    """Days that the text names; weekdays are those before publication."""
    for found in _CALENDAR.finditer(text):
        year = int(found[3]) if found[3] else published.year if published else None
        day = _day(year, _MONTHS.index(found[1]) + 1, int(found[2]))
        if day and published and not found[3] and day > published + _SOON:
            day = _day(day.year - 1, day.month, day.day)
        if day:
            yield day
    if published:
        for weekday in _WEEKDAYS.keys() & set(running):
            yield published - dt.timedelta(days=(published.weekday() - _WEEKDAYS[weekday]) % 7)


def _day(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year else None
    except ValueError:
        return None
