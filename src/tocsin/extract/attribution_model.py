"""How likely a frame is somebody saying, wanting or thinking something: a linear model over words and syntax."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from tocsin.extract.attribution_frames import Frame
from tocsin.resources.cue_lexicon import CueLexicon
from tocsin.vocabulary import Sentence, Token

_SPEAKERS_OF_SELF = frozenset({"i", "we", "you", "my", "our", "me", "us"})
_THINGS = frozenset({"it", "that", "this", "which", "what", "these", "those"})


def frame_features(frame: Frame, sentence: Sentence, lexicon: CueLexicon, quoted: bool, inside: bool) -> Iterator[str]:
    """The model's features of a frame: names without values, each is on or off.

    Args:
        frame: with its quotations for content, if it has any.
        sentence: the one the frame stands in.
        lexicon: kinds of cues and sources.
        quoted: whether it got a quotation.
        inside: whether the cue stands inside quotation marks.
    """
    head, shape, link = frame.head, frame.shape, frame.link
    kind = lexicon.cues.get(frame.part, {}).get(head.lemma if frame.part != "adverb" else head.text.lower(), "none")
    who = _who(frame.source_head, lexicon)
    yield "bias"
    yield f"w={frame.part}:{head.lemma}"
    yield f"w={head.lemma}|shape={shape}"
    yield f"w={head.lemma}|who={who}"
    yield f"w={head.lemma}|passive={frame.passive}|tag={head.tag}"
    yield f"kind={kind}|part={frame.part}"
    yield f"kind={kind}|shape={shape}"
    yield f"kind={kind}|who={who}"
    yield f"kind={kind}|link={link}"
    yield f"shape={shape}|link={link}|passive={frame.passive}"
    yield f"shape={shape}|who={who}"
    yield f"part={frame.part}|link={link}"
    yield f"quoted={quoted}|kind={kind}"
    yield f"inside={inside}|kind={kind}|self={who == 'self'}"
    yield f"inside={inside}|shape={shape}"
    yield f"dep={head.dep}|part={frame.part}"
    yield f"dep={head.dep}|kind={kind}|link={link}"
    yield f"tag={head.tag}|shape={shape}"
    yield f"negated={frame.negated}|kind={kind}"
    length = sum(len(span) for span in frame.content)
    yield f"length={min(7, length.bit_length())}|shape={shape}"
    if frame.source_head is not None:
        yield f"source={frame.source_head.lemma}"
        yield f"ent={frame.source_head.ent}|kind={kind}"
    if frame.content:
        first = next((token for token in sentence.tokens if token.span.start >= frame.content[0].start), None)
        if first is not None:
            yield (
                f"first={first.text.lower()}|shape={shape}"
                if first.pos in _CLOSED
                else f"first={first.pos}|shape={shape}"
            )
            yield f"w={head.lemma}|first={first.text.lower() if first.pos in _CLOSED else first.pos}"
    after = sentence.tokens[head.index + 1] if head.index + 1 < len(sentence.tokens) else None
    before = sentence.tokens[head.index - 1] if head.index else None
    if after is not None:
        yield f"w={head.lemma}|after={after.text.lower() if after.pos in _CLOSED else after.pos}"
    if before is not None:
        yield f"part={frame.part}|before={before.text.lower() if before.pos in _CLOSED else before.pos}"


_CLOSED = frozenset({"ADP", "SCONJ", "PART", "PRON", "DET", "PUNCT", "AUX", "CCONJ"})


def _who(head: Token | None, lexicon: CueLexicon) -> str:
    if head is None:
        return "none"
    word = head.text.lower()
    if word in _SPEAKERS_OF_SELF:
        return "self"
    if word in _THINGS:
        return "thing"
    if head.tag in ("PRP", "PRP$", "WP"):
        return "pronoun"
    if head.ent in ("PERSON", "ORG", "NORP", "GPE"):
        return head.ent
    if head.lemma in lexicon.source_words:
        return str(lexicon.source_words[head.lemma])
    if head.lemma in lexicon.speakers or head.lemma in lexicon.stand_ins:
        return "speaker"
    return head.pos


def score_frame(features: Iterator[str], weights: Mapping[str, float]) -> float:
    """The model's probability for a frame, 0 to 1."""
    total = sum(weights.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
