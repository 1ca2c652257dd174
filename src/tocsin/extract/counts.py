"""Which of a document's numbers count an act's people, sites or days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.extract.member import Chosen, Member
from tocsin.extract.roles import RoleSpan, role_spans, tokens_in
from tocsin.vocabulary import Parse, Quantity, QuantityMention, QuantityRole

_PEOPLE = frozenset(
    (
        QuantityRole.PARTICIPANTS,
        QuantityRole.WORKFORCE,
        QuantityRole.DETAINED,
        QuantityRole.INJURED,
        QuantityRole.KILLED,
    )
)

# Fewer than this do not make a crowd or a workforce: 'one of the plants' counts no participant.
_FEWEST = 3


def assign_quantities(
    parse: Parse,
    groups: Sequence[Sequence[Member]],
    numbers: Sequence[QuantityMention],
    settings: Mapping[str, float],
) -> list[tuple[Chosen[Quantity], ...]]:
    """The numbers told of each occurrence of a document, each number given to the one it fits best.

    Args:
        parse: the document.
        groups: the mentions of each occurrence.
        numbers: every number of the document as an interval, with what syntax says it counts.
        settings: 'read', from which the window alone decides; 'agree', from which it does when syntax says the same;
            'outside', how much more it takes for a number that stands in none of the occurrence's sentences; 'single', from
            which words without a number count one person.

    Returns:
        For each group its quantities in text order, one for each different interval of a role.
    """
    given: list[list[Chosen[Quantity]]] = [[] for _ in groups]
    for number in numbers:
        if number.low is None and number.high is None:
            continue
        best: tuple[float, int, QuantityRole] | None = None
        for index, group in enumerate(groups):
            fit = _fit(parse, group, number, settings)
            if fit is not None and (best is None or fit[0] > best[0]):
                best = (fit[0], index, fit[1])
        if best is None:
            continue
        score, index, role = best
        if any((c.value.role, c.value.low, c.value.high) == (role, number.low, number.high) for c in given[index]):
            continue
        reason = f"encoder: {role}; number: {number.reason or number.unit}"
        value = Quantity(role, number.low, number.high, number.text)
        given[index].append(Chosen(value, number.span, score, reason))
    for group, chosen in zip(groups, given, strict=True):
        chosen.extend(_single_persons(parse, group, numbers, chosen, settings))
    return [tuple(sorted(chosen, key=lambda c: (c.span is None, c.span))) for chosen in given]


# What is done to one person without a number: 'a driver was hurt', 'they arrested the treasurer'.
_DONE_TO_ONE = (QuantityRole.KILLED, QuantityRole.INJURED, QuantityRole.DETAINED)


def _single_persons(
    parse: Parse,
    group: Sequence[Member],
    numbers: Sequence[QuantityMention],
    given: Sequence[Chosen[Quantity]],
    settings: Mapping[str, float],
) -> Iterator[Chosen[Quantity]]:
    """[1, 1] where a window reads words for one person in a role for which the occurrence has no number yet (ruling 19)."""
    for role in _DONE_TO_ONE:
        if any(chosen.value.role is role for chosen in given):
            continue
        spans = [span for member in group for span in role_spans(parse, member.reading, role.value, settings["single"])]
        for found in sorted(spans, key=lambda s: (-s.score, s.span)):
            if found.score < settings["single"]:
                break
            if any(number.span.overlaps(found.span) for number in numbers) or not _is_one(parse, found):
                continue
            text = found.span.of(parse.document.text)
            reason = f"encoder: {role}; one person without a number"
            yield Chosen(Quantity(role, 1, 1, text), found.span, found.score, reason)
            break


def _is_one(parse: Parse, found: RoleSpan) -> bool:
    """Whether words name one person: their head is a noun in the singular, and nothing stands beside it."""
    tokens = tokens_in(parse, found.sentence, found.span)
    inside = {token.index for token in tokens}
    heads = [token for token in tokens if token.head not in inside or token.head == token.index]
    nouns = [token for token in heads if token.pos in ("NOUN", "PROPN")]
    if len(nouns) != 1 or nouns[0].tag not in ("NN", "NNP"):
        return False
    return not any(token.dep == "conj" and token.head == nouns[0].index for token in tokens)


def _fit(
    parse: Parse, group: Sequence[Member], number: QuantityMention, settings: Mapping[str, float]
) -> tuple[float, QuantityRole] | None:
    """How well a number fits an occurrence, and in which role; None if not well enough."""
    scores = {
        role: max(member.reading.over(number.span, role.value) for member in group)
        for role in QuantityRole
        if _counts(number, role)
    }
    if not scores:
        return None
    role = max(scores, key=lambda r: (scores[r] + (0.2 if r == number.role else 0.0), r))
    told = any(parse.sentences[m.mention.sentence].span.overlaps(number.span) for m in group)
    needed = (settings["agree"] if role == number.role else settings["read"]) + (0.0 if told else settings["outside"])
    return (scores[role] + (0.1 if told else 0.0), role) if scores[role] >= needed else None


def _counts(number: QuantityMention, role: QuantityRole) -> bool:
    """Whether what a number counts can have a role at all: 'two plants' are no participants."""
    if role is QuantityRole.DURATION_DAYS:
        return number.unit == "days"
    if role is QuantityRole.SITES:
        return number.unit in ("sites", "other")
    if role is QuantityRole.PARTICIPANTS and number.role is QuantityRole.WORKFORCE:
        return False  # 'a plant of 10,000 workers' is never a number of participants
    if role in (QuantityRole.PARTICIPANTS, QuantityRole.WORKFORCE):
        if number.high is not None and number.high < _FEWEST and number.high > 0:
            return False
    # A bare number ('783 were injured') counts people as far as anyone can tell.
    return role in _PEOPLE and (number.unit == "people" or (number.unit == "other" and not number.noun))
