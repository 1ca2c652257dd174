"""Ask the encoder which sentences of many articles tell an act: what the gate's words then learn to foresee.

Gold labels say which articles report a protest; they say nothing of the bombings and arrests beside it, and the gate has to
let through what the coder would code. Articles come from visible train splits only.

PYTHONPATH=src:. python -m training.tell_gate    # writes out/gate/told.jsonl, some 7 minutes on one core
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tocsin.extract.encode import read_detection
from tocsin.extract.gate import cut_sentences
from tocsin.extract.windows import detection_windows, encode_sentences
from tocsin.resources.models import load_event_model
from training.prepare_tasks import read

# How many articles of a set are enough; all where none is said. Those of glocon_doc come first: they are like the dev split.
SETS: dict[str, int | None] = {
    "glocon_doc": None,
    "lgl": None,
    "trnews": None,
    "polnear": 400,
    "geowebnews": None,
    "ceha": None,
    "india_police_events": None,
    "gva_incidents": 350,
    "muc4": 250,
    "tempeval3": None,
    "giveme5w1h": None,
    "geovirus": None,
}
SEED, LONGEST = 7, 12_000
TOLD = Path("out/gate/told.jsonl")


def texts(gold: Path) -> Iterator[tuple[str, str, str]]:
    """Set, id and text of each article. muc4 is in capitals throughout; news of today is not."""
    chance = random.Random(SEED)
    for name, most in SETS.items():
        records = list(read(gold / name / "train.jsonl"))
        for record in records if most is None or len(records) <= most else chance.sample(records, most):
            text = record["text"].lower() if name == "muc4" else record["text"]
            yield name, record["id"], text[:LONGEST]


def main() -> None:
    """For each article the probability, by sentence of the gate's cut, that it tells an act of any type."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--target", type=Path, default=TOLD)
    args = parser.parse_args()
    model = load_event_model()
    args.target.parent.mkdir(parents=True, exist_ok=True)
    with args.target.open("w", encoding="utf-8") as out:
        for name, identity, text in texts(args.shared / "benchmarks"):
            encoded = encode_sentences(text, list(cut_sentences(text, 0, len(text))), model.tokenizer)
            found = read_detection(detection_windows(encoded), len(encoded), model)
            told = [round(float(p), 3) for p in ((found.sentences + found.named) / 2).max(axis=1)] if encoded else []
            out.write(json.dumps({"set": name, "id": identity, "told": told}) + "\n")


if __name__ == "__main__":
    main()
