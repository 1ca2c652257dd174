"""The offline gazetteer: names of places in every script, and what stands behind them.

A name is folded, looked up in a trie, and gives rows of a table of places; trie and table are mapped into memory,
so loading costs milliseconds and processes share the pages. ``training/build_gazetteer.py`` writes the files.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from tocsin.errors import DataError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "gazetteer"
KINDS = ("country", "admin1", "admin2", "settlement", "region")
NONE8, NONE16 = 0xFF, 0xFFFF  # "no country" and "no region" in the table's narrow columns
MANY = 0x80000000  # set in name_rows where a name has several places: the rest points into name_lists
ROW = np.dtype(
    [
        ("geonameid", "<u4"),
        ("population", "<u4"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("name", "<u4"),  # where in names.txt
        ("length", "u1"),  # how many bytes of it
        ("kind", "u1"),
        ("country", "u1"),  # a row: countries come first
        ("capital", "u1"),  # 1 for the capital of its country
        ("admin1", "<u2"),  # a row: regions stand before settlements
        ("admin2", "<u2"),
    ]
)

_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻʽ`´ʹ′″.\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff·"))
_SPACED = {ord(mark): " " for mark in '-‐‑‒–—―_/,;:()[]"“”„«»\t\r\n\u00a0'}
_SAME = {ord(a): b for a, b in zip("øłđðıəʿʾ", ("o", "l", "d", "d", "i", "a", "", ""), strict=True)}
_FOLDS = {**_DROPPED, **_SPACED, **_SAME}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean. Degrees are WGS 84; ``population`` is None where the source has none.

    ``kind`` is country, admin1, admin2, settlement or region (an area of no rank: a continent, a sea, 'Darfur').
    ``country`` is ISO 3166-1 alpha-2 (3166-3 for states that are no more), None across borders. ``main`` says whether
    the name looked up is the place's own name, not another one; ``geonameid`` is None for areas not in GeoNames.
    ``row`` is the place's number in this build of the gazetteer: good for comparing, not for keeping.
    """

    geonameid: int | None
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    population: int | None
    admin2: str | None = None
    capital: bool = False
    main: bool = True
    row: int = -1


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The form under which a name is filed: no case, marks, points or apostrophes, hyphens as spaces.

    >>> fold("Mahilioŭ"), fold("Xi'an"), fold("Орёл"), fold("Stratford-upon-Avon")
    ('mahiliou', 'xian', 'орел', 'stratford upon avon')
    """
    return _fold(name)


def _fold(name: str) -> str:
    # The gazetteer folds millions of names once each: those pass the cache by.
    if name.isascii():
        return name.lower() if name.isalpha() else " ".join(name.translate(_FOLDS).lower().split())
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDS)).casefold()
    if not plain.isalnum():
        plain = "".join(mark for mark in plain if unicodedata.category(mark) not in ("Mn", "Cf"))
    return " ".join(plain.translate(_FOLDS).split())


# What an abbreviation stands for first: 'Wash.' is the state, 'L.A.' the city and not its county.
_SHORT_ORDER = ("admin1", "settlement", "region", "admin2", "country")
# Endings that turn an inflected Cyrillic name back into one that is filed: Минске -> Минск, Гродне -> Гродно.
_CYRILLIC_ENDS = ("", "а", "о", "ь", "я", "ы", "и", "е", "ия")
# Vowels that change before an ending, folded: Харкові -> Харків, Києві -> Київ.
_CYRILLIC_SHIFTS = (("ові", "ів"), ("еві", "ів"), ("єві", "ів"))
# Word pairs that name the same thing at the start of a name.
_STARTS = {"st": "saint", "saint": "st", "ft": "fort", "fort": "ft", "mt": "mount", "mount": "mt", "ste": "sainte"}


_NAME, _LENGTH = list(ROW.fields or ()).index("name"), list(ROW.fields or ()).index("length")


class Gazetteer:
    """Places by name. Make one with ``load_gazetteer``; all methods are safe to call from several threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Map the files of ``folder``; raises DataError where one is missing or does not fit the others."""
        try:
            self._trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._name_rows: NDArray[np.uint32] = np.load(folder / "name_rows.npy", mmap_mode="r")
            self._name_lists: NDArray[np.uint32] = np.load(folder / "name_lists.npy", mmap_mode="r")
            self._places: NDArray[Any] = np.load(folder / "places.npy", mmap_mode="r")
            self._texts: NDArray[np.uint8] = np.memmap(folder / "names.txt", dtype=np.uint8, mode="r")
            index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RuntimeError) as error:
            raise DataError(
                f"{folder}: the gazetteer cannot be read ({error}). Run training/build_gazetteer.py to write it again."
            ) from error
        if len(self._name_rows) != len(self._trie) or self._places.dtype != ROW:
            raise DataError(
                f"{folder}: names.marisa, name_rows.npy and places.npy are of different builds. "
                "Run training/build_gazetteer.py to write all of them."
            )
        # A memory map checks every slice of itself; plain views of the same pages are several times faster to read.
        self._name_rows, self._name_lists = self._name_rows.view(np.ndarray), self._name_lists.view(np.ndarray)
        self._places = self._places.view(np.ndarray)
        self._bytes = self._texts.data
        self._codes: tuple[str, ...] = tuple(index["countries"])
        self._demonyms: Mapping[str, str] = MappingProxyType(index["demonyms"])
        self._short: Mapping[str, list[list[str]]] = MappingProxyType(index["short"])
        self._wide: Mapping[str, str] = MappingProxyType(index["wide"])
        self._neighbours: Mapping[str, frozenset[str]] = MappingProxyType(
            {code: frozenset(others) for code, others in index["neighbours"].items()}
        )
        self._regions: dict[int, str] = {}  # names of admin1 and admin2, read at first need
        self._row_of = {code: row for row, code in enumerate(self._codes)}

    def __len__(self) -> int:
        """How many places there are."""
        return len(self._places)

    @property
    def name_count(self) -> int:
        """How many folded names are filed."""
        return len(self._trie)

    def filed_name(self, number: int) -> str:
        """The folded name of a number from 0 to ``name_count`` - 1, in no order that means anything."""
        return str(self._trie.restore_key(number))

    # --- by name ---------------------------------------------------------------------------

    def knows(self, name: str) -> bool:
        """Whether the name as it stands (folded, nothing stripped) is filed."""
        return fold(name) in self._trie

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name, the most populous first within countries, regions, settlements.

        Falls back, in this order, to 'Saint' for 'St.', to the name without 'the', and to the base form of an
        inflected Cyrillic name. Any string is allowed; one that names nothing gives ().
        """
        return _candidates(self, fold(name))

    def demonym(self, word: str) -> str | None:
        """The country of an adjective or people ('Belarusian', 'Turks', 'South African'), None if it is none."""
        key = fold(word)
        code = self._demonyms.get(key)
        if code is None and key.endswith("s"):
            code = self._demonyms.get(key[:-1])
        return code

    def wide_demonym(self, word: str) -> tuple[Candidate, ...]:
        """The areas of an adjective or people that has no country of its own: 'European', 'Texans', 'British Columbian'."""
        key = fold(word)
        key = key if key in self._wide else key.removesuffix("s")
        name = self._wide.get(key)
        if name is None and " " in key and key.endswith("an"):
            # 'Western Australian': of a name of several words nothing else is made so.
            return tuple(place for place in self.candidates(key[:-1]) if place.kind == "admin1")
        return self.candidates(name) if name else ()

    def short_form(self, word: str) -> tuple[Candidate, ...]:
        """What an abbreviation may stand for: 'Calif.', 'TX', 'NSW', 'L.A.'. Case and points count."""
        found = []
        for code, name in self._short.get(word, ()):
            places = [c for c in self.candidates(name) if c.country == code]
            found += sorted(places, key=lambda c: _SHORT_ORDER.index(c.kind))[:1]
        return tuple(found)

    # --- by code ---------------------------------------------------------------------------

    def country(self, iso: str) -> Candidate | None:
        """The country of a code (alpha-2, any case), with its label point; None for an unknown code."""
        row = self._row_of.get(iso.upper())
        return None if row is None else self._candidate(row)

    def admin1_names(self, country: str) -> tuple[str, ...]:
        """English names of a country's first-order regions, sorted; () for an unknown code."""
        return tuple(sorted(c.name for c in self._admin1(country)))

    def admin1(self, country: str, name: str) -> Candidate | None:
        """The first-order region of that English name in a country."""
        return next((c for c in self.candidates(name) if c.country == country and c.kind == "admin1"), None)

    def neighbours(self, country: str) -> frozenset[str]:
        """The codes of the countries that border on one."""
        return self._neighbours.get(country, frozenset())

    # --- rows ------------------------------------------------------------------------------

    def _admin1(self, country: str) -> Iterator[Candidate]:
        code = self._row_of.get(country.upper(), NONE8)
        rows = np.flatnonzero((self._places["country"] == code) & (self._places["kind"] == KINDS.index("admin1")))
        return (self._candidate(int(row)) for row in rows)

    def _rows(self, key: str) -> list[int]:
        number = self._trie.get(key)
        if number is None:
            return []
        value = int(self._name_rows[number])
        if not value & MANY:
            return [value]
        start = value & ~MANY
        count = int(self._name_lists[start])
        rows: list[int] = self._name_lists[start + 1 : start + 1 + count].tolist()
        return rows

    def _text(self, row: int) -> str:
        place = self._places.item(row)
        start, length = place[_NAME], place[_LENGTH]
        return str(self._bytes[start : start + length], "utf-8")

    def _region(self, row: int) -> str | None:
        if row == NONE16:
            return None
        name = self._regions.get(row)
        if name is None:
            name = self._regions[row] = self._text(row)
        return name

    def _candidate(self, row: int, form: str | None = None) -> Candidate:
        """The place of a row; ``form`` is the folded name that it was found by."""
        geonameid, population, lat, lon, start, length, kind, country, capital, admin1, admin2 = self._places.item(row)
        name = str(self._bytes[start : start + length], "utf-8")
        return Candidate(
            geonameid or None,
            name,
            KINDS[kind],
            None if country == NONE8 else self._codes[country],
            self._region(admin1),
            round(lat, 5),
            round(lon, 5),
            population or None,
            self._region(admin2),
            bool(capital),
            form is None or _fold(name) == form,
            row,
        )


