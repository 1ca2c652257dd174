"""Who acts and on whom: spans that the window reads as initiator or target, with their kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.actor_kinds import kind_of_actor
from tocsin.extract.labels import KINDS
from tocsin.extract.member import Chosen, Member
from tocsin.extract.roles import RoleSpan, content_words, is_pronoun, role_spans
from tocsin.resources.actor_lexicon import ActorLexicon
from tocsin.vocabulary import Actor, ActorKind, Parse, Span


def choose_actors(
    parse: Parse, group: Sequence[Member], role: str, lexicon: ActorLexicon, settings: Mapping[str, float]
) -> tuple[Chosen[Actor], ...]:
    """The initiators or targets of one occurrence, best first.

    Args:
        parse: the document.
        group: the occurrence's mentions, strongest first.
        role: 'initiator' or 'target'.
        lexicon: which words name which kind; a sure word outranks the window's head, which reads the whole event.
        settings: 'floor', from which a piece belongs to an actor; 'keep', from which a span is an actor at all;
            'second', from which another actor stands beside the first; 'by_kind', from which the kind head alone is
            sure enough to look for words of that kind nearby.

    Returns:
        Actors that name different people; none where the kinds' head and the spans both doubt that one is told.
    """
    kinds = {kind: max(float(m.reading.heads[f"{role}_kind"][i]) for m in group) for i, kind in enumerate(KINDS)}
    likeliest = max(kinds, key=lambda kind: kinds[kind])
    told = kinds[likeliest]
    found: list[RoleSpan] = []
    for member in group:
        spans = role_spans(parse, member.reading, role, settings["floor"])
        found.extend(RoleSpan(s.span, s.score + _nearness(member, s), s.sentence) for s in spans)
    found = [s for s in found if is_pronoun(parse, s) or content_words(s.span.of(parse.document.text))]
    found.sort(key=lambda s: (is_pronoun(parse, s), -s.score, s.span))
    if not found or (found[0].score + told) / 2 < settings["keep"]:
        if role != "initiator":
            return ()
        return _compound(parse, group[0], lexicon) or _by_kind(
            parse, group[0], ActorKind(likeliest), told, lexicon, settings
        )
    chosen: list[Chosen[Actor]] = []
    first = found[0].sentence
    for candidate in found:
        # A second actor stands beside the first, in its sentence: elsewhere the text may speak of others.
        if chosen and (
            candidate.sentence != first or candidate.score < settings["second"] or is_pronoun(parse, candidate)
        ):
            continue
        text = candidate.span.of(parse.document.text)
        words = content_words(text)
        if any(words & content_words(actor.value.text) for actor in chosen) or (chosen and not words):
            continue
        kind, reason = _kind(parse, candidate, kinds, lexicon)
        chosen.append(
            Chosen(Actor(text, kind), candidate.span, min(1.0, candidate.score), f"encoder: {role}; {reason}")
        )
    return tuple(chosen)


def _compound(parse: Parse, member: Member, lexicon: ActorLexicon) -> tuple[Chosen[Actor], ...]:
    """The initiator inside the act's own name: '[worker] protests', 'a [student] march', '[miners]' strike'."""
    sentence = parse.sentences[member.mention.sentence]
    inside = {t.index for t in sentence.tokens if t.span.overlaps(member.mention.span)}
    for token in sentence.tokens:
        named = token.dep in ("compound", "poss", "amod", "nmod") and (token.head in inside or token.index in inside)
        known = kind_of_actor(token.text, lexicon) if named and token.pos in ("NOUN", "PROPN") else None
        if known is not None:
            actor = Actor(token.text, known[0])
            return (Chosen(actor, token.span, known[1], "compound of the act's name; kind by words"),)
    return ()


def _by_kind(
    parse: Parse, member: Member, kind: ActorKind, told: float, lexicon: ActorLexicon, settings: Mapping[str, float]
) -> tuple[Chosen[Actor], ...]:
    """The nearest words around the act that name the kind which the window is sure of: police told a sentence earlier."""
    if told < settings["by_kind"]:
        return ()
    here = member.mention.sentence
    # Backwards first: who acts is mostly told before the act.
    for number in (*range(here, max(-1, here - 3), -1), *range(here + 1, min(len(parse.sentences), here + 3))):
        for token in reversed(parse.sentences[number].tokens):
            if token.pos not in ("NOUN", "PROPN") or token.dep == "compound":
                continue
            tokens = parse.sentences[number].tokens
            start = token.index
            while start > 0 and tokens[start - 1].head == token.index and tokens[start - 1].dep in ("compound", "amod"):
                start -= 1
            span = Span(tokens[start].span.start, token.span.end)
            words = span.of(parse.document.text)
            known = kind_of_actor(words, lexicon)
            if known is not None and known[0] is kind and known[1] >= 0.7:
                reason = f"nearest words of the kind that the window reads, {told:.2f}"
                return (Chosen(Actor(words, kind), span, told, reason),)
    return ()


def _kind(parse: Parse, found: RoleSpan, kinds: Mapping[str, float], lexicon: ActorLexicon) -> tuple[ActorKind, str]:
    """The kind that speaks loudest: the head's probabilities, with the lexicon's reliability added to its own kind."""
    scores = dict(kinds)
    words = found.span.of(parse.document.text)
    sentence = parse.sentences[found.sentence].span.of(parse.document.text)
    known = kind_of_actor(words, lexicon, context=sentence)
    if known is not None:
        scores[known[0].value] += known[1]
    best = max(scores, key=lambda kind: (scores[kind], kind))
    told = "words and window" if known and known[0].value == best else "window"
    return ActorKind(best), f"kind by {told}, {scores[best]:.2f}"


def _nearness(member: Member, found: RoleSpan) -> float:
    """A little more for words in the trigger's own sentence: they were written about this act."""
    return 0.15 if found.sentence == member.mention.sentence else 0.0
