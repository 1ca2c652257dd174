"""Who answers for each claim of an incident, and which of them are one: 'the union' and the Harbour Workers' Union."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.link.copies import outlets
from tocsin.link.words import stem, words_of
from tocsin.resources.accounts import AccountRules
from tocsin.resources.linking import LinkingRules
from tocsin.tellings import Member, Voice, short_name
from tocsin.vocabulary import ActorKind, Attribution, Claim, Document, EventReport, SourceKind

Words = frozenset[str]

# Nobody can say whether two outlets' witnesses are the same: each outlet answers for its own.
_NAMELESS = frozenset((SourceKind.UNNAMED, SourceKind.WITNESS))
_BEFORE_MORE = re.compile(r"\s(?:of|at|in|from|for|with|on|near)\s|,")
_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
_SOMEBODY = re.compile(r"(?:an?|one|some|another)\s", re.I)
_PRONOUNS = frozenset("he her his i it its she their they them we who".split())


@dataclass(frozen=True, slots=True)
class _Name:
    """A source's name: its words, and those of which a shorter name has to keep one to mean the same.

    'The union' is the Harbour Workers' Union, 'Korvelin' is Korvelin Terminals; the hospital is not its doctor.
    """

    words: Words = frozenset()
    kernel: Words = frozenset()
    somebody: bool = False  # 'a doctor': of two papers they are two


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of an incident by key, and the key of each source: (report id, position), None for the outlet."""

    of: Mapping[str, Voice]
    keys: Mapping[tuple[str, int | None], str]

    def claim(self, report: EventReport, claim: Claim) -> tuple[str, tuple[str, ...]]:
        """Who answers for a claim, and those who pass it on, outermost first.

        A paper that quotes an agency that quotes a minister: the minister answers, paper and agency pass it on.
        """
        chain = [self.keys[report.id, None]]
        for position in claim.sources:
            if 0 <= position < len(report.sources) and report.sources[position].kind is not SourceKind.AUTHOR:
                chain.append(self.keys[report.id, position])
        chain = list(dict.fromkeys(chain))
        return chain[-1], tuple(chain[:-1])


def find_voices(members: Sequence[Member], rules: AccountRules, linking: LinkingRules) -> Voices:
    """Tell the voices of an incident apart.

    Args:
        members: its reports with their documents, names not masked: masks would make two persons one.
        rules: copies, agencies, and words that say nothing about who speaks.
        linking: its empty words.
    """
    ordered = sorted(members, key=lambda member: member[1].id)
    printed = outlets([document for document, _ in ordered], rules)
    silent = linking.empty_words | rules.speaking_for | {stem(word) for word in rules.speaking_for} | _PRONOUNS
    named: dict[tuple[str, int], _Name] = {}
    for _, report in ordered:
        for position, source in enumerate(report.sources):
            if source.kind is not SourceKind.AUTHOR:
                named[report.id, position] = _read_name(source, silent, rules)
    home = {report.id: document.id for document, report in ordered}
    fuller = _fuller(named, home)
    keys: dict[tuple[str, int | None], str] = {}
    found: dict[str, Voice] = {}
    length: dict[str, tuple[int, str]] = {}
    acting, employers = _acting(ordered, rules), _employers(ordered)
    for document, report in ordered:
        key, name, agency = printed[document.id]
        kind = SourceKind.MEDIA if agency else SourceKind.AUTHOR
        keys[report.id, None] = key
        found[key] = _heard(found.get(key), Voice(key, name, kind, report.id, None, (document.id,)))
        for position, source in enumerate(report.sources):
            if source.kind is SourceKind.AUTHOR:
                continue
            words, somebody = fuller[report.id, position]
            own = _key(source, words, key if somebody else "", key, rules)
            keys[report.id, position] = own
            text = source.source.quote if source.source else ""
            voice = Voice(own, _name(source, text), source.kind, report.id, position, (document.id,))
            voice = replace(voice, organiser=_organiser(source, words, acting, employers, rules))
            # The fullest name is the name: the longest, and of equals the first by letters.
            rank = (-len(voice.name.split()), voice.name)
            if own in found and rank >= length.get(own, (0, "")):
                found[own] = _heard(found[own], voice)
            else:
                found[own] = _heard(voice, found.get(own))
                length[own] = rank
    return Voices(found, keys)


