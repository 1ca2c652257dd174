"""Join our stand-off annotation of the Causal News Corpus with its sentences (CC0), in the shape that training reads.

Neighbouring sentences of one article are put back together, so that the encoder sees them in context. Each event is
told by its own sentence only: what that sentence leaves out is unknown here, not absent, hence ``partial``.

python -m training.prepare_sentences --shared ../shared --out out/events
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from tocsin.extract.windows import dated_sentences
from tocsin.locate.dates import find_dates
from tocsin.vocabulary import Span

ANNOTATIONS = Path(__file__).parent / "annotations" / "causal_news.jsonl"

# Sentences whose numbers follow each other belong to one article or to its neighbour; longer runs are cut.
LONGEST_RUN = 12


def order(identity: str) -> tuple[str, int]:
    """The file and the place in it that a sentence's id tells: 'cnc-train_01_10_2619' is sentence 10 of file 01."""
    numbers = re.match(r"cnc-\w+?_(\d+)_(?:A_)?(\d+)_", identity)
    if numbers is None:
        raise ValueError(f"{identity}: not a sentence id of the Causal News Corpus")
    return numbers[1], int(numbers[2])


def runs(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Annotated sentences in the order of their articles, cut where a number is missing."""
    ordered = sorted(rows, key=lambda row: (order(row["id"]), row["id"]))
    made: list[list[dict[str, Any]]] = []
    for row in ordered:
        here = order(row["id"])
        before = order(made[-1][-1]["id"]) if made else ("", -9)
        follows = before[0] == here[0] and here[1] - before[1] <= 1
        if follows and len(made[-1]) < LONGEST_RUN:
            made[-1].append(row)
        else:
            made.append([row])
    return made


def record(run: list[dict[str, Any]], texts: dict[str, str]) -> dict[str, Any]:
    """One training record of a run of sentences; quotes become exact words again."""
    text, sentences, events = "", [], []
    for row in run:
        sentence = texts[row["id"]].strip()
        lead = len(texts[row["id"]]) - len(texts[row["id"]].lstrip())
        start = len(text)
        text += sentence + " "
        sentences.append([start, start + len(sentence)])

        def words(span: list[int] | None, sentence: str = sentence, lead: int = lead) -> str:
            return sentence[span[0] - lead : span[1] - lead] if span else ""

        for event in row["events"]:
            events.append(
                {
                    "type": event["type"],
                    "factuality": event["factuality"],
                    "trigger": words(event["trigger"]),
                    "initiator": [{"text": words(a[:2]), "kind": a[2]} for a in event.get("initiator", [])],
                    "target": [{"text": words(a[:2]), "kind": a[2]} for a in event.get("target", [])],
                    "place": {"evidence": words(event.get("place")) or None},
                    "date": {"evidence": words(event.get("date")) or None},
                    "quantities": [
                        {"role": q[2], "low": q[3], "high": q[4], "evidence": words(q[:2])}
                        for q in event.get("quantities", [])
                    ],
                    "sources": [
                        {"text": words(s[0]), "cue": words(s[1]) or None, "kind": s[2]}
                        for s in event.get("sources", [])
                    ],
                    "demands": [{"text": words(d)} for d in event.get("demands", [])],
                    "evidence": [sentence],
                }
            )
    dated = sorted(dated_sentences([Span(*s) for s in sentences], find_dates(text, None)))
    return {
        "id": run[0]["id"], "text": text, "sentences": sentences, "dated": dated, "events": events, "partial": True,
    }  # fmt: skip


def main() -> None:
    """Write out/events/causal_news.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("out/events"))
    args = parser.parse_args()
    texts = {}
    for split in ("train", "dev"):
        for line in (
            (args.shared / "benchmarks" / "causal_news" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
        ):
            row = json.loads(line)
            texts[row["id"]] = row["text"]
    rows = [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]
    args.out.mkdir(parents=True, exist_ok=True)
    records = [record(run, texts) for run in runs(rows)]
    with (args.out / "causal_news.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    print(f"{len(rows)} sentences in {len(records)} records, {sum(len(r['events']) for r in records)} events")


if __name__ == "__main__":
    main()
