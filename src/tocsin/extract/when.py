"""Which of a document's dates is the date of an act."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence

from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import PRECISIONS
from tocsin.extract.member import Chosen, weigh
from tocsin.resources.cue_list import find_cue
from tocsin.vocabulary import DateInterval, DateMention, DatePrecision, EventType, Parse, Span


def choose_date(
    parse: Parse, mention: TriggerMention, reading: Reading, dates: Sequence[DateMention], weights: Mapping[str, float]
) -> Chosen[DateInterval] | None:
    """The date of a mention, None where the text does not tell it.

    Args:
        parse: the document.
        mention: the trigger.
        reading: its window; its head ``date_precision`` says how probably no date is told.
        dates: every time expression of the document, resolved.
        weights: of the evidence, from the model's card ('date').

    Returns:
        The interval of the expression that the evidence speaks for most, if it speaks strongly enough.
    """
    scored = [
        (weigh(date_features(parse, mention, reading, date), weights), -i, date)
        for i, date in enumerate(dates)
        if date.interval is not None and date.kind not in ("duration", "set")
    ]
    score, _, best = max(scored, default=(0.0, 0, None), key=lambda row: row[:2])
    if best is None or best.interval is None or score < weights["floor"]:
        return None
    reason = f"time expression: {best.reason or best.value}"
    return Chosen(best.interval, best.span, score, reason)


def until_published(
    parse: Parse, mention: TriggerMention, date: Chosen[DateInterval], bounded: Collection[str]
) -> Chosen[DateInterval]:
    """The date of an act that is told as done, drawn out to the published date if the act goes on (ruling 17).

    A strike or lockout goes on unless words near its trigger bound it ('one-day', 'ended'); a blockade or another
    protest only where the text tells its beginning ('since Monday').

    Args:
        parse: the document.
        mention: the trigger.
        date: as chosen.
        bounded: words that bound an act.
    """
    published, start = parse.document.published, date.value.start
    if published is None or start is None or date.value.precision not in (DatePrecision.DAY, DatePrecision.WEEK):
        return date
    if not start < published <= start + _LONGEST or (date.value.end is not None and date.value.end > published):
        return date
    if mention.type in STOPPAGES:
        near = parse.document.text[max(0, mention.span.start - 60) : mention.span.end + 60]
        if find_cue(near, bounded) is not None:
            return date
    elif mention.type not in LASTING or date.span is None or not _tells_a_beginning(parse, date.span):
        return date
    interval = DateInterval(start, published, date.value.precision)
    return Chosen(interval, date.span, date.score, date.reason + "; goes on at the published date")


# A stoppage that began longer ago than this and is in the news again is more likely remembered than lasting.
_LONGEST = dt.timedelta(days=400)

STOPPAGES = frozenset((EventType.STRIKE, EventType.LOCKOUT))


def date_features(parse: Parse, mention: TriggerMention, reading: Reading, date: DateMention) -> dict[str, float]:
    """What speaks for a time expression being the date of an act; the card's 'date' weighs it.

    Returns:
        'read': the window's highest probability over its words; 'precision' and 'unknown': how probably the window
        wants a date of this precision, or none; 'same_sentence', 'near' (falls off over 80 characters), 'before';
        'opening': it stands in the document's first line and is the published date, as a dateline's date is.
    """
    if date.interval is None:
        return {}
    sentence = parse.sentences[mention.sentence]
    wanted = reading.heads["date_precision"]
    gap = max(0, date.span.start - mention.span.end, mention.span.start - date.span.end)
    published = parse.document.published
    return {
        "read": reading.over(date.span, "date"),
        "precision": float(wanted[PRECISIONS.index(date.interval.precision.value)]),
        "unknown": float(wanted[PRECISIONS.index(DatePrecision.UNKNOWN.value)]),
        "same_sentence": float(sentence.span.contains(date.span)),
        "near": math.exp(-gap / 80),
        "before": float(date.span.end <= sentence.span.start),
        "opening": float(
            date.span.start < 90
            and published is not None
            and date.interval.start == published
            and any(c.isdigit() for c in date.text)
        ),
    }


# Acts that go on until they are called off.
LASTING = STOPPAGES | {EventType.BLOCKADE, EventType.OTHER_PROTEST}

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
