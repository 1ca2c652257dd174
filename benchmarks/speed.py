"""How fast one core codes articles, beside a plain spaCy parse of the same text in the same run, and how much memory it takes.

Two measures: one relevant article of some 600 words (invented, as the samples are), and a stream in which that article is
one of 20, the others being what glocon_doc dev calls irrelevant. Those have other lengths, so the stream is counted in
600 words. Rates are by processor time of one thread, so that other work on the machine does not count.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ARTICLE = Path(__file__).with_name("article.txt")

# docs/evaluation.md.
MOST_LOADING, MOST_MEGABYTES = 6.0, 1200
LEAST_RELEVANT, LEAST_STREAM = 4.0, 60.0  # articles of 600 words a second
WORDS = 600
OTHERS = 19  # irrelevant articles for one that is relevant


def pin() -> None:
    """One core and one thread: what the figures are stated for."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def median_seconds(run: Callable[[], object], runs: int) -> float:
    """The median processor time of some runs after one that is not counted."""
    run()
    taken = []
    for _ in range(runs):
        started = time.process_time()
        run()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def peak_megabytes() -> float:
    """The most memory this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def seconds(run: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time of a run over some texts."""
    started = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - started


def irrelevant(shared: Path) -> list[str]:
    """The articles of glocon_doc dev that report no protest; without the gold sets none."""
    path = shared / "glocon_doc" / "dev.jsonl"
    if not path.exists():
        return []
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [record["text"] for record in records if record["label"] == "0"]


def count_words(texts: Sequence[str]) -> int:
    """How many words some texts have."""
    return sum(len(text.split()) for text in texts)


def main(shared: Path, runs: int = 9) -> int:
    """Print loading, memory and both rates with their bars; 0 if all are met."""
    pin()
    started = time.perf_counter()
    from tocsin.pipeline import load_coder
    from tocsin.read import read_text
    from tocsin.vocabulary import Coded

    coder = load_coder()
    coder.code_document(read_text("Workers marched in Leeds on Friday."))
    loading = time.perf_counter() - started
    article, published = ARTICLE.read_text(encoding="utf-8"), dt.date(2023, 7, 14)
    outcome = coder.code_document(read_text(article, published=published))
    if not isinstance(outcome, Coded):
        raise SystemExit(f"speed: article.txt was not coded: {outcome}")

    def code(text: str) -> object:
        return coder.code_document(read_text(text, published=published))

    def events(text: str) -> bool:
        told = code(text)
        return isinstance(told, Coded) and bool(told.reports)

    parse = coder.parser.models["en"]
    words = count_words([article])
    # Seconds for each 600 words, so that articles of other lengths can stand beside each other.
    coding = median_seconds(lambda: code(article), runs) * WORDS / words
    parsing = median_seconds(lambda: parse(article), runs) * WORDS / words
    rows = [
        ("loading, s", loading, MOST_LOADING, loading <= MOST_LOADING),
        ("relevant articles a second", 1 / coding, LEAST_RELEVANT, 1 / coding >= LEAST_RELEVANT),
    ]
    ratios = [f"a relevant article takes {coding / parsing:.2f} times as long as a plain spaCy parse of it"]
    others = irrelevant(shared)
    if others:
        length = count_words(others) / WORDS
        left, parsed = seconds(code, others) / length, seconds(parse, others) / length
        rate = (1 + OTHERS) / (coding + OTHERS * left)
        rows.append(("articles of the stream a second", rate, LEAST_STREAM, rate >= LEAST_STREAM))
        plain = (parsing + OTHERS * parsed) / (coding + OTHERS * left)
        ratios.append(f"the stream takes {1 / plain:.2f} times as long as a plain spaCy parse of it")
        ratios.append(f"of the stream's irrelevant articles 600 words take {left * 1000:.1f} ms")
        # The set calls irrelevant what reports no protest: bombings, killings and arrests are events all the same.
        quiet = [text for text in others if not events(text)]
        none = seconds(code, quiet) * WORDS / count_words(quiet)
        ratios.append(
            f"{len(others) - len(quiet)} of these articles tell events other than protest and are coded to the end; of the "
            f"other {len(quiet)} 600 words take {none * 1000:.1f} ms, and a stream of these {(1 + OTHERS) / (coding + OTHERS * none):.1f} a second"
        )
    memory = peak_megabytes()
    rows.append(("peak memory, MB", memory, MOST_MEGABYTES, memory <= MOST_MEGABYTES))
    print(f"# speed: one core; article.txt of {words} words, {len(outcome.reports)} events, median of {runs} runs")
    print(
        f"# stream: that article and {OTHERS} times as much of {len(others)} irrelevant articles, all counted in 600 words"
    )
    for name, value, bar, met in rows:
        print(f"{name:34s} {value:8.2f}   bar {bar:g}   {'met' if met else 'MISSED'}")
    for line in ratios:
        print(line)
    return int(not all(met for *_, met in rows))
