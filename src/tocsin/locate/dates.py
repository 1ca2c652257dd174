"""Time expressions: find them, and say which days they mean.

The words and templates stand in ``data/lexicons/<language>/dates.yaml``; the rules that read them in
``date_readings.py``. A weekday or month without a year needs the published date and the tense of its verb.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from tocsin.errors import DataError
from tocsin.locate.date_anchors import find_anchors
from tocsin.locate.date_calendar import When
from tocsin.locate.date_patterns import Match, Matcher, compile_lexicon
from tocsin.locate.date_readings import EVENT_READINGS, READINGS
from tocsin.locate.date_setting import Setting
from tocsin.resources.date_lexicon import DateLexicon, load_date_lexicon
from tocsin.vocabulary import DateInterval, DateMention, DatePrecision, Parse, Span, Token

Tense = Callable[[int], str | None]

_BEFORE = re.compile(
    r"\b(since|until|till|up to|through|before)\s+(?:about\s+|around\s+|the\s+|at\s+)?$", re.IGNORECASE
)
# What may stand between the head of a sentence or line and a year that moves the story there.
_OPENS = re.compile(r"(?:^|[.!?:]\s+|\n\s*)[\"“'(]*(?:[A-Z]\w+[\s,]+){0,2}(?:the\s+)?$")
_CLAUSE_END = re.compile(r"[.!?]\s|\n\s*\n")
# A history names years far from its own publication and hardly any weekday. Chosen by hand; tried on WikiWars and TimeBank.
_FAR_YEARS = 3
_HISTORY_YEARS = 6
_CHRONICLE_YEARS = 15


@dataclass(frozen=True, slots=True)
class _Ready:
    lexicon: DateLexicon
    matcher: Matcher
    signs: tuple[tuple[str, re.Pattern[str]], ...]
    events: re.Pattern[str] | None


@functools.cache
def _ready(language: str) -> _Ready | None:
    lexicon = load_date_lexicon(language)
    if lexicon is None:
        return None
    for number, cue in enumerate(lexicon.cues):
        if cue.reads not in READINGS:
            raise DataError(
                f"data/lexicons/{language}/dates.yaml, entry {number + 1}: no rule is named {cue.reads!r}. "
                f"There are: {', '.join(sorted(READINGS))}."
            )
    signs = (("future", _signs(lexicon.ahead)), ("past", _signs(lexicon.back, r"\w{2,}ed")))
    nouns = [*lexicon.words.get("event", ()), *lexicon.words.get("feast", ())]
    events = None
    if nouns:
        spelt = "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True)).replace("'", "['’]")
        events = re.compile(rf"\b(?:after|before|following|of)\s[^;\n]{{0,60}}?\b(?:{spelt})\b", re.IGNORECASE)
    return _Ready(lexicon, compile_lexicon(lexicon), signs, events)


def _signs(phrases: frozenset[str], *more: str) -> re.Pattern[str]:
    spelt = [
        re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
        for phrase in sorted(phrases, key=len, reverse=True)
    ]
    return re.compile(r"(?:(?<!\w)|(?=['’]))(?:" + "|".join([*spelt, *more]) + r")\b", re.IGNORECASE)


def find_dates(
    text: str, published: dt.date | None, *, tense_at: Tense | None = None, language: str = "en"
) -> tuple[DateMention, ...]:
    """Find the time expressions of a text.

    Args:
        text: any text; offsets of the result are code points of it.
        published: the day that 'yesterday' counts from; None leaves relative expressions unresolved.
        tense_at: the tense ('past', 'future' or None) of the verb that governs a code point. Without it, a look
            at the words around stands in.
        language: a language with a ``dates.yaml``; any other gives nothing.

    Returns:
        Mentions in text order, none overlapping. ``interval`` is None for durations, sets and what cannot be
        resolved; ``reason`` names the cue and what stood in the way. A stretch whose place in time is told
        ('the past two weeks') has kind 'date', a length for a value (P2W) and an interval.

    Source: TIMEX3 values as in TimeML 1.2.1 (Pustejovsky et al. 2005).
    """
    ready = _ready(language)
    if ready is None or not text:
        return ()
    plain = _ascii_digits(text)
    setting = Setting(
        text=plain,
        published=published,
        lexicon=ready.lexicon,
        tense_at=tense_at or _guess_tense(plain, ready.signs),
        narrative=_is_history(plain, published),
    )
    found = _read_all(text, setting, ready, with_events=False)
    if ready.events is None or ready.events.search(plain) is None:
        return found
    # 'The day after the vote' can be read once it is known which day the text gives the vote, perhaps further on.
    anchors = find_anchors(plain, found, ready.lexicon)
    fresh = replace(setting, anchors=anchors, running=None, running_end=0, running_past=None, quarter_story=False)
    return _read_all(text, fresh, ready, with_events=True)


def _read_all(text: str, setting: Setting, ready: _Ready, *, with_events: bool) -> tuple[DateMention, ...]:
    """One pass over the text, left to right; each reading may move the running date."""
    plain, published = setting.text, setting.published
    matches = _candidates(plain, ready.matcher)
    skip = frozenset[str]() if with_events else EVENT_READINGS
    mentions: list[DateMention] = []
    done = 0
    for start, key in matches:
        if start < done:
            continue
        for match in ready.matcher.at(plain, start, key, skip):
            try:
                when = READINGS[match.cue.reads](match, setting)
            except (ValueError, OverflowError):
                done = match.end  # 30 February, or a date outside the calendar: no part of it is a date either
                break
            if when is None:
                continue
            mentions.append(_mention(text, match, when, setting))
            done = match.end
            if when.value.startswith("BC"):
                setting.running_bc = when.value[:6]
            elif (
                when.moves
                and when.start is not None
                and when.kind in ("date", "time")
                and not _aside(when, match, setting)
            ):
                setting.running, setting.running_end, setting.running_bc = when, match.end, ""
                if published is None or when.start <= published:
                    setting.running_past = when
            break
    return tuple(mentions)


def _aside(when: When, match: Match, setting: Setting) -> bool:
    """Whether a history only glances at a year: 'papers opened in 2005 show that on 4 August ...' goes on in its own year.

    A year alone carries the story on where it opens its sentence or line, or follows closely on the year before.
    """
    running = setting.running
    if not setting.narrative or when.precision is not DatePrecision.YEAR or running is None or running.start is None:
        return False
    if running.precision is DatePrecision.YEAR or when.start is None:
        return False
    return _OPENS.search(setting.text[max(0, match.start - 30) : match.start]) is None


def date_mentions(parse: Parse) -> tuple[DateMention, ...]:
    """Find the time expressions of a parsed document, with the tense of each one's governing verb from its syntax."""
    document = parse.document
    language = document.language or (parse.sentences[0].language if parse.sentences else "en")
    ready = _ready(language)
    if ready is None:
        return ()
    tense = _parse_tense(parse, ready)
    return find_dates(document.text, document.published, tense_at=tense, language=language)


