"""Measure how often a place is right by the ranker's score, and keep it as the curve that confidence is read from.

Run: python -m training.calibrate_places. Writes data/gazetteer/place_confidence.json. The ranker knows the train splits
it was trained on, so each of five folds of documents is scored by a ranker trained on the other four.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from benchmarks.place_confidence import Resolution, resolutions
from tocsin.locate.places_rank import FEATURES
from tocsin.resources.gazetteer import FOLDER
from training.calibration import Case, across_curve, calibration_error, fit_isotonic, fit_platt, fold_of, log_loss
from training.train_places import _cases, documents, fit, records

FOLDS = 5


def held_back() -> list[Resolution]:
    """The names of the train splits, each document resolved by a ranker that never saw it."""
    kept: dict[int, dict[str, list[Any]]] = {fold: defaultdict(list) for fold in range(FOLDS)}
    folds = []
    for name, record in records("train"):
        fold = fold_of(f"{name} {record['id']}", FOLDS)
        kept[fold][name].append(record)
        folds.append(fold)
    known = list(documents("train", empty=True))
    found: list[Resolution] = []
    for fold in range(FOLDS):
        others = [one for one, own in zip(known, folds, strict=True) if own != fold]
        first = fit(*_cases(others, None))
        second = fit(*_cases(others, first))
        weights = {
            "first": dict(zip(FEATURES, map(float, first), strict=True)),
            "second": dict(zip(FEATURES, map(float, second), strict=True)),
        }
        for name, own_records in kept[fold].items():
            found += resolutions(name, own_records, weights)
    return found


def main() -> None:
    """Fit the two curves, print their error on held-back documents, write the file."""
    path = FOLDER / "place_confidence.json"
    if not path.exists():  # answers need one; which does not matter here
        flat = {"scores": [0.0, 1.0], "chances": [0.0, 1.0]}
        path.write_text(json.dumps({"resolved": flat, "beside": flat}) + "\n", encoding="utf-8")
    found = held_back()
    resolved: list[Case] = [(one.document, one.score, one.right) for one in found if not one.beside]
    beside = [one.right for one in found if one.beside]
    right = [case[2] for case in resolved]
    for told, fitted in (("isotonic", fit_isotonic), ("platt", fit_platt)):
        shares = across_curve(resolved, fitted)
        print(f"{told}: log loss {log_loss(shares, resolved):.4f}, error {calibration_error(shares, right):.4f}")
    raw = [score for _, score, _ in resolved]
    print(f"score as it is: log loss {log_loss(raw, resolved):.4f}, error {calibration_error(raw, right):.4f}")
    chance = round((sum(beside) + 0.5) / (len(beside) + 1), 4)
    print(f"{len(resolved)} resolved, {len(beside)} beside a town that is right in {chance}")
    curves = {"resolved": fit_isotonic(resolved), "beside": {"scores": [0.5], "chances": [chance]}}
    path.write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
