from __future__ import annotations

import json
from importlib import resources

import pytest

from tocsin.errors import DataError
from tocsin.link.article_features import ARTICLE_FEATURES
from tocsin.resources.linking import (
    FEATURES,
    PAIRS,
    PLACE,
    PairWeights,
    WordCounts,
    load_article_rules,
    load_linking,
    parse_linking,
)
from tocsin.vocabulary import EventType, Factuality

SHIPPED = resources.files("tocsin").joinpath(PLACE).read_text(encoding="utf-8")
LEARNED = json.loads(resources.files("tocsin").joinpath(PAIRS).read_text(encoding="utf-8"))["weights"]


def parse(text: str) -> object:
    return parse_linking(text, PairWeights(0.0, LEARNED), WordCounts(1, {}))


def test_the_shipped_rules_weigh_every_feature_and_never_join_denied_and_planned() -> None:
    rules = load_linking()
    assert set(rules.weights.of) == FEATURES == set(rules.reasons)
    assert (Factuality.DENIED, Factuality.PLANNED) not in rules.together
    assert (EventType.STRIKE, EventType.RIOT) not in rules.types
    assert rules.unscored < 0 < rules.guard_days


def test_every_weight_was_either_learned_or_set_by_hand() -> None:
    rules = load_linking()
    assert set(LEARNED) | rules.by_hand == FEATURES
    assert not set(LEARNED) & rules.by_hand


def test_the_shipped_article_weights_are_of_features_that_there_are() -> None:
    assert set(load_article_rules().weights.of) == set(ARTICLE_FEATURES)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("threshold: 0.5", "threshold: high", "threshold: 'high' is not a number"),
        ("threshold: 0.5", "threshold: 5", "threshold: 5.0 is no score"),
        ("feature: same_site", "feature: same_sight", "features entry 3: 'same_sight' is no feature"),
        ("weight: 1.2", "weight: 120", "the weight 120 is not a number from -10 to 10"),
        ("weight: 1.2, ", "", "no weight for same_site"),
        ("[actual, possible]", "[actual, maybe]", "factuality entry 1"),
        ("[actual, possible]", "[actual]", "factuality entry 1"),
        ("[demonstration, strike]", "[demonstration, stroke]", "types entry 1"),
        ("features:", "feature:", "features: none for"),
        ("threshold: 0.5", "threshold: [", "not YAML"),
    ],
)
def test_a_wrong_entry_is_named(before: str, after: str, message: str) -> None:
    assert before in SHIPPED
    with pytest.raises(DataError, match=r"linking\.yaml") as caught:
        parse(SHIPPED.replace(before, after, 1))
    assert message in str(caught.value)
