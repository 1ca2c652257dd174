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

from tocsin.extract.number_words import read_numbers
from tocsin.resources.number_lexicon import load_number_lexicon

SCORER = "score_numbers.py"

_LONE = re.compile(
    r"\b(?:lone|a|an|one|her|his|single|solo)\s+(?:\w+\s+)?(?:man|woman|person|protest\w+|demonstrator|counter\w*|supporter|student|individual|\w+er)\b|\blone\b|^mother$|^solo$|^individual$",
    re.I,
)
_JOIN = re.compile(
    r"^[^;]{0,60}?\b(?:and|along with|plus|additional|\+|as well as)\b(?:[^;\d]{0,12})$|^\s*\+\s*$", re.I
)
# A report that adds to the one before it.
_MORE = re.compile(r"\s*(?:another|an additional|along with|plus)\b|.*\bothers\s*$", re.I)
# Persons told without a number beside those counted: 'her and a dozen'.
_AND_ONE = re.compile(r"^(?:her|him|he|she|\w+|Ms\. \w+|Mr\. \w+) and\s+(?:about\s+)?an?\s", re.I)
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
    parts: list[tuple[int, int]] = []
    for part in re.split(r";|,(?=\s*an additional)|(?<=\d):(?=\s)", text):
        pair = _part(part)
        if pair and parts and _MORE.match(part):
            parts[-1] = (parts[-1][0] + pair[0], parts[-1][1] + pair[1])
        elif pair:
            parts.append(pair)
    if not parts:
        return None
    return min(low for low, _ in parts), max(high for _, high in parts)


def _part(text: str) -> tuple[int, int] | None:
    phrases = read_numbers(text) or read_numbers(_spelled_right(text))
    if not phrases:
        return (1, 1) if _LONE.search(text) else None
    phrases = [phrase for phrase in phrases if not _ASIDE.match(text[phrase.end :])] or list(phrases[:1])
    low, high = phrases[0].base
    if _AND_ONE.match(text) and phrases[0].effect in ("exact", "about"):
        low, high = low + 1, high + 1
    if re.match(r"\s+\w+ and (?:one|an?) (?:wo)?man\b(?! of)", text[phrases[0].end :], re.I) and len(phrases) == 1:
        return low + 1, high + 1
    for before, phrase in itertools.pairwise(phrases):
        between = text[before.end : phrase.start]
        if not _JOIN.match(between) and not re.match(r"^\s*\+", between):
            if re.search(r"\b(?:if not|to|turned|then|later|or|,)\b|,", between) and phrase.base[1] > high:
                high = phrase.base[1]
            continue
        more_low, more_high = phrase.base
        low, high = low + more_low, high + more_high
    return low, high


def _spelled_right(text: str) -> str:
    """The wording with near misses of number words mended: 'hundeds', 'sveral dozen'."""
    lexicon = load_number_lexicon()
    known = [*lexicon.vague, *lexicon.multipliers, "several", "handful", "hundreds"]

    def mend(match: re.Match[str]) -> str:
        close = difflib.get_close_matches(match.group().lower(), known, 1, 0.8)
        return close[0] if close else match.group()

    return re.sub(r"[A-Za-z]{5,}", mend, text)
