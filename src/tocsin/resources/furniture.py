"""The wording of page furniture and captions, from data/lexicons/LANGUAGE/furniture.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from tocsin.errors import DataError
from tocsin.vocabulary import BlockKind

PLACES = ("alone", "start", "end", "anywhere")
_KEYS = {"pattern", "place", "source", "finds", "skips"}
_OPTIONAL = {"block", "case"}


@dataclass(frozen=True, slots=True)
class FurniturePattern:
    """One entry: wording, where in a paragraph it may stand, and what kind of block it makes."""

    pattern: re.Pattern[str]
    place: str
    kind: BlockKind
    finds: str
    skips: str
    where: str  # file and entry, for messages


@cache
def load_furniture() -> tuple[FurniturePattern, ...]:
    """The patterns of all languages, in the order of their files.

    Raises:
        DataError: an entry lacks a key, has an unknown one, or a pattern that is no regular expression.
    """
    found: list[FurniturePattern] = []
    folder = files("tocsin") / "data" / "lexicons"
    for language in sorted(folder.iterdir(), key=lambda entry: entry.name):
        file = language / "furniture.yaml"
        if file.is_file():
            found.extend(_read(file, f"data/lexicons/{language.name}/furniture.yaml"))
    if not found:
        raise DataError("data/lexicons/*/furniture.yaml: no such file. Install tocsin again.")
    return tuple(found)


def _read(file: Traversable, name: str) -> list[FurniturePattern]:
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"{name}: not YAML ({' '.join(str(error).split())}). Correct the file.") from None
    if not isinstance(entries, list):
        raise DataError(f"{name}: a list of entries is expected. Begin each entry with '- pattern:'.")
    return [check_entry(entry, f"{name}, entry {number}") for number, entry in enumerate(entries, start=1)]


def check_entry(entry: Any, where: str) -> FurniturePattern:
    """One entry as a pattern, or DataError that says what is wrong with it."""
    if not isinstance(entry, dict):
        raise DataError(f"{where}: not a mapping. Write 'pattern: ...' and the other keys below it.")
    if missing := sorted(_KEYS - entry.keys()):
        raise DataError(f"{where}: {missing[0]!r} is missing. Each entry needs {', '.join(sorted(_KEYS))}.")
    if unknown := sorted(map(str, entry.keys() - _KEYS - _OPTIONAL)):
        raise DataError(f"{where}: {unknown[0]!r} is not a key. There are {', '.join(sorted(_KEYS | _OPTIONAL))}.")
    if entry["place"] not in PLACES:
        raise DataError(f"{where}: {entry['place']!r} is not a place. There are {', '.join(PLACES)}.")
    if entry.get("block", "furniture") not in ("furniture", "caption"):
        raise DataError(f"{where}: {entry['block']!r} is not a block. There are furniture and caption.")
    flags = re.NOFLAG if entry.get("case") else re.IGNORECASE
    try:
        pattern = re.compile(f"(?:{entry['pattern']})", flags)
    except re.error as error:
        raise DataError(f"{where}: the pattern is no regular expression ({error}). Correct it.") from None
    return FurniturePattern(
        pattern,
        entry["place"],
        BlockKind(entry.get("block", "furniture")),
        str(entry["finds"]),
        str(entry["skips"]),
        where,
    )
