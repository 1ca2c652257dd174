"""Cut annotated articles into sentences once, so that training needs neither spaCy nor the reader.

Four sources: the visible splits of e2e beside the project, training/annotations/articles*.jsonl, which were written
and annotated for Tocsin (real towns, invented events, people and companies), and news beside the project of which
training/annotations/news.jsonl says where what stands; and news that nobody annotated.

python -m training.prepare_events --shared ../shared --out out/events
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from benchmarks.whole import read_records
from tocsin.extract.windows import dated_sentences
from tocsin.locate.dates import date_mentions
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from training.news import read_news, read_plain

ANNOTATIONS = Path(__file__).parent / "annotations"
KEPT = ("id", "text", "published", "publisher", "events", "plain")


def main() -> None:
    """Write out/events/{train,dev,dev_b,articles,articles_more,...,news,news_held,plain}.jsonl: the records, their sentences, and which tell a date."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--out", type=Path, default=Path("out/events"))
    arguments.add_argument("names", nargs="*", help="only these of the splits and files; all by default")
    args = arguments.parse_args()
    parser = load_parser()
    args.out.mkdir(parents=True, exist_ok=True)
    files = {split: args.shared / "benchmarks" / "e2e" / f"{split}.jsonl" for split in ("train", "dev", "dev_b")}
    files |= {path.stem: path for path in sorted(ANNOTATIONS.glob("articles*.jsonl"))}
    sources = {name: partial(read_records, path) for name, path in files.items()}
    sources |= {name: partial(read_news, args.shared, held=name == "news_held") for name in ("news", "news_held")}
    sources["plain"] = partial(read_plain, args.shared)
    for name, read in sources.items():
        if args.names and name not in args.names:
            continue
        count = 0
        with (args.out / f"{name}.jsonl").open("w", encoding="utf-8") as out:
            for record in read():
                parse = parse_document(read_text(record["text"]), parser)
                kept = {key: record[key] for key in KEPT if key in record}
                spans = [s.span for s in parse.sentences]
                kept["sentences"] = [[span.start, span.end] for span in spans]
                kept["dated"] = sorted(dated_sentences(spans, date_mentions(parse)))
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")
                count += 1
        print(f"{name}: {count} articles")


if __name__ == "__main__":
    main()
