"""Event mentions across documents, for ecbplus: what a mention is compared by.

News of many stories comes in, with the mentions of events and of things marked. Articles are first sorted into stories
and incidents by their words; then mentions are compared within a story by their head words, what stands around them, and
how surely their articles tell one incident.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.link.words import Rarity, cosine, stem, weigh, words_of
from tocsin.parse import load_parser

Vector = Mapping[str, float]

_SUBJECT = frozenset(("nsubj", "agent", "poss"))
_OBJECT = frozenset(("dobj", "obj", "nsubjpass", "attr"))
_WITHIN = frozenset(("compound", "amod", "nummod", "poss", "nmod", "flat"))
_LIGHT = frozenset(("ADP", "AUX", "PART", "DET"))
_CONTENT = frozenset(("VERB", "NOUN", "PROPN", "ADJ"))

MENTION_FEATURES = tuple(
    """lemma stem opening meaning meaning_squared meaning_positive span sentence sentence_in_story things nearest
    before after subject object prepositional arguments crossed rarity lemma_rarity articles same_article
    same_sentence same_pos verb_and_noun articles_positive lemma_articles meaning_articles lemma_sentence
    lemma_arguments meaning_sentence meaning_arguments same_text position pronoun other_subject other_object
    rare_lemma articles_squared no_meaning lemma_subject lemma_object""".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention with the words around it as vectors of length 1. ``article`` is the position of its record."""

    id: str
    article: int
    sentence: int
    text: str
    lemma: str
    stem: str
    pos: str
    rarity: float
    position: float
    meaning: NDArray[np.float32] | None
    bag: Vector
    bag_in_story: Vector
    span: Vector
    things: Vector
    nearest: Vector
    before: Vector
    after: Vector
    subject: Vector
    object: Vector
    prepositional: Vector
    arguments: Vector


class Meanings:
    """Word vectors: how near two words are in meaning."""

    def __init__(self, words: Sequence[str], vectors: NDArray[np.int8]) -> None:
        """One row of ``vectors`` for each word."""
        scaled = vectors.astype(np.float32)
        self._vectors = scaled / np.linalg.norm(scaled, axis=1, keepdims=True)
        self._row = {word: row for row, word in enumerate(words)}

    def of(self, *forms: str) -> NDArray[np.float32] | None:
        """The vector of the first form that is known, of length 1."""
        row = next((self._row[form] for form in forms if form in self._row), None)
        return None if row is None else self._vectors[row]


def read_mentions(
    records: Sequence[Mapping[str, Any]], rarity: Rarity, in_story: Sequence[Rarity], meanings: Meanings
) -> list[Mention]:
    """The event mentions of validated sentences, each parsed in its sentence.

    Args:
        records: articles as the set gives them, without gold.
        rarity: of words over all articles; ``in_story`` of words within each article's story.
        in_story: see ``rarity``; one for each record.
        meanings: word vectors.
    """
    from spacy.tokens import Doc

    language = load_parser(("en",)).models["en"]
    found: list[Mention] = []
    for article, record in enumerate(records):
        wanted = {m["sentence"] for m in record["mentions"] if m["kind"] == "event" and m["validated"]}
        things: dict[int, list[Mapping[str, Any]]] = {}
        for mention in record["mentions"]:
            if mention["kind"] == "entity":
                things.setdefault(mention["sentence"], []).append(mention)
        for sentence in record["sentences"]:
            if sentence["n"] not in wanted:
                continue
            text = record["text"][sentence["start"] : sentence["end"]]
            matches = list(re.finditer(r"[^ ]+", text))
            tokens = language(Doc(language.vocab, words=[match.group() for match in matches]))
            starts = [sentence["start"] + match.start() for match in matches]
            for mention in record["mentions"]:
                if mention["kind"] == "event" and mention["validated"] and mention["sentence"] == sentence["n"]:
                    around = things.get(sentence["n"], [])
                    found.append(
                        _mention(
                            mention, article, record, text, tokens, starts, around, rarity, in_story[article], meanings
                        )
                    )
    return found


