"""Which of a document's dates is the date of an act."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tocsin.extract.choice import shares
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import DATES_TOLD, FACTUALITIES, PRECISIONS
from tocsin.extract.member import Chosen, logit
from tocsin.resources.cue_list import find_cue
from tocsin.vocabulary import DateInterval, DateMention, DatePrecision, EventType, Factuality, Parse, Span


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that an act may have. ``interval`` None: the text does not tell one; ``span`` None: no words tell it."""

    interval: DateInterval | None
    span: Span | None
    reason: str
    features: Mapping[str, float]


WeighedDate = Chosen[DateInterval | None]
"""A date that an act may have, with its share of all; a value of None: the text does not tell the date."""

Act = tuple[TriggerMention, Reading, Factuality]
"""A mention, its window, and how it is told; only what is told as done goes on until the published date."""

Said = Sequence[tuple[DateInterval | None, float]]
"""Each date that a mention may mean, with its share."""


def weigh_dates(
    parse: Parse,
    acts: Sequence[Act],
    dates: Sequence[DateMention],
    bounded: Collection[str],
    remembered: Collection[str],
    first: Mapping[str, float],
    again: Mapping[str, float],
) -> list[tuple[WeighedDate, ...]]:
    """What each mention of a document says of the date of its act: alone, then with what the mentions around it say.

    Args:
        parse: the document.
        acts: its mentions.
        dates: every time expression of the document, resolved.
        bounded: words that bound an act.
        remembered: words by which a text remembers an act of another year.
        first: weights of the evidence of a mention alone, from the model's card ('date').
        again: weights for the second look ('date_again').

    Returns:
        For each mention every candidate with its share; the shares of a mention sum to 1.
    """
    made = [date_candidates(parse, *act, dates, bounded, remembered) for act in acts]
    alone = [shares([c.features for c in candidates], first) for candidates in made]
    said = [[(c.interval, share) for c, share in zip(*pair, strict=True)] for pair in zip(made, alone, strict=True)]
    found = []
    for candidates, around in zip(made, said_around([mention for mention, _, _ in acts], said), strict=True):
        scored = shares([second_look(c, around) for c in candidates], again)
        found.append(
            tuple(Chosen(c.interval, c.span, share, c.reason) for c, share in zip(candidates, scored, strict=True))
        )
    return found


# What mentions say counts a third where they stand two sentences away: 1 over e, for each so many sentences.
_AROUND = 2.0


def said_around(
    mentions: Sequence[TriggerMention], said: Sequence[Said]
) -> list[dict[str, dict[DateInterval | None, float]]]:
    """For each mention the mean share that the other mentions give each date: those of its sentence, and the others, the
    nearer the more.
    """
    made = []
    for here in mentions:
        told: dict[str, dict[DateInterval | None, float]] = {"around_same": {}, "around_near": {}}
        whole = dict.fromkeys(told, 0.0)
        for there, shared in zip(mentions, said, strict=True):
            if there is here:
                continue
            gap = abs(here.sentence - there.sentence)
            name, weight = ("around_near", math.exp(-gap / _AROUND)) if gap else ("around_same", 1.0)
            whole[name] += weight
            for value, share in shared:
                told[name][value] = told[name].get(value, 0.0) + weight * share
        made.append({name: {v: x / whole[name] for v, x in values.items()} for name, values in told.items()})
    return made


def second_look(
    candidate: DateCandidate, around: Mapping[str, Mapping[DateInterval | None, float]]
) -> dict[str, float]:
    """The evidence for a date with what other mentions say: 'around_same', those of its sentence; 'around_near', the others."""
    return {**candidate.features, **{name: told.get(candidate.interval, 0.0) for name, told in around.items()}}


