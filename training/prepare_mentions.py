"""What the event encoder takes for triggers in annotated articles: the argument reader learns to judge these.

Runs after prepare_events, in the project's environment, with the encoder that will find the triggers.

python -m training.prepare_mentions --out out/events
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import json
from pathlib import Path

from tocsin.extract.events import find_mentions
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.knowledge import load_knowledge
from tocsin.resources.models import load_event_model

# Lower than what coding reads: the reader shall see what is rightly left out, too.
FLOOR, LEAST = 0.08, 0.06


def main() -> None:
    """Write out/events/NAME.mentions.jsonl beside each prepared file of whole articles: id and [start, end, type, score]."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=Path("out/events"))
    arguments.add_argument("names", nargs="*", default=["train", "articles", "articles_more"])
    args = arguments.parse_args()
    parser, model, acts = load_parser(), load_event_model(reader=None), load_knowledge().acts
    settings = copy.deepcopy(model.settings)
    settings["trigger"]["floor"] = FLOOR
    model = dataclasses.replace(model, settings=settings)
    for name in args.names:
        count = 0
        with (
            (args.out / f"{name}.jsonl").open(encoding="utf-8") as lines,
            (args.out / f"{name}.mentions.jsonl").open("w", encoding="utf-8") as out,
        ):
            for line in lines:
                record = json.loads(line)
                _, mentions = find_mentions(parse_document(read_text(record["text"]), parser), model, acts, LEAST)
                rows = [[m.span.start, m.span.end, m.type.value, round(m.score, 3)] for m in mentions]
                out.write(json.dumps({"id": record["id"], "mentions": rows}) + "\n")
                count += len(rows)
        print(f"{name}: {count} mentions", flush=True)


if __name__ == "__main__":
    main()
