"""Words that tell an actor's kind or a labour event's sector: data/lexicons/<lang>/actors.yaml and sectors.yaml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tocsin.errors import DataError
from tocsin.resources.yaml_file import read_yaml
from tocsin.vocabulary import ActorKind

MATCHES = ("word", "suffix", "name", "whole")
SECTORS = (
    "Agriculture, forestry and fishing",
    "Mining and quarrying",
    "Manufacturing",
    "Electricity, gas, steam and air conditioning supply",
    "Water supply; sewerage, waste management and remediation activities",
    "Construction",
    "Wholesale and retail trade; repair of motor vehicles and motorcycles",
    "Transportation and storage",
    "Accommodation and food service activities",
    "Information and communication",
    "Financial and insurance activities",
    "Real estate activities",
    "Professional, scientific and technical activities",
    "Administrative and support service activities",
    "Public administration and defence; compulsory social security",
    "Education",
    "Human health and social work activities",
    "Arts, entertainment and recreation",
    "Other service activities",
    "Activities of households as employers",
    "Activities of extraterritorial organizations and bodies",
)
"""The sections of ISIC Rev. 4 (United Nations 2008, Statistical Papers M 4/Rev. 4), A to U."""

_TOKEN = re.compile(r"\d+(?:,\d+)+|[^\W_]+|[,;:()/&]")
_DOTTED = re.compile(r"\b\w(?:\.\w)+\b\.?")
_POSSESSIVE = re.compile(r"['’‘`´]+s\b|['’‘`´]")
_IRREGULAR = {"child": "children", "woman": "women", "man": "men", "person": "people", "wife": "wives"}


@dataclass(frozen=True, slots=True)
class ActorCue:
    """Words that make an actor one kind, and the phrases that show it.

    ``yields`` lists kinds that win where a word of theirs stands beside this one: 'leaders' says party by itself,
    'union leaders' is the union. ``needs`` lists kinds without which the cue says nothing. ``adjective`` marks words
    that describe more often than they name. ``score`` is the share of gold actors with this cue that are of its kind.
    """

    cues: tuple[str, ...]
    kind: ActorKind
    match: str
    score: float
    finds: str
    skips: str
    where: str  # file and entry, for messages
    yields: frozenset[ActorKind] = frozenset()
    needs: frozenset[ActorKind] = frozenset()
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class SectorCue:
    """Words that put a labour event into one ISIC section, and the sentences that show it.

    ``weight`` is 2 for words that settle the section, 1 for words that only hint at it.
    """

    cues: tuple[str, ...]
    sector: str
    match: str
    weight: int
    finds: str
    skips: str
    where: str  # file and entry, for messages


Entry = TypeVar("Entry", ActorCue, SectorCue)


@dataclass(frozen=True, slots=True)
class Words:
    """A text as words: lower case for looking up, as written for names. Marks like ',' and '(' count as words."""

    lower: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit(Generic[Entry]):
    """A cue found at words ``[start, end)``."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[Entry]):
    """One language's checked entries, compiled for looking up."""

    entries: tuple[Entry, ...]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...] | None, Entry], ...]]  # words -> (shape of a name, entry)
    suffixes: tuple[tuple[str, Entry], ...]  # longest first
    endings: tuple[str, ...]
    openers: Mapping[str, int]  # first word of a cue -> words in the longest cue that it opens

    def find(self, words: Words) -> list[Hit[Entry]]:
        """Every cue in the words, left to right, none overlapping; the longest cue wins at each place."""
        hits: list[Hit[Entry]] = []
        lower, at = words.lower, 0
        while at < len(lower):
            hit = self._longest(words, at) if lower[at] in self.openers else None
            if hit is None and lower[at].endswith(self.endings):
                entry = next(entry for suffix, entry in self.suffixes if lower[at].endswith(suffix))
                hit = Hit(at, at + 1, entry)
            if hit is None:
                at += 1
            else:
                hits.append(hit)
                at = hit.end
        return hits

    def _longest(self, words: Words, at: int) -> Hit[Entry] | None:
        for length in range(min(self.openers[words.lower[at]], len(words.lower) - at), 0, -1):
            for shape, entry in self.phrases.get(" ".join(words.lower[at : at + length]), ()):
                if shape is not None and not _written_like(words.written[at : at + length], shape):
                    continue
                if entry.match == "whole" and (
                    at + length < len(words.lower) or words.lower[:at] not in ((), ("the",))
                ):
                    continue
                return Hit(at, at + length, entry)
        return None


