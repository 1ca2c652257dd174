"""Number words, the words that bend them, and what words say about a number's role: data/lexicons/<lang>/quantities.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import QuantityRole

EFFECTS = ("about", "at_least", "more_than", "up_to", "less_than", "exact")
WHERE = ("passive", "active", "object", "noun", "head", "beside")


@dataclass(frozen=True, slots=True)
class Vague:
    """A word that stands for an interval; ``base`` is the one figure a coder writes for it."""

    low: int
    high: int
    base: int


@dataclass(frozen=True, slots=True)
class Bend:
    """A group of words that bend the number beside them, and the sentences that show it."""

    cues: tuple[str, ...]
    effect: str
    place: str
    finds: str
    value: tuple[int | None, int | None]
    skips: str


@dataclass(frozen=True, slots=True)
class RoleCue:
    """Words that give a number its role where they stand in one syntactic place, and the sentences that show it."""

    role: QuantityRole
    where: str
    cues: frozenset[str]
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class NumberLexicon:
    """One language's quantities.yaml, checked."""

    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: Mapping[str, Vague]
    few: Mapping[str, Vague]
    fractions: Mapping[str, tuple[int, int]]  # words -> (take, of)
    bends: tuple[Bend, ...]
    units: Mapping[str, str]  # noun -> unit
    days: Mapping[str, float]
    roles: tuple[RoleCue, ...]
    places: Mapping[str, Mapping[str, QuantityRole]]  # syntactic place -> word -> role


@functools.cache
def load_number_lexicon(language: str = "en") -> NumberLexicon:
    """Read and check a language's quantities.yaml, once.

    Raises:
        DataError: the file is missing, is no YAML, or an entry is wrong; the message names file, entry and next step.
    """
    place = f"data/lexicons/{language}/quantities.yaml"
    raw = read_yaml(place)
    if not isinstance(raw, dict):
        raise DataError(f"{place} holds no mapping at its top. Compare it with data/lexicons/en/quantities.yaml.")
    return check_number_lexicon(raw, place)


def check_number_lexicon(raw: Mapping[str, Any], place: str) -> NumberLexicon:
    """Turn the parsed file into a NumberLexicon.

    Args:
        raw: what YAML made of the file.
        place: the file's name for messages.

    Raises:
        DataError: a part is missing or an entry is wrong.
    """
    parts = ("numbers", "multipliers", "vague", "few", "fractions", "bends", "units", "days", "roles")
    missing = [part for part in parts if not raw.get(part)]
    if missing:
        raise DataError(
            f"{place}: the part '{missing[0]}' is missing or empty. Add it; the parts are {', '.join(parts)}."
        )
    try:
        roles = tuple(_role(entry, number, place) for number, entry in enumerate(raw["roles"], 1))
        return NumberLexicon(
            numbers={str(word): int(value) for word, value in raw["numbers"].items()},
            multipliers={str(word): int(value) for word, value in raw["multipliers"].items()},
            vague=_vague(raw["vague"]),
            few=_vague(raw["few"]),
            fractions={
                str(entry["words"]).replace("-", " "): (int(entry["take"]), int(entry["of"]))
                for entry in raw["fractions"]
            },
            bends=tuple(_bend(entry, number, place) for number, entry in enumerate(raw["bends"], 1)),
            units={str(noun): str(unit) for unit, nouns in raw["units"].items() for noun in reversed(nouns)},
            days={str(noun): float(value) for noun, value in raw["days"].items()},
            roles=roles,
            # Entries are laid on in reverse, so the first wins and a word listed twice keeps the graver role.
            places={
                where: {cue: entry.role for entry in reversed(roles) if entry.where == where for cue in entry.cues}
                for where in WHERE
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(
            f"{place}: an entry lacks a key or holds the wrong kind of value ({type(error).__name__}: {error}). "
            "Compare it with its neighbours."
        ) from error


def _vague(entries: list[dict[str, Any]]) -> dict[str, Vague]:
    return {str(entry["words"]): Vague(int(entry["low"]), int(entry["high"]), int(entry["base"])) for entry in entries}


def _bend(entry: Mapping[str, Any], number: int, place: str) -> Bend:
    if entry["effect"] not in EFFECTS:
        raise DataError(f"{place}, bend {number}: '{entry['effect']}' is no effect. Use one of {', '.join(EFFECTS)}.")
    if entry["place"] not in ("before", "after"):
        raise DataError(f"{place}, bend {number}: '{entry['place']}' is no place. Use 'before' or 'after'.")
    low, high = entry["value"]
    return Bend(
        tuple(str(cue) for cue in entry["cues"]),
        entry["effect"],
        entry["place"],
        entry["finds"],
        (low, high),
        entry["skips"],
    )


def _role(entry: Mapping[str, Any], number: int, place: str) -> RoleCue:
    if entry["where"] not in WHERE:
        raise DataError(f"{place}, role {number}: '{entry['where']}' is no place. Use one of {', '.join(WHERE)}.")
    if entry["role"] not in tuple(QuantityRole):
        raise DataError(f"{place}, role {number}: '{entry['role']}' is no role. Use one of {', '.join(QuantityRole)}.")
    return RoleCue(
        QuantityRole(entry["role"]),
        entry["where"],
        frozenset(str(cue) for cue in entry["cues"]),
        str(entry["finds"]),
        str(entry["skips"]),
    )
