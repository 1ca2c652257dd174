"""The outlines of the world's countries for the report's map: data/map/outlines.json, built by training/build_map.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tocsin.errors import DataError

NAME = "data/map/outlines.json"


@dataclass(frozen=True, slots=True)
class Outline:
    """A country as drawn at 1:110 million: rings of (longitude, latitude) in degrees, WGS 84, not closed.

    ``code`` is ISO 3166-1 alpha-2, or None where Natural Earth draws what ISO does not list.
    """

    code: str | None
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@cache
def load_map() -> tuple[Outline, ...]:
    """Every outline, by code.

    Raises:
        DataError: the file is missing or is not what training/build_map.py writes.

    Source: Natural Earth 1:110m (public domain), by way of world-atlas 2.0.2 (ISC licence).
    """
    try:
        text = (files("tocsin") / NAME).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{NAME}: cannot be read ({error}). Install tocsin again.") from error
    return parse_map(text)


def parse_map(text: str) -> tuple[Outline, ...]:
    """The outlines that a map file's text holds; DataError names the first entry that is wrong."""
    try:
        entries = json.loads(text)["outlines"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{NAME}: no 'outlines' in it ({error}). Build it again with training/build_map.py.") from error
    return tuple(_outline(number, entry) for number, entry in enumerate(entries, start=1))


def _outline(number: int, entry: Any) -> Outline:
    try:
        rings = tuple(tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in entry["rings"])
        outline = Outline(entry["code"] or None, entry["name"], rings)
        inside = all(-180 <= lon <= 180 and -90 <= lat <= 90 for ring in rings for lon, lat in ring)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{NAME}, entry {number}: {error!r}. Build it again with training/build_map.py.") from error
    if not inside or not rings:
        raise DataError(
            f"{NAME}, entry {number} ({outline.name}): a point off the globe, or no ring. "
            "Build it again with training/build_map.py."
        )
    return outline
