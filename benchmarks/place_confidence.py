"""What the confidence of place resolutions is worth on the geoparsing sets, names given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.geoparsing import document_of, written
from benchmarks.sets.geovirus import WIKIPEDIA
from tocsin.locate.places_rank import kilometres
from tocsin.locate.toponym_resolve import answer
from tocsin.resources.gazetteer import load_gazetteer
from tocsin.vocabulary import Parse, Span, Toponym
from training.calibration import calibration_error

SETS = ("lgl", "trnews", "geovirus", "geowebnews")
NEAR_KM = 161.0


class Resolution(NamedTuple):
    """A name of a document whose gold place is known: how its place was scored, and whether it lies within 161 km."""

    document: str
    beside: bool
    score: float
    confidence: float
    right: bool


def resolutions(
    name: str, records: Iterable[Mapping[str, Any]], weights: Mapping[str, Mapping[str, float]] | None = None
) -> Iterator[Resolution]:
    """Every name that a set's gold marks and Tocsin resolves; ``weights`` of the ranker, the shipped ones by default."""
    gazetteer = load_gazetteer()
    for record in records:
        spans = sorted({(t["start"], t["end"]) for t in record["toponyms"]})
        places = {(t["start"], t["end"]): t for t in record["toponyms"] if t["lat"] is not None}
        text = record["text"]
        given = [Toponym(Span(start, end), text[start:end], None) for start, end in spans]
        for one in answer(Parse(document_of(record), ()), given, gazetteer, weights):
            place = places.get((one.toponym.span.start, one.toponym.span.end))
            told = written(one, WIKIPEDIA if name == "geovirus" else {})
            if place is None or "lat" not in told or one.toponym.confidence is None:
                continue
            away = float(np.max(kilometres(place["lat"], place["lon"], told["lat"], told["lon"])))
            yield Resolution(
                f"{name} {record['id']}", one.inherited, one.toponym.score, one.toponym.confidence, away <= NEAR_KM
            )


def main(shared: Path, split: str = "dev") -> int:
    """Print, for each set, how far score and confidence are from the share that was right; always 0."""
    print(f"{split:11} names  right   score  its error   confidence  its error")
    everything: list[Resolution] = []
    for name in SETS:
        lines = (shared / name / f"{split}.jsonl").read_text(encoding="utf-8").split("\n")
        found = list(resolutions(name, (json.loads(line) for line in lines if line)))
        everything += found
        print(_row(name, found))
    print(_row("all", everything))
    return 0


def _row(name: str, found: Sequence[Resolution]) -> str:
    right, scores, shares = [r.right for r in found], [r.score for r in found], [r.confidence for r in found]
    return (
        f"{name:11} {len(found):5}  {np.mean(right):.3f}   {np.mean(scores):.3f}      {calibration_error(scores, right):.3f}"
        f"       {np.mean(shares):.3f}      {calibration_error(shares, right):.3f}"
    )
