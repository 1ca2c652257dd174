"""What one voice of a document says of an act against another: differing accounts of a date, a place, a doer, or whether it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tocsin.extract.actors import choose_actors
from tocsin.extract.member import Chosen, Member
from tocsin.extract.roles import content_words
from tocsin.extract.sources import voices
from tocsin.extract.when import compatible_dates
from tocsin.extract.where import compatible_places
from tocsin.resources.knowledge import Knowledge
from tocsin.vocabulary import (
    Actor,
    Attribution,
    Claim,
    DateInterval,
    DatePrecision,
    EventType,
    Evidence,
    Factuality,
    Field,
    Parse,
    Place,
    PlacePrecision,
    Saying,
    Value,
)

_DISPUTED = (Field.FACTUALITY, Field.DATE, Field.PLACE, Field.INITIATOR)


def differing_claims(
    parse: Parse,
    group: Sequence[Member],
    claims: Sequence[Claim],
    sources: Sequence[Attribution],
    sayings: Sequence[Saying],
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> list[Claim]:
    """The values of a group's mentions that cannot hold beside the report's own, each said by another voice.

    A mention read otherwise is no account by itself: act and value must stand in the words of a source, on either side,
    and no source may say both.

    Args:
        parse: the document.
        group: the report's mentions.
        claims: the report's own.
        sources: the report's, which the claims index.
        sayings: of the document.
        settings: of the model's card, 'actors'.
        knowledge: which doers cannot both have done an act.

    Returns:
        Claims marked ``differs``, at most one for each field, voice and value.
    """
    found: list[Claim] = []
    for field in _DISPUTED if len(group) > 1 else ():
        told = [(member, chosen) for member in group for chosen in _values(parse, member, field, settings, knowledge)]
        own = [claim.value for claim in claims if claim.field is field]
        held = [_voice(member, chosen, sayings) for member, chosen in told if chosen.value in own]
        for member, chosen in told:
            said = _voice(member, chosen, sayings)
            if not said or not held or any(not voice or voice & said for voice in held):
                continue
            if not all(_against(value, chosen.value, member.mention.type, knowledge) for value in own):
                continue
            by = tuple(
                i for i, source in enumerate(sources) if source.source and source.source.quote.casefold() in said
            )
            if by and chosen.span and (field, chosen.value, by) not in [(c.field, c.value, c.sources) for c in found]:
                evidence = Evidence.at(parse.document, chosen.span.start, chosen.span.end)
                reason = f"another voice against the report's own {field}; {chosen.reason}"
                found.append(Claim(field, chosen.value, evidence, by, True, round(chosen.score, 4), reason))
    return found


def _values(
    parse: Parse, member: Member, field: Field, settings: Mapping[str, Any], knowledge: Knowledge
) -> Sequence[Chosen[Any]]:
    """What a mention by itself says of a field."""
    if field is Field.FACTUALITY:
        return (member.told,)
    if field is Field.DATE:
        return (member.date,) if member.date is not None else ()
    if field is Field.PLACE:
        return [p for p in member.places[:1] if p.value.precision is not PlacePrecision.COUNTRY]
    if member.mention.type not in knowledge.accounts.doer_disputed:
        return ()
    return choose_actors(parse, [member], "initiator", knowledge.actors, settings)


def _against(own: Value, other: Value, type: EventType, knowledge: Knowledge) -> bool:
    """Whether two values of a field cannot both hold."""
    match own, other:
        case Factuality(), Factuality():
            return own is not other and Factuality.DENIED in (own, other)
        case DateInterval(), DateInterval():
            days = own.precision is other.precision is DatePrecision.DAY
            return days and not compatible_dates(own, other)
        case Place(), Place():
            return not compatible_places(own, other)
        case Actor(), Actor():
            return _two_sides(own, other, type, knowledge)
    return False


def _two_sides(own: Actor, other: Actor, type: EventType, knowledge: Knowledge) -> bool:
    camps = {knowledge.accounts.camps.get(own.kind), knowledge.accounts.camps.get(other.kind)}
    return len(camps) == 2 and None not in camps and not content_words(own.text) & content_words(other.text)


def _voice(member: Member, chosen: Chosen[Any], sayings: Sequence[Saying]) -> frozenset[str]:
    """Who tells the act with this value: those whose words hold both; empty where nobody's do."""
    if chosen.span is None:
        return frozenset()
    return voices(member.mention.span, sayings) & voices(chosen.span, sayings)
