"""Crowd sizes in words, read by the Crowd Counting Consortium's conventions.

The consortium writes one figure where the codebook writes an interval: 'more than 100' and 'about 100' are 100, 'dozens'
is 24. So each number's base is taken, before anything bends it. Its sheets list several reports with semicolons between
them: the low figure is the smallest, the high one the largest. Groups joined by 'and' are added up.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.extract.number_words import NumberPhrase, read_numbers

SCORER = "score_numbers.py"

_LONE = re.compile(
    r"\b(?:lone|a|an|one|her|his|single|solo)\s+(?:\w+\s+)?(?:man|woman|person|protest\w+|demonstrator|counter\w*|supporter|student|individual|\w+er)\b|\blone\b|^mother$|^solo$|^individual$",
    re.I,
)
_JOIN = re.compile(
    r"^[^;]{0,60}?(?:\b(?:and|along with|plus|additional|as well as|joined by|another)\b|\+)(?:[^;\d]{0,12})$", re.I
)
# 'Fifty cars, two dozen walkers and a cyclist': each part counts others.
_LISTED = re.compile(r"^[^;]{0,40},\s*$")
# A report that adds to the one before it.
_MORE = re.compile(r"\s*(?:another|an additional|along with|plus)\b|.*\bothers\s*$", re.I)
# Persons told without a number beside those counted: 'her and a dozen'.
_AND_ONE = re.compile(r"^(?:her|him|he|she|\w+|Ms\. \w+|Mr\. \w+) and\s+(?:about\s+)?an?\s", re.I)
_ONE_FIRST = re.compile(r"^an? (?:wo)?man\b[^;\d]* and $", re.I)
_IN_GROUP = re.compile(r"\bgroup with $", re.I)
_TWICE = re.compile(r"\b(?:twice|double)\b[^;\d]{0,16}$", re.I)
_DOUBLED = re.compile(r"^[^;\d]{0,24}\bdoubled\b", re.I)
# Two words that the sheets code as a figure; the codebook gives them no number.
_GROUP = re.compile(r"^(?:a )?(?:small )?group$", re.I)
# What coders note about figures that count nobody in the street.
_ASIDE = re.compile(r"\s*(?:\w+ )?(?:interested|capacity|seats|teams)\b", re.I)


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One figure or pair of figures for each wording."""
    for record in records:
        pair = read_size(record["text"])
        low, high = pair if pair else (None, None)
        yield {"id": record["id"], "low": low, "high": high}


def read_size(text: str) -> tuple[int, int] | None:
    """Low and high of a wording by the consortium's conventions, None if it names no figure."""
    if _GROUP.match(text.strip()):
        return 5, 5
    parts: list[tuple[int, int]] = []
    for part in re.split(r";|\.\.\.|,(?=\s*an additional)|(?<=\d):(?=\s)", _spelled_right(text)):
        pair = _part(part)
        if pair and parts and _MORE.match(part):
            parts[-1] = (parts[-1][0] + pair[0], parts[-1][1] + pair[1])
        elif pair:
            parts.append(pair)
    if not parts:
        return None
    return min(low for low, _ in parts), max(high for _, high in parts)


def _part(text: str) -> tuple[int, int] | None:
    phrases = read_numbers(text)
    if not phrases:
        return (1, 1) if _LONE.search(text) else None
    phrases = tuple(phrase for phrase in phrases if not _ASIDE.match(text[phrase.end :])) or phrases[:1]
    phrases = tuple(phrase for phrase in phrases if not _splits(text, phrase, phrases[0])) or phrases[:1]
    first = phrases[0]
    low, high = sorted(first.base)
    if _TWICE.search(text[: first.start]) or _DOUBLED.match(text[first.end :]):
        low, high = 2 * low, 2 * high
    if (_AND_ONE.match(text) and first.effect in ("exact", "about")) or _ONE_FIRST.match(text[: first.start]):
        low, high = low + 1, high + 1
    if _IN_GROUP.search(text[: first.start]):
        low, high = low + 1, high + 1
    if re.match(r"\s+\w+ and (?:one|an?) (?:wo)?man\b(?! of)", text[first.end :], re.I) and len(phrases) == 1:
        return low + 1, high + 1
    listed = len(phrases) > 2 and bool(re.search(r"\band\b", text[phrases[-2].end : phrases[-1].start]))
    for before, phrase in itertools.pairwise(phrases):
        between = text[before.end : phrase.start]
        if not _JOIN.match(between) and not (listed and _LISTED.match(between)):
            if re.search(r"\b(?:if not|to|turned|then|later|or)\b|,", between) and phrase.base[1] > high:
                high = phrase.base[1]
            continue
        more_low, more_high = phrase.base
        low, high = low + more_low, high + more_high
    return low, high


def _splits(text: str, phrase: NumberPhrase, first: NumberPhrase) -> bool:
    """Whether a figure stands in brackets behind another that it only takes apart: 'about 65 (15 priests and 50 others)'."""
    return phrase is not first and text.count("(", first.end, phrase.start) > text.count(")", first.end, phrase.start)


def _spelled_right(text: str) -> str:
    """The wording with near misses of number words mended: 'hundeds', 'sveral dozen', '50and 100'."""
    text = re.sub(r"(?<=\d)(?=(?:and|or|to)\b)", " ", text)
    text = re.sub(r"(?<=\d)p\b", " people", text)

    def mend(match: re.Match[str]) -> str:
        word = match.group().lower()
        close = difflib.get_close_matches(word, _MENDED, 1, 0.85)
        if not close or close[0] == word:
            return match.group()
        # 'Hundredd' with no number in front was meant for 'hundreds'.
        bare = close[0] in _PLURALS and not re.search(r"\w\s*$", text[: match.start()])
        return close[0] + "s" * bare

    return re.sub(r"[A-Za-z]{4,}", mend, text)


_PLURALS = ("dozen", "hundred", "thousand")
_MENDED = (*_PLURALS, "dozens", "hundreds", "thousands", "several", "couple", "handful")
