"""The rules that lay the accounts of an incident side by side: data/linking/accounts.yaml."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import ActorKind, EventType, QuantityRole

PLACE = "data/linking/accounts.yaml"

# How an outlet says whose text it prints: '(AFP)', '/TASS/' or 'INTERFAX -' near the beginning, '(AFP)' or '- AFP' at the end.
_HEAD, _TAIL = 160, 60

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: how it is called here, what credits call it, and a sentence that credits it and one that does not."""

    name: str
    names: tuple[str, ...]
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class PartRule:
    """Types that can be part of other types at the same place and time, and why."""

    parts: frozenset[EventType]
    wholes: tuple[EventType, ...]
    why: str


@dataclass(frozen=True, slots=True)
class AccountRules:
    """accounts.yaml, checked."""

    near_copy: float
    near_days: int
    silent_days: int
    growing: frozenset[QuantityRole]
    speaking_for: frozenset[str]
    organisers: frozenset[str]
    camps: Mapping[ActorKind, str]
    doer_disputed: frozenset[EventType]
    part_of: tuple[PartRule, ...]
    waves: frozenset[EventType]
    agencies: tuple[Agency, ...]

    def agency_of(self, text: str, publisher: str | None = None) -> str | None:
        """The agency that a text credits for itself, None if it credits none."""
        head, tail = text[:_HEAD], text[-_TAIL:]
        for agency in self.agencies:
            if publisher and publisher.casefold() in {name.casefold() for name in (agency.name, *agency.names)}:
                return agency.name
            for name in agency.names:
                # Most texts hold no agency's name at all: looking for the letters is ten times as fast.
                if name in head or name in tail or name.upper() in head:
                    begins, ends = _credits(name)
                    if begins.search(head) or ends.search(tail):
                        return agency.name
        return None


@functools.cache
def load_account_rules() -> AccountRules:
    """Read and check accounts.yaml, once.

    Raises:
        DataError: the file is missing or says something wrong; the message names the entry and the next step.
    """
    return parse_account_rules(read_yaml(PLACE))


def parse_account_rules(raw: Any) -> AccountRules:
    """The rules that parsed YAML says; DataError where it is wrong."""
    if not isinstance(raw, dict):
        raise DataError(f"{PLACE}: holds no keys. It needs near_copy, growing and agencies, as shipped.")
    near_copy = _number(raw, "near_copy")
    if not 0 < near_copy <= 1:
        raise DataError(f"{PLACE}, near_copy: {near_copy:g} is no share. Write a number above 0 and up to 1.")
    camps = raw.get("camps")
    if not isinstance(camps, dict):
        raise DataError(f"{PLACE}, camps: needs a list of actor kinds for each camp.")
    return AccountRules(
        near_copy=near_copy,
        near_days=int(_number(raw, "near_days")),
        silent_days=int(_number(raw, "silent_days")),
        growing=frozenset(_words(raw, "growing", QuantityRole)),
        speaking_for=_texts(raw, "speaking_for"),
        organisers=_texts(raw, "organisers"),
        camps={kind: str(camp) for camp in camps for kind in _words(camps, camp, ActorKind, "camps, ")},
        doer_disputed=frozenset(_words(raw, "doer_disputed", EventType)),
        part_of=tuple(_part_rule(entry, number) for number, entry in enumerate(_list(raw, "part_of"), 1)),
        waves=frozenset(_words(raw, "waves", EventType)),
        agencies=tuple(_agency(entry, number) for number, entry in enumerate(_list(raw, "agencies"), 1)),
    )


@functools.cache
def _credits(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = re.escape(name)
    # A bare name is a credit only in capitals before a dash, so that 'TASS bread plant' is none.
    begins = rf"[(\[/]{word}[)\]/]|\bBy {word}\b|(?:^|\. ){word.upper()} ?[-–—]"
    return re.compile(begins), re.compile(rf"(?:[(\[/]{word}[)\]/]|[-–—] ?{word})\.?\s*$")


def _part_rule(entry: Any, number: int) -> PartRule:
    place = f"part_of entry {number}, "
    if not isinstance(entry, dict) or not {"parts", "wholes", "why"} <= set(entry):
        raise DataError(f"{PLACE}, part_of entry {number}: needs the keys parts, wholes and why.")
    parts, wholes = _words(entry, "parts", EventType, place), _words(entry, "wholes", EventType, place)
    return PartRule(frozenset(parts), tuple(wholes), str(entry["why"]))


def _agency(entry: Any, number: int) -> Agency:
    if not isinstance(entry, dict) or not {"agency", "names", "finds", "skips"} <= set(entry):
        raise DataError(f"{PLACE}, agencies entry {number}: needs the keys agency, names, finds and skips.")
    names = tuple(str(name) for name in _list(entry, "names", f"agencies entry {number}, "))
    return Agency(str(entry["agency"]), names, str(entry["finds"]), str(entry["skips"]))


def _number(raw: Mapping[str, Any], key: str) -> float:
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise DataError(f"{PLACE}, {key}: {value!r} is not a number from 0 up. Write for instance '{key}: 1'.")
    return float(value)


def _list(raw: Mapping[str, Any], key: str, place: str = "") -> list[Any]:
    value = raw.get(key)
    if not isinstance(value, list) or not value:
        raise DataError(f"{PLACE}, {place}{key}: needs a list. Write for instance '{key}: [one, other]'.")
    return value


def _texts(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in _list(raw, key))


def _words(raw: Mapping[str, Any], key: str, kind: type[_Word], place: str = "") -> list[_Word]:
    return [_word(word, kind, f"{place}{key}") for word in _list(raw, key, place)]


def _word(word: Any, kind: type[_Word], place: str) -> _Word:
    known: Iterable[str] = [value.value for value in kind]
    if word not in known:
        raise DataError(f"{PLACE}, {place}: {word!r} is not one of: {', '.join(known)}.")
    return kind(word)