def choose_date(said: Sequence[Sequence[WeighedDate]], weights: Mapping[str, float]) -> Chosen[DateInterval] | None:
    """The date of an occurrence, None where the text does not tell it.

    Args:
        said: what ``weigh_dates`` gives for each of its mentions.
        weights: 'floor' is the least share of a date that is told.

    Returns:
        The date that one mention is surest of; other mentions need not tell it. Words that tell one date twice count together.
    """
    best: Chosen[DateInterval] | None = None
    for weighed in said:
        together: dict[DateInterval | None, float] = {}
        loudest: dict[DateInterval | None, WeighedDate] = {}
        for one in weighed:
            together[one.value] = together.get(one.value, 0.0) + one.score
            if one.value not in loudest or one.score > loudest[one.value].score:
                loudest[one.value] = one
        value = max(together, key=lambda each: together[each], default=None)
        if value is not None and together[value] >= weights["floor"] and (best is None or together[value] > best.score):
            best = Chosen(value, loudest[value].span, together[value], loudest[value].reason)
    return best


def date_candidates(
    parse: Parse,
    mention: TriggerMention,
    reading: Reading,
    factuality: Factuality,
    dates: Sequence[DateMention],
    bounded: Collection[str],
    remembered: Collection[str],
) -> list[DateCandidate]:
    """Every date that an act may have, with the evidence for each; the last two are the published date and none.

    What is told as done and began before the published date stands twice: as told, and as going on until that date. A day
    told without its year stands once more for each past year that is told, where the text remembers; a weekday to come for
    the week before, where the act is done.
    """
    wanted = reading.heads["date_precision"]
    unknown = float(wanted[PRECISIONS.index(DatePrecision.UNKNOWN.value)])
    told = {label: math.log(float(p) + 0.01) for label, p in zip(DATES_TOLD, reading.heads["date_told"], strict=True)}
    done = factuality is Factuality.ACTUAL
    lasting = logit(float(reading.heads["lasting"][0]))
    made: list[DateCandidate] = []
    reads = [reading.over(date.span, "date") for date in dates]
    remembers = find_cue(parse.document.text, remembered) is not None
    for date, read in zip(dates, reads, strict=True):
        interval, reason = date.interval, f"time expression: {date.reason or date.value}"
        counted = interval is None and date.kind == "duration"
        if counted:
            interval = _counted_back(parse, date) if done and mention.type in COUNTED else None
            reason = f"counted back from the published date: {date.value}"
        elif date.kind in ("duration", "set"):
            interval = None
        if interval is None:
            continue
        features = _date_features(parse, mention, reading, date, interval, read, max(reads))
        features["words_told"] = told["words"]
        if counted:
            features |= {"counted": 1.0, "lasting": lasting}
        made.append(DateCandidate(interval, date.span, reason, features))
        for other, why, how in _other_days(parse, mention, date, interval, dates if remembers else (), done):
            meant = _date_features(parse, mention, reading, date, other, read, max(reads)) | how
            made.append(DateCandidate(other, date.span, f"{reason}; {why}", meant | {"words_told": told["words"]}))
        longer = until_published(parse, interval) if done and not counted else None
        if longer is not None:
            usual = float(goes_on(parse, mention, date.span, bounded))
            features = features | {"lasts": 1.0, "lasting": lasting, "lasts_usual": usual}
            made.append(DateCandidate(longer, date.span, f"{reason}; goes on at the published date", features))
    highest = max((c.features["read"] for c in made), default=0.0)
    inside = max((c.features["same_sentence"] for c in made), default=0.0)
    published = parse.document.published
    if published is not None:
        features = {
            "published": 1.0,
            "published_told": told["published"],
            "published_unknown": unknown,
            "published_day": float(wanted[PRECISIONS.index(DatePrecision.DAY.value)]),
            "published_read": highest,
            "published_inside": inside,
            "published_done": float(reading.heads["factuality"][FACTUALITIES.index(Factuality.ACTUAL.value)]),
        }
        made.append(DateCandidate(_on(published), None, "no date told; the report is of the published date", features))
    features = {
        "none": 1.0,
        "none_told": told["unknown"],
        "none_unknown": unknown,
        "none_read": highest,
        "none_inside": inside,
    }
    made.append(DateCandidate(None, None, "no date told", features))
    return made


