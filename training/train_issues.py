"""Learn what a demand's words say about its issue: one weight for each feature and issue, from annotated demands.

python -m training.train_issues            writes src/tocsin/data/lexicons/en/issue_weights.json
python -m training.train_issues --open-only --out out/issue_weights.json

A softmax regression with an L2 penalty over the first letters of words, of e2e train, the articles written for Tocsin and
the real ones annotated for it. It prints the share of right issues on articles that it did not see, gold words given.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.whole import Record
from tocsin.extract.demands import issue_features
from tocsin.vocabulary import Issue
from training.annotated import learnt_from, options, unseen
from training.logit import descend

TARGET = Path("src/tocsin/data/lexicons/en/issue_weights.json")
ISSUES = tuple(Issue)

RIDGE = 1.0  # of .3, 1, 3 and 8 the best on dev and dev_b together
LEAST = 2  # a feature seen once teaches nothing that holds elsewhere
MIN_WEIGHT = 0.03  # smaller ones change no decision
STEPS = 300

# Features of a demand, and its issue.
Told = tuple[frozenset[str], str]


def demands_of(records: Iterable[Record]) -> list[Told]:
    """Each demand of a document once, however many events it stands on."""
    seen: set[tuple[str, str, str]] = set()
    told = []
    for record in records:
        for event in record["events"]:
            for demand in event.get("demands") or ():
                key = (record["id"], demand["text"], demand["issue"])
                if key not in seen:
                    seen.add(key)
                    told.append((frozenset(issue_features(demand["text"], event["type"])), demand["issue"]))
    return told


def matrix(told: list[Told], names: list[str]) -> NDArray[np.float64]:
    """One row a demand, one column a feature."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(told), len(names)))
    for row, (features, _) in enumerate(told):
        x[row, [place[name] for name in features if name in place]] = 1
    return x


def learn(told: list[Told]) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the features, and their weights (features, issues), by Adam on the whole."""
    counts = Counter(name for features, _ in told for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    x = matrix(told, names)
    wanted = np.array([[float(issue == right) for issue in ISSUES] for _, right in told])

    def slope(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        down: NDArray[np.float64] = x.T @ (softmax(x @ weights) - wanted) + RIDGE * weights
        return down

    return names, descend(slope, (len(names), len(ISSUES)), 0.05, STEPS)


def softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of each row."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def main() -> None:
    """Learn, print how often the issue is right on unseen articles, write the weights."""
    args = options(__doc__, TARGET)
    told = demands_of(learnt_from(args.shared, open_only=args.open_only))
    names, weights = learn(told)
    print(f"{len(told)} demands, {len(names)} features")
    for name, kept in unseen(args.shared).items():
        cases = demands_of(kept)
        found = (matrix(cases, names) @ weights).argmax(axis=1)
        right = np.mean([ISSUES[i] == issue for i, (_, issue) in zip(found, cases, strict=True)])
        print(f"{name}: {right:.3f} of {len(cases)}")
    rows = {
        name: {issue.value: round(float(w), 2) for issue, w in zip(ISSUES, row, strict=True) if abs(w) >= MIN_WEIGHT}
        for name, row in zip(names, weights, strict=True)
    }
    about = json.dumps("Written by training/train_issues.py; see there.")
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    args.out.write_text(f'{{"about": {about}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
