"""Plain words of a report: employer, union and demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.labels import ISSUES
from tocsin.extract.member import Chosen, Member
from tocsin.extract.roles import content_words, is_pronoun, role_spans
from tocsin.vocabulary import Demand, EventType, Issue, Parse

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
# Demands stand on what people do to get them, not on damage or force.
DEMANDING = LABOUR | {EventType.RIOT}


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


def choose_demands(parse: Parse, group: Sequence[Member], settings: Mapping[str, float]) -> tuple[Chosen[Demand], ...]:
    """What is asked for, with the issue that the window reads as likeliest."""
    chosen: list[Chosen[Demand]] = []
    for member in group:
        issue = Issue(ISSUES[int(member.reading.heads["issue"].argmax())])
        for found in role_spans(parse, member.reading, "demand", settings["floor"]):
            text = found.span.of(parse.document.text)
            words = content_words(text)
            if found.score < settings["keep"] or not words:
                continue
            if any(words & content_words(c.value.text) for c in chosen):
                continue
            chosen.append(Chosen(Demand(text, issue), found.span, found.score, "encoder: demand"))
    return tuple(chosen)
