"""Predict a gold set, score a prediction, or do both on a visible split.

python -m benchmarks predict e2e --input FILE.jsonl --output PRED.jsonl
python -m benchmarks score e2e --split dev
python -m benchmarks gate
python -m benchmarks reliability --picture docs/images/reliability.svg
python -m benchmarks fields
python -m benchmarks compare HEAD~1 HEAD
python -m benchmarks speed
python -m benchmarks gazetteer
python -m benchmarks places
python -m benchmarks scale 10000 100000
python -m benchmarks links
python -m benchmarks incidents
python -m benchmarks languages
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks.sets
from benchmarks import (
    compare,
    fields,
    gate,
    gazetteer,
    languages,
    own_incidents,
    own_links,
    place_confidence,
    reliability,
    scale_links,
    speed,
)

SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"


def names() -> list[str]:
    """Every set that can be predicted."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.sets.__path__))


def load(name: str) -> ModuleType:
    """The module of a set; SystemExit with the known names if there is none."""
    if name not in names():
        raise SystemExit(f"benchmarks: no set named {name!r}. There are: {', '.join(names())}.")
    return importlib.import_module(f"benchmarks.sets.{name}")


def keep(record: dict[str, Any], allowed: list[Any]) -> dict[str, Any]:
    """The record with only the keys that inputs.json allows; a dict entry names the keys kept of a nested list."""
    kept: dict[str, Any] = {}
    for entry in allowed:
        if isinstance(entry, str):
            if entry in record:
                kept[entry] = record[entry]
        else:
            for key, inner in entry.items():
                if key in record:
                    kept[key] = [{k: item[k] for k in inner if k in item} for item in record[key]]
    return kept


def read_inputs(name: str, path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, stripped of gold: what is not allowed never reaches a predictor."""
    listing = SHARED / "inputs.json"
    rules: dict[str, list[Any]] = json.loads(listing.read_text(encoding="utf-8")) if listing.exists() else {}
    allowed = rules.get(name, rules.get("_default"))
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                yield keep(record, allowed) if allowed else record


def predict(name: str, source: Path, target: Path) -> int:
    """Write a prediction a line; returns how many."""
    module = load(name)
    count, started = 0, time.perf_counter()
    with target.open("w", encoding="utf-8") as out:
        for prediction in module.predict(read_inputs(name, source)):
            out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
            count += 1
    print(f"{name}: {count} predictions in {time.perf_counter() - started:.1f} s", file=sys.stderr)
    return count


def score(name: str, split: str, extra: list[str]) -> int:
    """Predict a visible split and run its scorer; returns the scorer's exit status."""
    module = load(name)
    gold = SHARED / getattr(module, "GOLD", name) / f"{split}.jsonl"
    if not gold.exists():
        raise SystemExit(f"benchmarks: {gold} is not there; the gold sets lie beside the project, in ../shared.")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "pred.jsonl"
        predict(name, gold, target)
        scorer = SHARED / "scorers" / module.SCORER
        command = [
            sys.executable,
            str(scorer),
            "--gold",
            str(gold),
            "--pred",
            str(target),
            *getattr(module, "OPTIONS", []),
        ]
        print(f"# {name}, {split}", flush=True)
        return subprocess.run([*command, *extra], check=False).returncode


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("predict", help="predictions for a file of records")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--input", type=Path, required=True)
    one.add_argument("--output", type=Path, required=True)
    two = commands.add_parser("score", help="predict a visible split and score it")
    two.add_argument("name", metavar="NAME")
    two.add_argument("--split", default="dev")
    commands.add_parser("gate", help="what the gate keeps of glocon_doc dev, and what it drops")
    commands.add_parser("gazetteer", help="look-ups a second on one core, loading and memory")
    commands.add_parser("places", help="what the confidence of place resolutions is worth on the dev splits")
    commands.add_parser("speed", help="loading, coding and memory on one core, beside a plain spaCy parse")
    commands.add_parser("links", help="how the coded events of invented articles are linked")
    commands.add_parser("incidents", help="parts, voices and consolidated values of invented incidents")
    commands.add_parser("languages", help="what sentence vectors add across languages; needs tocsin[multilingual]")
    scale = commands.add_parser("scale", help="linking invented reports: time, memory, pairs compared, B3 F1")
    scale.add_argument("sizes", nargs="*", type=int, default=list(scale_links.SIZES))
    rely = commands.add_parser("reliability", help="what confidence is worth: rows at thresholds, a picture")
    rely.add_argument("--picture", type=Path, metavar="FILE.svg")
    commands.add_parser("fields", help="demands, issues, employers, unions and part_of of matched events")
    gains = commands.add_parser("compare", help="events gained, lost and changed between two commits")
    gains.add_argument("one", metavar="REV_A")
    gains.add_argument("other", metavar="REV_B")
    gains.add_argument("--sample", type=int, default=compare.SAMPLED, help="how many articles beside e2e dev and dev_b")
    args, extra = parser.parse_known_args()
    if args.command == "predict":
        predict(args.name, args.input, args.output)
    elif args.command == "gazetteer":
        sys.exit(gazetteer.main())
    elif args.command == "places":
        sys.exit(place_confidence.main(SHARED))
    elif args.command == "incidents":
        sys.exit(own_incidents.main())
    elif args.command == "languages":
        sys.exit(languages.main())
    elif args.command == "links":
        sys.exit(own_links.main())
    elif args.command == "reliability":
        sys.exit(reliability.main(SHARED, args.picture))
    elif args.command == "fields":
        sys.exit(fields.main(SHARED))
    elif args.command == "compare":
        sys.exit(compare.main(SHARED, args.one, args.other, args.sample))
    elif args.command == "speed":
        sys.exit(speed.main(SHARED))
    elif args.command == "gate":
        sys.exit(gate.main(SHARED))
    elif args.command == "scale":
        sys.exit(scale_links.main(args.sizes))
    else:
        sys.exit(score(args.name, args.split, extra))


if __name__ == "__main__":
    main()
