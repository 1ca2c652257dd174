"""How fast one core codes an article of some 600 words (invented, as the samples are), beside a plain spaCy parse of the same text in the same run, and how much memory it takes."""

from __future__ import annotations

import datetime as dt
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ARTICLE = Path(__file__).with_name("article.txt")

# The bars of the first release: docs/evaluation.md.
MOST_SECONDS, MOST_LOADING, MOST_MEGABYTES = 0.5, 6.0, 1200


def pin() -> None:
    """One core and one thread: what the figures are stated for."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def median_seconds(run: Callable[[], object], runs: int) -> float:
    """The median wall time of some runs after one that is not counted."""
    run()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def peak_megabytes() -> float:
    """The most memory this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(runs: int = 9) -> int:
    """Print loading, coding and memory with their bars; 0 if all are met."""
    pin()
    started = time.perf_counter()
    from tocsin.pipeline import load_coder
    from tocsin.read import read_text
    from tocsin.vocabulary import Coded

    coder = load_coder()
    first = read_text("Workers marched in Leeds on Friday.")
    coder.code_document(first)
    loading = time.perf_counter() - started
    document = read_text(ARTICLE.read_text(encoding="utf-8"), published=dt.date(2023, 7, 14))
    outcome = coder.code_document(document)
    if not isinstance(outcome, Coded):
        raise SystemExit(f"speed: article.txt was not coded: {outcome}")
    coding = median_seconds(lambda: coder.code_document(document), runs)
    parsing = median_seconds(lambda: coder.parser.models["en"](document.text), runs)
    rows = [
        ("loading, s", loading, MOST_LOADING),
        ("one article of 600 words, s", coding, MOST_SECONDS),
        ("peak memory, MB", peak_megabytes(), MOST_MEGABYTES),
    ]
    print(
        f"# speed: one core, article.txt of {len(document.text.split())} words, {len(outcome.reports)} events, median of {runs} runs"
    )
    for name, value, bar in rows:
        print(f"{name:28s} {value:8.2f}   bar {bar:g}   {'met' if value <= bar else 'MISSED'}")
    print(f"{'plain spaCy parse, s':28s} {parsing:8.2f}   coding takes {coding / parsing:.1f} times as long")
    return int(any(value > bar for _, value, bar in rows))
