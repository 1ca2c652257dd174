"""Which of a document's numbers count an act's people, sites or days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.member import Chosen, Member
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
            'outside', how much more it takes for a number that stands in none of the occurrence's sentences.

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
    return [tuple(chosen) for chosen in given]


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
