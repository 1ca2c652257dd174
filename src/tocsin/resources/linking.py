"""The rules that link reports: data/linking.yaml, and what was learned from judged pairs: data/linking/."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from itertools import combinations
from typing import Any

import yaml

from tocsin.errors import DataError
from tocsin.vocabulary import EventType, Factuality

PLACE = "data/linking.yaml"
PAIRS, ARTICLES, WORDS = "data/linking/pairs.json", "data/linking/articles.json", "data/linking/words.json"
FEATURES = frozenset(
    """same_settlement near_settlement same_site other_site region_around country_around same_region same_country
    place_unknown same_dates dates_overlap next_day days_apart coarse_dates date_unknown published_apart other_type
    other_factuality same_employer other_employer same_union other_union same_actor other_actor actor_words
    other_names_act same_kind other_kind same_issue other_issue numbers_agree numbers_differ numbers_far same_number same_trigger
    words names_in_common same_quote near_copy same_meaning""".split()
)


@dataclass(frozen=True, slots=True)
class PairWeights:
    """A logistic score: log-odds are ``bias`` plus each feature's value times its weight."""

    bias: float
    of: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many of how many documents each stem stands; words in very few are left out."""

    documents: int
    having: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """What groups articles by the story they tell: weights, and log-odds for joining groups and for unscored pairs."""

    weights: PairWeights
    threshold: float
    unscored: float


@dataclass(frozen=True, slots=True)
class LinkingRules:
    """linking.yaml, checked, with the learned weights: days as whole days, weights in log-odds, pairs in both orders.

    ``by_hand`` names the features whose weight stands in linking.yaml; the others were learned.
    """

    threshold: float
    guard_days: int
    coarse_days: int
    near_km: float
    largest_block: int
    unscored: float
    name_rarity: float
    weights: PairWeights
    by_hand: frozenset[str]
    reasons: Mapping[str, str]
    together: frozenset[tuple[Factuality, Factuality]]
    types: frozenset[tuple[EventType, EventType]]
    empty_words: frozenset[str]
    words: WordCounts

    def with_weights(self, weights: PairWeights) -> LinkingRules:
        """The same rules with other weights, for fitting them."""
        return replace(self, weights=weights)


@functools.cache
def load_linking() -> LinkingRules:
    """Read and check linking.yaml, linking/pairs.json and linking/words.json, once.

    Raises:
        DataError: a file is missing or says something wrong; the message names the entry and the next step.
    """
    return parse_linking(_text(PLACE), _weights(PAIRS, _json(PAIRS)), load_words())


@functools.cache
def load_article_rules() -> ArticleRules:
    """Read and check linking/articles.json, once; DataError where it is wrong."""
    raw = _json(ARTICLES)
    return ArticleRules(
        _weights(ARTICLES, raw),
        _number(raw, "threshold", ARTICLES, signed=True),
        _number(raw, "unscored", ARTICLES, signed=True),
    )


@functools.cache
def load_words() -> WordCounts:
    """Read and check linking/words.json, once; DataError where it is wrong."""
    raw = _json(WORDS)
    having = raw.get("having")
    if not isinstance(having, dict) or not all(type(count) is int and count > 0 for count in having.values()):
        raise DataError(f"{WORDS}, having: needs a count from 1 up for each word. Run training/train_links.py.")
    return WordCounts(int(_number(raw, "documents", WORDS)), having)


def parse_linking(text: str, learned: PairWeights, words: WordCounts) -> LinkingRules:
    """The rules that a YAML text says, with learned weights and counts of words; DataError where it is wrong."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"{PLACE}: not YAML: {' '.join(str(error).split())}. Mend the file.") from error
    if not isinstance(raw, dict):
        raise DataError(f"{PLACE}: holds no keys. It needs threshold, features and factuality, as shipped.")
    by_hand, reasons = _features(raw)
    weights = {**learned.of, **by_hand}
    if missing := FEATURES - set(weights):
        raise DataError(
            f"{PLACE}, features: no weight for {', '.join(sorted(missing))}. Add 'weight', or fit it with "
            "training/train_links.py; 0 switches a feature off."
        )
    threshold = _number(raw, "threshold")
    if not 0 < threshold < 1:
        raise DataError(f"{PLACE}, threshold: {threshold} is no score. Write a number between 0 and 1.")
    return LinkingRules(
        threshold=threshold,
        guard_days=int(_number(raw, "guard_days")),
        coarse_days=int(_number(raw, "coarse_days")),
        near_km=_number(raw, "near_km"),
        largest_block=int(_number(raw, "largest_block")),
        unscored=_number(raw, "unscored", signed=True),
        name_rarity=_number(raw, "name_rarity"),
        weights=PairWeights(learned.bias, weights),
        by_hand=frozenset(by_hand),
        reasons=reasons,
        together=_together(raw, "factuality", Factuality),
        types=_together(raw, "types", EventType),
        empty_words=frozenset(str(word).casefold() for word in raw.get("empty_words") or ()),
        words=words,
    )


