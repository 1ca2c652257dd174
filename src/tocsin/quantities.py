"""Numbers of people by themselves: text in, numbers with interval, what they count, their role and who counted out.

>>> from tocsin.quantities import find_quantities, read_quantity
>>> [(number.low, number.high, number.role) for number in find_quantities("Some 6,000 workers marched.")]
[(5400, 6600, <QuantityRole.PARTICIPANTS: 'participants'>)]
>>> read_quantity("at least two dozen")
(24, None)
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.attribution import find_sayings
from tocsin.extract.number_words import read_quantity
from tocsin.extract.quantities import find_quantities as _find_quantities
from tocsin.parts import parse_text
from tocsin.vocabulary import Attribution, QuantityMention, QuantityRole, Span

__all__ = ["Count", "QuantityMention", "QuantityRole", "find_counts", "find_quantities", "read_quantity"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number and who gives it: attributions outermost first, () where the document says it in its own voice."""

    quantity: QuantityMention
    sources: tuple[Attribution, ...]


def find_quantities(text: str, *, language: str | None = None) -> tuple[QuantityMention, ...]:
    """Find every number of a text, by the codebook's table.

    Args:
        text: any text; languages without a syntax model give numbers in digits, with no noun or role.
        language: ISO 639-1 code; identified from the text by default.

    Returns:
        Mentions in text order. Money, shares, ages and bare dates are among them, told apart by ``unit``; an end that
        is open is None, and so is a role that syntax does not tell.

    Raises:
        TocsinError: the text holds half a character, or a model is missing.
    """
    return _find_quantities(parse_text(text, language=language))


def find_counts(text: str, *, language: str | None = None) -> tuple[Count, ...]:
    """Find every number of a text, each with who says so.

    Args and errors are those of ``find_quantities``.

    Returns:
        Counts in text order. 'Thousands, according to organisers; police said 800' is two, with differing sources.
    """
    parse = parse_text(text, language=language)
    sayings = find_sayings(parse)
    return tuple(
        Count(
            quantity,
            tuple(
                saying.attribution
                for saying in sorted(sayings, key=lambda saying: -sum(len(span) for span in saying.content))
                if any(span.contains(quantity.number) for span in saying.content)
                and not _parted(text, quantity.number, saying.attribution)
            ),
        )
        for quantity in _find_quantities(parse)
    )


def _parted(text: str, number: Span, saying: Attribution) -> bool:
    """Whether a semicolon stands between a number and the word of saying: what follows it has its own source."""
    if saying.cue is None:
        return False
    cue = saying.cue.span
    between = text[number.end : cue.start] if number.end <= cue.start else text[cue.end : number.start]
    return ";" in between and not any(mark in between for mark in '"“”')
