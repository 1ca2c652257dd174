"""What the gate keeps of glocon_doc dev: its recall on articles that report a protest, and how many of the others it drops."""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.extract.gate import STEPS, steps
from tocsin.read import read_text
from tocsin.resources.gate import load_gate
from tocsin.resources.models import load_event_model

LEAST_RECALL = 0.98


def main(shared: Path) -> int:
    """Print recall and drop rate after each step; 0 if the recall is met."""
    gate, encoder = load_gate(), load_event_model(reader=None)
    counts = {label: [0] * (STEPS + 1) for label in "10"}
    with (shared / "glocon_doc" / "dev.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["label"] not in counts:
                continue
            document = read_text(record["text"], language="en")
            passed = steps(document.text, document.blocks, gate, encoder)
            for step in range(passed + 1):
                counts[record["label"]][step] += 1
    relevant, others = counts["1"], counts["0"]
    recall = relevant[STEPS] / relevant[0]
    print(f"# gate: glocon_doc dev, {relevant[0]} articles that report a protest, {others[0]} that do not")
    for step, name in enumerate(("words", "glance", "look"), 1):
        kept, dropped = relevant[step] / relevant[0], 1 - others[step] / others[0]
        print(f"{name:8s} keep {kept:6.3f} of the first, drop {dropped:6.3f} of the others")
    print(f"recall {recall:.3f}   bar {LEAST_RECALL}   {'met' if recall >= LEAST_RECALL else 'MISSED'}")
    return int(recall < LEAST_RECALL)
