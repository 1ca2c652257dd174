"""An incident as people read it, in a terminal or on a page: each field with its sides, and who holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.export import mask_names, mask_telling
from tocsin.link import tell_incidents
from tocsin.tellings import Account, Agreement, Consolidated, FieldAccounts, Side, Stand, Telling
from tocsin.vocabulary import Coded, DateInterval, Document, Field, Incident, Quantity, QuantityRole, SourceKind
from tocsin.web.words import FIELD_WORDS, MONTHS, interval_words, place_words, plain_words, value_words

NUMBER_WORDS = {
    QuantityRole.PARTICIPANTS: "Took part",
    QuantityRole.WORKFORCE: "Workforce",
    QuantityRole.DETAINED: "Detained",
    QuantityRole.INJURED: "Injured",
    QuantityRole.KILLED: "Killed",
    QuantityRole.SITES: "Sites",
    QuantityRole.DURATION_DAYS: "Days",
}
STAND_WORDS = {
    Stand.HAPPENED: "happened",
    Stand.DISPUTED: "told and denied",
    Stand.UNCONFIRMED: "unconfirmed",
    Stand.DENIED: "denied",
    Stand.PLANNED: "planned",
    Stand.CALLED_FOR: "called for",
    Stand.NOT_REPORTED: "not reported",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One value that one voice holds, in all documents that carry it.

    Attributes:
        value: in words; ``quote`` as written, '' where that is the same.
        quote: see ``value``.
        voice: who says so; ``kind`` of what kind, '' for an outlet in its own voice.
        kind: see ``voice``.
        where: the documents it stands in: '12 Mar' in the voice's own, 'in Harbour Wire, 12 Mar' in others.
        replaced: the same voice has said it anew since.
    """

    value: str
    quote: str
    voice: str
    kind: str
    where: tuple[str, ...]
    replaced: bool


@dataclass(frozen=True, slots=True)
class SideView:
    """A side of a field. ``head`` is what it comes to: a number, a day, a name."""

    head: str
    lines: tuple[Line, ...]
    voices: int
    contested: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field in words, with its sides; ``note`` says how they stand to each other."""

    name: str
    sides: tuple[SideView, ...]
    agreement: Agreement
    note: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident in words. ``telling`` is what it was made from; ``rule`` names what the consolidated values follow."""

    telling: Telling
    what: str
    where: str
    when: str
    stand: str
    counts: str
    fields: tuple[FieldView, ...]
    consolidated: tuple[tuple[str, str], ...]
    rule: str

    @property
    def apart(self) -> tuple[FieldView, ...]:
        """The fields that voices differ about, the contested ones first."""
        both = (Agreement.CONTESTED, Agreement.DIFFER)
        return tuple(field for kind in both for field in self.fields if field.agreement is kind)

    @property
    def together(self) -> tuple[FieldView, ...]:
        """The fields that nobody differs about."""
        return tuple(field for field in self.fields if field not in self.apart)

    @property
    def title(self) -> str:
        """'Strike, Gdynia, 11–13 Mar 2024'."""
        told = [self.what.capitalize(), self.where, self.when]
        return ", ".join(part for part in told if part and part != "not told")


def told_incidents(
    incidents: Iterable[Incident],
    coded: Iterable[Coded],
    *,
    unmask: bool,
    only: Iterable[str] | None = None,
    latest: Mapping[str, dt.date] | None = None,
) -> Iterator[Telling]:
    """Incidents with all their accounts, names masked unless asked otherwise.

    Args:
        incidents: as linked.
        coded: documents with the reports to tell of, names not masked.
        unmask: show the names of private persons.
        only: ids of the incidents to tell; all by default.
        latest: the last day told of each country, where ``coded`` is not the whole run.
    """
    given = {item.document.id: item for item in coded if item.reports}
    # Persons are told apart by their names: only what comes out is masked.
    for telling in tell_incidents(incidents, given.values(), only=only, latest=latest):
        own = {document.id: mask_names(given[document.id], unmask=unmask) for document in telling.documents}
        yield mask_telling(telling, own)


def view_incident(telling: Telling, consolidated: Sequence[Consolidated] = (), rule: str = "") -> IncidentView:
    """An incident in words.

    Args:
        telling: from ``mask_telling``.
        consolidated: what a rule makes of it, if one was asked for.
        rule: the name of that rule.
    """
    return IncidentView(
        telling,
        plain_words(telling.incident.type),
        where_words(telling),
        when_words(telling),
        STAND_WORDS[telling.standing.stand],
        _counts(telling),
        tuple(_field(field, telling) for field in telling.fields),
        tuple((_name(one.field, one.role), "; ".join(_words(value) for value in one.values)) for one in consolidated),
        rule,
    )


