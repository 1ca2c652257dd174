"""What was weighed for one event and not chosen: other readings of its words, and other dates, places and actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.extract.actors import actor_candidates
from tocsin.extract.choice import shares
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import FACTUALITIES
from tocsin.extract.member import Member, mention_score, rivals
from tocsin.extract.told import weigh_told
from tocsin.extract.where import AT_HOME, place_candidates
from tocsin.resources.knowledge import Knowledge
from tocsin.vocabulary import (
    DateInterval,
    EventReport,
    EventType,
    Factuality,
    Field,
    Mentions,
    Parse,
    Place,
    Span,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that might have been chosen. ``share`` is of all candidates of its field, 0 to 1.

    ``span`` holds its words, None where no words tell it; ``value`` is what they resolve to, None where that is their
    own wording or nothing at all.
    """

    span: Span | None
    value: DateInterval | Place | Factuality | None
    share: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """How an event's trigger was read. Each list has the likeliest first, what was chosen included.

    ``told``, ``named`` and ``valid`` are the encoder's probabilities that the sentence tells the type, that the word names
    it, and that the window bears it out; ``score`` is what they weigh together. ``types`` are other types that were read
    on the same words, with the encoder's probability.
    """

    told: float
    named: float
    valid: float
    score: float
    types: tuple[tuple[EventType, float], ...]
    fields: Mapping[Field, tuple[Candidate, ...]]


def consider(
    parse: Parse,
    mentions: Mentions,
    read: Sequence[tuple[TriggerMention, Reading]],
    settings: Mapping[str, Any],
    knowledge: Knowledge,
    report: EventReport,
) -> Considered | None:
    """What was weighed for a report's trigger; None where these readings have no such trigger.

    Args:
        parse: the document, the one that ``report`` was coded from.
        mentions: of the document.
        read: its triggers with their windows.
        settings: of the model's card.
        knowledge: codebook and lexicons.
        report: the event asked about.
    """
    against = rivals(read)
    own = next(
        (i for i, (t, _) in enumerate(read) if t.type is report.type and t.span == report.trigger.span),
        None,
    )
    if own is None:
        return None
    trigger, reading = read[own]
    told, dates = weigh_told(parse, mentions, read, settings, knowledge)[own]
    member = Member(
        trigger, reading, mention_score(trigger, reading, against[own], settings["mention"]), (), None, told
    )
    others = [t for i, (t, _) in enumerate(read) if i != own and t.span.overlaps(trigger.span)]
    fields = {
        Field.FACTUALITY: [
            Candidate(None, Factuality(value), float(share))
            for value, share in zip(FACTUALITIES, reading.heads["factuality"], strict=True)
        ],
        Field.DATE: [Candidate(one.span, one.value, one.score, one.reason) for one in dates],
        Field.PLACE: _places(parse, member, mentions, settings["place"]),
        Field.INITIATOR: _actors(parse, member, "initiator", knowledge, settings["actors"]),
        Field.TARGET: _actors(parse, member, "target", knowledge, settings["actors"]),
    }
    return Considered(
        trigger.told,
        trigger.named,
        float(reading.heads["valid"][0]),
        member.score,
        tuple(sorted(((t.type, t.score) for t in others), key=lambda pair: -pair[1])),
        {field: tuple(sorted(found, key=lambda c: -c.share)) for field, found in fields.items()},
    )


def _places(parse: Parse, member: Member, mentions: Mentions, weights: Mapping[str, float]) -> list[Candidate]:
    made = place_candidates(parse, member.mention, member.reading, mentions.toponyms, mentions.home)
    weighed = shares([candidate.features for candidate in made], weights)
    # Every name of one place speaks for it: one line for each place, by the name that speaks loudest.
    best: dict[tuple[str, str | None], Candidate] = {}
    for candidate, share in sorted(zip(made[:-1], weighed, strict=False), key=lambda pair: -pair[1]):
        place, toponym = candidate.place, candidate.toponym
        if place is None:
            continue
        span, reason = (toponym.span, toponym.reason) if toponym else (None, AT_HOME)
        key = (place.name, place.country)
        known = best.get(key)
        best[key] = (
            Candidate(known.span, place, known.share + share, known.reason)
            if known
            else Candidate(span, place, share, reason)
        )
    return [*best.values(), Candidate(None, None, weighed[-1], "no place told")]


def _actors(
    parse: Parse, member: Member, role: str, knowledge: Knowledge, settings: Mapping[str, Any]
) -> list[Candidate]:
    made = actor_candidates(parse, [member], role, knowledge.actors, settings)
    weighed = shares([one.features for one in made], settings[role])
    return [
        Candidate(one.found.span if one.found else None, None, share, one.rule)
        for one, share in zip(made, weighed, strict=True)
    ]
