"""An incident's claims, each with who answers for it, laid side by side by field. Nothing is chosen, nothing added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.link.disagreement import weigh_field
from tocsin.link.voices import Voices
from tocsin.resources.accounts import AccountRules
from tocsin.tellings import Account, FieldAccounts, Member
from tocsin.vocabulary import DateInterval, EventType, Field, Quantity, QuantityRole

# What a voice can say anew: a count, or whether it happened. A name told again in other words replaces nothing.
_REPLACED = frozenset((Field.QUANTITY, Field.FACTUALITY))


def lay_out(
    members: Sequence[Member], voices: Voices, type: EventType, rules: AccountRules
) -> tuple[FieldAccounts, ...]:
    """Every differing claim of an incident, side by side.

    Args:
        members: its reports with their documents, in any order.
        voices: from ``find_voices`` of the same members.
        type: the incident's.
        rules: from accounts.yaml.

    Returns:
        Fields in the order of the codebook, numbers by what they count; a field that nobody tells is left out.
    """
    filed: dict[tuple[Field, QuantityRole | None], list[Account]] = {}
    for account in _accounts(members, voices):
        role = account.value.role if isinstance(account.value, Quantity) else None
        filed.setdefault((account.field, role), []).append(account)
    places = {field: number for number, field in enumerate(Field)}
    roles = {role: number for number, role in enumerate(QuantityRole)}
    ordered = sorted(filed, key=lambda key: (places[key[0]], roles[key[1]] if key[1] else 0))
    return tuple(weigh_field(field, role, _replace(filed[field, role]), type, rules) for field, role in ordered)


def _accounts(members: Iterable[Member], voices: Voices) -> Iterable[Account]:
    for document, report in members:
        for position, claim in enumerate(report.claims):
            if isinstance(claim.value, DateInterval) and not (claim.value.start or claim.value.end):
                continue
            voice, through = voices.claim(report, claim)
            quote = claim.evidence.quote if claim.evidence else None
            yield Account(
                report.id,
                position,
                document.id,
                claim.field,
                claim.value,
                quote,
                voice,
                through,
                document.published,
                claim.differs,
            )


def _replace(accounts: Sequence[Account]) -> list[Account]:
    """Mark what the same voice has said anew since: tolls are brought up to date, they do not add up."""
    latest: dict[str, dt.date] = {}
    for account in accounts:
        if account.said is not None:
            latest[account.voice] = max(account.said, latest.get(account.voice, account.said))
    return [
        replace(account, replaced=True)
        if account.field in _REPLACED and account.said is not None and account.said < latest[account.voice]
        else account
        for account in accounts
    ]
