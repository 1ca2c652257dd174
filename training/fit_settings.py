"""Fit what stands between the encoder and the record: weights of evidence and thresholds, kept in the model's card.

The encoder is trained on e2e train; its probabilities on those articles are too good to fit thresholds on, so these
few numbers are fitted on e2e dev and dev_b. ``--across`` shows what that costs: fitted on one, measured on the other.

python -m training.fit_settings --model src/tocsin/data/models/events --write
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tocsin.errors import BadDate
from tocsin.export.record import document_record
from tocsin.extract.events import assemble_reports, read_triggers
from tocsin.extract.member import mention_features, rivals
from tocsin.extract.when import date_features
from tocsin.extract.where import place_features
from tocsin.pipeline import load_coder
from tocsin.read import parse_published, read_text
from tocsin.resources.knowledge import load_knowledge
from tocsin.resources.models import EventModel, load_event_model
from tocsin.vocabulary import Coded, Span

# Each setting with the values tried, in the order tried. Coarse on purpose: 226 events cannot tell finer ones apart.
GRID: list[tuple[str, str, list[float]]] = [
    ("mention", "event", [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7]),
    ("mention", "keep", [0.2, 0.3, 0.4, 0.5]),
    ("group", "evidence", [0.1, 0.15, 0.2, 0.3, 0.4]),
    ("group", "sure", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
    ("place", "floor", [0.05, 0.1, 0.2, 0.3, 0.4]),
    ("place", "site", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]),
    ("place", "listed", [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
    ("date", "floor", [0.1, 0.2, 0.3, 0.4, 0.5]),
    ("actors", "floor", [0.25, 0.3, 0.4, 0.5]),
    ("actors", "keep", [0.2, 0.25, 0.3, 0.4, 0.5]),
    ("actors", "second", [0.5, 0.6, 0.7, 0.8, 0.9]),
    ("actors", "by_kind", [0.3, 0.4, 0.5, 0.6, 0.7, 2.0]),
    ("quantities", "read", [0.3, 0.4, 0.5, 0.6, 0.7]),
    ("quantities", "agree", [0.1, 0.15, 0.2, 0.3, 0.4]),
    ("quantities", "outside", [0.0, 0.2, 0.4, 1.0]),
    ("sources", "author", [0.3, 0.5, 0.7]),
]

THRESHOLDS = {name for _, name, _ in GRID}


def scorer(shared: Path) -> ModuleType:
    """The scorer of whole records, from the gold sets' folder."""
    folder = shared / "benchmarks" / "scorers"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score_e2e", folder / "score_e2e.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}/score_e2e.py is not there; the gold sets lie beside the project, in ../shared.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(shared: Path, split: str, model: EventModel) -> list[dict[str, Any]]:
    """Each record with its parse, mentions and readings: all that settings do not touch."""
    coder = load_coder()
    rows = []
    for line in (shared / "benchmarks" / "e2e" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        try:
            published = parse_published(record["published"])
        except BadDate:
            published = None
        parse = coder.parse(read_text(record["text"], published=published, publisher=record["publisher"]))
        rows.append(
            {"gold": record, "parse": parse, "mentions": coder.mentions(parse), "read": read_triggers(parse, model)}
        )
    return rows


def predictions(rows: list[dict[str, Any]], settings: dict[str, Any]) -> dict[str, Any]:
    """What the settings make of the readings, as the scorer takes it."""
    made = {}
    for row in rows:
        reports = assemble_reports(row["parse"], row["mentions"], row["read"], settings, load_knowledge())
        made[row["gold"]["id"]] = {"events": document_record(Coded(row["parse"].document, reports))["events"]}
    return made


def worth(module: ModuleType, rows: list[dict[str, Any]], settings: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """What is maximised: event F1, twice row precision, row recall, and a quarter of what only the fields show."""
    result = module.score({row["gold"]["id"]: row["gold"] for row in rows}, predictions(rows, settings))
    fields = result["fields"]
    told = sum(fields.get(name, 0.0) for name in ("date", "place", "initiator", "target", "source_kind_f1")) / 5
    total = result["event"]["f1"] + 2 * result["rows"]["precision"] + result["rows"]["recall"]
    return total + 0.25 * (told + result["quantities"]["f1"]), result


def logistic(rows: list[tuple[dict[str, float], bool]], ridge: float) -> dict[str, float]:
    """Weights of a logistic regression, by Newton's method; the ridge keeps it from running away where data are few."""
    names = sorted({name for features, _ in rows for name in features})
    x = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for features, _ in rows])
    y = np.array([float(right) for _, right in rows])
    weights = np.zeros(len(names) + 1)
    penalty = ridge * np.eye(len(weights))
    penalty[0, 0] = 0.01
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        weights += np.linalg.solve(hessian, x.T @ (y - p) - penalty @ weights)
    return {"bias": round(float(weights[0]), 4)} | {
        n: round(float(w), 4) for n, w in zip(names, weights[1:], strict=True)
    }