ActorLexicon = Lexicon[ActorCue]
SectorLexicon = Lexicon[SectorCue]


def split_words(text: str) -> Words:
    """The words of a text: hyphens part words, possessives and the dots of 'U.S.' go."""
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    written = tuple(_TOKEN.findall(_POSSESSIVE.sub("", text)))
    return Words(tuple(word.lower() for word in written), written)


@functools.cache
def load_actor_lexicon(language: str = "en") -> ActorLexicon:
    """Read and check a language's actors.yaml, once.

    Raises:
        DataError: the file is missing, is no YAML, or an entry is wrong; the message names file, entry and next step.
    """
    place = f"data/lexicons/{language}/actors.yaml"
    return check_actor_lexicon(read_yaml(place), place)


@functools.cache
def load_sector_lexicon(language: str = "en") -> SectorLexicon:
    """Read and check a language's sectors.yaml, once.

    Raises:
        DataError: the file is missing, is no YAML, or an entry is wrong; the message names file, entry and next step.
    """
    place = f"data/lexicons/{language}/sectors.yaml"
    return check_sector_lexicon(read_yaml(place), place)


def check_actor_lexicon(raw: Any, place: str) -> ActorLexicon:
    """Turn the parsed file into an ActorLexicon.

    Args:
        raw: what YAML made of the file: a list of entries.
        place: the file's name for messages.

    Raises:
        DataError: an entry is wrong, or a cue stands in two entries.
    """
    return _compile([_actor_cue(entry, where) for entry, where in _numbered(raw, place)])


def check_sector_lexicon(raw: Any, place: str) -> SectorLexicon:
    """Turn the parsed file into a SectorLexicon.

    Args:
        raw: what YAML made of the file: a list of entries.
        place: the file's name for messages.

    Raises:
        DataError: an entry is wrong, or a cue stands in two entries.
    """
    return _compile([_sector_cue(entry, where) for entry, where in _numbered(raw, place)])


def _numbered(raw: Any, place: str) -> list[tuple[Any, str]]:
    if not isinstance(raw, list) or not raw:
        raise DataError(f"{place}: a list of entries is expected. Begin each entry with '- cues:'.")
    return [(entry, f"{place}, entry {number}") for number, entry in enumerate(raw, 1)]


def _actor_cue(entry: Any, where: str) -> ActorCue:
    _check_keys(entry, where, ("cues", "kind", "score", "finds", "skips"), ("match", "yields", "needs", "adjective"))
    yields = tuple(ActorKind) if entry.get("yields") == "all" else _kinds(entry.get("yields", []), where)
    score = entry["score"]
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise DataError(f"{where}: {score!r} is no score. Write a number from 0 to 1.")
    return ActorCue(
        _cues(entry["cues"], where),
        _kinds([entry["kind"]], where)[0],
        _match(entry, where),
        float(score),
        _phrase(entry, "finds", where),
        _phrase(entry, "skips", where),
        where,
        frozenset(yields),
        frozenset(_kinds(entry.get("needs", []), where)),
        entry.get("adjective") is True,
    )


def _sector_cue(entry: Any, where: str) -> SectorCue:
    _check_keys(entry, where, ("cues", "sector", "finds", "skips"), ("match", "weight"))
    if entry["sector"] not in SECTORS:
        raise DataError(f"{where}: {entry['sector']!r} is no section of ISIC. There are: {' | '.join(SECTORS)}.")
    if entry.get("weight", 2) not in (1, 2):
        raise DataError(f"{where}: {entry['weight']!r} is no weight. Use 2 for words that settle it, 1 for hints.")
    return SectorCue(
        _cues(entry["cues"], where),
        entry["sector"],
        _match(entry, where),
        entry.get("weight", 2),
        _phrase(entry, "finds", where),
        _phrase(entry, "skips", where),
        where,
    )


