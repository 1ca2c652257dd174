"""Which language a stretch of text is in."""

from __future__ import annotations

import functools

import eldc

# The languages Tocsin meets and may be asked to tell apart. Fewer candidates make short texts
# safer: two words of Russian look like half a dozen languages that no article of ours is in.
CANDIDATES = ("en", "ru", "be", "uk", "es", "pl", "de", "fr", "pt", "it", "tr")

# Under this many letters a guess is worth nothing: the block takes its neighbours' language.
MIN_LETTERS = 12


@functools.cache
def _detector() -> eldc.instance:
    eldc.init()
    detector = eldc.instance()
    detector.set_languages(list(CANDIDATES))
    return detector


def identify_language(text: str, default: str | None = None) -> str | None:
    """The ISO 639-1 code of the language of a text, or ``default`` where it is too short to tell.

    Args:
        text: any string; only letters count.
        default: the answer for texts with fewer than 12 letters, and for texts in no language we know.

    Returns:
        One of CANDIDATES, or ``default``.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < MIN_LETTERS:
        cyrillic = sum("\u0400" <= character <= "\u04ff" for character in letters)
        # Three Cyrillic letters are enough to know that it is not the English around it.
        if cyrillic > len(letters) / 2 and cyrillic >= 3:
            return str(_detector().detect(text)) or default
        return default
    return str(_detector().detect(text)) or default