def _heard(voice: Voice | None, other: Voice | None) -> Voice:
    """The first of two that are one, with the documents of both."""
    kept = voice or other
    assert kept is not None  # one of the two is there
    documents = {identity for one in (voice, other) if one for identity in one.documents}
    organiser = any(one.organiser for one in (voice, other) if one)
    return replace(kept, documents=tuple(sorted(documents)), organiser=organiser)


def _read_name(source: Attribution, silent: frozenset[str], rules: AccountRules) -> _Name:
    if source.kind in _NAMELESS or source.source is None:
        return _Name()
    for text in (short_name(source.source.quote), source.source.quote):
        told = [(stem(word), word) for word in words_of(text)]
        kept = [one for one, word in told if word not in silent and one not in silent]
        if kept:
            # 'Spokesman for the city police': the first part that names anybody has the head.
            parts = [[one for one in map(stem, words_of(part)) if one in kept] for part in _BEFORE_MORE.split(text)]
            ends = next((part for part in parts if part), kept)[-1:]
            begins = [kept[0]] if _CAPITAL.search(text) else []
            speaks = any(word in rules.speaking_for or one in rules.speaking_for for one, word in told)
            vague = bool(_SOMEBODY.match(source.source.quote)) and not speaks and not _CAPITAL.search(text)
            return _Name(frozenset(kept), frozenset((*ends, *begins)), vague)
    return _Name()


def _fuller(
    named: Mapping[tuple[str, int], _Name], home: Mapping[str, str]
) -> dict[tuple[str, int], tuple[Words, bool]]:
    """For each source the words of the fullest name that can be meant by it, and whether that is just somebody.

    Its own words, where it is not clear who is meant.
    """
    by_document: dict[str, set[_Name]] = {}
    for (report, _), name in named.items():
        by_document.setdefault(home[report], set()).add(name)
    everywhere = {name for found in by_document.values() for name in found if not name.somebody}
    fuller = {}
    for (report, position), name in named.items():
        meant = name
        for within in (by_document[home[report]], () if name.somebody else everywhere):
            longer = [other for other in within if meant.words & other.kernel and meant.words < other.words]
            longest = [other for other in longer if not any(other.words < more.words for more in longer)]
            if len({other.words for other in longest}) == 1:
                meant = longest[0]
        fuller[report, position] = meant.words, meant.somebody
    return fuller


def _key(source: Attribution, words: Words, within: str, outlet: str, rules: AccountRules) -> str:
    if source.kind is SourceKind.MEDIA and source.source is not None:
        agency = rules.agency_of("", short_name(source.source.quote))
        if agency:
            return f"agency {agency.casefold()}"
    if not words:
        return f"{source.kind.value} of {outlet}"
    return " of ".join(filter(None, (f"said {' '.join(sorted(words))}", within)))


def _name(source: Attribution, text: str) -> str:
    if not text or text.casefold() in _PRONOUNS:
        return "unnamed" if source.kind is SourceKind.UNNAMED else f"unnamed {source.kind.value.replace('_', ' ')}"
    return short_name(text)


def _acting(members: Iterable[tuple[Document, EventReport]], rules: AccountRules) -> Words:
    """Words of those who act or are acted on, and are not the state."""
    actors = [
        actor
        for _, report in members
        for actor in (*report.initiators, *report.targets)
        if rules.camps.get(actor.kind) != "state" and actor.kind is not ActorKind.EMPLOYER
    ]
    return frozenset(stem(word) for actor in actors for word in words_of(actor.text))


def _employers(members: Iterable[tuple[Document, EventReport]]) -> Words:
    texts = [report.employer or "" for _, report in members]
    return frozenset(stem(word) for text in texts for word in words_of(text))


def _organiser(source: Attribution, words: Words, acting: Words, employers: Words, rules: AccountRules) -> bool:
    text = source.source.quote if source.source else ""
    own = words | {stem(word) for word in words_of(short_name(text))}
    if source.kind in (SourceKind.OFFICIAL, SourceKind.MEDIA) or not own:
        return False
    says_so = {stem(word) for word in rules.organisers}
    if own & says_so:
        return True
    return bool(words) and bool(words & acting) and not words & employers
