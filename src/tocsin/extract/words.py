"""Plain words of a report: employer and union."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.member import Chosen, Member
from tocsin.extract.roles import is_pronoun, role_spans
from tocsin.vocabulary import EventType, Parse

# Codebook ruling 20: employer and union belong to these only.
LABOUR = frozenset(
    (
        EventType.STRIKE,
        EventType.LOCKOUT,
        EventType.AGREEMENT,
        EventType.REPRISAL,
        EventType.LEGAL_ACTION,
        EventType.DEMONSTRATION,
        EventType.BLOCKADE,
        EventType.OTHER_PROTEST,
    )
)


def choose_name(parse: Parse, group: Sequence[Member], role: str, settings: Mapping[str, float]) -> Chosen[str] | None:
    """The employer or the union, None where the window does not name one.

    Args:
        parse: the document.
        group: the occurrence's mentions.
        role: 'employer' or 'union'.
        settings: 'floor' for pieces, 'keep' for spans.
    """
    best: Chosen[str] | None = None
    for member in group:
        for found in role_spans(parse, member.reading, role, settings["floor"]):
            if found.score < settings["keep"] or is_pronoun(parse, found):
                continue
            if best is None or found.score > best.score:
                best = Chosen(found.span.of(parse.document.text), found.span, found.score, f"encoder: {role}")
    return best
