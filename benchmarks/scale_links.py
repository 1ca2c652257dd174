"""Linking invented reports (``reports.py``) at growing sizes: time, memory, pairs compared, and how well they are put together.

Each size runs in a process of its own, so that memory is its own. Then one new document is linked into a store of
reports on disk, by a process that has just been started.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.clusters import b_cubed, pairwise
from benchmarks.reports import generate
from benchmarks.speed import peak_megabytes

SIZES = (10_000, 100_000)
# The bars for 100 thousand reports.
MOST_SECONDS, MOST_MEGABYTES, MOST_SECONDS_FOR_ONE = 300.0, 4096.0, 0.5
STORED, ADDED = 100_000, 9


def main(sizes: Sequence[int] = SIZES, stored: int = STORED) -> int:
    """Print a line for each size; 0 if the bars are met."""
    print("# scale: link_reports on invented reports around real places, seed 20261123, one process")
    print(
        f"{'reports':>9s} {'seconds':>8s} {'CPU s':>6s} {'MB':>6s} {'pairs':>10s} {'per report':>10s} {'B3 F1':>6s} {'pair F1':>7s}"
    )
    missed = False
    for size in sizes:
        seconds, worked, megabytes, pairs, b3, pair_f1 = _apart(_measure, size)
        print(
            f"{size:9d} {seconds:8.1f} {worked:6.1f} {megabytes:6.0f} {pairs:10.0f} {pairs / size:10.1f} {b3:6.3f} {pair_f1:7.3f}",
            flush=True,
        )
        missed |= size <= 100_000 and (seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES)
    if stored:
        one, linking, kept = _one_more(stored)
        missed |= one > MOST_SECONDS_FOR_ONE
        print(
            f"one new document into a store of {stored} reports: median {one:.3f} s of {ADDED}, bar {MOST_SECONDS_FOR_ONE} s"
        )
        print(f"(filling that store took {kept:.0f} s, linking it as a whole from disk and back {linking:.0f} s)")
    return int(missed)


def _apart(measure: object, *values: object) -> tuple[float, ...]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found: tuple[float, ...] = pool.apply(measure, values)  # type: ignore[arg-type]
        return found


def _measure(size: int) -> tuple[float, float, float, float, float, float]:
    """Seconds by the clock and of the processor, megabytes, pairs compared, B-cubed and pairwise F1. Reports are made outside the time, profiles inside it."""
    from tocsin.link import Linker, Profiler, draw_profiles
    from tocsin.resources.linking import load_linking

    rules = load_linking()
    profiler = Profiler(rules)
    profiles, owner, seconds, worked = {}, {}, 0.0, 0.0
    made = generate(size)
    while batch := list(islice(made, 5000)):
        owner.update((report.id, number) for number, (_, report) in batch)
        started, busy = time.perf_counter(), time.process_time()
        profiles.update(draw_profiles((told for _, told in batch), profiler))
        seconds, worked = seconds + time.perf_counter() - started, worked + time.process_time() - busy
    started, busy = time.perf_counter(), time.process_time()
    linker = Linker(rules, profiler)
    incidents = linker.link([profiles[identity] for identity in sorted(profiles)])
    seconds, worked = seconds + time.perf_counter() - started, worked + time.process_time() - busy
    gold: dict[int, set[str]] = defaultdict(set)
    for identity, number in owner.items():
        gold[number].add(identity)
    found = [set(incident.members) for incident in incidents]
    wanted = list(gold.values())
    return seconds, worked, peak_megabytes(), float(linker.compared), b_cubed(wanted, found), pairwise(wanted, found)


def _one_more(size: int) -> tuple[float, float, float]:
    """Median seconds to link one new document, seconds to link all, and to fill the store."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "scale.db")
        linking, filling = _apart(_fill, path, size)
        seconds = _apart(_add, path, size)
        return statistics.median(seconds), linking, filling


def _fill(path: str, size: int) -> tuple[float, float]:
    from tocsin.pipeline import link_run
    from tocsin.store import open_store
    from tocsin.vocabulary import Coded

    with open_store(path, create=True) as store:
        run = store.open_run({"code": "scale"}, {})
        started = time.perf_counter()
        made: Iterator[Coded] = (Coded(document, (report,)) for _, (document, report) in generate(size))
        while batch := list(islice(made, 2000)):
            store.save(run, batch)
        filled = time.perf_counter()
        link_run(store, run)
        return time.perf_counter() - filled, filled - started


def _add(path: str, size: int) -> tuple[float, ...]:
    """Seconds for each of some new documents, the last reports of a slightly longer series."""
    from tocsin.pipeline import link_again
    from tocsin.store import open_store
    from tocsin.vocabulary import Coded

    seconds = []
    with open_store(path) as store:
        run = store.open_run({"code": "scale"}, {})
        for _, (document, report) in islice(generate(size + ADDED, length=size), size, None):
            store.save(run, [Coded(document, (report,))])
            started = time.perf_counter()
            link_again(store, run, [report.id])
            seconds.append(time.perf_counter() - started)
    return tuple(seconds)


if __name__ == "__main__":
    sys.exit(main(tuple(json.loads(size) for size in sys.argv[1:]) or SIZES))
