"""Every annotated article: which ones small models learn from, which ones they are measured on, and the options of the scripts."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.whole import Record, read_records
from training.news import read_news

ANNOTATIONS = Path(__file__).parent / "annotations"
WRITTEN = ("articles", "articles_more", "articles_long", "articles_wire", "articles_told", "articles_late")


def options(about: str | None, target: Path) -> argparse.Namespace:
    """The command line of a script that learns from these articles: 'shared', 'out', 'open_only'."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=target)
    parser.add_argument("--open-only", action="store_true", help="learn only from articles written for Tocsin")
    return parser.parse_args()


def learnt_from(shared: Path, *, open_only: bool) -> list[Record]:
    """The articles written for Tocsin, and, if others may be used, e2e train and the real news that are not held back."""
    records: list[Record] = [r for name in WRITTEN for r in read_records(ANNOTATIONS / f"{name}.jsonl")]
    if not open_only:
        records += [*read_records(shared / "benchmarks" / "e2e" / "train.jsonl"), *read_news(shared, held=False)]
    return records


def unseen(shared: Path) -> dict[str, list[Record]]:
    """By name the sets that nothing is trained on."""
    gold = shared / "benchmarks" / "e2e"
    return {
        "dev": read_records(gold / "dev.jsonl"),
        "dev_b": read_records(gold / "dev_b.jsonl"),
        "news, held": list(read_news(shared, held=True)),
        "written, held": read_records(ANNOTATIONS / "articles_held.jsonl"),
    }
