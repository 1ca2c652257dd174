"""What the gate keeps of glocon_doc dev: its recall on articles that report a protest, and how many of the others it drops."""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.extract.gate import find_signs, glance
from tocsin.read import read_text
from tocsin.resources.gate import load_gate
from tocsin.resources.models import load_event_model

LEAST_RECALL = 0.98


def main(shared: Path) -> int:
    """Print recall and drop rate after the words and after the glance; 0 if the recall is met."""
    gate, encoder = load_gate(), load_event_model()
    counts = {"1": [0, 0, 0], "0": [0, 0, 0]}
    with (shared / "glocon_doc" / "dev.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["label"] not in counts:
                continue
            document = read_text(record["text"], language="en")
            signs = find_signs(document.text, document.blocks, gate)
            kept = bool(signs.telling) and glance(document.text, signs, encoder) >= gate.glance
            for place, passed in enumerate((True, bool(signs.telling), kept)):
                counts[record["label"]][place] += passed
    relevant, others = counts["1"], counts["0"]
    recall = relevant[2] / relevant[0]
    print(f"# gate: glocon_doc dev, {relevant[0]} articles that report a protest, {others[0]} that do not")
    print(
        f"words    keep {relevant[1] / relevant[0]:6.3f} of the first, drop {1 - others[1] / others[0]:6.3f} of the others"
    )
    print(f"glance   keep {recall:6.3f} of the first, drop {1 - others[2] / others[0]:6.3f} of the others")
    print(f"recall {recall:.3f}   bar {LEAST_RECALL}   {'met' if recall >= LEAST_RECALL else 'MISSED'}")
    return int(recall < LEAST_RECALL)
