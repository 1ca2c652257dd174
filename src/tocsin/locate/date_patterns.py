"""Templates of time expressions -> regular expressions, and the search for them in a text.

A template is a row of words, ``{slots}``, ``[optional]`` parts and ``(a|b)`` choices; dates.yaml shows the notation.
Each compiled cue knows with which words it can begin, so a position in the text meets only the few that fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin.errors import DataError
from tocsin.resources.date_lexicon import DateCue, DateLexicon

# First-word keys that stand for no word: any digit, and an apostrophe before a digit.
_DIGIT, _APOSTROPHE = "#", "'"
_WORD = re.compile(r"['’](?=\d\d)|[^\W\d_]+|\d+")

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?"
_NUMERIC: dict[str, str] = {
    "day": _DAY,
    "dayth": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)",
    "year": r"(?:1[0-9]|20)\d\d",
    "yy": r"\d\d(?!\d)(?!th|st|nd|rd)",
    "famous": r"\d{1,2}/\d{1,2}(?!/)",
    "mm": r"(?:0[1-9]|1[0-2])",
    "dd": r"(?:0[1-9]|[12]\d|3[01])(?!\d)",
    "numeric_date": r"\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)(?:(?:19|20)\d\d)(?!\d)",
    "decade": r"(?:(?:1[0-9]|20)\d0|['’]?[2-9]0)['’]?s",
    "bc_first": r"\d{2,4}",
    "clock_colon": r"(?:[01]?\d|2[0-3]):[0-5]\d",
    "bc_year": r"\d{1,4}[\s]+(?:b\.c\.(?:e\.)?|bce?)(?!\w)",
    "clock_ampm": r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?[\s]*[ap]\.?[\s]?m\.?(?!\w)",
    "clock_24": r"(?:[01]?\d|2[0-3])[:.]?[0-5]\d",
    "zone": r"(?:e[sd]t|gmt|utc|bst|cest|cet|p[sd]t|c[sd]t|m[sd]t|msk|hrs|hours|local[\s]time)\b",
}
# Slots made of several tables: the month with and without its short forms, and so on.
_JOINED = {
    "month_any": ("month", "month_short"),
    "weekday_any": ("weekday", "weekday_short"),
    "unit_any": ("unit", "units"),
}
_NEED_DOT = ("month_short", "weekday_short")
# What may stand between the article and the noun of an event: 'the disputed 2020 presidential election'.
_BEFORE_EVENT = (
    r"(?:(?:the|this|that|these|those|his|her|its|their|our|an?|last)\s+)?"
    r"(?:(?:(?:1\d|20)\d\d|[^\W\d_][\w'’.-]*)\s+){0,3}?"
)


@dataclass(frozen=True, slots=True)
class CompiledCue:
    """A cue as a regular expression, with the words (lower case) that it can begin with."""

    entry: DateCue
    order: int
    pattern: re.Pattern[str]
    first: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a cue fits: its slots, lower case, missing ones left out."""

    cue: DateCue
    start: int
    end: int
    slots: Mapping[str, str]


@dataclass(frozen=True)
class Matcher:
    """All cues of a language, by first word."""

    cues: tuple[CompiledCue, ...]
    by_first: Mapping[str, tuple[CompiledCue, ...]]

    def at(self, text: str, start: int, key: str, skip: frozenset[str] = frozenset()) -> Iterator[Match]:
        """Every match that begins at ``start``, longest first; of equal length, the earlier entry first.

        Cues read by a rule in ``skip`` are passed over.
        """
        found = []
        for cue in self.by_first.get(key, ()):
            if cue.entry.reads in skip:
                continue
            match = cue.pattern.match(text, start)
            if match is not None:
                found.append((-match.end(), cue.order, cue, match))
        for _, _, cue, match in sorted(found, key=lambda item: item[:2]):
            slots = {name: " ".join(value.lower().split()) for name, value in match.groupdict().items() if value}
            yield Match(cue.entry, start, match.end(), slots)

    def starts(self, text: str) -> Iterator[tuple[int, str]]:
        """Every position where a cue could begin, with the key to look it up."""
        for word in _WORD.finditer(text):
            found = word.group()
            key = _DIGIT if found[0].isdigit() else _APOSTROPHE if found[0] in "'’" else found.lower()
            if key in self.by_first:
                yield word.start(), key


def compile_lexicon(lexicon: DateLexicon) -> Matcher:
    """Compile every cue of a lexicon.

    Raises:
        DataError: a template names an unknown slot or has unbalanced brackets.
    """
    cues = []
    for order, entry in enumerate(lexicon.cues):
        where = f"data/lexicons/{lexicon.language}/dates.yaml, entry {order + 1} ({entry.cue!r})"
        regex, first, empty = _Template(entry.cue, lexicon, where).compile()
        if empty:
            raise DataError(f"{where}: the cue can match nothing at all. Make one part required.")
        # A digit after the match would cut a number in two, a letter a word.
        pattern = re.compile(rf"(?:{regex})(?!\w)(?![.,:]\d)", re.IGNORECASE)
        cues.append(CompiledCue(entry, order, pattern, frozenset(first)))
    by_first: dict[str, list[CompiledCue]] = {}
    for cue in cues:
        for key in cue.first:
            by_first.setdefault(key, []).append(cue)
    return Matcher(tuple(cues), {key: tuple(value) for key, value in by_first.items()})