@lru_cache(maxsize=20_000)
def _candidates(gazetteer: Gazetteer, key: str) -> tuple[Candidate, ...]:
    """The places filed under a folded name, or under the nearest form of it that is filed."""
    for form in _forms(key):
        rows = gazetteer._rows(form)
        if rows:
            return tuple(gazetteer._candidate(row, form) for row in rows)
    return ()


def _forms(key: str) -> Iterator[str]:
    """The folded name and, from the nearest to the farthest, other ways to file it."""
    yield key
    first, _, rest = key.partition(" ")
    if rest and first in _STARTS:
        yield f"{_STARTS[first]} {rest}"
    if rest and first in ("the", "city", "downtown", "greater", "metropolitan", "central"):
        yield rest.removeprefix("of ")
    if len(key) > 4 and ("а" <= key[-1] <= "я" or key[-1] == "і"):
        yield from (key.removesuffix(old) + new for old, new in _CYRILLIC_SHIFTS if key.endswith(old))
        for cut in (1, 2, 3):
            stem = key[:-cut]
            if len(stem) >= 3:
                yield from (stem + end for end in _CYRILLIC_ENDS)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with Tocsin, loaded once a process.

    Raises:
        DataError: a file under data/gazetteer/ is missing or of another build.
    """
    return Gazetteer()


def attribution() -> str:
    """The credit that the data's licences ask for; show it wherever places are published."""
    return (
        "Places: GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), "
        "reshaped, with names of countries from Unicode CLDR (Unicode License v3) and own additions."
    )
