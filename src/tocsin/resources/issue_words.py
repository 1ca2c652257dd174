"""What the words of a demand say about its issue: data/lexicons/<lang>/issue_weights.json."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from tocsin.errors import DataError
from tocsin.vocabulary import Issue


@dataclass(frozen=True, slots=True)
class IssueWords:
    """What training/train_issues.py learnt: for each feature of a demand a weight an issue."""

    weights: Mapping[str, Mapping[Issue, float]]

    def shares(self, features: Iterable[str]) -> dict[Issue, float]:
        """How probably a demand with these features is of each issue; even shares where none of them is known."""
        totals = dict.fromkeys(Issue, 0.0)
        for feature in features:
            for issue, weight in self.weights.get(feature, {}).items():
                totals[issue] += weight
        powers = {issue: math.exp(total) for issue, total in totals.items()}
        whole = sum(powers.values())
        return {issue: power / whole for issue, power in powers.items()}


@functools.cache
def load_issue_words(language: str = "en") -> IssueWords:
    """Read and check a language's issue_weights.json, once.

    Raises:
        DataError: the file is missing, is no JSON, or names an issue that the codebook does not have.
    """
    place = f"data/lexicons/{language}/issue_weights.json"
    try:
        raw = json.loads(resources.files("tocsin").joinpath(place).read_text(encoding="utf-8"))
        return IssueWords(
            {
                str(feature): {Issue(issue): float(weight) for issue, weight in row.items()}
                for feature, row in raw["weights"].items()
            }
        )
    except FileNotFoundError as error:
        raise DataError(f"{place} is missing. Run: python -m training.train_issues") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{place} cannot be read: {error!r}. Run: python -m training.train_issues") from error
