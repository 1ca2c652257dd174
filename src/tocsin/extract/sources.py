"""Who says so: the sayings that an act's words stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.member import Member
from tocsin.vocabulary import Attribution, Parse, Saying, SourceKind, Span


def choose_sources(
    parse: Parse, group: Sequence[Member], sayings: Sequence[Saying], settings: Mapping[str, float]
) -> tuple[Attribution, ...]:
    """The attributions of one occurrence: the author first where the document asserts it, then the others, outermost first.

    Args:
        parse: the document.
        group: the occurrence's mentions.
        sayings: every saying of the document.
        settings: 'author', from which the window says that the document itself asserts the act.
    """
    found: list[Attribution] = []
    outside = False
    for member in group:
        inside = around(member.mention.span, sayings)
        outside = outside or not inside
        for saying in inside:
            if not any(_same(saying.attribution, other, parse) for other in found):
                found.append(saying.attribution)
    author = max(member.head("source_kind", SourceKind.AUTHOR.value) for member in group)
    if not found or (outside and author >= settings["author"] / 2) or author >= settings["author"]:
        found.insert(0, Attribution(SourceKind.AUTHOR))
    return tuple(found)


def voices(span: Span, sayings: Sequence[Saying]) -> frozenset[str]:
    """Who says the words of a span, as written; empty where nobody is named for it."""
    named = (s.attribution.source for s in around(span, sayings))
    return frozenset(source.quote.casefold() for source in named if source is not None)


def around(span: Span, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings whose content covers a span, outermost first."""
    covering = [s for s in sayings if any(part.contains(span) for part in s.content)]
    return sorted(covering, key=lambda s: -sum(len(part) for part in s.content))


def _same(one: Attribution, other: Attribution, parse: Parse) -> bool:
    def words(a: Attribution) -> str:
        return a.source.quote.casefold() if a.source else ""

    return one.kind == other.kind and words(one) == words(other)
