"""What all documents together say of one incident: core types like those of ``vocabulary``, computed, never stored.

An Incident has Members (reports with their documents). Their claims become Accounts, each with the Voice that answers
for it; the accounts of one field that can hold together are a Side; sides against each other are a dispute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tocsin.vocabulary import (
    Document,
    EventReport,
    EventType,
    Factuality,
    Field,
    Incident,
    QuantityRole,
    SourceKind,
    Value,
)

Member = tuple[Document, EventReport]
"""A report of an incident with the document that tells it."""


class Agreement(StrEnum):
    """How the accounts of one field stand to each other.

    SINGLE: one voice only. AGREE: all can hold together. DIFFER: they are told otherwise, but nobody is contradicted:
    other words, or a toll that grew. CONTESTED: two voices say at one time what cannot both hold.
    """

    SINGLE = "single"
    AGREE = "agree"
    DIFFER = "differ"
    CONTESTED = "contested"


class Stand(StrEnum):
    """Where an incident stands, after all that is told of it.

    HAPPENED: told as done, nobody denies it. DISPUTED: told as done, and denied. UNCONFIRMED: only hedged. DENIED: only
    denied. PLANNED and CALLED_FOR: its day has not passed. NOT_REPORTED: its day has passed, and nobody told of it.
    """

    HAPPENED = "happened"
    DISPUTED = "disputed"
    UNCONFIRMED = "unconfirmed"
    DENIED = "denied"
    PLANNED = "planned"
    CALLED_FOR = "called_for"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Voice:
    """One who answers for claims: a source that documents quote, or an outlet in its own voice.

    Attributes:
        key: the same in all documents of the incident.
        name: as the document writes it that names the voice most fully.
        kind: the source's; AUTHOR for an outlet, MEDIA for an agency whose text it prints.
        report, source: where the name stands: a position in that report's sources, None for an outlet.
        documents: ids of the documents that carry the voice, sorted; copies of one text among them.
        organiser: whether it speaks for those who act.
    """

    key: str
    name: str
    kind: SourceKind
    report: str
    source: int | None
    documents: tuple[str, ...]
    organiser: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One claim of one report, and who answers for it.

    Attributes:
        report, claim: the report and the claim's position in it; ``document`` is the report's.
        field, value, quote: what is claimed, and the words.
        voice: key of the innermost source: who says it. ``through`` are keys of those who pass it on, outermost first.
        said: the day the document was published.
        differs: the claim contradicts its own report's reading.
        replaced: a later claim of the same voice stands in its place.
    """

    report: str
    claim: int
    document: str
    field: Field
    value: Value
    quote: str | None
    voice: str
    through: tuple[str, ...] = ()
    said: dt.date | None = None
    differs: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """Accounts of a field that can hold together. ``voices`` are the independent ones that hold it now, sorted."""

    accounts: tuple[Account, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldAccounts:
    """All accounts of one field (of one role, where it is a number), by sides: the one with most voices first.

    ``against`` are the sides that contradict each other, as positions; ``reason`` says why they differ, '' if they do not.
    """

    field: Field
    role: QuantityRole | None
    sides: tuple[Side, ...]
    agreement: Agreement
    against: tuple[tuple[int, int], ...] = ()
    reason: str = ""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, side by side."""
        return tuple(account for side in self.sides for account in side.accounts)


@dataclass(frozen=True, slots=True)
class Step:
    """A document that moved an incident: from then on it was told as ``told`` by ``voice``."""

    told: Factuality
    said: dt.date | None
    document: str
    report: str
    voice: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an incident stands and how it came there: the first telling, and each that changed something.

    ``outcome`` is the incident that became of a plan or call and is told apart from it, None where none is known.
    """

    stand: Stand
    steps: tuple[Step, ...]
    reason: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An incident that is part of another, with both types, and why: both stay incidents of their own."""

    part: str
    whole: str
    reason: str
    part_type: EventType
    whole_type: EventType


@dataclass(frozen=True, slots=True)
class Telling:
    """All that is told of one incident, side by side.

    Attributes:
        incident: with its links.
        members: its reports with their documents, by published date.
        voices: by key.
        fields: in the order of ``Field``, numbers by role; fields nobody tells are left out.
        standing: planned, happened, denied ...
        part_of: the incident it is part of; ``parts`` those that are part of it.
    """

    incident: Incident
    members: tuple[Member, ...]
    voices: Mapping[str, Voice]
    fields: tuple[FieldAccounts, ...]
    standing: Standing
    part_of: Part | None = None
    parts: tuple[Part, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that tell it, each once."""
        return tuple({document.id: document for document, _ in self.members}.values())

    @property
    def contested(self) -> tuple[FieldAccounts, ...]:
        """The fields that voices contradict each other about."""
        return tuple(found for found in self.fields if found.agreement is Agreement.CONTESTED)

    @property
    def independent(self) -> int:
        """How many voices tell it that do not rest on each other: who is quoted, and outlets that quote nobody."""
        return len({voice for found in self.fields for side in found.sides for voice in side.voices})


class Rule(StrEnum):
    """The rules there are.

    MOST_RECENT_INDEPENDENT: what two or more independent voices hold comes before what one says; of that the latest
    said, of equals what more voices and documents hold, then the most exact. INTERVAL_HULL: the interval that spans
    every number or day told; every name told. OFFICIAL_ONLY: the latest that state bodies say. ORGANISER_ONLY: the
    latest that those who act, or speak for them, say.
    """

    MOST_RECENT_INDEPENDENT = "most-recent-independent"
    INTERVAL_HULL = "interval-hull"
    OFFICIAL_ONLY = "official-only"
    ORGANISER_ONLY = "organiser-only"


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What a rule makes of a field: values (most fields have one), and the accounts that they rest on."""

    field: Field
    role: QuantityRole | None
    values: tuple[Value, ...]
    rule: Rule
    accounts: tuple[Account, ...]


_BEFORE = frozenset("a an the their his her its our".split())
_LONG = 4  # words


def short_name(text: str) -> str:
    """A source as a list calls it: without article, and without the clause that says more about it.

    >>> short_name("the Harbour Union, which represents crane operators")
    'Harbour Union'
    >>> short_name("Its spokeswoman, Halina Brzostek")
    'spokeswoman, Halina Brzostek'
    """
    head, _, rest = text.partition(",")
    # 'The official, Ana Kos' is nobody without what follows; a long beginning, or a name, is somebody.
    named = sum(word[:1].isupper() for word in head.split()[1:]) or len(head.split()) > _LONG
    kept = (head if named or not rest[1:2].isupper() else text).split()
    while len(kept) > 1 and kept[0].casefold() in _BEFORE:
        kept = kept[1:]
    return " ".join(kept)
