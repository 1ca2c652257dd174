"""What is asked for: which words of a window are a demand of its act, and of which issue."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.extract.choice import shares
from tocsin.extract.labels import ISSUES
from tocsin.extract.member import Chosen, Member, logit
from tocsin.extract.roles import RoleSpan, content_words, is_pronoun, role_spans, tokens_in
from tocsin.extract.words import LABOUR
from tocsin.resources.issue_words import IssueWords
from tocsin.vocabulary import Demand, EventType, Issue, Parse, Span

# Demands stand on what people do to get them, not on damage or force (codebook ruling 20).
DEMANDING = LABOUR | {EventType.RIOT}

# Letters of a word that count: 'wage' and 'wages', 'elect' and 'election' say the same about an issue.
STEM = 6

# A word before its noun, and the verb's thing, belong to a demand that holds the other half.
_BEFORE_NOUN = frozenset(("compound", "amod", "nummod", "poss", "det", "nmod"))
_THINGS = frozenset(("dobj", "obj", "ccomp", "xcomp"))
_NAMES = frozenset(("NOUN", "PROPN", "NUM"))


@dataclass(frozen=True, slots=True)
class DemandCandidate:
    """Words that may be a demand, with the evidence for it, and the evidence for each issue of it."""

    found: RoleSpan
    features: Mapping[str, float]
    issues: Mapping[Issue, Mapping[str, float]]


def choose_demands(
    parse: Parse, group: Sequence[Member], lexicon: IssueWords, settings: Mapping[str, Any]
) -> tuple[Chosen[Demand], ...]:
    """What is asked for, surest first, each with its likeliest issue.

    Args:
        parse: the document.
        group: the occurrence's mentions, strongest first.
        lexicon: what words say about issues.
        settings: 'floor', from which a piece belongs to a demand; 'keep', from which words are one; 'demand' and 'issue', the
            weights of the evidence.
    """
    scored = []
    for candidate in demand_candidates(parse, group, lexicon, settings["floor"]):
        total = sum(settings["demand"].get(name, 0.0) * value for name, value in candidate.features.items())
        scored.append((1 / (1 + math.exp(-total - settings["demand"].get("bias", 0.0))), candidate))
    chosen: list[Chosen[Demand]] = []
    for score, candidate in sorted(scored, key=lambda row: (-row[0], row[1].found.span)):
        text = candidate.found.span.of(parse.document.text)
        if score < settings["keep"] or any(content_words(text) & content_words(c.value.text) for c in chosen):
            continue
        share = shares(list(candidate.issues.values()), settings["issue"])
        best = max(range(len(share)), key=lambda i: (share[i], -i))
        issue = list(candidate.issues)[best]
        chosen.append(
            Chosen(
                Demand(text, issue), candidate.found.span, score, f"encoder: demand; issue {issue} {share[best]:.2f}"
            )
        )
    return tuple(chosen)


def demand_candidates(
    parse: Parse, group: Sequence[Member], lexicon: IssueWords, floor: float
) -> list[DemandCandidate]:
    """The words that some window of a group reads as a demand.

    Evidence: 'read', the window's log-odds over the words; 'told', how probable the window finds any issue at all; 'often', how
    many windows read them; 'same_sentence' as the act; 'short', how few words they are; 'no_thing', no noun among them;
    'words', how sure they are of an issue; and the act's type. For an issue: 'head', the window's log-odds; 'words', the
    logarithm of the share that the words give it.
    """
    found: dict[Span, tuple[RoleSpan, dict[str, float], dict[str, float]]] = {}
    kind = group[0].mention.type
    for member in group:
        heads = {issue: float(p) for issue, p in zip(ISSUES, member.reading.heads["issue"], strict=True)}
        for span in role_spans(parse, member.reading, "demand", floor):
            whole = _whole(parse, span)
            words = content_words(whole.span.of(parse.document.text))
            if not words or is_pronoun(parse, whole):
                continue
            before = found.get(whole.span)
            features = before[1] if before else {"often": 0.0, "read": -math.inf}
            likeliest = {i: max(p, before[2][i]) for i, p in heads.items()} if before else heads
            tokens = tokens_in(parse, whole.sentence, whole.span)
            features |= {
                "read": max(features["read"], logit(span.score)),
                "often": features["often"] + 1 / len(group),
                "told": max(features.get("told", 0.0), *heads.values()),
                "same_sentence": max(
                    features.get("same_sentence", 0.0), float(whole.sentence == member.mention.sentence)
                ),
                "short": 1 / len(words),
                "no_thing": float(not any(token.pos in _NAMES for token in tokens)),
                f"type:{kind.value}": 1.0,
            }
            found[whole.span] = (whole, features, likeliest)
    made = []
    for _, (span, features, heads) in sorted(found.items()):
        told = lexicon.shares(issue_features(span.span.of(parse.document.text), kind.value))
        issues = {i: {"head": logit(heads[i]), "words": math.log(told[i] + 1e-4)} for i in Issue}
        made.append(DemandCandidate(span, features | {"words": max(told.values())}, issues))
    return made


def issue_features(text: str, kind: str) -> Iterator[str]:
    """What a demand's words and its act's type say: the first letters of each word, '#' for a number."""
    yield f"type:{kind}"
    for word in sorted(set(re.findall(r"[^\W\d_]+|\d+|%", text.casefold()))):
        yield "#" if word.isdigit() else word[:STEM]


def _whole(parse: Parse, found: RoleSpan) -> RoleSpan:
    """The words with the other half of what they end in: 'planned job [cuts]', 'rehabilitate [the riot victims]'."""
    tokens = parse.sentences[found.sentence].tokens
    inside = tokens_in(parse, found.sentence, found.span)
    if not inside:
        return found
    last = inside[-1]
    head = tokens[last.head]
    if last.dep in _BEFORE_NOUN and last.index < head.index <= last.index + 3 and head.pos in _NAMES:
        last = head
    elif last.pos == "VERB":
        things = (t for t in tokens[last.index + 1 : last.index + 7] if t.head == last.index and t.dep in _THINGS)
        last = next(things, last)
    return RoleSpan(Span(found.span.start, max(found.span.end, last.span.end)), found.score, found.sentence)
