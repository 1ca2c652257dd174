from __future__ import annotations

from importlib import resources

import pytest

from tocsin.errors import DataError
from tocsin.resources.linking import FEATURES, PLACE, load_linking, parse_linking
from tocsin.vocabulary import Factuality

SHIPPED = resources.files("tocsin").joinpath(PLACE).read_text(encoding="utf-8")


def test_the_shipped_rules_weigh_every_feature_and_never_join_denied_and_planned() -> None:
    rules = load_linking()
    assert set(rules.weights) == FEATURES
    assert (Factuality.DENIED, Factuality.PLANNED) not in rules.together
    assert rules.guard_days > rules.link_days


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("threshold: 0.7", "threshold: high", "threshold: 'high' is not a number"),
        ("feature: site", "feature: sight", "weights entry 3: 'sight' is no feature"),
        ("weight: 0.15", "weight: 15", "the weight 15 is not a number from -1 to 1"),
        ("[actual, possible]", "[actual, maybe]", "factuality entry 1"),
        ("[actual, possible]", "[actual]", "factuality entry 1"),
        ("weights:", "weight:", "weights: none for actor_kinds"),
        ("threshold: 0.7", "threshold: [", "not YAML"),
    ],
)
def test_a_wrong_entry_is_named(before: str, after: str, message: str) -> None:
    with pytest.raises(DataError, match=r"linking\.yaml") as caught:
        parse_linking(SHIPPED.replace(before, after, 1))
    assert message in str(caught.value)
