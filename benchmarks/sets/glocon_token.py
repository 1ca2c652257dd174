"""GLOCON tokens: triggers, participants, organisers, targets, places and times as spans. Five articles, examples only.

The fields of our reports under GLOCON's names; ideologies, a document's title and its printed time are not in our record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.pipeline import load_coder
from tocsin.read import read_text
from tocsin.vocabulary import ActorKind, Claim, Coded, EventReport, EventType, Field, PlacePrecision

SCORER = "score_spans.py"

# Repression and settlements are no events of GLOCON, which looks for contention.
SEMANTICS = {
    EventType.DEMONSTRATION: "Semantic:demonst",
    EventType.BLOCKADE: "Semantic:demonst",
    EventType.OTHER_PROTEST: "Semantic:demonst",
    EventType.STRIKE: "Semantic:ind_act",
    EventType.LOCKOUT: "Semantic:ind_act",
    EventType.RIOT: "Semantic:group_clash",
    EventType.CLASH: "Semantic:group_clash",
    EventType.ATTACK: "Semantic:arm_mil",
    EventType.BOMBING: "Semantic:arm_mil",
    EventType.KILLING: "Semantic:arm_mil",
    EventType.PROPERTY_DAMAGE: "Semantic:arm_mil",
}
ORGANISERS = {
    ActorKind.UNION: "Osemantic:trade_union",
    ActorKind.PARTY: "Osemantic:pol_party",
    ActorKind.OPPOSITION: "Osemantic:pol_party",
    ActorKind.NGO: "Osemantic:ngo",
    ActorKind.RELIGIOUS: "Osemantic:ngo",
}
PARTICIPANTS = {
    ActorKind.WORKERS: "Psemantic:worker",
    ActorKind.PROTESTERS: "Psemantic:activist",
    ActorKind.REBELS: "Psemantic:militant",
    ActorKind.MILITIA: "Psemantic:militant",
    ActorKind.GOVERNMENT: "Psemantic:politician",
}

_ARTICLE = re.compile(r"(?:the|a|an|some|about|around|hundreds of|thousands of|dozens of)\s+", re.IGNORECASE)
_DATELINE = re.compile(r"(?:AM|PM|IST|^|\n)\s*([A-Z][A-Z ]{2,}|[A-Z][a-z]+)\s*[:,]\s")


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Spans of every event that the coder finds; the gate is off, for the set has only articles with events."""
    coder = load_coder(gate=False)
    for record in records:
        outcome = coder.code_document(read_text(record["text"], language="en"))
        spans = set(dateline(record["text"]))
        for report in outcome.reports if isinstance(outcome, Coded) else ():
            spans.update(spans_of(report, record["text"]))
        yield {"id": record["id"], "spans": [{"start": a, "end": b, "label": label} for a, b, label in sorted(spans)]}


def dateline(text: str) -> Iterator[tuple[int, int, str]]:
    """The place that an article is written from."""
    found = _DATELINE.search(text)
    if found:
        yield found.start(1), found.end(1), "Event:place_pub"


def spans_of(report: EventReport, text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of one report; none for types that GLOCON does not look for."""
    semantics = SEMANTICS.get(report.type)
    if semantics is None:
        return
    trigger = report.trigger.span
    yield trigger.start, trigger.end, "Event:etype"
    yield trigger.start, trigger.end, semantics
    for claim in report.claims:
        if claim.evidence is None or claim.differs:
            continue
        span = claim.evidence.span
        article = _ARTICLE.match(text, span.start, span.end)
        start = article.end() if article else span.start
        for label in labels_of(claim):
            yield start, span.end, label


def labels_of(claim: Claim) -> Iterator[str]:
    """GLOCON's names for a claim."""
    value: Any = claim.value
    if claim.field is Field.DATE:
        yield "Event:etime"
    elif claim.field is Field.PLACE:
        yield "Event:loc" if value.precision is PlacePrecision.SITE else "Event:place"
    elif claim.field is Field.TARGET:
        yield "Target:type" if value.text[:1].islower() else "Target:name"
    elif claim.field is Field.UNION:
        yield from ("Organizer:name", "Osemantic:trade_union")
    elif claim.field is Field.INITIATOR and value.kind in ORGANISERS:
        yield from ("Organizer:name", ORGANISERS[value.kind])
    elif claim.field is Field.INITIATOR:
        yield "Participant:type"
        if value.kind in PARTICIPANTS:
            yield PARTICIPANTS[value.kind]
