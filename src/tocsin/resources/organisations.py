"""Organisations known by name: data/actors/organisations.yaml."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.dated import Term, check_keys, read_terms, texts
from tocsin.resources.names import fold_name
from tocsin.resources.yaml_file import read_yaml

PLACE = "data/actors/organisations.yaml"
_WORD = re.compile(r"[^\W_]+(?:[-.'’&/][^\W_]+)*")
_OWNED = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: ``country`` is ISO 3166-1 alpha-2, EU, UN or INT; ``codes`` are PLOVER's, with their times.

    ``at`` is the town of its one plant, by a name that the gazetteer knows; None where it has several or none.
    """

    name: str
    country: str
    codes: tuple[Term, ...]
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in a text an organisation is named."""

    start: int
    end: int
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Organisations:
    """All of them, by folded name. A form in capitals stands only for words in capitals.

    ``longest`` is how many words a form may have; ``openings`` are the first words of all, folded.
    """

    forms: Mapping[str, tuple[tuple[str, Organisation], ...]]
    longest: int
    openings: frozenset[str]

    def find(self, text: str) -> tuple[Hit, ...]:
        """Those named in a text, from left to right, the longest name first at each place."""
        words = [*_WORD.finditer(text)]
        shouted = text.isupper() and len(words) > 1
        found: list[Hit] = []
        at = 0
        while at < len(words):
            hit = self._at(text, words, at, shouted)
            if hit is None:
                at += 1
                continue
            found.append(hit[0])
            at = hit[1]
        return tuple(found)

    def named(self, name: str) -> Organisation | None:
        """The one of exactly this name."""
        hits = self.find(name)
        return hits[0].organisation if len(hits) == 1 and hits[0].end - hits[0].start >= len(name) - 4 else None

    def _at(self, text: str, words: list[re.Match[str]], at: int, shouted: bool) -> tuple[Hit, int] | None:
        # Most words open no name at all.
        if not {_opening(words[at][0]), _opening(_OWNED.sub("", words[at][0]))} & self.openings:
            return None
        for end in range(min(len(words), at + self.longest), at, -1):
            start, stop = words[at].start(), words[end - 1].end()
            said = text[start:stop]
            for candidate in (said, _OWNED.sub("", said)):
                for form, organisation in self.forms.get(fold_name(candidate), ()):
                    if shouted or _fits(candidate, form):
                        return Hit(start, start + len(candidate), organisation), end
        return None


def _opening(name: str) -> str:
    """The first word of a folded name; 'the' opens any name."""
    return fold_name(name).partition(" ")[0]


def _fits(said: str, form: str) -> bool:
    """Whether words have the capitals that a form asks for: 'MAZ' is not 'Maz', 'Integral' is not 'integral'."""
    if form.isupper():
        return said.isupper()
    return not form[0].isupper() or said[0].isupper() or said[0].isdigit()


@functools.cache
def load_organisations() -> Organisations:
    """Read and check the file, once.

    Raises:
        DataError: the file is missing or wrong; the message names the entry and what to do.
    """
    return check_organisations(read_yaml(PLACE))


def check_organisations(raw: Any, place: str = PLACE) -> Organisations:
    """Turn the parsed file into Organisations.

    Args:
        raw: what YAML makes of the file.
        place: what messages call it.

    Raises:
        DataError: an entry is wrong, or two have the same name.
    """
    if not isinstance(raw, dict) or not raw:
        raise DataError(f"{place}: no countries in it. Write '\"BY\": [{{name: ..., code: ...}}]'.")
    forms: dict[str, tuple[tuple[str, Organisation], ...]] = {}
    owner: dict[tuple[str, bool], str] = {}
    for form, organisation, where in _entries(raw, place):
        key, shape = fold_name(form), (fold_name(form), form.isupper())
        if owner.setdefault(shape, organisation.name) != organisation.name:
            raise DataError(f"{where}: '{form}' is a name of {owner[shape]!r} too. Keep one of them.")
        # Capitals are asked first: 'RAW' before a word that begins so.
        forms[key] = tuple(sorted((*forms.get(key, ()), (form, organisation)), key=lambda pair: not pair[0].isupper()))
    longest = max(len(_WORD.findall(form)) for pairs in forms.values() for form, _ in pairs)
    return Organisations(forms, longest, frozenset(_opening(form) for form in forms) | {"the"})


def _entries(raw: dict[str, Any], place: str) -> Iterator[tuple[str, Organisation, str]]:
    for country, entries in raw.items():
        for number, entry in enumerate(entries, 1):
            where = f"{place}, {country}, entry {number}"
            check_keys(entry, where, ("name", "code"), ("also", "like", "at"))
            codes = read_terms(entry["code"], where)
            own = Organisation(str(entry["name"]), str(country), codes, entry.get("at"))
            for form in dict.fromkeys((own.name, *texts(entry, "also", where))):
                yield form, own, where
            for name in texts(entry, "like", where):
                first, *others = (form.strip() for form in name.split(" = "))
                other = Organisation(first, str(country), codes)
                for form in (first, *others):
                    yield form, other, where
