"""Which sentences tell which acts, and by which word: Detection -> trigger mentions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.extract.encode import Detection
from tocsin.extract.labels import TYPES
from tocsin.resources.cue_list import find_cue
from tocsin.vocabulary import EventType, Parse, Span, Token


@dataclass(frozen=True, slots=True)
class TriggerMention:
    """A word that names an act. ``told`` and ``named`` are the sentence's and the word's probability of the type."""

    sentence: int
    span: Span
    type: EventType
    told: float
    named: float

    @property
    def score(self) -> float:
        """One number to rank mentions by: the mean of the two."""
        return (self.told + self.named) / 2


def find_triggers(parse: Parse, detection: Detection, floor: float) -> list[TriggerMention]:
    """The best trigger of each type in each sentence, where the mean of both probabilities reaches ``floor``.

    Returns:
        Mentions in text order, of one sentence by type.
    """
    mentions = []
    for number, (spans, probabilities) in enumerate(detection.pieces):
        if not spans:
            continue
        best = detection.named[number]
        for kind in np.flatnonzero((best + detection.sentences[number]) / 2 >= floor):
            span = _trigger(parse, number, spans, probabilities[:, kind])
            mentions.append(
                TriggerMention(
                    number, span, EventType(TYPES[kind]), float(detection.sentences[number, kind]), float(best[kind])
                )
            )
    return mentions


# What a cue of the lexicon is worth as sentence and as word: the window around it has the last say.
CUED = 0.75


def cued_triggers(
    parse: Parse, cues: Collection[str], kind: EventType, found: Sequence[TriggerMention]
) -> list[TriggerMention]:
    """A mention for each sentence that holds a cue of a type and no mention of it yet."""
    told = {mention.sentence for mention in found if mention.type == kind}
    mentions = []
    for number, sentence in enumerate(parse.sentences):
        words = sentence.span.of(parse.document.text)
        cue = find_cue(words, cues) if number not in told else None
        if cue is not None:
            start = sentence.span.start + words.casefold().index(cue)
            mentions.append(TriggerMention(number, Span(start, start + len(cue)), kind, CUED, CUED))
    return mentions


def act_noun(parse: Parse, mention: TriggerMention) -> Token | None:
    """The noun that a trigger's words hang on: 'protests' of 'similar worker protests'; None where it is no noun."""
    tokens = [t for t in parse.sentences[mention.sentence].tokens if t.span.overlaps(mention.span)]
    inside = {t.index for t in tokens}
    heads = [t for t in tokens if t.head == t.index or t.head not in inside]
    return heads[0] if len(heads) == 1 and heads[0].pos == "NOUN" else None


def set_apart(parse: Parse, mention: TriggerMention, cues: Collection[str]) -> bool:
    """Whether a word beside the act's noun says that it is not the one told before: 'a [second] march'."""
    noun = act_noun(parse, mention)
    if noun is None:
        return False
    before = parse.sentences[mention.sentence].tokens[: noun.index]
    return any(t.head == noun.index and t.text.casefold() in cues for t in before)


def _trigger(parse: Parse, number: int, spans: tuple[Span, ...], probabilities: np.ndarray) -> Span:
    """The run of pieces around the most probable one that are at least half as probable, grown to whole words."""
    peak = int(probabilities.argmax())
    low = high = peak
    while low > 0 and probabilities[low - 1] >= probabilities[peak] / 2:
        low -= 1
    while high + 1 < len(spans) and probabilities[high + 1] >= probabilities[peak] / 2:
        high += 1
    return whole_words(parse, number, Span(spans[low].start, spans[high].end))


def whole_words(parse: Parse, number: int, span: Span) -> Span:
    """A span grown to the tokens that it touches, without marks at its ends."""
    touched = [token for token in parse.sentences[number].tokens if token.span.overlaps(span)]
    while len(touched) > 1 and not any(c.isalnum() for c in touched[-1].text):
        touched.pop()
    while len(touched) > 1 and not any(c.isalnum() for c in touched[0].text):
        touched.pop(0)
    return Span(touched[0].span.start, touched[-1].span.end) if touched else span