def where_words(telling: Telling) -> str:
    """The place that most documents tell, as the fullest of them writes it."""
    places = [report.place for _, report in telling.members if report.place]
    if not places:
        return "not told"
    towns = [place.settlement for place in places]
    usual = max(towns, key=lambda town: (towns.count(town), town is not None, town or ""))
    place = min(
        (place for place in places if place.settlement == usual),
        key=lambda place: (len(place.name), place.name),
    )
    country = f" {place.country}" if place.country and place.country not in place.name else ""
    return f"{place_words(place)}{country}"


def when_words(telling: Telling) -> str:
    """The days that most voices tell, with what the others add: the first side of the field."""
    for field in telling.fields:
        if field.field is Field.DATE:
            return _head(field.sides[0])
    return "not told"


def agreement_words(field: FieldView) -> str:
    """'contested: the numbers cannot both hold', 'agreed'; '' where one voice tells it."""
    if field.agreement is Agreement.SINGLE:
        return field.note
    word = {Agreement.AGREE: "agreed", Agreement.DIFFER: "differs", Agreement.CONTESTED: "contested"}[field.agreement]
    return f"{word}: {field.note}" if field.note else word


def _counts(telling: Telling) -> str:
    documents, voices = len(telling.documents), telling.independent
    told = f"{documents} document{'' if documents == 1 else 's'}"
    return f"{told}, {voices} independent voice{'' if voices == 1 else 's'}"


def _field(field: FieldAccounts, telling: Telling) -> FieldView:
    disputed = {number for pair in field.against for number in pair}
    sides = tuple(
        SideView(_head(side), tuple(_lines(side, telling)), len(side.voices), number in disputed)
        for number, side in enumerate(field.sides)
    )
    return FieldView(_name(field.field, field.role), sides, field.agreement, field.reason)


def _name(field: Field, role: QuantityRole | None) -> str:
    return NUMBER_WORDS[role] if role else FIELD_WORDS[field]


def _head(side: Side) -> str:
    """What a side comes to: the value held now by most accounts; of equals the last number or day, the first name."""
    current = [account for account in side.accounts if not account.replaced] or list(side.accounts)
    told = [_words(account.value) for account in current]
    latest = isinstance(current[0].value, Quantity | DateInterval)
    return max(enumerate(told), key=lambda item: (told.count(item[1]), item[0] if latest else -item[0]))[1]


def _words(value: object) -> str:
    if isinstance(value, Quantity):
        return interval_words(value.low, value.high)
    return value_words(value)[0]  # type: ignore[arg-type]


def _lines(side: Side, telling: Telling) -> Iterator[Line]:
    """Accounts of one voice and value on one line, with the documents that carry them."""
    grouped: dict[tuple[str, str, bool], list[Account]] = {}
    for account in side.accounts:
        grouped.setdefault((account.voice, _words(account.value), account.replaced), []).append(account)
    documents = {document.id: document for document in telling.documents}
    for (key, value, replaced), accounts in sorted(grouped.items(), key=lambda item: item[0][2]):
        voice = telling.voices[key]
        kind = "" if voice.kind is SourceKind.AUTHOR else plain_words(voice.kind)
        quote = next((_quote(one) for one in accounts if _quote(one)), "")
        where = tuple(dict.fromkeys(_carried(one, documents[one.document], telling) for one in accounts))
        yield Line(value, quote if quote != value else "", voice.name, kind, tuple(filter(None, where)), replaced)


def _quote(account: Account) -> str:
    if isinstance(account.value, Quantity):
        return account.value.text
    return " ".join((account.quote or "").split())


def _carried(account: Account, document: Document, telling: Telling) -> str:
    """'in Harbour Wire, 12 Mar, quoting the agency'; '12 Mar' in the outlet's own voice."""
    outlet = document.publisher or document.name or document.id[:8]
    day = short_day(account.said) if account.said else ""
    name = telling.voices[account.voice].name
    if name == outlet or name.endswith(f"({outlet})"):
        return day
    between = [telling.voices[key].name for key in account.through[1:]]
    told = f"in {outlet}, {day}" if day else f"in {outlet}"
    return f"{told}, quoting {' › '.join(between)}" if between else told


def short_day(day: dt.date) -> str:
    """'12 Mar': within one incident the year goes without saying."""
    return f"{day.day} {MONTHS[day.month - 1]}"
