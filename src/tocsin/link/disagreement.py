"""Which claims of one field can hold together, and where voices contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from tocsin.link.words import stem, words_of
from tocsin.resources.accounts import AccountRules
from tocsin.tellings import Account, Agreement, FieldAccounts, Side
from tocsin.vocabulary import (
    Actor,
    DateInterval,
    Demand,
    EventType,
    Factuality,
    Field,
    Place,
    Quantity,
    QuantityRole,
)


class Relation(StrEnum):
    """How two claims of one field stand to each other.

    HOLD: both can be true, or say the same. OTHER: they say different things, and neither is contradicted. UPDATE: the
    later one brings the earlier one up to date. AGAINST: they cannot both hold.
    """

    HOLD = "hold"
    OTHER = "other"
    UPDATE = "update"
    AGAINST = "against"


# Fields of which an incident can have several values at once; there a voice is compared by all that it says.
SEVERAL = frozenset((Field.INITIATOR, Field.TARGET, Field.DEMAND))

_REASONS = {
    Field.QUANTITY: "the numbers cannot both hold",
    Field.FACTUALITY: "told as done, and denied",
    Field.DATE: "the days lie too far apart",
    Field.PLACE: "they are two places",
    Field.INITIATOR: "they lay it to two sides",
    Field.TARGET: "they name two sides",
}


def weigh_field(
    field: Field, role: QuantityRole | None, accounts: Sequence[Account], type: EventType, rules: AccountRules
) -> FieldAccounts:
    """Sort the accounts of one field into sides, and say whether voices contradict each other.

    Args:
        field: the field; ``role`` what is counted, where it is a number.
        role: see ``field``.
        accounts: of one field and role, with those replaced by later ones.
        type: of the incident.
        rules: which numbers grow, and which doers cannot both have done it.

    Returns:
        Sides in the order of how many independent voices hold them now, then of their first account. Whatever the order
        in which the accounts come, the answer is the same.
    """
    ordered = sorted(accounts, key=order)
    groups: list[list[Account]] = []
    for account in ordered:
        for group in groups:
            if all(relation(one, account, type, rules) is Relation.HOLD for one in group):
                group.append(account)
                break
        else:
            groups.append([account])
    sides = [Side(tuple(group), tuple(sorted({one.voice for one in group if not one.replaced}))) for group in groups]
    sides.sort(key=lambda side: -len(side.voices))
    current = [account for account in ordered if not account.replaced]
    against = _against(sides, current, type, rules)
    agreement, reason = _verdict(field, sides, current, against, type, rules)
    return FieldAccounts(field, role, tuple(sides), agreement, against, reason)


def order(account: Account) -> tuple[bool, str, str, str, int]:
    """By the day it was said, then by document, report and position: unknown days last."""
    said = account.said
    return said is None, said.isoformat() if said else "", account.document, account.report, account.claim


def relation(one: Account, other: Account, type: EventType, rules: AccountRules) -> Relation:
    """How two claims of one field (and role) stand to each other."""
    left, right = one.value, other.value
    if one.report == other.report and one.differs != other.differs:
        return Relation.AGAINST
    match left, right:
        case Quantity(), Quantity():
            return _quantities(one, other, left, right, rules)
        case Factuality(), Factuality():
            if left is right:
                return Relation.HOLD
            return Relation.AGAINST if Factuality.DENIED in (left, right) else Relation.OTHER
        case DateInterval(), DateInterval():
            gap = _days_apart(left, right)
            return Relation.HOLD if not gap else Relation.OTHER if gap <= rules.near_days else Relation.AGAINST
        case Place(), Place():
            return _places(left, right)
        case Actor(), Actor():
            return _actors(left, right, type, rules)
        case Demand(), Demand():
            same = left.issue is right.issue or _stems(left.text) & _stems(right.text)
            return Relation.HOLD if same else Relation.OTHER
        case _:
            return _names(str(left), str(right))


def _quantities(one: Account, other: Account, left: Quantity, right: Quantity, rules: AccountRules) -> Relation:
    if _overlap(left, right):
        return Relation.HOLD
    if left.role in rules.growing and one.said and other.said and one.said != other.said:
        first, later = (left, right) if one.said < other.said else (right, left)
        if (later.low or 0) > (first.low or 0):
            return Relation.UPDATE
    return Relation.AGAINST


def _overlap(left: Quantity, right: Quantity) -> bool:
    return not (
        (left.high is not None and (right.low or 0) > left.high)
        or (right.high is not None and (left.low or 0) > right.high)
    )


def _days_apart(left: DateInterval, right: DateInterval) -> int:
    """Days from the end of one to the start of the other, 0 if they meet or one is unknown."""
    spans = []
    for date in (left, right):
        start, end = date.start or date.end, date.end or date.start
        if start is None or end is None:
            return 0
        spans.append((start.toordinal(), end.toordinal()))
    return max(0, spans[1][0] - spans[0][1], spans[0][0] - spans[1][1])


def _places(left: Place, right: Place) -> Relation:
    for one, other in ((left.country, right.country), (left.admin1, right.admin1)):
        if one and other and one.casefold() != other.casefold():
            return Relation.AGAINST
    if left.geonameid is not None and left.geonameid == right.geonameid:
        return Relation.HOLD
    if left.settlement and right.settlement:
        return Relation.HOLD if left.settlement.casefold() == right.settlement.casefold() else Relation.AGAINST
    inside = left.country == right.country and (not left.settlement or not right.settlement)
    return Relation.HOLD if inside or _stems(left.name) & _stems(right.name) else Relation.OTHER


def _actors(left: Actor, right: Actor, type: EventType, rules: AccountRules) -> Relation:
    if left.identity and left.identity == right.identity:
        return Relation.HOLD
    if _stems(left.text) & _stems(right.text):
        return Relation.HOLD
    camps = rules.camps.get(left.kind), rules.camps.get(right.kind)
    if type in rules.doer_disputed and None not in camps and camps[0] != camps[1]:
        return Relation.AGAINST
    return Relation.HOLD if left.kind is right.kind else Relation.OTHER


def _names(left: str, right: str) -> Relation:
    return Relation.HOLD if _stems(left) & _stems(right) else Relation.OTHER


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text) if len(word) > 2)


def _against(
    sides: Sequence[Side], current: Iterable[Account], type: EventType, rules: AccountRules
) -> tuple[tuple[int, int], ...]:
    """Pairs of sides held by two voices that contradict each other.

    Two voices do so if something that one says is against something that the other says, and nothing that they say of
    the field can hold together: whoever gives a headline's figure and a precise one is not against a voice that gives
    one of them. What contradicts its own report is always against it.
    """
    said: dict[str, list[Account]] = {}
    for account in current:
        said.setdefault(account.voice, []).append(account)
    found = set()
    for first, left in enumerate(sides):
        for second in range(first + 1, len(sides)):
            for one in left.accounts:
                for other in sides[second].accounts:
                    if one.replaced or other.replaced or relation(one, other, type, rules) is not Relation.AGAINST:
                        continue
                    own = one.report == other.report and one.differs != other.differs
                    if own or (one.voice != other.voice and not _hold(said[one.voice], said[other.voice], type, rules)):
                        found.add((first, second))
    return tuple(sorted(found))


def _hold(left: Iterable[Account], right: Sequence[Account], type: EventType, rules: AccountRules) -> bool:
    return any(relation(one, other, type, rules) is Relation.HOLD for one in left for other in right)


def _verdict(
    field: Field,
    sides: Sequence[Side],
    current: Sequence[Account],
    against: Sequence[tuple[int, int]],
    type: EventType,
    rules: AccountRules,
) -> tuple[Agreement, str]:
    if against:
        return Agreement.CONTESTED, _REASONS.get(field, "they cannot both hold")
    voices = {account.voice for account in current}
    held = [side for side in sides if side.voices]
    if len(voices) <= 1:
        return Agreement.SINGLE, "a later count took the place of an earlier one" if len(held) < len(sides) else ""
    if len(held) == 1 or (field in SEVERAL and any(len(side.voices) == len(voices) for side in held)):
        return Agreement.AGREE, ""
    if any(
        relation(one, other, type, rules) is Relation.UPDATE
        for number, side in enumerate(held)
        for one in side.accounts
        for later in held[number + 1 :]
        for other in later.accounts
    ):
        return Agreement.DIFFER, "a later count is higher"
    return Agreement.DIFFER, "told in other words" if field in SEVERAL else "told otherwise"
