"""The lexicon of time expressions: word tables, cues and feasts of one language."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from tocsin.errors import DataError

_FOLDER = "data/lexicons"


@dataclass(frozen=True, slots=True)
class DateCue:
    """One template of a time expression, the rule that reads it, and the two sentences that test it."""

    cue: str
    reads: str
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class Election:
    """Elections of one kind in one country, with the days they were held, in order."""

    where: tuple[str, ...]
    kinds: tuple[str, ...]
    held: tuple[dt.date, ...]
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """Everything a language says about time. Tables map a word, lower case, to its value as text."""

    language: str
    words: Mapping[str, Mapping[str, str]]
    cues: tuple[DateCue, ...]
    feasts: Mapping[str, str]
    counted: frozenset[str]
    verb_before: frozenset[str]
    before_date: frozenset[str]
    aged: frozenset[str]
    rate_before: frozenset[str]
    intends: frozenset[str]
    ahead: frozenset[str]
    back: frozenset[str]
    leads: frozenset[str] = frozenset()
    puts_off: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    arranges: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    before_clock: frozenset[str] = frozenset()
    elections: tuple[Election, ...] = ()


@functools.cache
def load_date_lexicon(language: str = "en") -> DateLexicon | None:
    """Read and check ``dates.yaml``, ``dates_holidays.yaml`` and ``dates_elections.yaml`` of a language.

    Returns:
        The lexicon, or None where the language has no date lexicon.

    Raises:
        DataError: a file is not what it should be; the message names file, entry and next step.
    """
    if not language.isalpha():
        return None
    folder = resources.files("tocsin").joinpath(_FOLDER, language)
    source = folder.joinpath("dates.yaml")
    if not source.is_file():
        return None
    name = f"{_FOLDER}/{language}/dates.yaml"
    data = _mapping(source.read_text(encoding="utf-8"), name)
    words = {
        table: {str(word).lower(): str(value) for word, value in _table(entries, f"{name}, words.{table}").items()}
        for table, entries in _table(data.get("words"), f"{name}, words").items()
    }
    feasts_source = folder.joinpath("dates_holidays.yaml")
    feasts: dict[str, str] = {}
    if feasts_source.is_file():
        holidays = f"{_FOLDER}/{language}/dates_holidays.yaml"
        for number, entry in enumerate(_mapping(feasts_source.read_text(encoding="utf-8"), holidays).get("feasts", [])):
            feast = _table(entry, f"{holidays}, entry {number + 1}")
            if not isinstance(feast.get("cue"), str) or not isinstance(feast.get("falls"), str):
                raise DataError(f"{holidays}, entry {number + 1}: needs the texts 'cue' and 'falls'. Add them.")
            feasts[feast["cue"].lower()] = feast["falls"]
    words["feast"] = dict.fromkeys(feasts, "")
    return DateLexicon(
        language=language,
        words=words,
        cues=tuple(_cue(entry, f"{name}, entry {n + 1}") for n, entry in enumerate(data.get("patterns", []))),
        feasts=feasts,
        counted=_word_set(data, "counted", name),
        verb_before=_word_set(data, "verb_before", name),
        before_date=_word_set(data, "before_date", name),
        aged=_word_set(data, "aged", name),
        rate_before=_word_set(data, "rate_before", name),
        intends=_word_set(data, "intends", name),
        ahead=_word_set(data, "ahead", name),
        back=_word_set(data, "back", name),
        leads=_word_set(data, "leads", name),
        puts_off=_word_set(data, "puts_off", name),
        grants=_word_set(data, "grants", name),
        arranges=_word_set(data, "arranges", name),
        opens=_word_set(data, "opens", name),
        before_clock=_word_set(data, "before_clock", name),
        elections=read_elections(folder.joinpath("dates_elections.yaml"), f"{_FOLDER}/{language}/dates_elections.yaml"),
    )


def read_elections(source: Traversable, name: str) -> tuple[Election, ...]:
    """Read and check an elections file; () where there is none. ``name`` is for messages.

    Raises:
        DataError: an entry lacks a key, or its days are not in order.
    """
    if not source.is_file():
        return ()
    found = []
    for number, entry in enumerate(_mapping(source.read_text(encoding="utf-8"), name).get("elections", []), 1):
        where = f"{name}, entry {number}"
        fields = _table(entry, where)
        held = fields.get("held")
        if not isinstance(held, list) or not held or not all(isinstance(day, dt.date) for day in held):
            raise DataError(f"{where}: 'held' needs a list of days. Write it as held: [2020-08-09].")
        if held != sorted(held):
            raise DataError(f"{where}: the days of 'held' are not in order. Put the oldest first.")
        if not all(isinstance(fields.get(key), str) for key in ("finds", "skips")):
            raise DataError(f"{where}: needs the texts 'finds' and 'skips'. Add them.")
        names, kinds = (tuple(sorted(_word_set(fields, key, where))) for key in ("where", "kinds"))
        if not names or not kinds:
            raise DataError(f"{where}: needs the lists 'where' and 'kinds'. Add them.")
        found.append(Election(names, kinds, tuple(held), fields["finds"], fields["skips"]))
    return tuple(found)


def _mapping(text: str, name: str) -> dict[str, Any]:
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise DataError(f"{name}: not readable as YAML ({str(error).splitlines()[0]}). Fix the file.") from error
    return _table(data, name)


def _table(data: object, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise DataError(f"{where}: expected 'key: value' lines, found {type(data).__name__}. Fix the entry.")
    return data


def _word_set(data: Mapping[str, Any], key: str, name: str) -> frozenset[str]:
    words = data.get(key, [])
    if not isinstance(words, list):
        raise DataError(f"{name}, {key}: expected a list of words, found {type(words).__name__}. Fix the list.")
    # YAML reads a bare 'on' or 'no' as a truth value.
    return frozenset("on" if word is True else "no" if word is False else str(word) for word in words)


def _cue(entry: object, where: str) -> DateCue:
    fields = _table(entry, where)
    wrong = [key for key in ("cue", "reads", "finds", "skips") if not isinstance(fields.get(key), str)]
    if wrong:
        raise DataError(f"{where}: '{wrong[0]}' is missing or no text. Each entry needs cue, reads, finds and skips.")
    return DateCue(fields["cue"], fields["reads"], fields["finds"], fields["skips"])
