"""Words that say whether an act was done, planned, called for, hedged or denied: data/lexicons/<lang>/factuality.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import Factuality

# How a cue stands to the act that it speaks of; the file's head explains each with an example.
RELATIONS = (
    "auxiliary",
    "object",
    "passive_object",
    "complement",
    "passive_complement",
    "infinitive",
    "noun",
    "report",
    "unconfirmed",
    "sentence",
    "modifier",
    "adverb",
    "negation",
    "condition",
    "past",
)
LISTS = (
    "bear_object",
    "bear_subject",
    "bear_preposition",
    "light",
    "containers",
    "agents",
    "speak_inside",
    "settled",
    "allowing",
    "frames",
)
KEYS = {"cue", "words", "relation", "value", "right", "of", "finds", "skips"}


@dataclass(frozen=True, slots=True)
class FactualityCue:
    """One cue: its words (lemmas), how they govern the act, what they make of it, and how often that was right.

    ``through`` names the prepositions that must stand between cue and act; empty where none is needed. One word of
    ``beside`` must stand in the sentence, unless it is empty. ``right`` of ``of`` readings agreed with the gold.
    """

    name: str
    words: tuple[str, ...]
    relation: str
    value: Factuality
    through: tuple[str, ...]
    beside: frozenset[str]
    right: int
    of: int
    finds: str
    skips: str

    @property
    def score(self) -> float:
        """The share of its readings that were right, smoothed by one reading of each sort."""
        return (self.right + 1) / (self.of + 2)


@dataclass(frozen=True, slots=True)
class FactualityLexicon:
    """One language's factuality.yaml, checked. ``table[relation][word, preposition]`` is the cue; preposition may be ""."""

    cues: tuple[FactualityCue, ...]
    table: Mapping[str, Mapping[tuple[str, str], FactualityCue]]
    lists: Mapping[str, frozenset[str]]

    def find(self, relation: str, word: str, preposition: str = "") -> FactualityCue | None:
        """The cue that a word is in a relation, None if it is none."""
        return self.table[relation].get((word, preposition))


@functools.cache
def load_factuality_lexicon(language: str = "en") -> FactualityLexicon:
    """Read and check a language's factuality.yaml, once.

    Raises:
        DataError: the file is missing, is no YAML, or an entry is wrong; the message names file, entry and next step.
    """
    place = f"data/lexicons/{language}/factuality.yaml"
    raw = read_yaml(place)
    return check_factuality_lexicon(raw, place)


def check_factuality_lexicon(raw: Any, place: str) -> FactualityLexicon:
    """Turn the parsed file into a FactualityLexicon.

    Args:
        raw: what YAML made of the file.
        place: the file's name for messages.

    Raises:
        DataError: a part is missing or an entry is wrong.
    """
    for part in ("cues", *LISTS):
        if not isinstance(raw, dict) or not isinstance(raw.get(part), list) or not raw[part]:
            raise DataError(f"{place}: the list '{part}' is missing or empty. Add it; see lexicons/en/factuality.yaml.")
    cues = tuple(_cue(entry, number, place) for number, entry in enumerate(raw["cues"], 1))
    table: dict[str, dict[tuple[str, str], FactualityCue]] = {relation: {} for relation in RELATIONS}
    for number, cue in enumerate(cues, 1):
        for word in cue.words:
            for preposition in cue.through or ("",):
                other = table[cue.relation].setdefault((word, preposition), cue)
                if other is not cue:
                    raise DataError(
                        f"{place}, entry {number}: '{word}' is already {cue.relation} of entry '{other.name}'. "
                        "Keep it in one of them."
                    )
    return FactualityLexicon(cues, table, {name: frozenset(str(word) for word in raw[name]) for name in LISTS})


def _cue(entry: Any, number: int, place: str) -> FactualityCue:
    where = f"{place}, entry {number}"
    missing = sorted(KEYS - set(entry)) if isinstance(entry, dict) else sorted(KEYS)
    if missing:
        raise DataError(f"{where}: '{missing[0]}' is missing. Each entry needs {', '.join(sorted(KEYS))}.")
    if unknown := sorted(set(entry) - KEYS - {"through", "beside"}):
        raise DataError(f"{where}: '{unknown[0]}' is no key. Use {', '.join(sorted(KEYS))} through and beside.")
    if entry["relation"] not in RELATIONS:
        raise DataError(f"{where}: '{entry['relation']}' is no relation. Use one of {', '.join(RELATIONS)}.")
    if entry["value"] not in tuple(Factuality):
        raise DataError(f"{where}: '{entry['value']}' is no factuality. Use one of {', '.join(Factuality)}.")
    for key in ("words", "through", "beside"):
        words = entry.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise DataError(
                f"{where}: '{key}' needs a list of words, in quotes where YAML reads them otherwise (no, on)."
            )
    right, of = entry["right"], entry["of"]
    if type(right) is not int or type(of) is not int or not 0 <= right <= of:
        raise DataError(f"{where}: needs whole numbers 0 <= right <= of, not {right!r} of {of!r}.")
    for key in ("finds", "skips"):
        if not isinstance(entry[key], str) or not 0 <= entry[key].find("[") < entry[key].find("]"):
            raise DataError(f"{where}: '{key}' needs a sentence with the act in [brackets].")
    return FactualityCue(
        str(entry["cue"]),
        tuple(entry["words"]),
        entry["relation"],
        Factuality(entry["value"]),
        tuple(entry.get("through", ())),
        frozenset(entry.get("beside", ())),
        right,
        of,
        entry["finds"],
        entry["skips"],
    )
