"""The rules that link reports: data/linking.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import combinations
from typing import Any

import yaml

from tocsin.errors import DataError
from tocsin.vocabulary import Factuality

PLACE = "data/linking.yaml"
FEATURES = frozenset(
    "settlement region site dates near_dates coarse_dates employer other_employer actors actor_kinds numbers".split()
)


@dataclass(frozen=True, slots=True)
class LinkingRules:
    """linking.yaml, checked: days as whole days, weights between -1 and 1, factualities in both orders."""

    threshold: float
    link_days: int
    guard_days: int
    coarse_days: int
    weights: Mapping[str, float]
    reasons: Mapping[str, str]
    together: frozenset[tuple[Factuality, Factuality]]
    empty_words: frozenset[str]


@functools.cache
def load_linking() -> LinkingRules:
    """Read and check linking.yaml, once.

    Raises:
        DataError: the file is missing or says something wrong; the message names the entry and the next step.
    """
    try:
        text = resources.files("tocsin").joinpath(PLACE).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(f"{PLACE} is missing. Reinstall tocsin.") from error
    return parse_linking(text)


def parse_linking(text: str) -> LinkingRules:
    """The rules that a YAML text says; DataError where it is wrong."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"{PLACE}: not YAML: {' '.join(str(error).split())}. Mend the file.") from error
    if not isinstance(raw, dict):
        raise DataError(f"{PLACE}: holds no keys. It needs threshold, weights and factuality, as shipped.")
    weights, reasons = _weights(raw)
    return LinkingRules(
        threshold=_number(raw, "threshold"),
        link_days=int(_number(raw, "link_days")),
        guard_days=int(_number(raw, "guard_days")),
        coarse_days=int(_number(raw, "coarse_days")),
        weights=weights,
        reasons=reasons,
        together=_together(raw),
        empty_words=frozenset(str(word).casefold() for word in raw.get("empty_words") or ()),
    )


def _number(raw: Mapping[str, Any], key: str) -> float:
    value = raw.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise DataError(f"{PLACE}, {key}: {value!r} is not a number from 0 up. Write for instance '{key}: 1'.")
    return float(value)


def _weights(raw: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, str]]:
    weights: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for number, entry in enumerate(raw.get("weights") or (), 1):
        place = f"{PLACE}, weights entry {number}"
        if not isinstance(entry, dict) or not {"feature", "weight", "why"} <= set(entry):
            raise DataError(f"{place}: needs the keys feature, weight and why.")
        feature, weight = entry["feature"], entry["weight"]
        if feature not in FEATURES:
            raise DataError(f"{place}: {feature!r} is no feature. There are: {', '.join(sorted(FEATURES))}.")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not -1 <= weight <= 1:
            raise DataError(f"{place}: the weight {weight!r} is not a number from -1 to 1.")
        weights[feature], reasons[feature] = float(weight), str(entry["why"])
    if missing := FEATURES - set(weights):
        raise DataError(f"{PLACE}, weights: none for {', '.join(sorted(missing))}. Add an entry; 0 switches one off.")
    return weights, reasons


def _together(raw: Mapping[str, Any]) -> frozenset[tuple[Factuality, Factuality]]:
    pairs = {(one, one) for one in Factuality}
    for number, entry in enumerate(raw.get("factuality") or (), 1):
        try:
            words = [Factuality(word) for word in entry]
        except (TypeError, ValueError):
            words = []
        if len(words) != 2:
            known = ", ".join(Factuality)
            raise DataError(f"{PLACE}, factuality entry {number}: {entry!r} is not a pair of: {known}.")
        for left, right in combinations(words, 2):
            pairs |= {(left, right), (right, left)}
    return frozenset(pairs)
