"""Spans of an article's opening that may answer who, what, when, where, why or how, and what tells them apart.

Source of the task: Hamborg, Breitinger and Gipp (2019), Giveme5W1H, INRA at RecSys.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.light import Floats
from benchmarks.pairs import find_phrases
from tocsin.locate.dates import find_dates
from tocsin.parse.document import Parser, parse_document
from tocsin.vocabulary import Block, Document, Sentence, Span, Token

QUESTIONS = ("who", "what", "when", "where", "why", "how")
COLUMNS = 1 << 11

# Sentences of the body that are read; dates are looked for further on too, for many stand at the end of a paragraph.
SENTENCES = 8
DATED = 2500  # characters

_PLACES = frozenset(("GPE", "LOC", "FAC"))
_CLAUSES = frozenset(("advcl", "acl", "relcl", "xcomp", "ccomp", "pcomp"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Answer:
    """A span that may answer a question. ``kind`` says how it was cut, ``at`` in which sentence it stands."""

    span: Span
    kind: str
    at: int
    cue: str
    label: str = ""
    value: str = ""


@dataclass(frozen=True)
class Opening:
    """An article's title, lead and first sentences, parsed. ``parts[i]`` is the part that sentence i stands in."""

    text: str
    sentences: tuple[Sentence, ...]
    parts: tuple[str, ...]
    published: dt.date | None
    counts: Mapping[str, int]


def read_opening(text: str, parts: Mapping[str, Sequence[int]], published: dt.date | None, parser: Parser) -> Opening:
    """Parse what comes first.

    Args:
        text: the whole article.
        parts: [start, end] of title, lead and body, where they are there.
        published: the day that 'Thursday' counts from.
        parser: from load_parser.
    """
    known = [(name, span) for name, span in parts.items() if name in ("title", "lead", "body")] or [
        ("body", [0, len(text)])
    ]
    # Three thousand characters hold the sentences that are read, and the parser is slow.
    blocks = tuple(Block(Span(a, min(b, a + 3000)), language="en") for _, (a, b) in known if text[a:b].strip())
    parse = parse_document(Document(text, language="en", blocks=blocks), parser)
    kept, names = [], []
    taken: Counter[str] = Counter()
    for sentence in parse.sentences:
        part = next((name for name, (a, b) in known if a <= sentence.span.start < b), "body")
        taken[part] += 1
        if taken[part] <= (SENTENCES if part == "body" else 3):
            kept.append(sentence)
            names.append(f"{part}{min(taken[part], 4)}")
    counts = Counter(word.lower() for word in _WORD.findall(text))
    return Opening(text, tuple(kept), tuple(names), published, counts)


def find_answers(opening: Opening) -> list[Answer]:
    """Every candidate, each span and kind once."""
    found: dict[tuple[Span, str], Answer] = {}
    for at, sentence in enumerate(opening.sentences):
        for answer in _of_sentence(sentence, at, opening.text):
            if 0 < len(answer.span) <= 220:
                found.setdefault((answer.span, answer.kind), answer)
    for mention in find_dates(opening.text[:DATED], opening.published):
        if mention.kind in ("date", "time") and mention.interval is not None:
            at = next((i for i, s in enumerate(opening.sentences) if s.span.overlaps(mention.span)), -1)
            value = mention.value[:10] if re.match(r"\d{4}-\d\d-\d\d", mention.value) else ""
            answer = Answer(mention.span, "date", at, mention.text.split()[0].lower(), mention.kind, value)
            found[mention.span, "date"] = answer
    return list(found.values())


def _of_sentence(sentence: Sentence, at: int, text: str) -> Iterator[Answer]:
    tokens = sentence.tokens
    for phrase in find_phrases([sentence]):
        yield Answer(phrase.span, "phrase", at, phrase.head.dep, phrase.head.ent)
        end = _edge(tokens, phrase.head)
        if end > phrase.span.end:
            yield Answer(Span(phrase.span.start, end), "phrase+", at, phrase.head.dep, phrase.head.ent)
    for entity in sentence.entities:
        if entity.label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"):
            yield Answer(entity.span, "entity", at, _word_before(tokens, entity.span), entity.label)
    for token in tokens:
        if token.pos == "ADP" or token.dep in ("prep", "mark"):
            end = _edge(tokens, token)
            yield Answer(
                Span(token.span.start, end), "preposition", at, token.lemma.lower(), _object_label(tokens, token)
            )
            if token.dep == "mark":
                clause = tokens[token.head]
                yield Answer(Span(token.span.start, _edge(tokens, clause)), "clause", at, token.lemma.lower())
        if token.pos in ("VERB", "AUX"):
            yield from _of_verb(tokens, token, at)
    yield Answer(sentence.span, "sentence", at, "")
    colon = text.find(":", sentence.span.start, sentence.span.end)
    if colon > 0:
        yield Answer(Span(sentence.span.start, colon), "before colon", at, "")
        rest = Span(min(colon + 2, sentence.span.end), sentence.span.end)
        yield Answer(rest, "after colon", at, "")


