"""Persons and counts that one list adds up to a group: 'an officer and four soldiers were wounded' is [5, 5].

The codebook codes what is told of the whole group and leaves its parts out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract.attribution_syntax import Tree
from tocsin.extract.quantity_victims import list_members, single_person
from tocsin.resources.number_lexicon import NumberLexicon
from tocsin.vocabulary import Parse, QuantityMention, QuantityRole

_GRAVE = (QuantityRole.KILLED, QuantityRole.INJURED, QuantityRole.DETAINED)


def add_lists(
    parse: Parse, tree: Tree, found: Sequence[QuantityMention], lexicon: NumberLexicon
) -> list[QuantityMention]:
    """The mentions of a sentence, those that one list of people holds made into one.

    Only lists of people to whom something grave is done, each of them one person or an exact number: 'two dead and
    several wounded' is none.

    Args:
        parse: the document.
        tree: one sentence with syntax.
        found: its mentions.
        lexicon: which nouns are people.

    Returns:
        Mentions, a sum in place of its parts. Its span covers the list.
    """
    kept = list(found)
    listed: set[int] = set()
    for first in tree.tokens:
        members = [] if first.index in listed else list(list_members(tree, first))
        listed.update(member.index for member in members)
        # A list of single persons alone is one mention already, whose words are its number (quantity_victims).
        if len(members) < 2 or any(m.number == m.span and m.span.contains(members[-1].span) for m in kept):
            continue
        parts: list[QuantityMention] = []
        counts: list[int | None] = []
        spans = []
        for token in members:
            own = next((m for m in kept if m.unit != "age" and m.span.start <= token.span.start < m.span.end), None)
            if own is not None and own.low is not None and own.low == own.high and own.low > 0:
                parts.append(own)
                counts.append(own.low)
                spans.append(own.span)
            else:
                alone = single_person(parse, tree, token, lexicon) if own is None else None
                counts.append(1 if alone else None)
                spans.append(alone or token.span)
        role = next((part.role for part in parts if part.role in _GRAVE), None)
        if None in counts or not parts or role is None or any(part.role not in (None, role) for part in parts):
            continue
        total = sum(count for count in counts if count is not None)
        span = replace(spans[0], end=max(s.end for s in spans))
        whole = replace(
            parts[0],
            span=span,
            number=span,
            text=span.of(parse.document.text),
            low=total,
            high=total,
            unit="people",
            role=role,
            reason=f"sum of a list of {len(members)}",
        )
        kept = [m for m in kept if m not in parts] + [whole]
    return kept