def fit_weights(module: ModuleType, rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Three regressions: is this mention an event of its type, is this toponym its place, is this expression its date."""
    mention: list[tuple[dict[str, float], bool]] = []
    place: list[tuple[dict[str, float], bool]] = []
    date: list[tuple[dict[str, float], bool]] = []
    for row in rows:
        parse, text = row["parse"], row["gold"]["text"]
        gold = [(event, [Span(*span) for span in module.spans(event, text)]) for event in row["gold"]["events"]]
        for (trigger, reading), rival in zip(row["read"], rivals([t for t, _ in row["read"]]), strict=True):
            sentence = parse.sentences[trigger.sentence].span
            same = [
                (e, spans)
                for e, spans in gold
                if e["type"] == trigger.type and any(s.overlaps(sentence) for s in spans)
            ]
            mention.append((mention_features(trigger, reading, rival), bool(same)))
            exact = [e for e, spans in same if spans and spans[0].overlaps(trigger.span)] or [e for e, _ in same]
            for toponym in row["mentions"].toponyms if exact else ():
                if toponym.place is None:
                    continue
                told = {"name": toponym.place.name, "lat": toponym.place.latitude, "lon": toponym.place.longitude}
                right = any(module.place_right(e["place"], told) for e in exact)
                place.append((place_features(parse, trigger, reading, toponym, row["mentions"].toponyms), right))
            for found in row["mentions"].dates if exact else ():
                if found.interval is None or found.kind in ("duration", "set"):
                    continue
                told = {
                    "start": found.interval.start and found.interval.start.isoformat(),
                    "end": found.interval.end and found.interval.end.isoformat(),
                    "precision": found.interval.precision.value,
                }
                right = any(e["date"]["precision"] != "unknown" and module.date_right(e["date"], told) for e in exact)
                date.append((date_features(parse, trigger, reading, found), right))
    return {"mention": logistic(mention, 0.5), "place": logistic(place, 1.0), "date": logistic(date, 1.0)}


def fit(module: ModuleType, rows: list[dict[str, Any]], settings: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Weights by regression, then each threshold in turn, while anything improves."""
    best = copy.deepcopy(settings)
    for step, weights in fit_weights(module, rows).items():
        # Weights are replaced as a whole; thresholds stay.
        best[step] = {name: value for name, value in best[step].items() if name in THRESHOLDS} | weights
    value = worth(module, rows, best)[0]
    for _ in range(rounds):
        before = value
        for step, name, options in GRID:
            for option in options:
                tried = copy.deepcopy(best)
                tried[step][name] = option
                got = worth(module, rows, tried)[0]
                if got > value + 1e-9:
                    value, best = got, tried
        if value <= before + 1e-9:
            break
    return best


def show(name: str, result: dict[str, Any]) -> None:
    """One line of what people ask for first."""
    event, rows, fields = result["event"], result["rows"], result["fields"]
    told = " ".join(f"{key} {value:.2f}" for key, value in fields.items())
    print(
        f"{name}: event P {event['p']:.3f} R {event['r']:.3f} F1 {event['f1']:.3f} | rows P {rows['precision']:.3f} R {rows['recall']:.3f} | q {result['quantities']['f1']:.3f} | {told}",
        flush=True,
    )


def main() -> None:
    """Fit, print before and after, and write the card if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, default=Path("src/tocsin/data/models/events"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    module, model = scorer(args.shared), load_event_model(args.model)
    splits = {split: load(args.shared, split, model) for split in ("dev", "dev_b")}
    settings = copy.deepcopy(dict(model.settings))
    for name, rows in splits.items():
        show(f"{name} before", worth(module, rows, settings)[1])
    if args.across:
        for name, other in (("dev", "dev_b"), ("dev_b", "dev")):
            fitted = fit(module, splits[other], settings, args.rounds)
            show(f"{name}, fitted on {other}", worth(module, splits[name], fitted)[1])
    fitted = fit(module, splits["dev"] + splits["dev_b"], settings, args.rounds)
    for name, rows in splits.items():
        show(f"{name} after", worth(module, rows, fitted)[1])
    print(json.dumps(fitted, indent=1))
    if args.write:
        path = args.model / "card.json"
        card = json.loads(path.read_text(encoding="utf-8"))
        card["settings"] = fitted
        path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