def _of_verb(tokens: Sequence[Token], verb: Token, at: int) -> Iterator[Answer]:
    """The verb alone, with its object, with what follows, and with its subject."""
    below = [t for t in tokens if t.head == verb.index and t.index != verb.index]
    first = min(
        [t.index for t in below if t.dep in ("aux", "auxpass", "neg") and t.index < verb.index], default=verb.index
    )
    start = tokens[first].span.start
    last = _edge(tokens, verb)
    cue, label = verb.dep, "clause" if verb.dep in _CLAUSES else ""
    yield Answer(verb.span, "verb", at, cue, label)
    if last > verb.span.end:
        yield Answer(Span(start, last), "predicate", at, cue, label)
    objects = [
        t
        for t in below
        if t.index > verb.index and t.dep in ("dobj", "attr", "acomp", "prt", "oprd", "dative", "advmod")
    ]
    ends = []
    for one in objects:
        ends += [one.span.end, _edge(tokens, one)]
    for one in below:
        if one.dep in ("prep", "agent") and one.index > verb.index:
            ends.append(_edge(tokens, one))
            ends += [t.span.end for t in tokens if t.head == one.index and t.dep == "pobj"]
        if one.dep in ("advcl", "xcomp", "ccomp", "conj") and one.index > verb.index + 1:
            ends.append(tokens[min(t.index for t in _below(tokens, one)) - 1].span.end)
    for end in sorted({end for end in ends if end > verb.span.end}):
        yield Answer(Span(start, end), "verb and object", at, cue, label)
    subject = next((t for t in below if t.dep in ("nsubj", "nsubjpass") and t.index < verb.index), None)
    if subject is not None:
        left = min(t.index for t in _below(tokens, subject))
        yield Answer(Span(tokens[left].span.start, verb.span.end), "subject and verb", at, cue, label)
        for end in sorted({end for end in ends if end > verb.span.end})[:2]:
            yield Answer(Span(tokens[left].span.start, end), "statement", at, cue, label)
    if any(t.dep == "aux" and t.lemma == "to" for t in below):
        yield Answer(Span(start, last), "purpose", at, cue, label)


def _below(tokens: Sequence[Token], top: Token) -> list[Token]:
    """A token and all that hangs on it."""
    inside = {top.index}
    grown = True
    while grown:
        more = {t.index for t in tokens if t.head in inside} - inside
        grown = bool(more)
        inside |= more
    return [tokens[i] for i in sorted(inside)]


def _edge(tokens: Sequence[Token], top: Token) -> int:
    """Where a token's subtree ends, closing marks left out."""
    inside = _below(tokens, top)
    while len(inside) > 1 and inside[-1].pos in ("PUNCT", "SPACE") and inside[-1].index > top.index:
        inside.pop()
    return inside[-1].span.end


def _word_before(tokens: Sequence[Token], span: Span) -> str:
    return next((t.lemma.lower() for t in reversed(tokens) if t.span.end <= span.start), "")


def _object_label(tokens: Sequence[Token], preposition: Token) -> str:
    return next((t.ent or t.pos for t in tokens if t.head == preposition.index and t.dep in ("pobj", "pcomp")), "")


def answer_features(answer: Answer, opening: Opening) -> Floats:
    """(COLUMNS + 8,): where and how the span was cut, as hashed strings, and a few numbers."""
    words = [word.lower() for word in _WORD.findall(answer.span.of(opening.text))]
    part = opening.parts[answer.at] if answer.at >= 0 else "later"
    size = min(len(words), 12) if len(words) < 6 else (6 if len(words) < 9 else 9 if len(words) < 14 else 14)
    day = ""
    if answer.value and opening.published is not None:
        away = (opening.published - dt.date.fromisoformat(answer.value)).days
        day = str(away) if -1 <= away <= 3 else "far"
    first = words[0] if words else ""
    first = "#" if first.isdigit() else first
    grams = [
        f"kind:{answer.kind}",
        f"part:{part}",
        f"kind:{answer.kind}|{part}",
        f"kind:{answer.kind}|{answer.cue}",
        f"kind:{answer.kind}|{answer.label}",
        f"kind:{answer.kind}|{answer.label}|{answer.cue}|{part}",
        f"size:{size}|{answer.kind}",
        f"size:{size}",
        f"first:{first}|{answer.kind}",
        f"first:{first}",
        f"last:{words[-1] if words else ''}",
        f"day:{day}|{answer.kind}",
        f"label:{answer.label}|{part}",
    ]
    row = np.zeros(COLUMNS + 8, np.float32)
    for gram in grams:
        row[zlib.crc32(gram.encode()) % COLUMNS] += 1
    title = opening.sentences[0].span.of(opening.text).lower() if opening.sentences else ""
    shown = [word for word in words if len(word) > 3]
    row[COLUMNS:] = (
        1.0,
        np.log1p(len(words)),
        sum(word in title for word in shown) / max(1, len(shown)),
        np.log1p(max((opening.counts.get(word, 0) for word in shown), default=0)),
        float(any(word.isdigit() for word in words)),
        float(answer.label in _PLACES),
        float(answer.span.of(opening.text)[:1].isupper()),
        answer.span.start / 1000,
    )
    return row
