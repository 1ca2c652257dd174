"""Learn when one report of an article is part of another, from annotated articles: weights of a conditional logit.

python -m training.train_parts            writes src/tocsin/data/parts.json
python -m training.train_parts --open-only --out out/parts.json

Of gold events their own types, places, dates and factualities are the evidence, as those of coded ones are when Tocsin codes. It
prints how many links are right on articles that it did not see, gold events given; `python -m benchmarks fields` has the
figure for coded events.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.whole import Record, load_scorer
from tocsin.extract.parts import find_part_of, none_features, whole_candidates
from tocsin.resources.codebook import load_wholes
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
    Span,
    Value,
)
from training.annotated import learnt_from, options, unseen
from training.logit import Choice, conditional

TARGET = Path("src/tocsin/data/parts.json")
RIDGE = 2.0
STEPS = 300


def reports_of(record: Record, scorer: Any) -> dict[str, EventReport]:
    """Gold events, by their id, as reports with what links need; one whose words do not stand in the text is left out."""
    document = Document(text=record["text"])
    made = {}
    for event in record["events"]:
        spans = [Span(*span) for span in scorer.spans(event, record["text"])]
        if not spans:
            continue
        date, place = event["date"], event["place"]
        values: list[tuple[Field, Value]] = [
            (Field.FACTUALITY, Factuality(event["factuality"])),
            (Field.DATE, DateInterval(_day(date["start"]), _day(date["end"]), DatePrecision(date["precision"]))),
        ]
        if place.get("name"):
            precision = PlacePrecision(place.get("precision") or "unknown")
            values.append((Field.PLACE, Place(place["name"], precision, country=place.get("country"))))
        evidence = [Evidence.at(document, span.start, span.end) for span in spans]
        claims = tuple(Claim(field, value, None, reason="gold") for field, value in values)
        made[event["id"]] = EventReport(
            document.id,
            EventType(event["type"]),
            evidence[0],
            evidence=tuple(evidence[1:]),
            claims=claims,
            sources=(),
            reason="gold",
        )
    return made


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def choices(records: Iterable[Record], scorer: Any) -> Iterator[Choice]:
    """For each report that the codebook lets be part of another: the evidence of each whole and of none, and which is right."""
    wholes = load_wholes()
    for record in records:
        made = reports_of(record, scorer)
        ids, reports = list(made), list(made.values())
        parents = {event["id"]: event.get("part_of") for event in record["events"]}
        for i, name in enumerate(ids):
            candidates, parent = whole_candidates(reports, i, wholes), parents[name]
            if not candidates or (parent in ids and ids.index(parent) not in candidates):
                continue
            told = ids.index(parent) if parent in ids else None
            yield (
                [*candidates.values(), none_features(reports[i])],
                [*(whole == told for whole in candidates), told is None],
            )


def figures(records: Iterable[Record], scorer: Any, weights: Mapping[str, float]) -> str:
    """Precision and recall of links between gold events."""
    wholes, told, gold, both = load_wholes(), 0, 0, 0
    for record in records:
        made = reports_of(record, scorer)
        ids = list(made)
        parents = {event["id"]: event.get("part_of") for event in record["events"]}
        for i, found in enumerate(find_part_of(list(made.values()), wholes, weights)):
            parent = parents[ids[i]] if parents[ids[i]] in ids else None
            gold += parent is not None
            told += found is not None
            both += found is not None and ids[found] == parent
    return f"precision {both / max(1, told):.3f} recall {both / max(1, gold):.3f} F1 {2 * both / max(1, told + gold):.3f} of {gold}"


def main() -> None:
    """Learn, print how often links are right on unseen articles, write the weights."""
    args = options(__doc__, TARGET)
    scorer = load_scorer(args.shared / "benchmarks")
    told = list(choices(learnt_from(args.shared, open_only=args.open_only), scorer))
    weights = {name: round(weight, 3) for name, weight in conditional(told, RIDGE, STEPS).items()}
    print(f"{len(told)} reports that can be part of another, {len(weights)} weights")
    for name, kept in unseen(args.shared).items():
        print(f"{name}: {figures(kept, scorer, weights)}")
    about = "Written by training/train_parts.py; see there."
    args.out.write_text(json.dumps({"about": about, "weights": weights}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
