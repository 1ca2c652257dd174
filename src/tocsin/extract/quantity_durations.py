"""How long: 'a three-day strike', 'for two weeks', 'the second day', 'over a month', in days."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from tocsin.extract.attribution_syntax import Tree
from tocsin.extract.number_words import NumberPhrase
from tocsin.resources.number_lexicon import NumberLexicon
from tocsin.vocabulary import Parse, QuantityMention, QuantityRole, Span, Token

_ORDINALS: Mapping[str, int] = {
    word: number
    for number, word in enumerate(
        [
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
        ],
        2,
    )
}
_UNIT = r"(hour|day|night|weekend|week|fortnight|month|year)"
# 'its third week', 'the 14th day': a stretch that goes on has lasted that long.
_NTH = re.compile(
    rf"\b(?:the|its|their|a|for)\s+(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))[\s-]+"
    rf"(?:straight\s+|consecutive\s+|successive\s+|full\s+)?{_UNIT}\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?P<bend>for|over|more than|about|nearly|almost|at least|lasted|less than)\s+an?\s+{_UNIT}\b|(?<![\w-])(?P<unit>day|week|month)[\s-](?:long|old)\b|(?<![\w-])(?P<year>year)[\s-]long\b",
    re.IGNORECASE,
)
# Numbers of days that tell when, not how long.
_WHEN_AFTER = re.compile(r"\s*(?:ago|later|earlier|before|after|since|prior|hence|from now|away)\b", re.IGNORECASE)
_WHEN_BEFORE = re.compile(r"\b(?:every|per|after|aged?)\s*(?:the\s+(?:next|coming)\s*)?$", re.IGNORECASE)


def read_duration(
    parse: Parse,
    tree: Tree,
    lexicon: NumberLexicon,
    phrase: NumberPhrase | None = None,
    number: Span | None = None,
    noun: Token | None = None,
) -> list[QuantityMention]:
    """Stretches of time in days.

    Args:
        parse: the document.
        tree: the sentence.
        lexicon: which nouns count days.
        phrase: a number already read; without it the stretches without a plain number are looked for.
        number: its span in the document.
        noun: the time noun that it counts, None where it is joined on ('48-hour').

    Returns:
        One mention for a number; any number of them without.
    """
    if phrase is not None and number is not None:
        return _counted(parse, tree, phrase, number, noun, lexicon)
    return _uncounted(parse, tree, lexicon)


def _counted(
    parse: Parse, tree: Tree, phrase: NumberPhrase, number: Span, noun: Token | None, lexicon: NumberLexicon
) -> list[QuantityMention]:
    text = parse.document.text
    start = tree.sentence.span.start + phrase.start
    following = re.compile(
        rf"[\s-]*(?:full\s+|straight\s+|consecutive\s+|successive\s+)?{_UNIT}s?(?:[-\s](?:old|long))?\b", re.IGNORECASE
    ).match(text, number.end)
    if following:
        unit, end = following[1].lower(), following.end()
    elif noun is not None and noun.lemma in lexicon.days:
        unit, end = noun.lemma, noun.span.end
    else:
        return []
    scale = lexicon.days[unit]
    low = None if phrase.low is None else _days(phrase.low, scale, phrase.effect)
    high = None if phrase.high is None else _days(phrase.high, scale, "exact")
    if phrase.effect == "more_than" and phrase.low is not None:
        low = _days(phrase.base[0], scale, "exact") + 1
    before = text[max(tree.sentence.span.start, start - 20) : start]
    when = _WHEN_AFTER.match(text, end) or _WHEN_BEFORE.search(before)
    if re.search(r"\bfor\s*$", before) or re.match(r"\s*of\b", text[end : end + 5]):
        when = None  # 'suspended for three days after', 'after two days of'
    if re.search(r"\bwithin\s*$", before) and phrase.effect == "exact":
        low = None
    role, reason = (
        (None, "tells when")
        if when or scale * (phrase.base[1] or 1) < 0.5
        else (QuantityRole.DURATION_DAYS, f"'{unit}'")
    )
    return [QuantityMention(Span(start, end), number, text[start:end], low, high, unit, "days", role, reason)]


def _days(count: int, scale: float, effect: str) -> int:
    return max(1, math.ceil(count * scale - 1e-6)) if count else 0


def _uncounted(parse: Parse, tree: Tree, lexicon: NumberLexicon) -> list[QuantityMention]:
    text = parse.document.text
    found = []
    span = tree.sentence.span
    for match in _NTH.finditer(text, span.start, span.end):
        nth = match["nth"].lower()
        count = _ORDINALS.get(nth) or int(re.sub(r"\D", "", nth))
        unit = match[2].lower()
        if unit in ("hour", "night", "year", "month", "weekend", "fortnight"):
            continue
        first = _days(count, lexicon.days[unit], "exact")
        number = Span(match.start("nth"), match.end("nth"))
        if unit == "week":
            # The third week has begun on day 15 and ends on day 21.
            first = first - 6
            found.append(_mention(parse, match, number, first, first + 6, unit, "ordinal week"))
        else:
            found.append(_mention(parse, match, number, first, first, unit, "ordinal day"))
    for match in _ONE.finditer(text, span.start, span.end):
        unit = (match[2] or match["unit"] or match["year"]).lower()
        if unit == "hour":
            continue
        days = _days(1, lexicon.days[unit], "exact")
        bend = (match["bend"] or "").lower()
        low: int | None = days + 1 if bend in ("over", "more than") else days
        high: int | None = None if bend in ("over", "more than", "at least") else days
        if bend in ("about", "nearly", "almost"):
            low, high = math.floor(days * 0.9), math.ceil(days * 1.1 - 1e-6)
        if bend == "less than":
            low, high = None, max(0, days - 1)
        found.append(_mention(parse, match, Span(match.start(), match.end()), low, high, unit, "one of them"))
    return found


def _mention(
    parse: Parse, match: re.Match[str], number: Span, low: int | None, high: int | None, unit: str, reason: str
) -> QuantityMention:
    span = Span(match.start(), match.end())
    return QuantityMention(
        span, number, span.of(parse.document.text), low, high, unit, "days", QuantityRole.DURATION_DAYS, reason
    )