def _text(place: str) -> str:
    try:
        return resources.files("tocsin").joinpath(place).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(f"{place} is missing. Reinstall tocsin.") from error


def _json(place: str) -> dict[str, Any]:
    try:
        raw = json.loads(_text(place))
    except ValueError as error:
        raise DataError(f"{place}: not JSON: {error}. Run training/train_links.py.") from error
    if not isinstance(raw, dict):
        raise DataError(f"{place}: holds no keys. Run training/train_links.py.")
    return raw


def _number(raw: Mapping[str, Any], key: str, place: str = PLACE, *, signed: bool = False) -> float:
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or (value < 0 and not signed):
        kind = "a number" if signed else "a number from 0 up"
        raise DataError(f"{place}, {key}: {value!r} is not {kind}. Write for instance '{key}: 1'.")
    return float(value)


def _weights(place: str, raw: Mapping[str, Any]) -> PairWeights:
    found = raw.get("weights")
    if not isinstance(found, dict) or not all(type(value) in (int, float) for value in found.values()):
        raise DataError(f"{place}, weights: needs a number for each feature. Run training/train_links.py.")
    return PairWeights(_number(raw, "bias", place, signed=True), {name: float(value) for name, value in found.items()})


def _features(raw: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, str]]:
    by_hand: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for number, entry in enumerate(raw.get("features") or (), 1):
        place = f"{PLACE}, features entry {number}"
        if not isinstance(entry, dict) or not {"feature", "why"} <= set(entry):
            raise DataError(f"{place}: needs the keys feature and why.")
        feature, weight = entry["feature"], entry.get("weight")
        if feature not in FEATURES:
            raise DataError(f"{place}: {feature!r} is no feature. There are: {', '.join(sorted(FEATURES))}.")
        if weight is not None:
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not -10 <= weight <= 10:
                raise DataError(f"{place}: the weight {weight!r} is not a number from -10 to 10.")
            by_hand[feature] = float(weight)
        reasons[feature] = str(entry["why"])
    if missing := FEATURES - set(reasons):
        raise DataError(f"{PLACE}, features: none for {', '.join(sorted(missing))}. Add an entry that says why.")
    return by_hand, reasons


def _together(raw: Mapping[str, Any], key: str, kind: Any) -> frozenset[tuple[Any, Any]]:
    pairs = {(one, one) for one in kind}
    for number, entry in enumerate(raw.get(key) or (), 1):
        words = _known(entry, kind)
        if len(words) != 2:
            known = ", ".join(kind)
            raise DataError(f"{PLACE}, {key} entry {number}: {entry!r} is not a pair of: {known}.")
        for left, right in combinations(words, 2):
            pairs |= {(left, right), (right, left)}
    return frozenset(pairs)


def _known(entry: Any, kind: Any) -> list[Any]:
    if not isinstance(entry, Iterable) or isinstance(entry, str):
        return []
    try:
        return [kind(word) for word in entry]
    except ValueError:
        return []