def _date_features(
    parse: Parse,
    mention: TriggerMention,
    reading: Reading,
    date: DateMention,
    interval: DateInterval,
    read: float,
    highest: float,
) -> dict[str, float]:
    """What speaks for a time expression being the date of an act; the card's 'date' weighs it.

    Returns:
        'read': the window's highest probability over its words; 'most_read': no other expression has a higher one;
        'precision' and 'unknown': how probably the window wants a date of this precision, or none; 'same_sentence',
        'told': how probably its sentence tells the same occurrence; 'near' (falls off over 80 characters), 'before';
        'opening': it stands in the document's first line and is the published date, as a dateline's date is; 'to_come'
        and 'past': a later date of an act told as planned, an earlier one of an act told as done; 'old': over 60 days.
    """
    sentence = parse.sentences[mention.sentence]
    wanted = reading.heads["date_precision"]
    published = parse.document.published
    start, end = interval.start or interval.end, interval.end or interval.start
    done = float(reading.heads["factuality"][FACTUALITIES.index(Factuality.ACTUAL.value)])
    later = published is not None and start is not None and start > published
    inside = sentence.span.contains(date.span)
    where = parse.sentence_at(date.span.start)
    number = parse.sentences.index(where) if where is not None else -1
    return {
        "read": read,
        "most_read": float(read >= highest),
        "precision": float(wanted[PRECISIONS.index(interval.precision.value)]),
        "unknown": float(wanted[PRECISIONS.index(DatePrecision.UNKNOWN.value)]),
        "same_sentence": float(inside),
        "told": 1.0 if inside else reading.evidence.get(number, 0.0),
        "near": _near(mention.span, date.span, 80),
        "before": float(date.span.end <= sentence.span.start),
        "opening": float(
            date.span.start < 90
            and published is not None
            and interval.start == published
            and any(c.isdigit() for c in date.text)
        ),
        "to_come": float(later) * (1 - done),
        "to_come_done": float(later) * done,
        "old": float(published is not None and end is not None and (published - end).days > 60),
        "day": float(interval.precision is DatePrecision.DAY),
        "year": float(interval.precision is DatePrecision.YEAR),
    }


def _other_days(
    parse: Parse,
    mention: TriggerMention,
    date: DateMention,
    interval: DateInterval,
    dates: Sequence[DateMention],
    done: bool,
) -> list[tuple[DateInterval, str, dict[str, float]]]:
    """What the words of a day may mean beside what they were resolved to, each with the reason and the evidence for it.

    'June 16' beside '1976' is June 16, 1976 where the text remembers it; a weekday taken for one to come is the last one where
    the act is done. The rule that read the words tells which parts they have.
    """
    published, day = parse.document.published, interval.start
    if published is None or day is None or day != interval.end or _YEAR.search(date.text):
        return []
    made = []
    if "{month" in date.reason or "{feast}" in date.reason:
        years: dict[int, float] = {}
        for other in dates:
            past = other.interval
            if past and past.start and past.precision is DatePrecision.YEAR and past.start.year < published.year:
                near = _near(mention.span, other.span, 300)
                years[past.start.year] = max(near, years.get(past.start.year, 0.0))
        for year, near in sorted(years.items())[-_YEARS:]:
            if (day.month, day.day) != (2, 29):
                how = {"remembered": 1.0, "remembered_near": near}
                made.append((_on(day.replace(year=year)), f"the day of {year}, which the text remembers", how))
    elif "{weekday" in date.reason and abs((day - published).days) <= _WEEK.days and not _DIGIT.search(date.text):
        if done and day > published:
            made.append((_on(day - _WEEK), "the week before, as the act is done", {"week_before": 1.0}))
    return made