def mention_features(left: Mention, right: Mention, articles: float) -> list[float]:
    """Compare two mentions, in the order of MENTION_FEATURES. ``articles``: log-odds that their articles tell one incident."""
    same_article = left.article == right.article
    lemma = float(left.lemma == right.lemma or left.stem == right.stem)
    opening = float(left.lemma[:5] == right.lemma[:5])
    known = left.meaning is not None and right.meaning is not None
    meaning = float(left.meaning @ right.meaning) if left.meaning is not None and right.meaning is not None else 0.0
    meaning = 1.0 if lemma else max(meaning, 0.6) if opening else meaning
    sentence, arguments = cosine(left.bag, right.bag), cosine(left.arguments, right.arguments)
    told = 6.0 if same_article else max(-6.0, min(6.0, articles))
    subject, obj = cosine(left.subject, right.subject), cosine(left.object, right.object)
    rarity = (left.rarity + right.rarity) / 2
    return [
        lemma,
        float(left.stem == right.stem),
        opening,
        meaning,
        max(0.0, meaning) ** 2,
        max(0.0, meaning),
        cosine(left.span, right.span),
        sentence,
        cosine(left.bag_in_story, right.bag_in_story),
        cosine(left.things, right.things),
        cosine(left.nearest, right.nearest),
        cosine(left.before, right.before),
        cosine(left.after, right.after),
        subject,
        obj,
        cosine(left.prepositional, right.prepositional),
        arguments,
        max(cosine(left.subject, right.object), cosine(left.object, right.subject)),
        rarity,
        lemma * rarity,
        told,
        float(same_article),
        float(same_article and left.sentence == right.sentence),
        float(left.pos == right.pos),
        float({left.pos, right.pos} == {"VERB", "NOUN"}),
        max(0.0, told),
        lemma * told,
        meaning * told,
        lemma * sentence,
        lemma * arguments,
        meaning * sentence,
        meaning * arguments,
        float(left.text == right.text),
        abs(left.position - right.position),
        float(left.pos in ("PRON", "DET") or right.pos in ("PRON", "DET")),
        float(bool(left.subject and right.subject) and subject == 0),
        float(bool(left.object and right.object) and obj == 0),
        lemma * float(rarity > 4.5),
        ((told + 6) / 12) ** 2,
        float(not known),
        lemma * subject,
        lemma * obj,
    ]


def worth_comparing(features: Sequence[float]) -> bool:
    """Whether a pair has anything in common: head words alike in form or meaning, or much of the sentence."""
    return features[0] > 0 or features[2] > 0 or features[3] >= 0.15 or features[7] >= 0.1


def rarity_in(articles: Iterable[Iterable[str]]) -> Rarity:
    """Rarity among the articles of one story: what all of them share tells nothing apart."""
    from tocsin.resources.linking import WordCounts

    return Rarity(WordCounts(0, {}), articles)


def _mention(
    mention: Mapping[str, Any],
    article: int,
    record: Mapping[str, Any],
    sentence: str,
    tokens: Any,
    starts: Sequence[int],
    things: Sequence[Mapping[str, Any]],
    rarity: Rarity,
    in_story: Rarity,
    meanings: Meanings,
) -> Mention:
    inside = [
        n for n, token in enumerate(tokens) if starts[n] < mention["end"] and starts[n] + len(token) > mention["start"]
    ]
    inside = inside or [0]
    head = next((n for n in inside if tokens[n].head.i not in inside or tokens[n].head.i == n), inside[-1])
    if tokens[head].pos_ in _LIGHT:
        head = next((n for n in inside if tokens[n].pos_ in _CONTENT), head)
    token = tokens[head]
    before = sorted((mention["start"] - one["end"], one["text"]) for one in things if one["end"] <= mention["start"])
    after = sorted((one["start"] - mention["end"], one["text"]) for one in things if one["start"] >= mention["end"])
    children = [child for child in token.children if child.i != head]
    subject = [word for child in children if child.dep_ in _SUBJECT for word in _phrase(child)]
    obj = [word for child in children if child.dep_ in _OBJECT for word in _phrase(child)]
    prepositional = [
        word
        for child in children
        if child.dep_ in ("prep", "agent")
        for inner in child.children
        for word in _phrase(inner)
    ]
    modifiers = [word for child in children if child.dep_ in ("compound", "amod") for word in _stems(child.text)]

    def vector(words: Iterable[str], by: Rarity = rarity) -> Vector:
        return weigh(Counter(words), by)

    form = next(iter(words_of(token.text)), token.text.casefold())
    return Mention(
        id=mention["mid"],
        article=article,
        sentence=mention["sentence"],
        text=mention["text"].casefold(),
        lemma=token.lemma_.casefold(),
        stem=stem(form),
        pos=token.pos_,
        rarity=rarity(stem(form)),
        position=mention["start"] / max(1, len(record["text"])),
        meaning=meanings.of(token.lemma_.casefold(), token.text.casefold()),
        bag=vector(_stems(sentence)),
        bag_in_story=vector(_stems(sentence), in_story),
        span=vector(_stems(mention["text"])),
        things=vector(word for _, text in (*before, *after) for word in _stems(text)),
        nearest=vector(word for _, text in (*before[:1], *after[:1]) for word in _stems(text)),
        before=vector(word for _, text in before[:1] for word in _stems(text)),
        after=vector(word for _, text in after[:1] for word in _stems(text)),
        subject=vector(subject),
        object=vector(obj),
        prepositional=vector(prepositional),
        arguments=vector((*subject, *obj, *prepositional, *modifiers)),
    )


def _phrase(token: Any) -> list[str]:
    parts = [token, *(child for child in token.children if child.dep_ in _WITHIN)]
    return [word for part in sorted(parts, key=lambda part: part.i) for word in _stems(part.text)]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


def squash(odds: float) -> float:
    """Log-odds cut to where they still tell something."""
    return max(-8.0, min(8.0, odds)) if math.isfinite(odds) else 0.0
