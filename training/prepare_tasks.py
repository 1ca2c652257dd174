"""Bring the visible train splits of other gold into one shape, for the light heads of training/tasks.py.

A line is {"task", "id", "text", "rows": [{"spans": [[start, end], ...], "labels": [...]}], "sentences"}: a row is what a
head reads. ``row`` tasks have one span a row, ``pair`` tasks source, target and sentence, ``piece`` tasks one row a
label with every span that bears it.

Articles that stand in e2e dev or dev_b are left out: there the whole coder is measured.

python -m training.prepare_tasks --shared ../shared --out out/events
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTES = Path(__file__).parent / "annotations" / "notes.jsonl"
Record = dict[str, Any]


def read(path: Path) -> list[Record]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def opening(text: str) -> str:
    """The first letters of a text, by which copies know each other."""
    return re.sub(r"\W+", "", text.casefold())[60:180]


def whole(text: str) -> list[list[int]]:
    """One span over all of a text."""
    return [[0, len(text)]]


def classified(task: str, record: Record, labels: list[str]) -> Record:
    """A text with labels of its own."""
    text = record["text"]
    return {
        "task": task,
        "id": record["id"],
        "text": text,
        "sentences": whole(text),
        "rows": [{"spans": whole(text), "labels": labels}],
    }


def police_events(record: Record) -> Record:
    """India Police Events: a row for each sentence."""
    rows = [{"spans": [[s["start"], s["end"]]], "labels": s["labels"]} for s in record["sentences"]]
    return {
        "task": "india_police_events",
        "id": record["id"],
        "text": record["text"],
        "sentences": [row["spans"][0] for row in rows],
        "rows": rows,
    }


def pair(record: Record) -> Record | None:
    """PLOVER pairs: source, target, sentence."""
    if not record["source_spans"] or not record["target_spans"]:
        return None
    text = record["text"]
    spans = [record["source_spans"][0], record["target_spans"][0], [0, len(text)]]
    return {
        "task": "plv_plover",
        "id": record["id"],
        "text": text,
        "sentences": whole(text),
        "rows": [{"spans": spans, "labels": [record["label"]]}],
    }


def fillers(record: Record) -> Record:
    """MUC-4: every mention of every role filler; sentences cut at full stops and blank lines."""
    text = record["text"]
    cuts = [0, *(found.end() for found in re.finditer(r"\.\s+|\n\s*\n\s*", text)), len(text)]
    sentences = [[a, b] for a, b in itertools.pairwise(cuts) if text[a:b].strip()]
    rows = []
    for role, entities in record["roles"].items():
        words = {mention["text"].casefold() for entity in entities for mention in entity}
        spans = [list(found.span()) for word in words for found in re.finditer(spread(word), text.casefold())]
        rows.append({"spans": spans, "labels": [role]})
    return {"task": "muc4", "id": record["id"], "text": text, "sentences": sentences, "rows": rows}


def spread(words: str) -> str:
    """A pattern that finds words over line breaks too."""
    return r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words.split()) + r"(?!\w)"


def records(shared: Path, split: str) -> Iterator[Record]:
    """Every task's records of a split."""
    gold = shared / "benchmarks"
    kept_apart = {opening(r["text"]) for name in ("dev", "dev_b") for r in read(gold / "e2e" / f"{name}.jsonl")}

    def of(name: str) -> Iterator[Record]:
        return (r for r in read(gold / name / f"{split}.jsonl") if opening(r["text"]) not in kept_apart)

    for name in ("glocon_sent", "glocon_doc"):
        for r in of(name):
            if r["label"] != "undetermined":
                yield classified(name, r, [r["label"]] if r["label"] == "1" else [])
    for r in of("ceha"):
        yield classified("ceha", r, (["1"] if r["label"] == "1" else []) + list(r["labels"] or []))
    for r in of("india_police_events"):
        yield police_events(r)
    for r in of("plv_plover"):
        made = pair(r)
        if made is not None:
            yield made
    for r in of("muc4"):
        yield fillers(r)
    if split == "train" and NOTES.exists():
        for r in read(NOTES):
            yield classified("case2021_task2", r, [r["label"]])


def main() -> None:
    """Write out/events/tasks_{train,dev}.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("out/events"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev"):
        counts: dict[str, int] = {}
        with (args.out / f"tasks_{split}.jsonl").open("w", encoding="utf-8") as out:
            for record in records(args.shared, split):
                counts[record["task"]] = counts.get(record["task"], 0) + 1
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        print(split, counts)


if __name__ == "__main__":
    main()
