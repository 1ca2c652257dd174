"""How far an incident reaches in place and time, and who is in it: what hierarchy and outcomes are told by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.link.profile import SETTLEMENT, Profile
from tocsin.vocabulary import EventType, Factuality, Incident


@dataclass(frozen=True, slots=True)
class Extent:
    """An incident by the profiles of its reports. Days are ordinals, 0 where unknown; names are folded, '' if unknown.

    ``level`` is the most exact of its places; ``names`` are words of actors, employer and union, and their identities;
    ``kinds`` are those of its initiators.
    """

    id: str
    type: EventType
    factualities: frozenset[Factuality]
    level: int
    country: str
    admin1: str
    settlement: str
    first: int
    last: int
    names: frozenset[str]
    kinds: frozenset[str]
    issues: frozenset[str]

    @property
    def days(self) -> int:
        """How long it lasts, 0 where unknown."""
        return self.last - self.first + 1 if self.first else 0

    @property
    def denied(self) -> bool:
        """Whether it is only denied."""
        return self.factualities == {Factuality.DENIED}

    def inside(self, whole: Extent) -> bool:
        """Whether place and days lie within those of another."""
        return self.here(whole) and bool(self.first) and whole.first <= self.first and self.last <= whole.last

    def here(self, whole: Extent) -> bool:
        """Whether the place lies within that of another, or is the same."""
        if not whole.country or self.country != whole.country or self.level < whole.level:
            return False
        if whole.level == SETTLEMENT:
            return bool(self.settlement) and self.settlement == whole.settlement
        return not whole.admin1 or self.admin1 == whole.admin1

    def shared(self, other: Extent) -> int:
        """How much speaks for both being of one story: names count most, then issues, then kinds of those who act."""
        return (
            4 * bool(self.names & other.names) + 2 * bool(self.issues & other.issues) + bool(self.kinds & other.kinds)
        )


def extent(incident: Incident, profiles: Sequence[Profile], rare: Callable[[str], bool] = lambda word: True) -> Extent:
    """The extent of an incident.

    Args:
        incident: with its members.
        profiles: of the members.
        rare: whether a word of a name says something.
    """
    closest = min(profiles, key=lambda profile: (-profile.level, profile.id))
    dated = [profile for profile in profiles if profile.first]
    words = {
        word
        for profile in profiles
        for word in (*profile.named, *profile.employer, *profile.union, *profile.identities)
        if rare(word)
    }
    return Extent(
        incident.id,
        incident.type,
        frozenset(profile.factuality for profile in profiles),
        closest.level,
        closest.country,
        closest.admin1,
        closest.settlement,
        min((profile.first for profile in dated), default=0),
        max((profile.last for profile in dated), default=0),
        frozenset(words) - {closest.settlement, closest.country, closest.admin1},
        frozenset(kind for profile in profiles for kind in profile.kinds if kind != "unknown"),
        frozenset(issue.value for profile in profiles for issue in profile.issues),
    )
