"""The way from a parsed document to its event reports, on one page."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from tocsin.extract.actors import choose_actors
from tocsin.extract.confidence import rate_reports
from tocsin.extract.counts import assign_quantities
from tocsin.extract.demands import DEMANDING, choose_demands
from tocsin.extract.denials import add_denials
from tocsin.extract.detect import TriggerMention, cued_triggers, find_triggers, set_apart
from tocsin.extract.differing import differing_claims
from tocsin.extract.encode import Encoder, Reading, read_arguments, read_by_encoder, read_detection_twice
from tocsin.extract.group import group_members
from tocsin.extract.listed_sites import listed_sites
from tocsin.extract.member import Chosen, Member, Rival, first_score, mention_score, rivals
from tocsin.extract.mixture import mix_readings
from tocsin.extract.parts import find_part_of
from tocsin.extract.sectors import sector_of
from tocsin.extract.sources import choose_sources
from tocsin.extract.told import weigh_told
from tocsin.extract.when import WeighedDate, choose_date
from tocsin.extract.where import FINENESS, choose_places
from tocsin.extract.windows import (
    SHORT_PIECES,
    Pieces,
    argument_window,
    dated_sentences,
    detection_windows,
    encode_sentences,
    encode_type,
    reader_window,
)
from tocsin.extract.words import LABOUR, choose_name
from tocsin.resources.knowledge import Knowledge
from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    DateMention,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Mentions,
    Parse,
    Place,
    PlacePrecision,
    Quantity,
    Span,
    Toponym,
    country_of,
)

# More mentions than this in one document are a list or a chronicle; the surest are read.
MOST_MENTIONS = 60


class EventModel(Encoder, Protocol):
    """An encoder with the settings of its card."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Thresholds and weights by step: trigger, mention, place, date, group, actors, quantities, sources, words."""
        ...


def extract_reports(
    parse: Parse,
    mentions: Mentions,
    model: EventModel,
    knowledge: Knowledge,
) -> tuple[EventReport, ...]:
    """Code the events that one document tells.

    Args:
        parse: sentences and syntax.
        mentions: dates and places already resolved, numbers and sayings.
        model: the event encoder.
        knowledge: codebook and lexicons.

    Returns:
        Reports in text order; every evidence checks against ``parse.document``.
    """
    read = read_triggers(parse, mentions.dates, model, knowledge.acts)
    return assemble_reports(parse, mentions, read, model.settings, knowledge)


def read_triggers(
    parse: Parse, dates: Sequence[DateMention], model: EventModel, acts: Mapping[EventType, Collection[str]]
) -> list[tuple[TriggerMention, Reading]]:
    """Everything that needs the encoder: the document's trigger mentions, each with its window's reading.

    Args:
        parse: the document.
        dates: its time expressions; the reader's windows hold the sentences that tell them.
        model: the event encoder.
        acts: by type, words that tell an act where the encoder sees none.
    """
    encoded, triggers = find_mentions(parse, model, acts, model.settings["trigger"]["read"])
    return list(zip(triggers, _read(parse, dates, encoded, triggers, model), strict=True))


def find_mentions(
    parse: Parse, model: EventModel, acts: Mapping[EventType, Collection[str]], least: float
) -> tuple[list[Pieces], list[TriggerMention]]:
    """The document's word pieces, and the words in it that may be triggers, the surest first.

    Args:
        parse: the document.
        model: the event encoder.
        acts: by type, words that tell an act where the encoder sees none.
        least: the least score, before a window is read, of what is worth a window.
    """
    sentences = [sentence.span for sentence in parse.sentences]
    if not sentences:
        return [], []
    encoded = encode_sentences(parse.document.text, sentences, model.tokenizer)
    detection = read_detection_twice(
        detection_windows(encoded), detection_windows(encoded, SHORT_PIECES), len(encoded), model
    )
    found = find_triggers(parse, detection, model.settings["trigger"]["floor"])
    found += [mention for kind, cues in acts.items() for mention in cued_triggers(parse, cues, kind, found)]
    # A Russian caption is context for the English around it; by itself the encoder cannot read it.
    triggers = [t for t in found if parse.sentences[t.sentence].language == parse.document.language]
    # Reading a window is what coding costs: none for mentions that a window hardly ever saves.
    within = [t for t in triggers if first_score(t, model.settings["first"]) >= least]
    return encoded, sorted(within, key=lambda t: -t.score)[:MOST_MENTIONS]


