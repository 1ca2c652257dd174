"""Mentions of one occurrence become one event: grouping within a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.member import Member
from tocsin.extract.sources import voices
from tocsin.extract.when import compatible_dates
from tocsin.extract.where import compatible_places
from tocsin.vocabulary import Factuality, Place, PlacePrecision, Saying

# Told as done, or told as to come: a planned march and one that took place are two reports.
_DONE = frozenset((Factuality.ACTUAL, Factuality.POSSIBLE, Factuality.DENIED))

# Mutual evidence from which two voices are heard on one occurrence; out of each other's windows it is 0.5.
_CERTAIN = 0.6


def group_members(
    members: Sequence[Member], settings: Mapping[str, float], sayings: Sequence[Saying] = ()
) -> list[list[Member]]:
    """Group the mentions of a document by occurrence.

    A mention joins the group of its own type that it fits best: nothing contradicts (place, date, whether it is told as
    done), and the more the windows see each other's sentences as evidence of the same occurrence, the better.

    Args:
        members: all mentions of the document.
        settings: 'sure', the score from which a place or date may contradict; 'evidence', the least mutual evidence
            that joins mentions whose places or dates are not known to agree.
        sayings: of the document; what two voices tell otherwise of one day or place may still be one occurrence.

    Returns:
        Groups in text order of their first mention, each with its strongest mention first.
    """
    groups: list[list[Member]] = []
    for member in sorted(members, key=lambda m: (-m.score, m.mention.span)):
        fits = [
            (mutual_evidence(member, group), -i)
            for i, group in enumerate(groups)
            if _fits(member, group, settings, sayings)
        ]
        if fits and max(fits)[0] >= settings["evidence"]:
            groups[-max(fits)[1]].append(member)
        else:
            groups.append([member])
    return sorted(groups, key=lambda group: min(m.mention.span for m in group))


def _fits(member: Member, group: Sequence[Member], settings: Mapping[str, float], sayings: Sequence[Saying]) -> bool:
    return all(
        member.mention.type == other.mention.type
        and (not contradict(member, other, settings) or disputed(member, other, sayings))
        for other in group
    )


def disputed(one: Member, other: Member, sayings: Sequence[Saying]) -> bool:
    """Whether two voices tell one occurrence otherwise: they differ in its day and name one place, or the reverse.

    Both are named, neither says both, and the windows see each other's sentence as telling the same occurrence.
    """
    left, right = voices(one.mention.span, sayings), voices(other.mention.span, sayings)
    if not left or not right or left & right or (one.factuality in _DONE) != (other.factuality in _DONE):
        return False
    if len(one.places) != 1 or len(other.places) != 1 or one.date is None or other.date is None:
        return False
    if mutual_evidence(one, [other]) < _CERTAIN:
        return False
    first, second = one.places[0].value, other.places[0].value
    one_place = first == second or (first.settlement is not None and first.settlement == second.settlement)
    return one_place or one.date.value == other.date.value


def contradict(one: Member, other: Member, settings: Mapping[str, float]) -> bool:
    """Whether two mentions cannot be one occurrence."""
    if (one.factuality in _DONE) != (other.factuality in _DONE):
        return True
    if max(one, other, key=lambda m: m.mention.span).apart:
        return True
    sure = settings["sure"]
    if len(one.places) > 1 or len(other.places) > 1:
        # A list of places is several occurrences at once: what is told of one place is none of them.
        return [p.value.name for p in one.places] != [p.value.name for p in other.places]
    if len(one.places) == 1 and len(other.places) == 1 and min(one.places[0].score, other.places[0].score) >= sure:
        first, second = one.places[0].value, other.places[0].value
        if not compatible_places(first, second) or _local_and_national(first, second):
            return True
    if one.date and other.date and min(one.date.score, other.date.score) >= sure:
        return not compatible_dates(one.date.value, other.date.value)
    return False


def _local_and_national(one: Place, other: Place) -> bool:
    """Whether one place is a town or site and the other a whole country: a march in Minsk is not the protests of Belarus."""
    levels = {one.precision, other.precision}
    return PlacePrecision.COUNTRY in levels and bool(levels & {PlacePrecision.SITE, PlacePrecision.SETTLEMENT})


def mutual_evidence(member: Member, group: Sequence[Member]) -> float:
    """How strongly a mention and a group's mentions see each other's sentence as telling the same occurrence, 0 to 1."""
    best = 0.0
    for other in group:
        if other.mention.sentence == member.mention.sentence:
            return 1.0
        here = member.reading.evidence.get(other.mention.sentence)
        there = other.reading.evidence.get(member.mention.sentence)
        seen = [p for p in (here, there) if p is not None]
        # Out of each other's windows: neither yes nor no.
        best = max(best, sum(seen) / len(seen) if seen else 0.5)
    return best
