"""What sentence vectors add across languages, on invented reports (``invented/languages.txt``), each of one town and day.

Every report meets every other as linking would compare them: same place, same day, same kind of actors, no word shared.
A pair is right if it is linked and tells one occurrence, or is not linked and tells two.
"""

from __future__ import annotations

import datetime as dt
import time
from itertools import combinations
from pathlib import Path

from benchmarks.speed import peak_megabytes
from tocsin.link import Profile, Profiler
from tocsin.link.features import pair_features
from tocsin.link.score import log_odds
from tocsin.resources.linking import load_linking
from tocsin.resources.sentences import load_sentence_encoder
from tocsin.vocabulary import (
    Claim,
    DateInterval,
    DatePrecision,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Place,
    PlacePrecision,
)

SENTENCES = Path(__file__).parent / "invented" / "languages.txt"
LANGUAGES = ("en", "es", "ru", "uk")
DAY = dt.date(2024, 3, 6)


def main() -> int:
    """Print a line for each pair of languages, and what drawing a profile costs."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [dict(zip(LANGUAGES, (text.strip() for text in line.split("|")), strict=True)) for line in lines]
    rules = load_linking()
    plain, seconds, _ = _drawn(rows, Profiler(rules))
    load_sentence_encoder()
    told, longer, megabytes = _drawn(rows, Profiler(rules, load_sentence_encoder()))
    print(f"# languages: {len(rows)} invented occurrences of one town and day in {', '.join(LANGUAGES)}")
    print(f"{'':8s} {'linked right / wrong / missed':>32s} {'without vectors':>18s}")
    for one, other in combinations(LANGUAGES, 2):
        with_, without = (_counts(profiles, one, other) for profiles in (told, plain))
        print(f"{one}-{other:5s} {' / '.join(map(str, with_)):>32s} {' / '.join(map(str, without)):>18s}")
    print(f"a profile takes {longer / seconds:.0f} times as long with vectors; peak {megabytes:.0f} MB")
    return 0


def _drawn(rows: list[dict[str, str]], profiler: Profiler) -> tuple[dict[tuple[int, str], Profile], float, float]:
    reports = {
        (number, language): _report(text, language) for number, row in enumerate(rows) for language, text in row.items()
    }
    profiler(*next(iter(reports.values())))
    started = time.process_time()
    found = {key: profiler(*told) for key, told in reports.items()}
    return found, time.process_time() - started, peak_megabytes()


def _report(text: str, language: str) -> tuple[Document, EventReport]:
    document = Document(text, DAY + dt.timedelta(days=1), f"Paper {language}", language=language)
    at = Evidence.at(document, 0, len(text))
    values = (
        (Field.FACTUALITY, Factuality.ACTUAL),
        (Field.DATE, DateInterval(DAY, DAY, DatePrecision.DAY)),
        (Field.PLACE, Place("Beira", PlacePrecision.SETTLEMENT, "Beira", country="MZ")),
    )
    claims = tuple(Claim(field, value, None, reason="invented") for field, value in values)
    # One type for all: what the vectors tell apart, the type would tell apart too.
    return document, EventReport(
        document.id, EventType.DEMONSTRATION, at, claims=claims, evidence=(at,), reason="invented"
    )


def _counts(profiles: dict[tuple[int, str], Profile], one: str, other: str) -> tuple[int, int, int]:
    rules = load_linking()
    numbers = sorted({number for number, _ in profiles})
    right = wrong = 0
    for left in numbers:
        for second in numbers:
            features = pair_features(profiles[left, one], profiles[second, other], rules, Profiler(rules).rarity)
            if log_odds(features, rules.weights) >= 0:
                right, wrong = right + (left == second), wrong + (left != second)
    return right, wrong, len(numbers) - right
