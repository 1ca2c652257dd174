"""Names as keys: one key for one name in Latin and Cyrillic, with or without accents."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tocsin.errors import DataError
from tocsin.resources.gazetteer import fold
from tocsin.resources.yaml_file import read_yaml

_PLACE = "data/actors/transliteration.yaml"


@functools.cache
def _tables() -> tuple[Mapping[int, str], tuple[tuple[str, str], ...]]:
    raw = read_yaml(_PLACE)
    try:
        letters = {ord(letter): str(latin) for letter, latin in raw["letters"].items()}
        return letters, tuple((str(old), str(new)) for old, new in raw["alike"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(
            f"{_PLACE}: not read ({error!r}). It needs 'letters', a letter each, and 'alike', pairs of strings."
        ) from error


@functools.lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """The key of a name: no case, accents, points or hyphens, Cyrillic in Latin, and spellings of one sound alike.

    >>> fold_name("BelAZ") == fold_name("Белаз"), fold_name("Zelenskyy") == fold_name("Зеленский")
    (True, True)
    """
    letters, alike = _tables()
    key = fold(name.casefold().translate(letters))
    for old, new in alike:
        key = key.replace(old, new)
    return key.removeprefix("the ")
