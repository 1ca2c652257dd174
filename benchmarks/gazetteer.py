"""How fast one core looks names up, how fast the gazetteer loads, and how much memory it takes.

Names are drawn by chance from all that are filed, in every script, none twice: no look-up is answered from a cache.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from benchmarks.speed import peak_megabytes, pin

LEAST_A_SECOND, MOST_LOADING, MOST_MEGABYTES = 50_000, 0.5, 300
SEED, ROUNDS, NAMES = 20, 5, 20_000


def main() -> int:
    """Print the figures beside what they should be; 1 where one falls short, else 0."""
    pin()
    from tocsin.resources.gazetteer import load_gazetteer

    started = time.perf_counter()
    gazetteer = load_gazetteer()
    gazetteer.candidates("Minsk")
    loading = time.perf_counter() - started
    chosen = random.Random(SEED).sample(range(gazetteer.name_count), ROUNDS * NAMES)
    names = [gazetteer.filed_name(number) for number in chosen]
    rates, places = [], 0
    for first in range(0, len(names), NAMES):
        # Processor time: others at work on this core would slow the clock, not the look-ups.
        started = time.process_time()
        places += sum(len(gazetteer.candidates(name)) for name in names[first : first + NAMES])
        rates.append(NAMES / (time.process_time() - started))
    rate, memory = statistics.median(rates), peak_megabytes()
    print(f"look-ups a second   {rate:10,.0f}   at least {LEAST_A_SECOND:,}; {places / len(names):.2f} places a name")
    print(f"loading             {loading:10.3f} s at most {MOST_LOADING} s")
    print(f"memory              {memory:10.0f} MB at most {MOST_MEGABYTES} MB, Python and numpy included")
    short = rate < LEAST_A_SECOND or loading > MOST_LOADING or memory > MOST_MEGABYTES
    if short:
        print("gazetteer: a figure falls short. Run again on a quiet machine.", file=sys.stderr)
    return int(short)
