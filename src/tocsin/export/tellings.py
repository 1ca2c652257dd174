"""What is told of an incident, in the words of documents whose names are masked: all output of incidents leads through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.export.masking import person_words
from tocsin.tellings import Account, FieldAccounts, Member, Telling, Voice, short_name
from tocsin.vocabulary import Coded, SourceKind


def mask_telling(telling: Telling, coded: Mapping[str, Coded]) -> Telling:
    """A telling in the words of documents whose names are masked, or are not.

    Args:
        telling: made of documents with all names: masked ones would make two persons one.
        coded: by document id, from ``mask_names``.

    Returns:
        The same telling with the words of these documents. Keys of voices, which hold names, become v1, v2 ...
    """
    shown = {report.id: (item.document, report) for item in coded.values() for report in item.reports}
    used = [voice for field in telling.fields for one in field.accounts for voice in (one.voice, *one.through)]
    used += [step.voice for step in telling.standing.steps]
    keys = {key: f"v{number}" for number, key in enumerate(dict.fromkeys(used), 1)}
    fields = tuple(_masked_field(field, shown, keys) for field in telling.fields)
    steps = tuple(replace(step, voice=keys[step.voice]) for step in telling.standing.steps)
    voices = {
        keys[key]: replace(voice, key=keys[key], name=_voice_name(voice, telling.members, shown))
        for key, voice in telling.voices.items()
        if key in keys
    }
    return replace(
        telling,
        members=tuple(shown[report.id] for _, report in telling.members),
        voices=voices,
        fields=fields,
        standing=replace(telling.standing, steps=steps),
    )


def _masked_field(field: FieldAccounts, shown: Mapping[str, Member], keys: Mapping[str, str]) -> FieldAccounts:
    sides = tuple(
        replace(
            side,
            accounts=tuple(_masked_account(one, shown, keys) for one in side.accounts),
            voices=tuple(keys[key] for key in side.voices),
        )
        for side in field.sides
    )
    return replace(field, sides=sides)


def _masked_account(account: Account, shown: Mapping[str, Member], keys: Mapping[str, str]) -> Account:
    claim = shown[account.report][1].claims[account.claim]
    return replace(
        account,
        value=claim.value,
        quote=person_words(claim.evidence.quote) if claim.evidence else None,
        voice=keys[account.voice],
        through=tuple(keys[key] for key in account.through),
    )


def _voice_name(voice: Voice, members: Sequence[Member], shown: Mapping[str, Member]) -> str:
    document, report = shown[voice.report]
    if voice.source is None:
        if voice.kind is SourceKind.MEDIA:
            return voice.name
        for printed, one in members:
            if voice.name in (printed.publisher, printed.name):
                masked = shown[one.id][0]
                return (masked.publisher if voice.name == printed.publisher else masked.name) or voice.name
        return document.publisher or document.name or document.id
    source = report.sources[voice.source].source
    if source is None or voice.name.startswith("unnamed"):
        return voice.name
    told = short_name(person_words(source.quote))
    # Persons are numbered by document: 'private person 1' of two papers are two persons.
    return f"{told} ({document.publisher or document.name})" if told != short_name(source.quote) else told
