"""What became of a plan or a call that is told apart from the deed: a call and a deed never share an incident."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.link.extent import Extent
from tocsin.link.profile import SETTLEMENT
from tocsin.resources.linking import LinkingRules
from tocsin.vocabulary import Factuality

_AHEAD = frozenset((Factuality.PLANNED, Factuality.CALLED_FOR))


def find_outcomes(extents: Iterable[Extent], rules: LinkingRules) -> dict[str, str]:
    """Find the incident told as done that a plan or call led to.

    Args:
        extents: of all incidents, in any order.
        rules: which types may be told of one act.

    Returns:
        The id of the deed by the id of the plan: in the same town, on the days announced or one beside, with a name,
        an issue or the kind of people in common; the one that shares most.
    """
    plans, deeds = [], dict[tuple[str, str, int], list[Extent]]()
    for extent in sorted(extents, key=lambda extent: extent.id):
        if not extent.first or extent.level != SETTLEMENT:
            continue
        if extent.factualities <= _AHEAD:
            plans.append(extent)
        elif Factuality.ACTUAL in extent.factualities:
            for day in range(extent.first - 1, min(extent.last, extent.first + rules.coarse_days) + 2):
                deeds.setdefault((extent.country, extent.settlement, day), []).append(extent)
    found = {}
    for plan in plans:
        near = {
            deed.id: deed
            for day in range(plan.first, min(plan.last, plan.first + rules.coarse_days) + 1)
            for deed in deeds.get((plan.country, plan.settlement, day), ())
            if (plan.type, deed.type) in rules.types and plan.shared(deed)
        }
        if near:
            best = min(near.values(), key=lambda deed: (deed.type is not plan.type, -plan.shared(deed), deed.id))
            found[plan.id] = best.id
    return found
