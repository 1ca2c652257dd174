"""The whole step on one page: incidents and their reports -> what all documents together tell of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.link.accounts import lay_out
from tocsin.link.extent import extent
from tocsin.link.hierarchy import find_parts
from tocsin.link.outcomes import find_outcomes
from tocsin.link.profile import Profiler
from tocsin.link.standing import stand
from tocsin.link.voices import find_voices
from tocsin.resources.accounts import AccountRules, load_account_rules
from tocsin.resources.linking import LinkingRules, load_linking
from tocsin.tellings import Member, Part, Telling
from tocsin.vocabulary import Coded, Incident

# A word of a name that so many documents have tells no story from another.
_NAMES_RARITY = 3.0


def tell_incidents(
    incidents: Iterable[Incident],
    coded: Iterable[Coded],
    *,
    only: Iterable[str] | None = None,
    latest: Mapping[str, dt.date] | None = None,
    rules: AccountRules | None = None,
    linking: LinkingRules | None = None,
) -> tuple[Telling, ...]:
    """Lay side by side what is told of each incident, and say where each stands and what it is part of.

    Args:
        incidents: as linked; those without a report among the documents are left out.
        coded: documents with their reports, names not masked, in any order.
        only: ids of the incidents to tell; the others still count as wholes and parts. All by default.
        latest: the last day on which a document tells of each country, where the documents are only some of them.
        rules: from ``tocsin.resources.accounts``; ``linking`` from ``tocsin.resources.linking``. The shipped ones.
        linking: see ``rules``.

    Returns:
        Tellings in the order of the incidents. They follow from incidents and documents alone.
    """
    rules, linking = rules or load_account_rules(), linking or load_linking()
    members = {report.id: (item.document, report) for item in coded for report in item.reports}
    there = list(_there(incidents, members))
    profiler = Profiler(linking)
    extents = [
        extent(incident, [profiler(*member) for member in own], lambda word: profiler.rarity(word) > _NAMES_RARITY)
        for incident, own in there
    ]
    told = [(report, incident.id) for incident, own in there for _, report in own]
    parts = {part.part: part for part in find_parts(extents, rules, told)}
    of_whole: dict[str, list[Part]] = {}
    for part in parts.values():
        of_whole.setdefault(part.whole, []).append(part)
    outcomes = find_outcomes(extents, linking)
    latest = _latest(there) if latest is None else latest
    wanted = None if only is None else set(only)
    return tuple(
        _tell(
            incident, own, rules, linking, latest.get(reach.country.upper()), outcomes.get(incident.id), parts, of_whole
        )
        for (incident, own), reach in zip(there, extents, strict=True)
        if wanted is None or incident.id in wanted
    )


def _there(incidents: Iterable[Incident], members: Mapping[str, Member]) -> Iterator[tuple[Incident, list[Member]]]:
    for incident in incidents:
        own = [members[identity] for identity in incident.members if identity in members]
        if own:
            yield incident, sorted(own, key=_by_day)


def _latest(there: Sequence[tuple[Incident, Sequence[Member]]]) -> dict[str, dt.date]:
    """The last day on which a document tells of each country: silence after a plan counts only while somebody speaks."""
    latest: dict[str, dt.date] = {}
    for _, own in there:
        for document, report in own:
            country = report.place.country if report.place else None
            if country and document.published:
                latest[country.upper()] = max(document.published, latest.get(country.upper(), document.published))
    return latest


def _by_day(member: Member) -> tuple[bool, str, str, str]:
    document, report = member
    return document.published is None, str(document.published or ""), document.id, report.id


def _tell(
    incident: Incident,
    members: Sequence[Member],
    rules: AccountRules,
    linking: LinkingRules,
    as_of: dt.date | None,
    outcome: str | None,
    parts: Mapping[str, Part],
    of_whole: Mapping[str, Sequence[Part]],
) -> Telling:
    voices = find_voices(members, rules, linking)
    return Telling(
        incident,
        tuple(members),
        voices.of,
        lay_out(members, voices, incident.type, rules),
        stand(members, voices, rules, as_of, outcome),
        parts.get(incident.id),
        tuple(of_whole.get(incident.id, ())),
    )
