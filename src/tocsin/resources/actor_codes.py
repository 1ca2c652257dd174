"""Which words make an actor which of PLOVER's agents: data/lexicons/<lang>/actor_codes.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.dated import check_keys, texts
from tocsin.resources.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class CodeCue:
    """An entry: its code, its weight, and the phrases that show it."""

    code: str
    weight: int
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """The entries, and the entry of each phrase; plurals are listed too."""

    entries: tuple[CodeCue, ...]
    phrases: Mapping[tuple[str, ...], CodeCue]
    longest: int

    @property
    def nouns(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(words[0] for words in self.phrases if len(words) == 1)


@functools.cache
def load_actor_codes(language: str = "en") -> ActorCodes:
    """Read and check a language's actor_codes.yaml, once.

    Raises:
        DataError: the file is missing or an entry is wrong; the message names file, entry and next step.
    """
    place = f"data/lexicons/{language}/actor_codes.yaml"
    return check_actor_codes(read_yaml(place), place)


def check_actor_codes(raw: Any, place: str) -> ActorCodes:
    """Turn the parsed file into ActorCodes.

    Args:
        raw: what YAML makes of the file.
        place: what messages call it.

    Raises:
        DataError: an entry is wrong, or two list the same words.
    """
    if not isinstance(raw, list) or not raw:
        raise DataError(f"{place}: no entries in it. Write '- {{code: ..., cues: [...], finds: ..., skips: ...}}'.")
    entries: list[CodeCue] = []
    phrases: dict[tuple[str, ...], CodeCue] = {}
    plurals: dict[tuple[str, ...], CodeCue] = {}
    for number, entry in enumerate(raw, 1):
        where = f"{place}, entry {number}"
        check_keys(entry, where, ("code", "cues", "finds", "skips"), ("weight",))
        cue = CodeCue(str(entry["code"]), int(entry.get("weight", 2)), str(entry["finds"]), str(entry["skips"]))
        entries.append(cue)
        for words in texts(entry, "cues", where):
            key = words_of(words)
            if phrases.setdefault(key, cue) is not cue:
                raise DataError(f"{where}: '{words}' stands in the entry of {phrases[key].code} too. Keep one of them.")
            plurals.setdefault((*key[:-1], _plural(key[-1])), cue)
    return ActorCodes(tuple(entries), plurals | phrases, max(map(len, phrases)))


def words_of(text: str) -> tuple[str, ...]:
    """Words in lower case: possessives go, hyphens part words."""
    for old, new in (("’", "'"), ("'s ", " "), ("s' ", "s "), ("-", " "), (",", " , "), ("(", " ( "), (")", " ) ")):
        text = text.replace(old, new)
    return tuple(word.strip(".;:\"'").removesuffix("'s") for word in text.lower().split())


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