class _Template:
    """Recursive descent over one template."""

    def __init__(self, source: str, lexicon: DateLexicon, where: str) -> None:
        self.source, self.lexicon, self.where, self.at = source, lexicon, where, 0

    def compile(self) -> tuple[str, set[str], bool]:
        """The regular expression, its first words, and whether it can match nothing."""
        result = self._choice("")
        if self.at < len(self.source):
            raise DataError(f"{self.where}: unexpected {self.source[self.at]!r}. Check the brackets.")
        return result

    def _choice(self, close: str) -> tuple[str, set[str], bool]:
        parts = [self._sequence(close)]
        while self.at < len(self.source) and self.source[self.at] == "|":
            self.at += 1
            parts.append(self._sequence(close))
        if close:
            if self.at >= len(self.source) or self.source[self.at] != close:
                raise DataError(f"{self.where}: {close!r} is missing. Check the brackets.")
            self.at += 1
        return "|".join(part[0] for part in parts), set().union(*(p[1] for p in parts)), any(p[2] for p in parts)

    def _sequence(self, close: str) -> tuple[str, set[str], bool]:
        regex, first, empty = "", set[str](), True
        while self.at < len(self.source) and self.source[self.at] not in "|)]":
            part, part_first, part_empty = self._item()
            regex += part
            if empty:
                first |= part_first
            empty = empty and part_empty
        return regex, first, empty

    def _item(self) -> tuple[str, set[str], bool]:
        char = self.source[self.at]
        self.at += 1
        if char == "[":
            regex, first, _ = self._choice("]")
            return f"(?:{regex})?", first, True
        if char == "(":
            regex, first, empty = self._choice(")")
            name = self._name()
            return (f"(?P<{name}>{regex})" if name else f"(?:{regex})"), first, empty
        if char == "{":
            end = self.source.index("}", self.at)
            slot, _, name = self.source[self.at : end].partition(":")
            self.at = end + 1
            regex, first = self._slot(slot)
            return f"(?P<{name or slot}>{regex})", first, False
        if char in " ~-,'":
            mark = {" ": r"\s+", "~": r"[\s\-‐‑–]+", "-": r"[-‐‑–—]", ",": ",", "'": "['’]"}[char]
            return mark, {_APOSTROPHE} if char == "'" else set(), char != "'"
        if char.isalnum():
            end = self.at
            while end < len(self.source) and self.source[end].isalnum():
                end += 1
            word, self.at = self.source[self.at - 1 : end], end
            return word, {word}, False
        return re.escape(char), set(), False

    def _name(self) -> str:
        if self.at < len(self.source) and self.source[self.at] == ":":
            match = re.compile(r"[a-z]\w*").match(self.source, self.at + 1)
            if match:
                self.at = match.end()
                return match.group()
        return ""

    def _slot(self, slot: str) -> tuple[str, set[str]]:
        words = self.lexicon.words
        if slot == "number":
            return _number(words)
        if slot == "year_word":
            tens, small, heads = (_any(words[name]) for name in ("tens", "small", "year_head"))
            follow = rf"(?:{tens}(?:[\s-]+{small})?|{small})"
            if "year_head" not in words:
                raise DataError(f"{self.where}: the table 'year_head' is missing. Add it under words.")
            return rf"(?:{heads}[\s-]+{follow}|two thousand(?:[\s]+(?:and[\s]+)?{small})?)", {
                *words["year_head"],
                "two",
            }
        if slot == "ordinal_any":
            return rf"(?:\d\d?(?:st|nd|rd|th)|{_any(words['ordinal'])})", {_DIGIT, *_firsts(words["ordinal"])}
        if slot == "event_phrase":
            if "event" not in words:
                raise DataError(f"{self.where}: the table 'event' is missing. Add it under words.")
            return rf"{_BEFORE_EVENT}(?P<event>{_any(words['event'])})", set()
        if slot == "dayword":
            tables = {**words["ordinal"], **words["small"]}
            tables = {word: value for word, value in tables.items() if not word.startswith(("a ", "half", "hun", "an"))}
            tables.pop("a", None)
            return _any(tables), _firsts(tables)
        if slot in _NUMERIC:
            first = {_DIGIT, _APOSTROPHE} if slot == "decade" else {_DIGIT}
            return _NUMERIC[slot], first
        names = _JOINED.get(slot, (slot,))
        if any(name not in words for name in names):
            raise DataError(f"{self.where}: there is no table {slot!r}. Add it under words, or fix the slot's name.")
        regex = "|".join(_any(words[name]) + (r"\.?" if name in _NEED_DOT else "") for name in names)
        return rf"(?:{regex})", set().union(*(_firsts(words[name]) for name in names))


def _any(words: Mapping[str, str]) -> str:
    """Longest first: 'last year' must not stop at 'last'."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(_spell(word) for word in ordered) + r")(?![^\W\d_])"


def _spell(word: str) -> str:
    return re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]").replace(r"\-", r"[\s\-‐‑]")


def _firsts(words: Mapping[str, str]) -> set[str]:
    return {match.group() for word in words if (match := re.match(r"[^\W\d_]+", word))}


def _number(words: Mapping[str, Mapping[str, str]]) -> tuple[str, set[str]]:
    small, tens, vague = (_any(words[name]) for name in ("small", "tens", "vague"))
    one = rf"(?:\d{{1,4}}(?:\.\d)?|{tens}(?:[\s-]+{small})?|{small}|{vague})"
    first = {_DIGIT} | _firsts(words["small"]) | _firsts(words["tens"]) | _firsts(words["vague"])
    return rf"{one}(?:[\s]*(?:[\s]to[\s]|[\s]or[\s]|[-–])[\s]*{one})?", first