def assemble_reports(
    parse: Parse,
    mentions: Mentions,
    read: Sequence[tuple[TriggerMention, Reading]],
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> tuple[EventReport, ...]:
    """Everything that follows from readings and settings alone: score, group, choose values, link parts to wholes."""
    against = rivals(read)
    told = weigh_told(parse, mentions, read, settings, knowledge)
    members = [
        _member(parse, trigger, reading, rival, factuality, dates, mentions, settings, knowledge)
        for (trigger, reading), rival, (factuality, dates) in zip(read, against, told, strict=True)
    ]
    kept = [m for m in members if m.score >= settings["mention"]["keep"]]
    groups = group_members(kept, settings["group"], mentions.sayings)
    groups = [group for group in groups if max(m.score for m in group) >= settings["mention"]["event"]]
    counts = assign_quantities(parse, groups, mentions.quantities, settings["quantities"])
    reports = [
        report
        for group, quantities in zip(groups, counts, strict=True)
        for report in _reports(parse, group, quantities, mentions, settings, knowledge)
    ]
    reports = add_denials(parse, reports, mentions.sayings, knowledge.denials)
    reports.sort(key=lambda r: (r.trigger.span, r.type, r.place.name if r.place else ""))
    parents = find_part_of(reports, knowledge.wholes, knowledge.parts)
    whole = (
        dataclasses.replace(report, part_of=reports[parent].id) if parent is not None else report
        for report, parent in zip(reports, parents, strict=True)
    )
    return rate_reports(whole, settings.get("confidence"))


def _read(
    parse: Parse,
    dates: Sequence[DateMention],
    encoded: Sequence[Pieces],
    triggers: Sequence[TriggerMention],
    model: EventModel,
) -> list[Reading]:
    published, tokenizer = parse.document.published, model.tokenizer
    dated = dated_sentences([sentence.span for sentence in parse.sentences], dates)
    wide = [reader_window(encoded, t.sentence, t.span, t.type, published, dated, tokenizer) for t in triggers]
    readings, share = read_arguments(wide, model), model.settings["mention"]["encoder"]
    if not share:
        return readings
    named = {kind: encode_type(kind, tokenizer) for kind in {t.type for t in triggers}}
    narrow = [argument_window(encoded, t.sentence, t.span, named[t.type]) for t in triggers]
    both = zip(readings, read_by_encoder(narrow, model), strict=True)
    return [mix_readings(reader, encoder, share) for reader, encoder in both]


def _member(
    parse: Parse,
    trigger: TriggerMention,
    reading: Reading,
    rival: Rival,
    told: Chosen[Factuality],
    dates: tuple[WeighedDate, ...],
    mentions: Mentions,
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> Member:
    places = _listed_places(parse, trigger, mentions.toponyms, knowledge)
    return Member(
        trigger,
        reading,
        mention_score(trigger, reading, rival, settings["mention"]),
        places
        or choose_places(
            parse,
            trigger,
            reading,
            mentions.toponyms,
            mentions.home,
            knowledge.wide,
            knowledge.pointing,
            knowledge.sites,
            settings["place"],
        ),
        choose_date([dates], settings["date"]),
        told,
        dates,
        set_apart(parse, trigger, knowledge.apart),
    )


def _listed_places(
    parse: Parse, trigger: TriggerMention, toponyms: Sequence[Toponym], knowledge: Knowledge
) -> tuple[Chosen[Place], ...]:
    """Sites that the trigger's sentence lists by name: the act took place at each of them."""
    sentence = parse.sentences[trigger.sentence]
    spans = listed_sites(parse, sentence, knowledge.sites, [t.span for t in toponyms if t.role == "location"])
    country = country_of(toponyms)
    plants = {t.span: t.place for t in toponyms if t.role == "plant"}
    return tuple(
        Chosen(
            plants.get(span) or Place(span.of(parse.document.text), PlacePrecision.SITE, country=country),
            span,
            trigger.score,
            "site in a list of sites",
        )
        for span in spans
    )


def _reports(
    parse: Parse,
    group: Sequence[Member],
    quantities: Sequence[Chosen[Quantity]],
    mentions: Mentions,
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> list[EventReport]:
    """The report of a group, or one for each place where its words list several.

    A number told of several places at once is no single report's.
    """
    listed = next((m.places for m in group if len(m.places) > 1), None)
    if listed is not None:
        return [_report(parse, group, place, (), mentions, settings, knowledge) for place in listed]
    known = [m.places[0] for m in group if m.places]
    return [_report(parse, group, _surest(known), quantities, mentions, settings, knowledge)]


def _surest(places: Sequence[Chosen[Place]]) -> Chosen[Place] | None:
    """The surest place of a group's mentions; of places as sure as each other the finer one.

    A sentence that names only the country does not contradict the one that names the town.
    """
    return max(places, key=lambda p: p.score + FINENESS[p.value.precision] * 0.06, default=None)


def _report(
    parse: Parse,
    group: Sequence[Member],
    place: Chosen[Place] | None,
    quantities: Sequence[Chosen[Quantity]],
    mentions: Mentions,
    settings: Mapping[str, Any],
    knowledge: Knowledge,
) -> EventReport:
    document, head = parse.document, group[0]
    kind = head.mention.type
    sources = list(choose_sources(parse, group, mentions.sayings, settings["sources"]))
    claims: list[Claim] = []

    def add(field: Field, chosen: Chosen[Any] | None) -> None:
        if chosen is not None:
            span = chosen.span
            evidence = Evidence.at(document, span.start, span.end) if span else None
            claims.append(
                Claim(
                    field,
                    chosen.value,
                    evidence,
                    _who_says(span, sources),
                    False,
                    round(chosen.score, 4),
                    chosen.reason,
                )
            )

    add(Field.FACTUALITY, head.told)
    add(Field.DATE, choose_date([m.dates for m in group], settings["date"]))
    add(Field.PLACE, place)
    for actor in choose_actors(parse, group, "initiator", knowledge.actors, settings["actors"]):
        add(Field.INITIATOR, actor)
    for actor in choose_actors(parse, group, "target", knowledge.actors, settings["actors"]):
        add(Field.TARGET, actor)
    if kind in LABOUR:
        employer = choose_name(parse, group, "employer", settings["words"])
        add(Field.EMPLOYER, employer or _whose_plant(parse, place, claims, mentions.toponyms))
        add(Field.UNION, choose_name(parse, group, "union", settings["words"]))
        add(Field.SECTOR, _sector(parse, group, claims, knowledge))
    for quantity in quantities:
        add(Field.QUANTITY, quantity)
    if kind in DEMANDING:
        for demand in choose_demands(parse, group, knowledge.issues, settings["demands"]):
            add(Field.DEMAND, demand)
    claims += differing_claims(parse, group, claims, sources, mentions.sayings, settings["actors"], knowledge)
    spans = sorted({parse.sentences[m.mention.sentence].span for m in group})
    return EventReport(
        document_id=document.id,
        type=kind,
        trigger=Evidence.at(document, head.mention.span.start, head.mention.span.end),
        evidence=tuple(Evidence.at(document, span.start, span.end) for span in spans),
        claims=tuple(claims),
        sources=tuple(sources),
        score=round(max(m.score for m in group), 4),
        reason=f"encoder: sentence {head.mention.told:.2f}, word {head.mention.named:.2f}, window {head.head('valid', 'valid'):.2f}",
    )


def _whose_plant(
    parse: Parse, place: Chosen[Place] | None, claims: Sequence[Claim], toponyms: Sequence[Toponym]
) -> Chosen[str] | None:
    """The employer whose plant an act of workers stands at: who protests at Keramin works for it."""
    workers = any(
        claim.field is Field.INITIATOR and isinstance(claim.value, Actor) and claim.value.kind is ActorKind.WORKERS
        for claim in claims
    )
    plant = next((t for t in toponyms if place and t.role == "plant" and t.place == place.value), None)
    if plant is None or place is None or not workers:
        return None
    return Chosen(plant.span.of(parse.document.text), plant.span, place.score, "the plant that its workers act at")


def _sector(parse: Parse, group: Sequence[Member], claims: Sequence[Claim], knowledge: Knowledge) -> Chosen[str] | None:
    """The sector that the words of employer, union or initiator name, in that order, with those words."""
    for field in (Field.EMPLOYER, Field.UNION, Field.INITIATOR):
        for claim in claims:
            if claim.field is field and claim.evidence is not None:
                sector = sector_of([claim.evidence.quote], knowledge.sectors)
                if sector is not None:
                    return Chosen(
                        sector, claim.evidence.span, claim.score or 0.0, f"sector by the words of the {field}"
                    )
    return None


def _who_says(span: Span | None, sources: Sequence[Attribution]) -> tuple[int, ...]:
    """The sources whose own words hold a span; the document's voice where none does."""
    if span is None:
        return ()
    inside = tuple(i for i, s in enumerate(sources) if s.content is not None and s.content.span.contains(span))
    return inside or tuple(i for i, s in enumerate(sources) if s.source is None and s.cue is None)[:1]
