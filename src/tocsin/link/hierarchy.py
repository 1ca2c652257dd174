"""Which incident is part of which, across documents. Nothing is merged: a total and its parts stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.link.extent import Extent
from tocsin.link.profile import COUNTRY, REGION, SETTLEMENT
from tocsin.resources.accounts import AccountRules
from tocsin.tellings import Part
from tocsin.vocabulary import EventReport, EventType, Factuality

_Key = tuple[str, ...]


def find_parts(
    extents: Iterable[Extent],
    rules: AccountRules,
    told: Iterable[tuple[EventReport, str]] = (),
) -> tuple[Part, ...]:
    """Find for each incident the closest one that it is part of.

    Args:
        extents: of all incidents; the answer does not depend on their order.
        rules: which types can be part of which.
        told: reports with the id of their incident; what one document tells as part counts before all else.

    Returns:
        Parts sorted by id, each incident at most once; no incident is part of itself, through however many others.
        Where two wholes are equally near, none is chosen.
    """
    known = {extent.id: extent for extent in sorted(extents, key=lambda extent: extent.id)}
    found: dict[str, Part] = {}
    for part in _told_parts(told, known):
        _add(part, found)
    filed = _file(known.values(), rules)
    near = [
        part for one in known.values() if one.id not in found and not one.denied for part in _nearest(one, filed, rules)
    ]
    towns: dict[str, set[str]] = {}
    for part in near:
        towns.setdefault(part.whole, set()).add(known[part.part].settlement)
    for part in near:
        # A report that only leaves out the town tells no wave: a wave lasts longer than its part, or is in two towns.
        longer = known[part.whole].days > known[part.part].days
        if part.part_type is not part.whole_type or longer or len(towns[part.whole] - {""}) > 1:
            _add(part, found)
    return tuple(found[identity] for identity in sorted(found))


def types_above(type: EventType, rules: AccountRules) -> frozenset[EventType]:
    """Every type that an incident of this one can be part of, through however many others."""
    found: set[EventType] = set()
    frontier = {type}
    while frontier:
        wholes = {whole for kind in frontier for kinds, _ in _types(kind, rules) for whole in kinds}
        frontier = wholes - found
        found |= wholes
    return frozenset(found)


def _add(part: Part, found: dict[str, Part]) -> None:
    """Keep a part unless it closes a circle."""
    above: str | None = part.whole
    while above is not None:
        if above == part.part:
            return
        above = found[above].whole if above in found else None
    found.setdefault(part.part, part)


def _told_parts(told: Iterable[tuple[EventReport, str]], known: Mapping[str, Extent]) -> Iterator[Part]:
    pairs = list(told)
    home = {report.id: incident for report, incident in pairs}
    votes: dict[tuple[str, str], int] = {}
    for report, incident in pairs:
        whole = home.get(report.part_of or "")
        if whole is not None and whole != incident and incident in known and whole in known:
            votes[incident, whole] = votes.get((incident, whole), 0) + 1
    for (part, whole), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        documents = "one document tells" if count == 1 else f"{count} documents tell"
        reason = f"{documents} it as part of the {_act(known[whole].type)}"
        yield Part(part, whole, reason, known[part].type, known[whole].type)


def _file(extents: Iterable[Extent], rules: AccountRules) -> dict[_Key, list[Extent]]:
    """Wholes by type and place, so that a part looks at few."""
    wholes = {kind for rule in rules.part_of for kind in rule.wholes} | rules.waves
    filed: dict[_Key, list[Extent]] = {}
    for extent in extents:
        if extent.type in wholes and Factuality.ACTUAL in extent.factualities and extent.country and extent.first:
            filed.setdefault(_key(extent.type, extent), []).append(extent)
    return filed


def _key(type: EventType, extent: Extent, level: int | None = None) -> _Key:
    reach = extent.level if level is None else level
    parts = {SETTLEMENT: (extent.admin1, extent.settlement), REGION: (extent.admin1,), COUNTRY: ()}.get(reach, ("?",))
    # A settlement's region may be unknown to one document: the settlement alone files it.
    return (type.value, str(reach), extent.country, *(parts[1:] if reach == SETTLEMENT else parts))


def _nearest(extent: Extent, filed: Mapping[_Key, Sequence[Extent]], rules: AccountRules) -> Iterator[Part]:
    """The whole that is closest: the same town before the region, what shares most, the type listed first, the shortest; () if unclear."""
    found: list[tuple[tuple[int, int, int, int], Extent, str]] = []
    for wholes, why in _types(extent.type, rules):
        for level in (SETTLEMENT, REGION, COUNTRY):
            if level > extent.level:
                continue
            for order, kind in enumerate(wholes):
                for whole in filed.get(_key(kind, extent, level), ()):
                    wider = whole.level < extent.level
                    same = kind is extent.type
                    if whole.id == extent.id or not extent.inside(whole) or (same and not wider):
                        continue
                    shared = extent.shared(whole)
                    # Two of one kind in one country are of one wave only if something more than the kind says so.
                    if wider and not shared:
                        continue
                    found.append(((-whole.level, -shared, order, whole.days), whole, why))
    found.sort(key=lambda item: (item[0], item[1].id))
    if found and not (len(found) > 1 and found[0][0] == found[1][0] and found[0][1].id != found[1][1].id):
        _, whole, why = found[0]
        reason = f"{why}: {_where(whole)}, within its days{_both(extent, whole)}"
        yield Part(extent.id, whole.id, reason, extent.type, whole.type)


def _types(type: EventType, rules: AccountRules) -> Iterator[tuple[Sequence[EventType], str]]:
    for rule in rules.part_of:
        if type in rule.parts:
            yield [kind for kind in rule.wholes if kind is not type], rule.why
    if type in rules.waves:
        yield [type], f"{_act(type)} within a wider one"


def _where(whole: Extent) -> str:
    if whole.level == SETTLEMENT:
        return "the same town"
    if whole.level == REGION:
        return "in the region it is told of"
    return "in the country it is told of"


def _both(extent: Extent, whole: Extent) -> str:
    if extent.names & whole.names:
        return ", and a name in common"
    if extent.issues & whole.issues:
        return ", over the same issue"
    return ", by the same kind of people" if extent.kinds & whole.kinds else ""


def _act(type: EventType) -> str:
    return type.value.replace("_", " ")
