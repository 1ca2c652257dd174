"""Numbers in words and digits, read from a string: '1.5 million', 'at least two dozen', '10-15,000', '2 lakh'."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from tocsin.resources.number_lexicon import Bend, NumberLexicon, Vague, load_number_lexicon

_Entry = TypeVar("_Entry")

# Groups of two or three digits cover 1,200 and the Indian 1,20,000; a space groups only threes that end in a round
# figure, so that "12 300-strong" dates do not melt together.
_TOKEN = re.compile(
    r"""(?P<digits>(?<![\w.,/])(?<!\d:)(?:\d{1,3}(?:,\d{2,3})+(?![\d])|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:\ \d{3})*\ \d00(?!\d)|\d++(?![:/]\d))
        (?:\.\d+)?)(?P<tail>[^\W\d_]*)
      |(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)
      |(?P<mark>[^\w\s]|\w)""",
    re.VERBOSE,
)
_TAILS = {"": 1, "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000, "s": 1}
# Marks that group digits or part decimals in other scripts, each as long as what it stands for: ٢٬٥٠٠, １，２００.
_MARKS = {0x066C: ",", 0xFF0C: ",", 0x066B: ".", 0xFF0E: "."}
_DASHES = frozenset("-–—‑")
_OWNING = frozenset({"the", "its", "their", "some", "about", "all", "our", "these", "those"})
_TENS = range(20, 100, 10)
# Nothing we count reaches this; a longer row of digits is a telephone number or an identity card.
_LARGEST = 10**13


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number as written: offsets into the string, the interval it means, and how it was bent.

    ``start:end`` covers the phrase with the words that bend it, ``number_start:number_end`` the number alone.
    ``base`` is the number before bending, as an interval: 'about 300' has base (300, 300), 'dozens' (24, 24).
    ``vague`` is set for words that are intervals by themselves. ``exact_digits`` keeps the digits as written.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: int | None
    high: int | None
    base: tuple[int, int]
    effect: str = "exact"
    vague: bool = False
    digits: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # lower case; digits without their tail
    start: int
    end: int
    kind: str
    tail: str = ""
    dashed: bool = False  # a hyphen joins it to the word before


@dataclass(frozen=True, slots=True)
class _Value:
    low: float
    high: float
    base: float
    next: int  # index of the first word after it
    vague: bool = False
    bare: bool = False  # no multiplier yet: 'three' in 'three to four dozen'
    digits: str = ""


def read_numbers(text: str, lexicon: NumberLexicon | None = None) -> tuple[NumberPhrase, ...]:
    """Every number of a string, with the words that bend it.

    Args:
        text: any string; ordinals, clock times and numbers glued to letters are passed over.
        lexicon: number words; English if left out.

    Returns:
        Phrases in text order that do not overlap; offsets point into ``text``.
    """
    return tuple(_scan(text, lexicon or load_number_lexicon()))


def read_quantity(text: str, lexicon: NumberLexicon | None = None) -> tuple[int | None, int | None] | None:
    """The interval that a short wording means, by the codebook's table.

    Args:
        text: a wording such as 'at least two dozen people'. Of several numbers the first counts.
        lexicon: number words; English if left out.

    Returns:
        (low, high), None for an open end; None if the wording holds no number.
    """
    phrase = next(_scan(text, lexicon or load_number_lexicon()), None)
    return (phrase.low, phrase.high) if phrase else None


def _scan(text: str, lexicon: NumberLexicon) -> Iterator[NumberPhrase]:
    words = _words(text)
    if not _may_hold_number(words, lexicon):
        return
    at = 0
    while at < len(words):
        phrase, after = _phrase(words, at, lexicon)
        if phrase is None:
            at += 1
        else:
            yield phrase
            at = after


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    before = -1
    dashed = False
    for match in _TOKEN.finditer(text.translate(_MARKS)):
        kind = "digits" if match["digits"] else "word" if match["word"] else "mark"
        glued = match.start() == before
        before = match.end()
        if kind == "mark" and match.group() in _DASHES and glued and found and text[before : before + 1].isalnum():
            # A hyphen inside a compound ('twenty-three', '10,000-strong') is spelling; between digits it is a range.
            if not (found[-1].kind == "digits" and text[before : before + 1].isdigit()):
                dashed = True
                continue
        if kind == "digits":
            found.append(
                _Word(match["digits"], match.start(), match.end(), kind, (match["tail"] or "").lower(), dashed)
            )
        else:
            found.append(_Word(match.group().lower(), match.start(), match.end(), kind, "", dashed))
        dashed = False
    return found


def _may_hold_number(words: list[_Word], lexicon: NumberLexicon) -> bool:
    return any(
        word.kind == "digits"
        or word.text in lexicon.numbers
        or word.text in lexicon.multipliers
        or word.text in lexicon.vague
        or word.text in lexicon.few
        for word in words
    )


def _phrase(words: list[_Word], at: int, lexicon: NumberLexicon) -> tuple[NumberPhrase | None, int]:
    """The phrase that begins exactly at a word, and where the next may begin."""
    effect = ""
    inside = at
    while bend := _bend_at(words, inside, "before", lexicon):
        effect = _stronger(effect, bend[0])
        inside += bend[1]
    if inside > at and inside < len(words) and words[inside].text in ("a", "an", "the"):
        # 'about the 300' is not a guess, 'about a hundred' is.
        if words[inside].text == "the":
            return None, at
    between = inside < len(words) and words[inside].text in ("between", "from") and words[inside].kind == "word"
    start = inside + (1 if between else 0)
    value = _value(words, start, lexicon, head=True)
    if value is None:
        return None, at
    joined = _range(words, value, lexicon, between=between, after_from=_follows(words, inside, "from"))
    if between and (joined is value or words[inside].text == "from"):
        # 'between 5 workers and ...', 'from 5 to 12': no interval; the number stands alone.
        return None, at
    value = joined
    after = value.next
    while (bend := _bend_at(words, after, "after", lexicon)) and not _adds(words, after, bend[1], lexicon):
        effect = _stronger(effect, bend[0])
        after += bend[1]
    low, high = _bent(value, effect or "exact")
    number_start = words[start].start
    return (
        NumberPhrase(
            start=words[at].start,
            end=words[after - 1].end,
            number_start=number_start,
            number_end=words[value.next - 1].end,
            low=low,
            high=high,
            base=(round(value.base), round(value.base if value.vague else value.high)),
            effect=effect or "exact",
            vague=value.vague,
            digits=value.digits,
        ),
        after,
    )


def _adds(words: list[_Word], at: int, size: int, lexicon: NumberLexicon) -> bool:
    """Whether 'plus' or '+' joins another number: '100 plus about 20' is no 100 or more."""
    if words[at].text not in ("plus", "+"):
        return False
    behind = at + size
    while bend := _bend_at(words, behind, "before", lexicon):
        behind += bend[1]
    return _value(words, behind, lexicon) is not None


def _follows(words: list[_Word], at: int, text: str) -> bool:
    return at > 0 and words[at - 1].text == text


def _stronger(one: str, other: str) -> str:
    # 'at least about 40' is at least 40; 'a total of about 40' is about 40.
    order = ("", "exact", "about", "up_to", "less_than", "at_least", "more_than")
    return max(one, other, key=order.index)


def _bent(value: _Value, effect: str) -> tuple[int | None, int | None]:
    low, high = math.floor(value.low), math.ceil(value.high)
    if effect == "about" and not value.vague and low == high:
        # Decimal arithmetic would do; the nudge keeps 0.9 * 10 from falling below 9.
        return math.floor(value.low * 0.9 + 1e-6), math.ceil(value.high * 1.1 - 1e-6)
    if effect == "at_least":
        return low, None
    if effect == "more_than":
        return low + 1, None
    if effect == "up_to":
        return None, high
    if effect == "less_than":
        return None, max(0, high - 1)
    return low, high


def _value(words: list[_Word], at: int, lexicon: NumberLexicon, head: bool = False) -> _Value | None:
    """A number without what bends it: a fraction of one, a vague word, a small count, digits or words."""
    if at >= len(words):
        return None
    word = words[at]
    if word.kind == "mark":
        return None
    if word.kind == "digits":
        return _digits(words, at, lexicon)
    if head and (fraction := _fraction(words, at, lexicon)):
        return fraction
    if vague := _longest(words, at, lexicon.vague):
        entry, size = vague
        return _Value(entry.low, entry.high, entry.base, at + size, vague=True)
    if few := _longest(words, at, lexicon.few):
        return _few(words, at, few[0], few[1], lexicon)
    return _spelled(words, at, lexicon)


def _longest(words: list[_Word], at: int, table: Mapping[str, _Entry]) -> tuple[_Entry, int] | None:
    for size in (4, 3, 2, 1):
        if at + size <= len(words):
            key = " ".join(word.text for word in words[at : at + size])
            if key in table:
                return table[key], size
    return None


def _multiplier(words: list[_Word], at: int, lexicon: NumberLexicon) -> int | None:
    """'hundred', 'dozens', 'lakhs' as a factor, or None."""
    if at >= len(words) or words[at].kind != "word":
        return None
    text = words[at].text
    factor = lexicon.multipliers.get(text) or lexicon.multipliers.get(text.removesuffix("s"))
    return None if text == "k" else factor


def _digits(words: list[_Word], at: int, lexicon: NumberLexicon) -> _Value | None:
    word = words[at]
    if word.tail not in _TAILS:
        return None  # '3rd', '9am', '4x4'
    plain = re.sub(r"[,\s]", "", word.text)
    number = float(plain)
    if number >= _LARGEST:
        return None
    factor = _TAILS[word.tail]
    after = at + 1
    while (more := _multiplier(words, after, lexicon)) and factor * more <= 10**10:
        factor *= more
        after += 1
    if word.tail == "s":
        # '100s' is hundreds; '1990s' is a decade and '90s' an age.
        if plain not in ("100", "1000", "10000"):
            return None
        return _Value(number * 2, number * 10 - 1, number * 2, after, vague=True)
    return _Value(number * factor, number * factor, number * factor, after, bare=factor == 1, digits=word.text)


def _fraction(words: list[_Word], at: int, lexicon: NumberLexicon) -> _Value | None:
    found = _longest(words, at, lexicon.fractions)
    if not found:
        return None
    (take, of), size = found
    after = at + size
    multiple = take > of  # 'double the 300' needs no 'of'
    if after < len(words) and (multiple or words[after].text == "of"):
        after += words[after].text == "of"
        first = after
        while after < min(len(words), first + 4) and words[after].kind == "word" and not _value(words, after, lexicon):
            after += 1  # 'half of the mill's 1,200 workers'
        if after > first and words[after - 1].text not in _OWNING and not words[after - 1].text.endswith(("'s", "’s")):
            return None
        whole = _value(words, after, lexicon)
        if whole and not whole.vague:
            part = whole.low * take / of
            return _Value(part, part, part, whole.next)
    return None


def _few(words: list[_Word], at: int, entry: Vague, size: int, lexicon: NumberLexicon) -> _Value | None:
    after = at + size
    if after < len(words) and words[after].text == "of" and _multiplier(words, after + 1, lexicon):
        after += 1  # 'a couple of hundred'
    factor, base = 1, entry.base
    while more := _multiplier(words, after, lexicon):
        factor *= more
        if words[after].text.endswith("s"):
            base = 2  # 'several hundreds' is a plural before it is a count
        after += 1
    return _Value(entry.low * factor, entry.high * factor, base * factor, after, vague=entry.low != entry.high)


def _spelled(words: list[_Word], at: int, lexicon: NumberLexicon) -> _Value | None:
    """'twenty-three', 'one hundred and five', 'a dozen', 'half a dozen', 'hundred'."""
    half, inside = False, at
    if (
        words[inside].text in ("a", "an", "one")
        and _text(words, inside + 1) == "half"
        and _multiplier(words, inside + 2, lexicon)
    ):
        half, inside = True, inside + 2  # 'a half-dozen'
    elif words[inside].text == "half":
        skip = 2 if _text(words, inside + 1) in ("a", "an") else 1
        if _multiplier(words, inside + skip, lexicon):
            half, inside = True, inside + skip
    elif words[inside].text in ("a", "an") and _multiplier(words, inside + 1, lexicon):
        inside += 1
    total, current, after, seen = 0.0, 0.0, inside, False
    while after < len(words):
        word = words[after]
        number = lexicon.numbers.get(word.text) if word.kind == "word" else None
        factor = _multiplier(words, after, lexicon) if number is None else None
        if number is not None:
            if seen and not _continues(current, number):
                break
            current += number
        elif factor:
            # 'dozens' after a number is its plural ('five dozens'); alone it was vague and is not seen here.
            current = (current or 1) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
        elif word.text == "and" and seen and _after_hundred(words, after, lexicon):
            after += 1
            continue
        else:
            break
        seen = True
        after += 1
    if not seen:
        return None
    number_value = (total + current) * (0.5 if half else 1)
    bare = not any(_multiplier(words, index, lexicon) for index in range(inside, after))
    return _Value(number_value, number_value, number_value, after, bare=bare)


def _text(words: list[_Word], at: int) -> str:
    return words[at].text if at < len(words) else ""


def _continues(current: float, number: int) -> bool:
    """Whether a number word goes on with the one before: 'twenty' 'three', 'hundred' 'five', but not 'five' 'six'."""
    if current == 0:
        return True  # after 'thousand'
    if current % 100 == 0:
        return number < 100
    return int(current) % 100 in _TENS and 0 < number < 10


def _after_hundred(words: list[_Word], at: int, lexicon: NumberLexicon) -> bool:
    """Whether 'and' stands inside a number: 'one hundred and five', not 'two and three' nor 'a hundred and one dogs'."""
    before, behind = _multiplier(words, at - 1, lexicon), _text(words, at + 1)
    return before in (100, 1000, 100_000) and 0 < lexicon.numbers.get(behind, 0) < 100


def _range(words: list[_Word], value: _Value, lexicon: NumberLexicon, *, between: bool, after_from: bool) -> _Value:
    """The value widened by '-500', 'to 500', 'or 500', or 'and 500' after 'between'."""
    at = value.next
    if at >= len(words) or after_from:
        return value
    joiner = words[at].text
    joiners = ("and", "to") if between else ("to", "or")
    if joiner in joiners or (not between and _is_range_dash(words, at, value)):
        start = at + 1
    elif words[at].dashed and not value.vague and _value(words, at, lexicon):
        start = at  # 'five-six'
    else:
        return value
    while _text(words, start) in ("about", "around", "some", "perhaps", "even", "maybe"):
        start += 1
    other = _value(words, start, lexicon)
    if other is None:
        return value
    low, base = value.low, value.base
    if value.bare and not other.bare and not other.vague and low < other.high:
        # 'three to four dozen', '2 to 3 lakh': the first number shares the multiplier of the second.
        unit = _unit(words, start, other, lexicon)
        if low * unit <= other.high:
            low, base = low * unit, base * unit
    elif (
        value.bare
        and low < 1000 <= other.low
        and other.low % 1000 == 0
        and low * 1000 <= other.low
        and joiner in _DASHES
    ):
        low, base = low * 1000, base * 1000  # '10-15,000'
    if other.high < low or (joiner == "or" and other.low > 2 * low + 2):
        return value
    return replace(
        value, low=low, high=other.high, base=base, next=other.next, vague=value.vague and other.vague, bare=False
    )


def _is_range_dash(words: list[_Word], at: int, value: _Value) -> bool:
    """Whether a dash joins two numbers: '300-500', '15000 - 20000', but not the dateline 'March 17 - Hundreds'."""
    if words[at].text not in _DASHES or words[at].kind != "mark" or at + 1 >= len(words) or not value.digits:
        return False
    if words[at].start == words[at - 1].end and words[at + 1].start == words[at].end:
        return True
    return words[at + 1].kind == "digits" and value.low > 31


def _unit(words: list[_Word], at: int, value: _Value, lexicon: NumberLexicon) -> int:
    unit = 1
    for index in range(at, value.next):
        unit *= _multiplier(words, index, lexicon) or 1
    return unit


def _bend_at(words: list[_Word], at: int, place: str, lexicon: NumberLexicon) -> tuple[str, int] | None:
    """The effect of the longest bending words at a place, and how many words they are."""
    if at >= len(words):
        return None
    table, longest = _bends(lexicon.bends, place)
    for size in range(min(longest, len(words) - at), 0, -1):
        key = " ".join(word.text for word in words[at : at + size])
        if key in table:
            return table[key], size
    return None


@functools.lru_cache(maxsize=8)
def _bends(bends: tuple[Bend, ...], place: str) -> tuple[dict[str, str], int]:
    table = {
        " ".join(word.text for word in _words(cue.removeprefix("-"))): bend.effect
        for bend in bends
        if bend.place == place
        for cue in bend.cues
    }
    return table, max((key.count(" ") + 1 for key in table), default=0)