def _on(day: dt.date) -> DateInterval:
    return DateInterval(day, day, DatePrecision.DAY)


_YEAR, _DIGIT = re.compile(r"\d{4}"), re.compile(r"\d")
_WEEK = dt.timedelta(days=7)
# More past years than this are a chronicle, in which no day is remembered.
_YEARS = 4


def _near(one: Span, other: Span, reach: int) -> float:
    """1 for words side by side, falling off over ``reach`` characters between them."""
    return math.exp(-max(0, other.start - one.end, one.start - other.end) / reach)


_COUNTED = re.compile(r"P(\d+)([DWM])")
_DAYS = {"D": 1, "W": 7, "M": 30}


def _counted_back(parse: Parse, date: DateMention) -> DateInterval | None:
    """What a length of time says of an act that goes on: a four-day-old strike began three days ago."""
    length, published = _COUNTED.fullmatch(date.value), parse.document.published
    if length is None or published is None:
        return None
    number, unit = int(length[1]), length[2]
    days = number * _DAYS[unit] - (1 if unit == "D" else 0)
    if not 0 < days <= _LONGEST.days:
        return None
    precision = {"D": DatePrecision.DAY, "W": DatePrecision.WEEK, "M": DatePrecision.MONTH}[unit]
    return DateInterval(published - dt.timedelta(days=days), published, precision)


def until_published(parse: Parse, interval: DateInterval) -> DateInterval | None:
    """An interval drawn out to the published date, for an act that goes on (ruling 17); None where it cannot have lasted."""
    published, start = parse.document.published, interval.start
    if published is None or start is None or interval.precision not in (DatePrecision.DAY, DatePrecision.WEEK):
        return None
    if not start < published <= start + _LONGEST or (interval.end is not None and interval.end > published):
        return None
    return DateInterval(start, published, interval.precision)


def goes_on(parse: Parse, mention: TriggerMention, span: Span, bounded: Collection[str]) -> bool:
    """Whether an act of this type goes on once it began, as far as words near it tell.

    A strike or lockout does, unless words near its trigger bound it ('one-day', 'ended'); a blockade or another protest
    where the text tells its beginning ('since Monday') in the words before ``span``.
    """
    if mention.type in STOPPAGES:
        near = parse.document.text[max(0, mention.span.start - 60) : mention.span.end + 60]
        return find_cue(near, bounded) is None
    return mention.type in LASTING and _tells_a_beginning(parse, span)


# A stoppage that began longer ago than this and is in the news again is more likely remembered than lasting.
_LONGEST = dt.timedelta(days=400)

STOPPAGES = frozenset((EventType.STRIKE, EventType.LOCKOUT))

# Acts that go on until they are called off.
LASTING = STOPPAGES | {EventType.BLOCKADE, EventType.OTHER_PROTEST}

# Acts of which a length is told: 'the four-day-old strike', 'after a month of violence'.
COUNTED = LASTING | {EventType.DEMONSTRATION, EventType.RIOT, EventType.CLASH}

_BEGINNINGS = frozenset(("begin", "start", "since", "launch"))


def _tells_a_beginning(parse: Parse, date: Span) -> bool:
    """Whether a word of beginning stands within four words before a time expression: 'began on Monday'."""
    sentence = parse.sentence_at(date.start)
    if sentence is None:
        return False
    before = [token for token in sentence.tokens if token.span.end <= date.start][-4:]
    return any(token.lemma in _BEGINNINGS for token in before)


def compatible_dates(one: DateInterval, other: DateInterval) -> bool:
    """Whether two intervals may be one occurrence's: they overlap, or an end is open or unknown."""
    if DatePrecision.UNKNOWN in (one.precision, other.precision):
        return True
    starts, ends = (one.start, other.start), (one.end, other.end)
    if None in starts or None in ends:
        return True
    return max(d for d in starts if d) <= min(d for d in ends if d)
