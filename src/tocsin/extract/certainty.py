"""How a mention tells its act: the encoder's reading of the window and the cue that governs the trigger, weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.factuality import read_factuality
from tocsin.extract.labels import FACTUALITIES
from tocsin.extract.member import Chosen
from tocsin.resources.factuality_lexicon import FactualityLexicon
from tocsin.vocabulary import Factuality, Parse, Saying


def choose_factuality(
    parse: Parse,
    mention: TriggerMention,
    reading: Reading,
    sayings: Sequence[Saying],
    lexicon: FactualityLexicon,
    settings: Mapping[str, float],
) -> Chosen[Factuality]:
    """The factuality that speaks loudest.

    Args:
        parse: the document.
        mention: the trigger.
        reading: its window; the head gives a probability to each value.
        sayings: of the document; a hedge ('there are reports that') makes what it says possible.
        lexicon: cues that govern a trigger, each with its measured reliability.
        settings: 'cue' and 'hedge', how much a cue's reliability and a hedge count beside the head's probability.

    Returns:
        The value with the words that decided: the cue where it agrees, else the trigger.
    """
    scores = {value: float(p) for value, p in zip(FACTUALITIES, reading.heads["factuality"], strict=True)}
    cue = read_factuality(parse, mention.sentence, mention.span, lexicon)
    if cue is not None:
        scores[cue.value.value] += settings["cue"] * cue.score
    hedge = next((s for s in sayings if s.hedge and any(part.contains(mention.span) for part in s.content)), None)
    if hedge is not None:
        scores[Factuality.POSSIBLE.value] += settings["hedge"]
    best = max(scores, key=lambda value: (scores[value], value))
    share = scores[best] / sum(scores.values())
    if cue is not None and cue.value.value == best:
        span = cue.cue.span if cue.cue is not None else mention.span
        return Chosen(
            Factuality(best),
            span,
            share,
            f"{cue.reason}; encoder {float(reading.heads['factuality'][FACTUALITIES.index(best)]):.2f}",
        )
    if hedge is not None and best == Factuality.POSSIBLE and hedge.attribution.cue is not None:
        return Chosen(Factuality(best), hedge.attribution.cue.span, share, f"hedge: {hedge.reason}")
    return Chosen(Factuality(best), mention.span, share, "encoder: factuality")
