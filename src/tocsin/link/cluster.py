"""A neighbourhood of linked reports -> incidents, none of which brings contradicting reports together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tocsin.link.judgements import Settled
from tocsin.link.linkage import average_linkage
from tocsin.link.profile import Profile
from tocsin.vocabulary import EventType

Pair = tuple[str, str]


def cluster_neighbourhood(
    profiles: Sequence[Profile],
    odds: Mapping[Pair, float],
    settled: Settled,
    *,
    threshold: float,
    unscored: float,
    contradict: Callable[[Profile, Profile], bool],
) -> list[tuple[str, ...]]:
    """Sort the reports of one neighbourhood into incidents.

    Args:
        profiles: reports that scored pairs or judgements connect, sorted by id, and all that they are connected to.
        odds: log-odds of the pairs compared, smaller id first.
        settled: people's judgements.
        threshold: log-odds from which clusters are joined.
        unscored: log-odds of pairs that were never compared.
        contradict: whether two reports can never be one occurrence by what they tell.

    Returns:
        Ids of each incident's reports, sorted. What people judged the same is together, whatever the scores; what they
        judged different is apart; contradicting reports are together only if people said so.
    """
    number = {profile.id: position for position, profile in enumerate(profiles)}
    apart = {
        (number[left], number[right])
        for left, right in settled.different_in(number)
        if left in number and right in number
    }
    joined = sorted(
        (number[left], number[right]) for left, right in settled.same_in(number) if left in number and right in number
    )
    scores = {(number[left], number[right]): value for (left, right), value in odds.items()}

    def forbidden(left: int, right: int) -> bool:
        pair = (left, right) if left < right else (right, left)
        return pair in apart or contradict(profiles[left], profiles[right])

    def cluster(start: Sequence[Sequence[int]]) -> list[list[int]]:
        return average_linkage(
            len(profiles), scores, threshold=threshold, unscored=unscored, forbidden=forbidden, start=start
        )

    # People join incidents as the model sees them: taking the judgement back leaves what was there before.
    clusters = _join(cluster(()), joined)
    if any(_holds_both(members, apart) for members in clusters):
        # Joining whole incidents would bring together what people hold apart: then only the reports judged are joined,
        # and the others find their place beside them.
        clusters = cluster(_join([[item] for item in range(len(profiles))], joined))
    return [tuple(profiles[item].id for item in sorted(members)) for members in clusters]


def main_type(profiles: Sequence[Profile]) -> EventType:
    """The type that most reports give an incident; of equals the first by name."""
    counts = Counter(profile.type for profile in profiles)
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


def _join(clusters: Sequence[Sequence[int]], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    owner = {item: list(members) for members in clusters for item in members}
    for members in clusters:
        shared = list(members)
        owner.update(dict.fromkeys(members, shared))
    for left, right in pairs:
        one, other = owner[left], owner[right]
        if one is not other:
            one.extend(other)
            owner.update(dict.fromkeys(other, one))
    unique = {id(members): members for members in owner.values()}
    return sorted(sorted(members) for members in unique.values())


def _holds_both(members: Sequence[int], apart: set[tuple[int, int]]) -> bool:
    inside = set(members)
    return any(left in inside and right in inside for left, right in apart)
