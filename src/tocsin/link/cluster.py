"""Links -> incidents: the strongest links first, and none that would bring contradicting reports together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tocsin.vocabulary import EventReport, Incident, Link


def cluster_reports(
    reports: Mapping[str, EventReport],
    links: Sequence[Link],
    contradict: Callable[[EventReport, EventReport], bool],
) -> tuple[Incident, ...]:
    """Put linked reports together.

    Args:
        reports: by id, all that are to end in an incident.
        links: between these, in any order.
        contradict: whether two reports can never be in one incident. A link that would bring such two together,
            through however many others, is left out.

    Returns:
        Incidents sorted by id, members and links sorted too.
    """
    cluster = {identity: frozenset((identity,)) for identity in reports}
    kept: list[Link] = []
    # Sorted by what they say, not by when they came: the answer does not depend on the order of arrival.
    for link in sorted(links, key=lambda link: (-link.score, link.left, link.right)):
        left, right = cluster[link.left], cluster[link.right]
        if left is not right:
            if any(contradict(reports[one], reports[other]) for one in left for other in right):
                continue
            merged = left | right
            cluster.update(dict.fromkeys(merged, merged))
        kept.append(link)
    by_members: dict[frozenset[str], list[Link]] = {members: [] for members in cluster.values()}
    for link in kept:
        by_members[cluster[link.left]].append(link)
    incidents = (
        Incident(reports[min(members)].type, tuple(sorted(members)), tuple(sorted(found, key=_ends)))
        for members, found in by_members.items()
    )
    return tuple(sorted(incidents, key=lambda incident: incident.id))


def _ends(link: Link) -> tuple[str, str]:
    return link.left, link.right
