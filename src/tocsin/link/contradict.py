"""What two reports of one occurrence can never do, whatever else agrees."""

from __future__ import annotations

import math

from tocsin.link.profile import COUNTRY, REGION, SETTLEMENT, Profile
from tocsin.resources.linking import LinkingRules


def contradiction(left: Profile, right: Profile, rules: LinkingRules) -> str | None:
    """Why two reports cannot be of one occurrence, None if they can."""
    if left.document == right.document:
        return "one document tells them apart"
    if left.type != right.type and (left.type, right.type) not in rules.types:
        return f"{left.type} and {right.type} are two acts"
    if (left.factuality, right.factuality) not in rules.together:
        return f"one is {left.factuality}, the other {right.factuality}"
    apart = days_between(left, right)
    if apart is not None and apart > rules.guard_days:
        return f"their dates lie {apart} days apart"
    return _place_contradiction(left, right, rules)


def days_between(left: Profile, right: Profile) -> int | None:
    """Days from the end of one to the start of the other, 0 if they overlap, None if a date is unknown."""
    if not left.first or not right.first:
        return None
    return max(0, right.first - left.last, left.first - right.last)


def kilometres(left: Profile, right: Profile) -> float | None:
    """Great-circle distance between the places of two reports, None if one has no coordinates."""
    if left.point is None or right.point is None:
        return None
    if left.point == right.point:
        return 0.0
    (lat1, lon1), (lat2, lon2) = left.point, right.point
    north, east = math.radians(lat2 - lat1) / 2, math.radians(lon2 - lon1) / 2
    part = math.sin(north) ** 2 + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(east) ** 2
    return 12_742.0 * math.asin(math.sqrt(min(1.0, part)))


def same_settlement(left: Profile, right: Profile) -> bool:
    """Whether both are placed in one settlement: by name, or by the gazetteer's point where it is spelt otherwise."""
    if left.level != SETTLEMENT or right.level != SETTLEMENT:
        return False
    if left.country and right.country and left.country != right.country:
        return False
    return left.settlement == right.settlement or (left.point is not None and left.point == right.point)


def _place_contradiction(left: Profile, right: Profile, rules: LinkingRules) -> str | None:
    if left.country and right.country and left.country != right.country:
        return "they are in two countries"
    levels = sorted((left.level, right.level))
    if levels == [SETTLEMENT, SETTLEMENT] and not same_settlement(left, right):
        apart = kilometres(left, right)
        if apart is None or apart > rules.near_km:
            return f"{left.settlement} and {right.settlement} are two towns"
    # A national total is no town's count: with one employer or one exact number, a report only leaves out the town.
    if levels == [COUNTRY, SETTLEMENT] and not (left.employer & right.employer or _same_count(left, right)):
        return "one is told of a whole country, the other of a town"
    if levels[0] == REGION and left.admin1 and right.admin1 and left.admin1 != right.admin1:
        return f"{left.admin1} and {right.admin1} are two regions"
    return None


def _same_count(left: Profile, right: Profile) -> bool:
    def exact(profile: Profile) -> set[tuple[str, int]]:
        return {(role, low) for role, low, high in profile.quantities if low is not None and low == high and low > 2}

    return bool(exact(left) & exact(right))
