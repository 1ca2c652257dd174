"""Which documents print one text: near copies, and those that credit one agency."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.link.near_copy import bands, likeness, sign
from tocsin.link.words import words_of
from tocsin.resources.accounts import AccountRules
from tocsin.vocabulary import Document


def outlets(documents: Sequence[Document], rules: AccountRules) -> dict[str, tuple[str, str, bool]]:
    """Who answers for what each document says in its own voice.

    Args:
        documents: of one incident, in any order.
        rules: what counts as a copy, and how agencies are credited.

    Returns:
        For each document id: a key, a name, and whether it is an agency's. Copies of one text have the agency it is
        credited to, else the outlet that printed it first; so have all documents that credit one agency.
    """
    ordered = sorted({document.id: document for document in documents}.values(), key=_first_printed)
    found: dict[str, tuple[str, str, bool]] = {}
    for group in _copies(ordered, rules.near_copy):
        agency = next(filter(None, (rules.agency_of(one.text, one.publisher) for one in group)), None)
        name = agency or group[0].publisher or group[0].name or group[0].id
        key = f"agency {agency.casefold()}" if agency else f"outlet {(group[0].publisher or group[0].id).casefold()}"
        found.update((document.id, (key, name, agency is not None)) for document in group)
    return found


def _copies(documents: Sequence[Document], least: float) -> list[list[Document]]:
    """Documents that are near copies, through however many others; in the order given."""
    signatures = [sign(words_of(document.text)) for document in documents]
    root = list(range(len(documents)))

    def find(item: int) -> int:
        while root[item] != item:
            item = root[item]
        return item

    # Few copies of one text fall through the bands, and an incident has few documents: small ones compare all pairs.
    small = len(documents) <= _ALL_PAIRS
    filed: dict[object, list[int]] = {}
    for number, signature in enumerate(signatures):
        keys: list[object] = ["all"] if small else list(enumerate(bands(signature)))
        near = {other for key in keys for other in filed.get(key, ())}
        for other in sorted(near):
            if find(other) != find(number) and likeness(signatures[other], signature) >= least:
                one, two = sorted((find(other), find(number)))
                root[two] = one
        for key in keys:
            filed.setdefault(key, []).append(number)
    groups: dict[int, list[Document]] = {}
    for number, document in enumerate(documents):
        groups.setdefault(find(number), []).append(document)
    return list(groups.values())


_ALL_PAIRS = 60


def _first_printed(document: Document) -> tuple[bool, str, str, str]:
    published = document.published
    return published is None, published.isoformat() if published else "", document.publisher or "", document.id
