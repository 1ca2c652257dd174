"""Plain lists of cues: data/lexicons/<language>/<name>.yaml, each entry with a sentence it finds and one it skips."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml

KEYS = ("cue", "finds", "skips", "source")


@functools.cache
def load_cue_list(name: str, language: str = "en") -> frozenset[str]:
    """The cues of a list.

    Raises:
        DataError: the file is missing, or an entry lacks one of its keys.
    """
    place = f"data/lexicons/{language}/{name}.yaml"
    return frozenset(entry["cue"] for entry in check_cue_list(read_yaml(place), place))


def find_cue(text: str, cues: Iterable[str]) -> str | None:
    """The first of some cues, in alphabetic order, that stands in a text as whole words; None if none does."""
    folded = text.casefold()
    return next((cue for cue in sorted(cues) if re.search(rf"(?<![\w-]){re.escape(cue)}s?(?!\w)", folded)), None)


def check_cue_list(entries: Any, place: str) -> list[dict[str, str]]:
    """The entries of a loaded file, every one checked."""
    if not isinstance(entries, list):
        raise DataError(f"{place}: needs a list of entries, each with {', '.join(KEYS)}.")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or tuple(sorted(entry)) != KEYS:
            raise DataError(f"{place}, entry {number}: needs exactly {', '.join(KEYS)}.")
        if not all(isinstance(value, str) and value.strip() for value in entry.values()):
            raise DataError(
                f"{place}, entry {number}: every value is text, in quotes where YAML would read it otherwise."
            )
    return entries