def _check_keys(entry: Any, where: str, needed: Sequence[str], optional: Sequence[str]) -> None:
    if not isinstance(entry, dict):
        raise DataError(f"{where}: not a mapping. Write 'cues: [...]' and the other keys below it.")
    if missing := [key for key in needed if entry.get(key) in (None, "", [])]:
        raise DataError(f"{where}: '{missing[0]}' is missing. Each entry needs {', '.join(needed)}.")
    if unknown := sorted(str(key) for key in entry if key not in (*needed, *optional)):
        raise DataError(f"{where}: '{unknown[0]}' is not a key. There are {', '.join((*needed, *optional))}.")


def _cues(cues: Any, where: str) -> tuple[str, ...]:
    # YAML reads a bare 'no' or 'on' as a truth value and '1' as a number.
    if not isinstance(cues, list) or not all(isinstance(cue, str) and split_words(cue).lower for cue in cues):
        raise DataError(
            f"{where}: 'cues' is no list of words. Write cues: [police, riot police], in quotes if need be."
        )
    return tuple(cues)


def _kinds(kinds: Any, where: str) -> tuple[ActorKind, ...]:
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if wrong := [kind for kind in kinds if kind not in tuple(ActorKind)]:
        raise DataError(f"{where}: {wrong[0]!r} is no kind of actor. Use one of {', '.join(ActorKind)}.")
    return tuple(ActorKind(kind) for kind in kinds)


def _match(entry: Mapping[str, Any], where: str) -> str:
    match = entry.get("match", "word")
    if match not in MATCHES:
        raise DataError(f"{where}: {match!r} is no match. Use one of {', '.join(MATCHES)}.")
    return str(match)


def _phrase(entry: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(entry[key], str):
        raise DataError(f"{where}: '{key}' is no text. Put the phrase in quotes.")
    return str(entry[key])


def _compile(entries: Sequence[Entry]) -> Lexicon[Entry]:
    phrases: dict[str, list[tuple[tuple[str, ...] | None, Entry]]] = {}
    suffixes: dict[str, Entry] = {}
    seen: dict[tuple[str, str], Entry] = {}
    plurals: list[tuple[str, Entry]] = []
    for entry in entries:
        for cue in entry.cues:
            words = split_words(cue)
            key = " ".join(words.lower)
            other = seen.setdefault((entry.match, key), entry)
            if other is not entry:
                raise DataError(
                    f"{entry.where}: '{cue}' stands in {other.where.rsplit(', ')[-1]} too. Keep one of them."
                )
            if entry.match == "suffix":
                suffixes[key] = entry
            elif entry.match == "name" or cue.isupper():
                # Names are tried first: 'DA' as written before 'da' in any case.
                phrases.setdefault(key, []).insert(0, (words.written, entry))
            else:
                phrases.setdefault(key, []).append((None, entry))
                *before, last = words.lower
                plurals.append((" ".join([*before, _plural(last)]), entry))
    for plural, entry in plurals:
        # Words as listed come before plurals made here: 'isis' is not several of 'isi'.
        if all(shape is not None for shape, _ in phrases.setdefault(plural, [])):
            phrases[plural].append((None, entry))
    openers: dict[str, int] = {}
    for phrase in phrases:
        first, *rest = phrase.split(" ")
        openers[first] = max(openers.get(first, 0), 1 + len(rest))
    ordered = tuple(sorted(suffixes.items(), key=lambda item: (-len(item[0]), item[0])))
    return Lexicon(
        tuple(entries),
        {phrase: tuple(readings) for phrase, readings in phrases.items()},
        ordered,
        tuple(suffix for suffix, _ in ordered),
        openers,
    )


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("man", "person")) and noun not in ("german", "human", "roman", "muslim"):
        return noun[:-3] + "men" if noun.endswith("man") else noun[:-6] + "persons"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _written_like(written: Sequence[str], shape: Sequence[str]) -> bool:
    """Whether words have the capitals of a name: 'DA' throughout, 'Congress' at the start, 'of' needs none."""
    return all(
        word == form if form.isupper() and len(form) > 1 else not form[0].isupper() or word[0].isupper()
        for word, form in zip(written, shape, strict=True)
    )