def _ascii_digits(text: str) -> str:
    """The text with every decimal digit as 0 to 9, each code point in its place."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and char > "9" else "\u0020" if char == "\u00a0" else char
        for char in text
    )


def _candidates(text: str, matcher: Matcher) -> list[tuple[int, str]]:
    found = []
    for start, key in matcher.starts(text):
        before = text[start - 1] if start else ""
        if before and (before.isalnum() or before == "_"):
            continue
        # The second half of 1,987 or 3.50 or 12:30 is no number of its own.
        if key == "#" and before and before in ".,:/$£€" and (before in "$£€" or text[start - 2 : start - 1].isdigit()):
            continue
        # In a row of numbers ('2020 300 45.5') the first is no year.
        if key == "#" and _ROW_OF_NUMBERS.match(text, start):
            continue
        found.append((start, key))
    return found


_ROW_OF_NUMBERS = re.compile(r"\d{4}[ \t]+\d")


def _mention(text: str, match: Match, when: When, setting: Setting) -> DateMention:
    interval = when.interval if when.kind in ("date", "time") else None
    notes = [f"dates.yaml {match.cue.cue!r}"]
    if when.note:
        notes.append(when.note)
    if interval is not None:
        interval, note = _bounded(interval, match, setting)
        if note:
            notes.append(note)
    return DateMention(
        span=Span(match.start, match.end),
        text=text[match.start : match.end],
        kind=when.kind,
        value=when.value,
        interval=interval,
        reason="; ".join(notes),
    )


def _bounded(interval: DateInterval, match: Match, setting: Setting) -> tuple[DateInterval, str]:
    """'Since Monday' runs on to publication, 'until Friday' up to that day; the value stays the day that is named."""
    before = _BEFORE.search(setting.text, max(0, match.start - 24), match.start)
    if before is None or setting.narrative or setting.published is None:
        return interval, ""
    word, published = before.group(1).lower(), setting.published
    if word == "since" and interval.start is not None and interval.start <= published:
        return replace(interval, end=published), "since, so up to publication"
    if word in ("until", "till", "up to", "through") and interval.end is not None:
        start = published if interval.end >= published else None
        return replace(interval, start=start), "until, so from publication" if start else "until, so with no start"
    return interval, ""


def _is_history(text: str, published: dt.date | None) -> bool:
    """Whether the document tells of times long before its publication, so that bare dates follow one another."""
    years = [int(word) for word in re.findall(r"(?<![\d.,$£€-])(?:1[0-9]|20)\d\d(?![\d,]|\.\d)", text)]
    far = sum(1 for year in years if published is None or abs(year - published.year) >= _FAR_YEARS)
    deictic = len(
        re.findall(
            r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|tomorrow|tonight|(?:this|last|next) week)\b",
            text,
            re.IGNORECASE,
        )
    )
    if far >= _HISTORY_YEARS and far >= 0.6 * len(years) and far > 3 * deictic:
        return True
    # A chronicle of years just gone: it names other years far more often than any report does.
    past = sum(1 for year in years if published is not None and year < published.year)
    return past >= _CHRONICLE_YEARS and past >= 0.6 * len(years) and past > 3 * deictic


# --- tense --------------------------------------------------------------------------------------------------------


def _guess_tense(text: str, signs: tuple[tuple[str, re.Pattern[str]], ...]) -> Tense:
    """Tense from the words of the clause, for texts without a parse: the nearest sign wins, before over after."""

    def tense(offset: int) -> str | None:
        low = max(0, offset - 160)
        ends = [match.end() for match in _CLAUSE_END.finditer(text, low, offset)]
        low = ends[-1] if ends else low
        end = _CLAUSE_END.search(text, offset, offset + 120)
        high = end.start() if end else min(len(text), offset + 120)
        best, least = None, 1 << 30
        for name, pattern in signs:
            for match in pattern.finditer(text, low, high):
                distance = offset - match.end() if match.end() <= offset else 2 * (match.start() - offset)
                if distance < least:
                    best, least = name, distance
        return best

    return functools.cache(tense)


def _parse_tense(parse: Parse, ready: _Ready) -> Tense:
    """Tense from syntax: the nearest verb above the token at an offset, and its auxiliaries."""
    guess = _guess_tense(parse.document.text, ready.signs)

    def tense(offset: int) -> str | None:
        sentence = parse.sentence_at(offset)
        if sentence is None or not sentence.tokens:
            return guess(offset)
        tokens = sentence.tokens
        place = bisect.bisect_right([token.span.start for token in tokens], offset) - 1
        if place < 0:
            return guess(offset)
        found = _verb_tense(tokens, place, ready.lexicon)
        return found if found != "unknown" else guess(offset)

    return functools.cache(tense)


def _verb_tense(tokens: tuple[Token, ...], place: int, lexicon: DateLexicon) -> str | None:
    """'past', 'future', None for the present, 'unknown' where no verb governs the token."""
    index, seen = place, set[int]()
    while index not in seen:
        seen.add(index)
        token = tokens[index]
        if token.pos in ("VERB", "AUX") and index != place:
            verdict = _own_tense(tokens, token, lexicon)
            if verdict != "unknown":
                return verdict
        if token.dep in ("nsubj", "nsubjpass") and tokens[place].dep == "pobj":
            return None  # 'the vote on Sunday will help': the verb says nothing of Sunday
        index = token.head if 0 <= token.head < len(tokens) else index
    return "unknown"


def _own_tense(tokens: tuple[Token, ...], verb: Token, lexicon: DateLexicon) -> str | None:
    helpers = _helpers(tokens, verb)
    modals = {token.text.lower() for token in helpers if token.tag == "MD"}
    if modals & {"will", "shall", "'ll", "’ll", "would", "must", "should", "may", "can", "wo"}:
        return "future"
    if any(token.tag == "TO" for token in helpers):
        head = tokens[verb.head] if 0 <= verb.head < len(tokens) else verb
        if _had(tokens, head):
            return "past"  # 'had been due to march on Monday'
        # 'plan to march on Monday' looks ahead, 'had to march on Monday' is told by 'had'.
        ahead = head.index == verb.index or head.lemma in lexicon.intends or head.pos == "NOUN"
        return "future" if ahead else "unknown"
    if verb.lemma in lexicon.arranges and not _had(tokens, verb):
        return "future"
    is_now = any(token.lemma == "be" and token.tag in ("VBZ", "VBP") for token in helpers)
    # 'Is expected on Monday', 'a summit set for Minsk in April'; but 'the record set on 6 August'.
    set_for = (
        verb.tag == "VBN" and not helpers and [token.text.lower() for token in tokens[verb.index + 1 :][:1]] == ["for"]
    )
    if verb.lemma in ("go", "expect", "set") and (is_now or set_for):
        return "future"
    if is_now and verb.tag == "VBN" and not any(token.lemma == "have" for token in helpers):
        return None  # 'the case is heard in May'
    if verb.tag in ("VBD", "VBN") or any(token.tag == "VBD" for token in helpers):
        return "past"
    if verb.tag in ("VBZ", "VBP"):
        return "future" if verb.lemma in lexicon.opens else None
    return "unknown"


def _helpers(tokens: tuple[Token, ...], verb: Token) -> list[Token]:
    return [token for token in tokens if token.head == verb.index and token.dep in ("aux", "auxpass")]


def _had(tokens: tuple[Token, ...], token: Token) -> bool:
    """Whether the token, or the verb it completes ('had been due'), stands behind 'had'."""
    verbs = [token]
    if token.pos not in ("VERB", "AUX") and 0 <= token.head < len(tokens):
        verbs.append(tokens[token.head])
    return any(helper.tag == "VBD" and helper.lemma == "have" for verb in verbs for helper in _helpers(tokens, verb))
