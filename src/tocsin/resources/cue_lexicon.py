"""Words of saying and kinds of sources: data/lexicons/<lang>/cues.yaml and sources.yaml."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import SourceKind

CUE_KINDS = ("say", "claim", "deny", "hedge", "ask", "think", "stance")
PARTS = ("verb", "noun", "adverb", "phrase")


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Cues of one kind and part of speech, and the sentences that show them."""

    kind: str
    part: str
    cues: tuple[str, ...]
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Words that make a source one kind, and the sentences that show them."""

    kind: SourceKind
    words: tuple[str, ...]
    finds: str
    skips: str
    weak: bool = False  # counts only where no word of another kind stands with it


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """One language's cues.yaml and sources.yaml, checked. ``cues[part][word]`` is the word's kind."""

    groups: tuple[CueGroup, ...]
    cues: Mapping[str, Mapping[str, str]]
    unvouched: tuple[str, ...]
    source_groups: tuple[SourceGroup, ...]
    source_words: Mapping[str, SourceKind]
    weak_words: frozenset[str]
    speakers: frozenset[str]
    stand_ins: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueWeights:
    """What training/train_attribution.py learnt: a weight a feature, the nouns it saw as cues, and where to cut."""

    weights: Mapping[str, float]
    nouns: frozenset[str]
    threshold: float


@functools.cache
def load_cue_weights(language: str = "en") -> CueWeights:
    """Read and check a language's cue_weights.json, once.

    Raises:
        DataError: the file is missing, is no JSON, or lacks a part.
    """
    place = f"data/lexicons/{language}/cue_weights.json"
    try:
        raw = json.loads(resources.files("tocsin").joinpath(place).read_text(encoding="utf-8"))
        weights = {str(name): float(value) for name, value in raw["weights"].items()}
        return CueWeights(weights, frozenset(raw["nouns"]), float(raw["threshold"]))
    except FileNotFoundError as error:
        raise DataError(f"{place} is missing. Run: python -m training.train_attribution") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{place} is broken ({type(error).__name__}: {error}). Run: python -m training.train_attribution"
        ) from error


@functools.cache
def load_cue_lexicon(language: str = "en") -> CueLexicon:
    """Read and check a language's cues.yaml and sources.yaml, once.

    Raises:
        DataError: a file is missing, is no YAML, or an entry is wrong; the message names file, entry and next step.
    """
    cues = f"data/lexicons/{language}/cues.yaml"
    sources = f"data/lexicons/{language}/sources.yaml"
    return check_cue_lexicon(read_yaml(cues), read_yaml(sources), cues, sources)


def check_cue_lexicon(raw: Any, raw_sources: Any, place: str, sources_place: str) -> CueLexicon:
    """Turn the parsed files into a CueLexicon.

    Args:
        raw: what YAML made of cues.yaml.
        raw_sources: what YAML made of sources.yaml.
        place: name of cues.yaml for messages.
        sources_place: name of sources.yaml for messages.

    Raises:
        DataError: a part is missing or an entry is wrong.
    """
    for data, name, parts in (
        (raw, place, ("cues", "unvouched")),
        (raw_sources, sources_place, ("sources", "speakers", "stand_ins")),
    ):
        missing = [part for part in parts if not isinstance(data, dict) or not isinstance(data.get(part), list)]
        if missing:
            raise DataError(f"{name}: the list '{missing[0]}' is missing. Add it; the lists are {', '.join(parts)}.")
    groups = tuple(_group(entry, number, place) for number, entry in enumerate(raw["cues"], 1))
    source_groups = tuple(
        _source(entry, number, sources_place) for number, entry in enumerate(raw_sources["sources"], 1)
    )
    cues: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for group in groups:
        for cue in group.cues:
            # The first group wins: 'agree' is speech before it is thought.
            cues[group.part].setdefault(cue, group.kind)
    words: dict[str, SourceKind] = {}
    for source in source_groups:
        for word in source.words:
            words.setdefault(word, source.kind)
    return CueLexicon(
        groups,
        cues,
        tuple(str(cue) for entry in raw["unvouched"] for cue in entry["cues"]),
        source_groups,
        words,
        frozenset(
            word for source in source_groups if source.weak for word in source.words if words[word] is source.kind
        ),
        frozenset(str(word) for word in raw_sources["speakers"]),
        frozenset(str(word) for word in raw_sources["stand_ins"]),
    )


def _group(entry: Any, number: int, place: str) -> CueGroup:
    _need(entry, ("kind", "part", "cues", "finds", "skips"), f"{place}, entry {number}")
    if entry["kind"] not in CUE_KINDS:
        raise DataError(f"{place}, entry {number}: '{entry['kind']}' is no kind. Use one of {', '.join(CUE_KINDS)}.")
    if entry["part"] not in PARTS:
        raise DataError(f"{place}, entry {number}: '{entry['part']}' is no part. Use one of {', '.join(PARTS)}.")
    return CueGroup(
        entry["kind"], entry["part"], tuple(str(cue) for cue in entry["cues"]), str(entry["finds"]), str(entry["skips"])
    )


def _source(entry: Any, number: int, place: str) -> SourceGroup:
    _need(entry, ("kind", "words", "finds", "skips"), f"{place}, entry {number}")
    if entry["kind"] not in tuple(SourceKind):
        raise DataError(f"{place}, entry {number}: '{entry['kind']}' is no kind. Use one of {', '.join(SourceKind)}.")
    words = tuple(str(word).lower() for word in entry["words"])
    return SourceGroup(
        SourceKind(entry["kind"]), words, str(entry["finds"]), str(entry["skips"]), bool(entry.get("weak"))
    )


def _need(entry: Any, keys: tuple[str, ...], where: str) -> None:
    missing = [key for key in keys if not isinstance(entry, dict) or not entry.get(key)]
    if missing:
        raise DataError(f"{where}: '{missing[0]}' is missing. Each entry needs {', '.join(keys)}.")
