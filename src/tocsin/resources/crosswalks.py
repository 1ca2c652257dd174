"""Our codes in other schemes: the tables under data/crosswalks/."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import ActorKind, EventType

FOLDER = "data/crosswalks"
TABLES = ("plover", "cameo", "acled", "plover_2016", "plover_cameo")
_KEYS = frozenset({"type", "cues", "inside", "code", "mode", "finds", "skips"})
_SCHEMES = ("plover", "cameo", "acled")


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One code and when it holds.

    ``type`` is one of our event types, or a PLOVER root in tables that start there. ``code`` is None where the other
    scheme has no event for it; ``mode`` is the finer code (PLOVER's mode, ACLED's sub-event type).
    """

    type: str
    code: str | None
    mode: str | None
    cues: tuple[str, ...]
    inside: frozenset[str]
    finds: str | None
    skips: str | None

    def fits(self, words: str, parts: Collection[str]) -> bool:
        """Whether the row's conditions hold for an event with these words and with parts of these types."""
        if self.inside and not self.inside & set(parts):
            return False
        return not self.cues or _pattern(self.cues).search(words) is not None


@dataclass(frozen=True, slots=True)
class CaseType:
    """A type of CASE 2021 task 2, its sub-event type in ACLED if it has one, and words that speak for it."""

    code: str
    acled: str | None
    cues: tuple[str, ...]
    finds: str
    skips: str

    def count(self, words: str) -> int:
        """How many words or phrases of a text speak for the type."""
        return len(_pattern(self.cues).findall(words))


@dataclass(frozen=True, slots=True)
class Crosswalks:
    """Every table, checked."""

    tables: Mapping[str, Mapping[str, tuple[CrosswalkRow, ...]]]
    plover_quads: Mapping[str, int]
    case_types: tuple[CaseType, ...]
    actors: Mapping[ActorKind, Mapping[str, str | None]]

    def row(self, table: str, type_: str, words: str = "", parts: Collection[str] = ()) -> CrosswalkRow:
        """The first row of a type that fits.

        Args:
            table: one of TABLES.
            type_: an event type of the codebook, or a PLOVER root in the tables that start there.
            words: the event's own words or its sentence, in which cues are looked for.
            parts: types of the events that are parts of this one.

        Raises:
            KeyError: no such table or type.
        """
        return next(row for row in self.tables[table][type_] if row.fits(words, parts))


@functools.cache
def load_crosswalks() -> Crosswalks:
    """Read and check every table once.

    Raises:
        DataError: a file is missing or an entry is wrong; the message names both.
    """
    quads = read_yaml(f"{FOLDER}/quads.yaml")
    case = parse_case(read_yaml(f"{FOLDER}/case2021.yaml"))
    tables = {name: parse_table(read_yaml(f"{FOLDER}/{name}.yaml"), f"{FOLDER}/{name}.yaml") for name in TABLES}
    return Crosswalks(tables, quads, case, parse_actors(read_yaml(f"{FOLDER}/actors.yaml")))


def parse_table(entries: Any, place: str) -> dict[str, tuple[CrosswalkRow, ...]]:
    """The rows of a table by type.

    Raises:
        DataError: an entry is wrong, or a type is missing or ends with a row that has conditions.
    """
    if not isinstance(entries, dict) or not isinstance(entries.get("rows"), list):
        raise DataError(f"{place}: needs 'of' and a list 'rows'.")
    found: dict[str, list[CrosswalkRow]] = {}
    for row in _rows(entries["rows"], place):
        found.setdefault(row.type, []).append(row)
    if entries.get("of") == "codebook":
        _check_types(found, place)
    for name, rows in found.items():
        if rows[-1].cues or rows[-1].inside:
            raise DataError(f"{place}: the last row of {name!r} has a condition. Add one that always holds.")
        if any(not (row.cues or row.inside) for row in rows[:-1]):
            raise DataError(f"{place}: a row of {name!r} stands behind one that always holds. Move it before that one.")
    return {name: tuple(rows) for name, rows in found.items()}


def parse_case(entries: Any) -> tuple[CaseType, ...]:
    """The types of CASE 2021 task 2 in the order of their file, which trained heads follow.

    Raises:
        DataError: an entry lacks a key.
    """
    place = f"{FOLDER}/case2021.yaml"
    keys = {"code", "acled", "cues", "finds", "skips"}
    types = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or set(entry) != keys:
            raise DataError(f"{place}, entry {number}: needs exactly {', '.join(sorted(keys))}.")
        cues = tuple(map(str, entry["cues"]))
        types.append(CaseType(entry["code"], entry["acled"], cues, entry["finds"], entry["skips"]))
    return tuple(types)


def parse_actors(entries: Any) -> dict[ActorKind, Mapping[str, str | None]]:
    """The codes of each kind of actor by scheme.

    Raises:
        DataError: a kind is unknown or missing, or lacks a scheme.
    """
    place = f"{FOLDER}/actors.yaml"
    unknown = set(entries) ^ {kind.value for kind in ActorKind}
    if unknown:
        raise DataError(f"{place}: {', '.join(sorted(unknown))} is missing or no kind of actor. Mend that line.")
    codes: dict[ActorKind, Mapping[str, str | None]] = {}
    for kind, schemes in entries.items():
        if tuple(schemes) != _SCHEMES:
            raise DataError(f"{place}, {kind}: needs {', '.join(_SCHEMES)}.")
        codes[ActorKind(kind)] = {name: None if code is None else str(code) for name, code in schemes.items()}
    return codes


def _rows(entries: list[Any], place: str) -> Iterator[CrosswalkRow]:
    for number, entry in enumerate(entries, 1):
        where = f"{place}, entry {number}"
        if not isinstance(entry, dict) or not {"type", "code"} <= set(entry) <= _KEYS:
            raise DataError(
                f"{where}: needs type and code, and may have {', '.join(sorted(_KEYS - {'type', 'code'}))}."
            )
        cues, inside = tuple(map(str, entry.get("cues", ()))), frozenset(map(str, entry.get("inside", ())))
        row = CrosswalkRow(
            entry["type"], entry["code"], entry.get("mode"), cues, inside, entry.get("finds"), entry.get("skips")
        )
        if unknown := inside - set(EventType):
            raise DataError(f"{where}: {', '.join(sorted(unknown))} is no event type. See data/codebook/.")
        if cues and (row.finds is None or row.skips is None):
            raise DataError(f"{where}: cues need a sentence that 'finds' them and one that 'skips' them.")
        yield row


def _check_types(found: Collection[str], place: str) -> None:
    if wrong := set(found) ^ {kind.value for kind in EventType}:
        raise DataError(f"{place}: {', '.join(sorted(wrong))} is missing or no event type. See data/codebook/.")


@functools.cache
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Cues as whole words, in any case; a star at the end takes any ending."""
    forms = "|".join(re.escape(cue[:-1]) + r"\w*" if cue.endswith("*") else re.escape(cue) for cue in cues)
    return re.compile(rf"(?<![\w-])(?:{forms})(?!\w)", re.IGNORECASE)
