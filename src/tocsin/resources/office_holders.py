"""Who held which office when, and others whom everybody knows: data/actors/office_holders.yaml."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.errors import DataError
from tocsin.resources.dated import Term, check_keys, read_terms, texts
from tocsin.resources.names import fold_name
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import ActorKind

PLACE = "data/actors/office_holders.yaml"
FORMER = "ELI"
"""PLOVER's code of those who held office once."""

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?")
# A point belongs to an initial or 'Jr.', not to the end of a sentence.
_AFTER_NAME = re.compile(r"(?<!\b\w)(?<!\bJr)\.$|['’]s?$")


@dataclass(frozen=True, slots=True)
class Office:
    """What an office makes of its holder: kind as in the codebook, code as PLOVER's."""

    name: str
    kind: ActorKind
    code: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the offices held; ``country`` is ISO 3166-1 alpha-2 or INT."""

    name: str
    country: str
    terms: tuple[Term, ...]
    offices: Mapping[str, Office]

    def office(self, day: dt.date | None) -> Office | None:
        """The office held on a day, the highest in the file's order if several; None before and between offices.

        Without a day: the office that has no end, or else none.
        """
        held = [t for t in self.terms if (t.end is None if day is None else t.holds(day))]
        order = list(self.offices)
        return min((self.offices[t.what] for t in held), key=lambda o: order.index(o.name), default=None)

    def code(self, day: dt.date | None) -> str:
        """PLOVER's code of the office held on a day; before the first that of the first, later the elite's."""
        office = self.office(day)
        if office is not None:
            return office.code
        first = min((t.start for t in self.terms if t.start), default=None)
        early = day is not None and first is not None and day < first
        return self.offices[self.terms[0].what].code if early else FORMER

    @property
    def kind(self) -> ActorKind:
        """The kind of the highest office ever held."""
        order = list(self.offices)
        return min((self.offices[t.what] for t in self.terms), key=lambda o: order.index(o.name)).kind


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text a holder is named."""

    start: int
    end: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class OfficeHolders:
    """All of them, by folded name."""

    names: Mapping[str, Holder]
    longest: int

    def named(self, name: str) -> Holder | None:
        """The holder of exactly this name, in any script and spelling that the file knows."""
        return self.names.get(fold_name(name))

    def find(self, text: str) -> tuple[Found, ...]:
        """Those named in a text, from left to right, the longest name first at each place."""
        words = [*_WORD.finditer(text)]
        found: list[Found] = []
        at = 0
        while at < len(words):
            # Most words are in lower case, and no name begins so but the Arabic ones with their article.
            if not words[at].group()[:1].isupper() and not text.startswith("al-", words[at].start()):
                at += 1
                continue
            for end in range(min(len(words), at + self.longest), at, -1):
                start, stop = words[at].start(), words[end - 1].end()
                said = _AFTER_NAME.sub("", text[start:stop])
                holder = self.names.get(fold_name(said)) if said else None
                if holder is not None:
                    found.append(Found(start, start + len(said), holder))
                    at = end
                    break
            else:
                at += 1
        return tuple(found)


@functools.cache
def load_office_holders() -> OfficeHolders:
    """Read and check the file, once.

    Raises:
        DataError: the file is missing or wrong; the message names the entry and what to do.
    """
    return check_office_holders(read_yaml(PLACE))


def check_office_holders(raw: Any, place: str = PLACE) -> OfficeHolders:
    """Turn the parsed file into OfficeHolders.

    Args:
        raw: what YAML makes of the file.
        place: what messages call it.

    Raises:
        DataError: an entry is wrong, or a name is two people's.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("offices"), dict) or not isinstance(raw.get("people"), dict):
        raise DataError(f"{place}: 'offices' or 'people' is missing. Write both as mappings.")
    offices = {str(name): _office(str(name), entry, f"{place}, {name}") for name, entry in raw["offices"].items()}
    names: dict[str, Holder] = {}
    for country, entries in raw["people"].items():
        for number, entry in enumerate(entries, 1):
            where = f"{place}, {country}, entry {number}"
            check_keys(entry, where, ("name", "offices"), ("also",))
            terms = read_terms(entry["offices"], where)
            if unknown := [term.what for term in terms if term.what not in offices]:
                raise DataError(f"{where}: {unknown[0]!r} is not an office. There are {', '.join(offices)}.")
            holder = Holder(str(entry["name"]), str(country), terms, offices)
            for name in (holder.name, *texts(entry, "also", where)):
                other = names.setdefault(fold_name(name), holder)
                if other.name != holder.name:
                    raise DataError(
                        f"{where}: {name!r} names {other.name} too. Keep it with one of them, or with none."
                    )
    return OfficeHolders(names, max(len(name.split()) for name in names))


def _office(name: str, entry: Any, where: str) -> Office:
    check_keys(entry, where, ("kind", "code"), ())
    if entry["kind"] not in tuple(ActorKind):
        raise DataError(f"{where}: {entry['kind']!r} is no kind of actor. Use one of {', '.join(ActorKind)}.")
    return Office(name, ActorKind(entry["kind"]), str(entry["code"]))
