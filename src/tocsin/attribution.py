"""Attribution by itself: text in, who says what, with the words of saying, out.

>>> from tocsin.attribution import find_sayings
>>> for saying in find_sayings("Two men were held, the union said."):
...     print(saying.attribution.source.quote, saying.attribution.cue.quote, saying.attribution.kind)
the union said organisation
"""

from __future__ import annotations

from tocsin.extract.attribution import find_sayings as _find_sayings
from tocsin.parts import parse_text
from tocsin.vocabulary import Attribution, Saying, SourceKind

__all__ = ["Attribution", "Saying", "SourceKind", "find_sayings"]


def find_sayings(
    text: str, *, publisher: str | None = None, broad: bool = False, language: str | None = None
) -> tuple[Saying, ...]:
    """Find every place where a text lets somebody else speak.

    Args:
        text: any text; only English has a syntax model, so only English gives sayings.
        publisher: the outlet or account.
        broad: count thoughts, hopes, praise and blame too.
        language: ISO 639-1 code; identified from the text by default.

    Returns:
        Sayings in the order of their cues, each with source, cue and content as spans of ``text``.

    Raises:
        TocsinError: the text holds half a character, or a model is missing.
    """
    return _find_sayings(parse_text(text, publisher=publisher, language=language), broad=broad)
