"""Who an actor is, the same in every document: 'BelAZ', 'Белаз' and 'БелАЗ' are one, 'President Macron' is a person.

An identity is the name that a data file gives to a person or organisation; else, for a name that stands by itself, its
folded form. A group of an organisation has the organisation's with the group's kind: 'BelAZ: workers'. A description
('angry residents') has none, and neither has a private person.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from tocsin.extract.actor_country import ActorKnowledge, country_of_actor
from tocsin.resources.names import fold_name
from tocsin.vocabulary import Actor, ActorKind, Claim, EventReport, Evidence, Person

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SMALL = frozenset("of the and for in de da do la le van von der al el bin".split())
# Kinds whose actors are bodies, so that a name in capitals is the body's own.
_BODIES = frozenset(
    (ActorKind.UNION, ActorKind.PARTY, ActorKind.EMPLOYER, ActorKind.MEDIA, ActorKind.NGO, ActorKind.REBELS,
     ActorKind.MILITIA, ActorKind.INTERNATIONAL, ActorKind.OPPOSITION, ActorKind.GOVERNMENT, ActorKind.RELIGIOUS)
)  # fmt: skip


def identify_actors(
    reports: Sequence[EventReport], people: Sequence[Person], knowledge: ActorKnowledge
) -> tuple[EventReport, ...]:
    """The reports with the identity and country of each actor, where the words tell them.

    Args:
        reports: of one document; their ids stay what they are.
        people: the persons that the document names.
        knowledge: persons, organisations and places by name.
    """
    return tuple(
        dataclasses.replace(report, claims=tuple(_claim(claim, people, knowledge) for claim in report.claims))
        for report in reports
    )


def identity_of(text: str, kind: ActorKind, knowledge: ActorKnowledge) -> str | None:
    """The identity that an actor's words give, None for a description.

    Args:
        text: the actor as written.
        kind: what the actor is.
        knowledge: persons and organisations by name.
    """
    holders = knowledge.holders.find(text)
    if holders:
        return holders[0].holder.name
    bare = _ARTICLE.sub("", text.strip())
    bodies = knowledge.organisations.find(bare)
    if bodies:
        rest = (bare[: bodies[0].start] + " " + bare[bodies[0].end :]).strip(" '’s,.\"()")
        name = bodies[0].organisation.name
        return name if not _WORD.search(rest) else f"{name}: {kind.value}"
    words = _WORD.findall(bare)
    names = [word for word in words if word.lower() not in _SMALL]
    if kind in _BODIES and len(names) > 1 and all(word[0].isupper() for word in names):
        return fold_name(bare)
    return None


def _claim(claim: Claim, people: Sequence[Person], knowledge: ActorKnowledge) -> Claim:
    actor = claim.value
    if not isinstance(actor, Actor):
        return claim
    named = _named(claim.evidence, people)
    if named is None:
        identity = identity_of(actor.text, actor.kind, knowledge)
    elif named.public:
        holder = knowledge.holders.named(named.name)
        identity = holder.name if holder else fold_name(named.name)
    else:
        identity = None
    country = country_of_actor(actor.text, knowledge)
    if named is not None and country is None and (known := knowledge.holders.named(named.name)) is not None:
        country = known.country
    known_country = country if country and len(country) == 2 and country not in ("EU", "UN") else None
    return dataclasses.replace(claim, value=dataclasses.replace(actor, identity=identity, country=known_country))


def _named(evidence: Evidence | None, people: Sequence[Person]) -> Person | None:
    """The person whom an actor's words name, a private one before a public one."""
    if evidence is None:
        return None
    named = [person for person in people if any(span.overlaps(evidence.span) for span in person.spans)]
    return min(named, key=lambda person: person.public, default=None)
