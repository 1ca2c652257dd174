"""Who acts and on whom: spans that the window reads as initiator or target, with their kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.extract.actor_kinds import kind_of_actor
from tocsin.extract.choice import shares
from tocsin.extract.detect import act_noun
from tocsin.extract.labels import KINDS
from tocsin.extract.member import Chosen, Member, logit
from tocsin.extract.roles import RoleSpan, content_words, is_pronoun, role_spans
from tocsin.resources.actor_lexicon import ActorLexicon
from tocsin.vocabulary import Actor, ActorKind, Parse, Span

# How sure it is that people in an act's own name ('seamen's strike', 'police firing') do it; set by hand, as the articles of the fit
# hold too few such acts.
IN_NAME_SURE = 0.9

# Who acts under an act's own name. A 'government protest' or an 'employer lockout' may be against them; so may, where the act
# is no protest, what is named after people without arms: 'student killings', 'worker arrests'.
ARMED = frozenset((ActorKind.POLICE, ActorKind.MILITARY, ActorKind.MILITIA, ActorKind.REBELS))
PROTESTING = ARMED | {
    ActorKind.WORKERS,
    ActorKind.STUDENTS,
    ActorKind.PROTESTERS,
    ActorKind.RESIDENTS,
    ActorKind.OPPOSITION,
    ActorKind.UNION,
}


@dataclass(frozen=True, slots=True)
class ActorCandidate:
    """Words that may name who acts or on whom. ``found`` None: the text names nobody."""

    found: RoleSpan | None
    rule: str
    features: Mapping[str, float]


def choose_actors(
    parse: Parse, group: Sequence[Member], role: str, lexicon: ActorLexicon, settings: Mapping[str, Any]
) -> tuple[Chosen[Actor], ...]:
    """The initiators or targets of one occurrence, best first.

    Args:
        parse: the document.
        group: the occurrence's mentions, strongest first.
        role: 'initiator' or 'target'.
        lexicon: which words name which kind; a sure word outranks the window's head, which reads the whole event.
        settings: 'floor', from which a piece belongs to an actor; 'nobody', how much the share of nobody counts;
            'second', from which another actor stands beside the first; 'by_kind', from which the kind head alone is sure enough to look for words of that kind nearby;
            and by role the weights of the evidence for words ('initiator') and for kinds ('initiator_kind').

    Returns:
        Actors that name different people; none where the evidence speaks most for nobody being told.
    """
    candidates = actor_candidates(parse, group, role, lexicon, settings)
    scored = shares([c.features for c in candidates], settings[role])
    scored[-1] *= settings["nobody"]
    best = max(range(len(candidates)), key=lambda i: (scored[i], -i))
    first, sure = candidates[best], scored[best]
    if first.found is None and role == "initiator":
        first, sure = ActorCandidate(_in_name(parse, group, lexicon), "people in the act's own name", {}), IN_NAME_SURE
    if first.found is None:
        return ()
    kinds = head_kinds(group, role)
    chosen: list[Chosen[Actor]] = []
    # Only words that a window reads stand beside others: what was looked for without it stands for a doer who is missing.
    read = (c.found for c in candidates if c.found and "read" in c.features)
    others = sorted(read, key=lambda f: (is_pronoun(parse, f), -f.score, f.span))
    for found in (first.found, *others):
        # A second actor stands beside the first, in its sentence: elsewhere the text may speak of others.
        if chosen and (
            found.sentence != first.found.sentence or found.score < settings["second"] or is_pronoun(parse, found)
        ):
            continue
        text = found.span.of(parse.document.text)
        words = content_words(text)
        if any(words & content_words(actor.value.text) for actor in chosen) or (chosen and not words):
            continue
        weighed = kind_features(parse, found, kinds, lexicon)
        share = shares([features for _, features in weighed], settings[f"{role}_kind"])
        top = max(range(len(weighed)), key=lambda i: (share[i], -i))
        score = sure if not chosen else min(sure, found.score)
        reason = f"{first.rule if not chosen else 'encoder: ' + role}; kind {share[top]:.2f}"
        chosen.append(Chosen(Actor(text, weighed[top][0]), found.span, score * share[top], reason))
    return tuple(chosen)


def head_kinds(group: Sequence[Member], role: str) -> dict[ActorKind, float]:
    """The highest probability of each kind that a window of the group reads."""
    return {
        ActorKind(kind): max(float(m.reading.heads[f"{role}_kind"][i]) for m in group) for i, kind in enumerate(KINDS)
    }


def actor_candidates(
    parse: Parse, group: Sequence[Member], role: str, lexicon: ActorLexicon, settings: Mapping[str, Any]
) -> list[ActorCandidate]:
    """Every words that may name the actor, with the evidence for each; the last one is nobody.

    Evidence: 'read', the windows' highest probability over the words, 'lead' that of the strongest mention's; 'same_sentence' as the act; 'pronoun'; 'named', the
    lexicon knows a kind for them; 'agrees', how probable the window finds that kind; 'other', the window reads them as
    the other side's; 'source', as who says so; 'often', how many windows of the group read them; 'by_kind' for words
    found without the window. Nobody: 'none', 'none_told' (the likeliest kind), 'none_read'.
    """
    kinds = head_kinds(group, role)
    likeliest = max(kinds, key=lambda kind: (kinds[kind], kind))
    other = "target" if role == "initiator" else "initiator"
    found: dict[Span, tuple[RoleSpan, str, dict[str, float]]] = {}
    for member in group:
        for span in role_spans(parse, member.reading, role, settings["floor"]):
            words = span.span.of(parse.document.text)
            if not is_pronoun(parse, span) and not any(len(word) > 1 for word in content_words(words)):
                continue
            before = found.get(span.span)
            features = dict(before[2]) if before else _named_features(parse, span, kinds, lexicon)
            features["read"] = max(features.get("read", 0.0), span.score)
            features["other"] = max(features.get("other", 0.0), member.reading.over(span.span, other))
            features["source"] = max(features.get("source", 0.0), member.reading.over(span.span, "source"))
            features["often"] = features.get("often", 0.0) + 1 / len(group)
            if member is group[0]:
                features["lead"] = span.score
            inside = float(span.sentence == member.mention.sentence)
            features["same_sentence"] = max(features.get("same_sentence", 0.0), inside)
            stronger = before[0] if before and before[0].score >= span.score else span
            found[span.span] = (stronger, f"encoder: {role}", features)
    if role == "initiator":
        extra = _by_kind(parse, group[0], likeliest, kinds[likeliest], lexicon, settings)
        if extra is not None and not any(extra.span.overlaps(span) for span in found):
            features = _named_features(parse, extra, kinds, lexicon)
            features |= {"by_kind": 1.0, "by_kind_told": kinds[likeliest]}
            found[extra.span] = (extra, "nearest words of the kind that the window reads", features)
    made = [ActorCandidate(*row) for _, row in sorted(found.items())]
    read = max((features.get("read", 0.0) for _, _, features in found.values()), default=0.0)
    nobody = {"none": 1.0, "none_told": kinds[likeliest], "none_read": read}
    return [*made, ActorCandidate(None, "nobody told", nobody)]


def _named_features(
    parse: Parse, span: RoleSpan, kinds: Mapping[ActorKind, float], lexicon: ActorLexicon
) -> dict[str, float]:
    """What words say by themselves: whether they are a pronoun, and whether the lexicon's kind for them is the window's."""
    known = kind_of_actor(span.span.of(parse.document.text), lexicon)
    return {
        "pronoun": float(is_pronoun(parse, span)),
        "named": float(known is not None),
        "agrees": kinds[known[0]] if known else 0.0,
    }


def kind_features(
    parse: Parse, found: RoleSpan, kinds: Mapping[ActorKind, float], lexicon: ActorLexicon
) -> list[tuple[ActorKind, dict[str, float]]]:
    """The evidence for each kind: 'head', the window's log-odds; 'words', how surely the words name it, alone or with
    what stands beside them ('beside').
    """
    words = found.span.of(parse.document.text)
    sentence = parse.sentences[found.sentence].span.of(parse.document.text)
    alone = kind_of_actor(words, lexicon)
    beside = kind_of_actor(words, lexicon, context=sentence) if alone is None else None
    made = []
    for kind, told in kinds.items():
        features = {"head": logit(told), "likely": told}
        if alone is not None and alone[0] is kind:
            features["words"] = alone[1]
            features["sure_words"] = float(alone[1] >= 0.9)
        if beside is not None and beside[0] is kind:
            features["beside"] = beside[1]
        made.append((kind, features))
    return made


def _in_name(parse: Parse, group: Sequence[Member], lexicon: ActorLexicon) -> RoleSpan | None:
    """The people inside the act's own name, who do it: '[worker] protests', 'a [student] march', '[miners]' strike'."""
    for member in group:
        noun = act_noun(parse, member.mention)
        if noun is None:
            continue
        sentence = parse.sentences[member.mention.sentence]
        for token in sentence.tokens[: noun.index]:
            if token.head != noun.index or token.dep not in ("compound", "poss", "nmod", "amod"):
                continue
            known = kind_of_actor(token.text, lexicon) if token.pos in ("NOUN", "PROPN") else None
            if known is not None and known[0] in (PROTESTING if member.mention.type.group == "contention" else ARMED):
                return RoleSpan(token.span, known[1], sentence.index)
    return None


def _by_kind(
    parse: Parse, member: Member, kind: ActorKind, told: float, lexicon: ActorLexicon, settings: Mapping[str, Any]
) -> RoleSpan | None:
    """The nearest words around the act that name the kind which the window is sure of: police told a sentence earlier."""
    if told < settings["by_kind"]:
        return None
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
            known = kind_of_actor(span.of(parse.document.text), lexicon)
            if known is not None and known[0] is kind and known[1] >= 0.7:
                return RoleSpan(span, told, number)
    return None
