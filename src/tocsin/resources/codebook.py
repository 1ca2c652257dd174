"""The codebook: what each event type means and what it can be part of, a file a type under data/codebook/."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type in words. ``part_of`` lists the types that it can happen inside of."""

    type: EventType
    group: str
    means: str
    covers: str
    leaves_out: str
    part_of: tuple[EventType, ...]


@functools.cache
def load_codebook() -> Mapping[EventType, TypeEntry]:
    """Every event type's entry.

    Raises:
        DataError: a type has no file, or a file says something that the vocabulary does not know.
    """
    entries = {}
    for kind in EventType:
        name = f"data/codebook/{kind}.yaml"
        entries[kind] = _entry(name, kind, read_yaml(name))
    return entries


def _entry(name: str, kind: EventType, data: object) -> TypeEntry:
    wanted = ("type", "group", "means", "is", "is_not", "part_of")
    if not isinstance(data, dict) or sorted(data) != sorted(wanted):
        raise DataError(f"{name}: needs exactly the keys {', '.join(wanted)}.")
    if data["type"] != kind or data["group"] != kind.group:
        raise DataError(f"{name}: says type {data['type']!r} and group {data['group']!r}, not {kind} and {kind.group}.")
    known = {other.value for other in EventType}
    for other in data["part_of"]:
        if other not in known:
            raise DataError(f"{name}, part_of: {other!r} is not an event type. There are: {', '.join(sorted(known))}.")
    wholes = tuple(EventType(other) for other in data["part_of"])
    return TypeEntry(kind, data["group"], data["means"], data["is"], data["is_not"], wholes)


@functools.cache
def load_wholes() -> Mapping[EventType, tuple[EventType, ...]]:
    """For each type the types it can be part of."""
    return {kind: entry.part_of for kind, entry in load_codebook().items()}
