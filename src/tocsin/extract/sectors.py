"""Which sector of the economy a labour event is in, told by the words for employer, initiator and act."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.resources.actor_lexicon import SectorLexicon, split_words

_SETTLES = 2  # weight from which a text's words settle the sector
_NAME = 12  # words up to which a text is a name or description; longer ones name a government or a port in passing


def sector_of(texts: Sequence[str], lexicon: SectorLexicon) -> str | None:
    """The ISIC section of a labour event.

    The first text whose words settle a section decides; failing that, the first name or description whose words hint
    at one. Within a text the section with most weight wins, and of equals the one named first.

    Args:
        texts: what to read, most telling first: employer, initiator, evidence sentence; "" where one is unknown.
        lexicon: from load_sector_lexicon.

    Returns:
        The section's name in ISIC Rev. 4, or None where no cue is found.
    """
    hint: str | None = None
    for text in texts:
        weights: dict[str, int] = {}
        words = split_words(text)
        for hit in lexicon.find(words):
            if hit.entry.weight < _SETTLES and len(words.lower) > _NAME:
                continue
            weights[hit.entry.sector] = weights.get(hit.entry.sector, 0) + hit.entry.weight
        if weights:
            heaviest = max(weights, key=lambda sector: weights[sector])
            if weights[heaviest] >= _SETTLES:
                return heaviest
            hint = hint or heaviest
    return hint
