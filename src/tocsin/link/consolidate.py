"""One value for a field of an incident by a rule that has a name. Computed when asked for, never stored over the claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from tocsin.errors import InputError
from tocsin.link.disagreement import SEVERAL
from tocsin.tellings import Account, Consolidated, FieldAccounts, Rule, Side, Telling, Voice
from tocsin.vocabulary import DateInterval, DatePrecision, Place, Quantity, SourceKind, Value


def consolidate(telling: Telling, rule: Rule | str) -> tuple[Consolidated, ...]:
    """One value a field of an incident.

    Args:
        telling: the incident with its accounts, which stay as they are.
        rule: by which rule; the answer names it.

    Returns:
        Fields in the order of the telling. A field without any account that the rule admits is left out: unknown is
        not guessed.

    Raises:
        InputError: there is no such rule.
    """
    try:
        chosen = Rule(rule)
    except ValueError as error:
        raise InputError(f"There is no rule {str(rule)!r} to consolidate by. There are: {', '.join(Rule)}.") from error
    found = (_consolidate(field, chosen, telling.voices) for field in telling.fields)
    return tuple(one for one in found if one is not None)


def _consolidate(field: FieldAccounts, rule: Rule, voices: Mapping[str, Voice]) -> Consolidated | None:
    admitted = [account for account in field.accounts if not account.replaced and _ADMITS[rule](voices[account.voice])]
    if not admitted:
        return None
    if rule is Rule.INTERVAL_HULL:
        rests, values = admitted, _hull(admitted)
    elif field.field in SEVERAL:
        latest = max(_said(account) for account in admitted)
        rests = [account for account in admitted if _said(account) == latest]
        values = tuple(dict.fromkeys(account.value for account in rests))
    else:
        backed = _backed(field, admitted) if rule is Rule.MOST_RECENT_INDEPENDENT else admitted
        told = {_place(one): (len(side.voices), _documents(side)) for side in field.sides for one in side.accounts}
        best = min(
            backed,
            key=lambda one: (
                -_said(one).toordinal(),
                one.differs,
                *(-count for count in told[_place(one)]),
                *_exactness(one),
            ),
        )
        rests, values = [best], (best.value,)
    return Consolidated(field.field, field.role, values, rule, tuple(rests))


def _backed(field: FieldAccounts, admitted: Sequence[Account]) -> Sequence[Account]:
    """The accounts of the sides that two or more voices hold; all, where none is."""
    several = {_place(account) for side in field.sides if len(side.voices) > 1 for account in side.accounts}
    return [account for account in admitted if _place(account) in several] or admitted


def _place(account: Account) -> tuple[str, int]:
    return account.report, account.claim


def _documents(side: Side) -> int:
    return len({account.document for account in side.accounts})


def _said(account: Account) -> dt.date:
    return account.said or dt.date.min


def _exactness(account: Account) -> tuple[float, str, int]:
    """The narrower, the smaller; of equals by report and position."""
    value, width = account.value, 0.0
    if isinstance(value, Quantity):
        width = float("inf") if value.high is None else float(value.high - (value.low or 0))
    elif isinstance(value, DateInterval) and value.start and value.end:
        width = float((value.end - value.start).days)
    elif isinstance(value, Place):
        width = float((value.settlement is None) + (value.admin1 is None) + (value.country is None))
    return width, account.report, account.claim


def _hull(accounts: Sequence[Account]) -> tuple[Value, ...]:
    values = [account.value for account in accounts]
    if all(isinstance(value, Quantity) for value in values):
        return (_number_hull([value for value in values if isinstance(value, Quantity)]),)
    if all(isinstance(value, DateInterval) for value in values):
        return (_date_hull([value for value in values if isinstance(value, DateInterval)]),)
    return tuple(dict.fromkeys(values))


def _number_hull(values: Sequence[Quantity]) -> Quantity:
    lows, highs = [value.low for value in values], [value.high for value in values]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Quantity(values[0].role, low, high, "; ".join(dict.fromkeys(value.text for value in values)))


def _date_hull(values: Sequence[DateInterval]) -> DateInterval:
    # An open end is as long as anybody tells: how much longer it went on is unknown, not endless.
    days = [day for value in values for day in (value.start, value.end) if day]
    coarse = list(DatePrecision)
    return DateInterval(min(days), max(days), max((value.precision for value in values), key=coarse.index))


_ADMITS: Mapping[Rule, Callable[[Voice], bool]] = {
    Rule.MOST_RECENT_INDEPENDENT: lambda voice: True,
    Rule.INTERVAL_HULL: lambda voice: True,
    Rule.OFFICIAL_ONLY: lambda voice: voice.kind is SourceKind.OFFICIAL,
    Rule.ORGANISER_ONLY: lambda voice: voice.organiser,
}
