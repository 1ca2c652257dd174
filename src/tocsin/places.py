"""Places by themselves: text in, place names with the places they mean out; and names looked up.

>>> from tocsin.places import find_places, look_up
>>> [(found.text, found.place.country) for found in find_places("Miners marched through Soligorsk in Belarus.")]
[('Soligorsk', 'BY'), ('Belarus', 'BY')]
>>> look_up("Гродно")[0].name
'Grodno'

Places are GeoNames's, CC BY 4.0: show ``credit()`` where you publish them.
"""

from __future__ import annotations

from tocsin.locate.toponyms import locate_toponyms
from tocsin.parts import parse_text
from tocsin.resources.gazetteer import Candidate, load_gazetteer
from tocsin.resources.gazetteer import attribution as credit
from tocsin.vocabulary import Place, PlacePrecision, Toponym

__all__ = ["Candidate", "Place", "PlacePrecision", "Toponym", "credit", "find_places", "look_up"]


def find_places(text: str, *, publisher: str | None = None, language: str | None = None) -> tuple[Toponym, ...]:
    """Find the place names of a text and say which place each means.

    Args:
        text: any text; without a syntax model for its language only the gazetteer finds names.
        publisher: the outlet: a local paper means its own Springfield.
        language: ISO 639-1 code; identified from the text by default.

    Returns:
        Toponyms in text order, none overlapping. ``place`` is None where the gazetteer has no such name; ``score`` is
        the probability of the place among those of that name, ``reason`` the rule.

    Raises:
        TocsinError: the text holds half a character, or a model or the gazetteer is missing.
    """
    return locate_toponyms(parse_text(text, publisher=publisher, language=language), load_gazetteer())


def look_up(name: str) -> tuple[Candidate, ...]:
    """Every place of a name in any script, the most populous first within its kind; () for a name that is not filed."""
    return load_gazetteer().candidates(name)
