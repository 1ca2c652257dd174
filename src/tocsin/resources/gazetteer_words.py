"""What the place finder knows besides the gazetteer: words around names, homes of publishers, learned weights."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import yaml

from tocsin.errors import DataError
from tocsin.resources.gazetteer import FOLDER, Candidate, fold, load_gazetteer

_LISTS = ("prepositions", "generic", "directions", "sites", "titles", "not_places")


@dataclass(frozen=True, slots=True)
class NearCue:
    """Words before a name that put things beside the place, and the two sentences that test them."""

    cue: str
    finds: str
    skips: str


@dataclass(frozen=True, slots=True)
class ToponymWords:
    """The lists of toponym_words.yaml, folded; what each is for stands at the head of that file."""

    near: tuple[NearCue, ...]
    by_hand: Mapping[str, float]
    prepositions: frozenset[str]
    generic: frozenset[str]
    directions: frozenset[str]
    sites: frozenset[str]
    titles: frozenset[str]
    not_places: frozenset[str]


@functools.cache
def load_toponym_words() -> ToponymWords:
    """Read and check toponym_words.yaml.

    Raises:
        DataError: a list is missing, an entry is no text, or a cue lacks its sentences.
    """
    name = "data/gazetteer/toponym_words.yaml"
    data = _mapping("toponym_words.yaml")
    cues = []
    for number, entry in enumerate(data.get("near") or (), 1):
        if not isinstance(entry, dict) or set(entry) != {"cue", "finds", "skips"}:
            raise DataError(f"{name}, near, entry {number}: needs cue, finds and skips, and nothing else.")
        cues.append(NearCue(str(entry["cue"]), str(entry["finds"]), str(entry["skips"])))
    by_hand = data.get("by_hand")
    if not isinstance(by_hand, dict) or not all(isinstance(weight, int | float) for weight in by_hand.values()):
        raise DataError(f"{name}, by_hand: expected a number for each feature.")
    lists = {}
    for key in _LISTS:
        words = data.get(key)
        if not isinstance(words, list):
            raise DataError(f"{name}: the list {key!r} is missing. Write it as '{key}: [word, ...]'.")
        for number, word in enumerate(words, 1):
            if not isinstance(word, str):
                raise DataError(f"{name}, {key}, entry {number}: {word!r} is not text. Put it in quotes.")
        lists[key] = frozenset(map(fold, words))
    return ToponymWords(near=tuple(cues), by_hand=MappingProxyType(by_hand), **lists)


@functools.cache
def load_common_words() -> frozenset[str]:
    """Ordinary English words that are also names of places, small letters.

    Raises:
        DataError: common_words.txt is missing.
    """
    try:
        lines = (FOLDER / "common_words.txt").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"data/gazetteer/common_words.txt cannot be read ({error}). Install tocsin again.") from error
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@functools.cache
def load_place_weights() -> Mapping[str, Mapping[str, float]]:
    """The learned weights: model -> feature -> weight, as ``training/train_places.py`` wrote them.

    Raises:
        DataError: place_weights.json is missing or holds something else.
    """
    path = FOLDER / "place_weights.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return MappingProxyType({model: {str(k): float(v) for k, v in table.items()} for model, table in data.items()})
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise DataError(
            f"data/gazetteer/place_weights.json cannot be read ({error}). Run training/train_places.py to write it again."
        ) from error


@functools.cache
def load_place_confidence() -> Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]:
    """How often a place is right by its score: 'resolved' and 'beside' -> scores in rising order, and the chance at each.

    Raises:
        DataError: place_confidence.json is missing or holds something else.
    """
    path = FOLDER / "place_confidence.json"
    curves = {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        for kind in ("resolved", "beside"):
            scores, chances = (tuple(map(float, data[kind][part])) for part in ("scores", "chances"))
            if not scores or len(scores) != len(chances) or list(scores) != sorted(scores):
                raise ValueError(f"{kind}: as many chances as scores are needed, and scores in rising order")
            curves[kind] = (scores, chances)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"data/gazetteer/place_confidence.json cannot be read ({error}). Run training/calibrate_places.py to write it again."
        ) from error
    return MappingProxyType(curves)


@functools.cache
def _publishers() -> Mapping[str, tuple[str, ...]]:
    table = {}
    for name, home in _mapping("publishers.yaml").items():
        if not isinstance(home, list) or len(home) not in (1, 3) or not all(isinstance(part, str) for part in home):
            raise DataError(
                f"data/gazetteer/publishers.yaml, entry {name!r}: {home!r} is neither [country] nor "
                "[settlement, region, country]. Put the code NO in quotes."
            )
        table[_publisher_key(str(name))] = tuple(home)
    return MappingProxyType(table)


@functools.lru_cache(maxsize=4096)
def publisher_home(publisher: str | None, url: str | None = None) -> Candidate | None:
    """Where a publisher is at home: a settlement for a local paper, a country for a national one, None if unknown.

    Args:
        publisher: name or web host of the outlet.
        url: address of the document; its host is looked up too, last of all its top-level domain.

    Raises:
        DataError: publishers.yaml has an entry that is none, or names a place the gazetteer lacks.
    """
    gazetteer, hosts = load_gazetteer(), []
    for text in (url, publisher):
        host = _host(text)
        if host:
            hosts += [".".join(host.split(".")[i:]) for i in range(max(1, host.count(".")))]
    for key in [*hosts, publisher or ""]:
        home = _publishers().get(_publisher_key(key)) if key else None
        if home is None:
            continue
        if len(home) == 1:
            return gazetteer.country(home[0])
        town, region, country = home
        found = [c for c in gazetteer.candidates(town) if c.kind == "settlement" and c.country == country]
        inside = [c for c in found if c.admin1 == region]
        if not inside:
            known = ", ".join(sorted({c.admin1 or "" for c in found})) or "none"
            raise DataError(
                f"data/gazetteer/publishers.yaml, entry {key!r}: no {town} in {region}, {country}. Regions that have one: {known}."
            )
        return inside[0]
    for host in hosts:
        ending = host.rsplit(".", 1)[-1].upper()
        if len(ending) == 2 and ending not in ("TV", "ME", "CO", "IO", "FM", "AI", "LY", "TO", "CC", "WS"):
            return gazetteer.country("GB" if ending == "UK" else ending)
    return None


def _host(text: str | None) -> str:
    """The web host in an address or host name, lower case, '' if there is none."""
    if not text:
        return ""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host and " " not in host else ""


def _publisher_key(name: str) -> str:
    return fold(name).replace(" ", "").removeprefix("the")


def _mapping(file: str) -> dict[str, Any]:
    path = FOLDER / file
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"data/gazetteer/{file} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise DataError(f"data/gazetteer/{file}: expected names with values at the top, not {type(data).__name__}.")
    return data
