"""Coded articles beside their gold: which event is which, and which of its fields are right, as score_e2e.py judges."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from tocsin.errors import BadDate
from tocsin.pipeline import Coder
from tocsin.read import parse_published, read_text
from tocsin.vocabulary import Coded, Document, Failed

Record = Mapping[str, Any]


def load_scorer(shared: Path) -> ModuleType:
    """The scorer of whole records; SystemExit where the gold sets are not beside the project."""
    folder = shared / "scorers"
    path = folder / "score_e2e.py"
    if not path.exists():
        raise SystemExit(f"benchmarks: {path} is not there; the gold sets lie beside the project, in ../shared.")
    sys.path.insert(0, str(folder))  # it imports its neighbour
    try:
        spec = importlib.util.spec_from_file_location("score_e2e", path)
        if spec is None or spec.loader is None:
            raise SystemExit(f"benchmarks: {path} cannot be imported.")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def read_records(path: Path) -> list[Record]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def document_of(record: Record) -> Document:
    """A record's article; a published date that is cut off ('17 Decembe') is none, as for a person."""
    try:
        published = parse_published(record.get("published") or record.get("date"))
    except BadDate:
        published = None
    return read_text(record["text"], published=published, publisher=record.get("publisher"))


def code_records(records: Iterable[Record], coder: Coder, told: Callable[[int], Any]) -> Iterator[tuple[Record, Coded]]:
    """Each record with what the coder makes of it, nothing where it skips; ``told`` hears how many are done.

    Raises:
        SystemExit: an article cannot be coded; figures without it would be of fewer articles than they say.
    """
    for number, record in enumerate(records, 1):
        document = document_of(record)
        outcome = coder.code_document(document)
        if isinstance(outcome, Failed):
            raise SystemExit(f"benchmarks: {record['id']} cannot be coded: {outcome.error}")
        yield record, outcome if isinstance(outcome, Coded) else Coded(document)
        told(number)


def paired(scorer: ModuleType, gold: Record, events: Sequence[Record]) -> dict[int, Record]:
    """The gold event of each predicted event that has one, by the prediction's position."""
    pairs = scorer.pair(gold["events"], events, gold["text"], False)
    return {predicted: gold["events"][expected] for expected, predicted in pairs}


def right_fields(scorer: ModuleType, gold: Record, event: Record) -> dict[str, bool]:
    """Which fields of a matched event are right; 'quantities' and 'initiator_kind' as a row asks for them."""
    g, p = _counts(scorer, gold), _counts(scorer, event)
    return {
        "factuality": gold.get("factuality") == event.get("factuality"),
        "date": scorer.date_right(gold.get("date"), event.get("date")),
        "country": scorer.country_right(gold.get("place"), event.get("place")),
        "place": scorer.place_right(gold.get("place"), event.get("place")),
        "initiator": scorer.actor_right(gold.get("initiator") or [], event.get("initiator") or []),
        "initiator_kind": scorer.kinds_right(gold.get("initiator") or [], event.get("initiator") or []),
        "target": scorer.actor_right(gold.get("target") or [], event.get("target") or []),
        "quantities": len(g) == len(p) == scorer.quantities_hit(g, p),
    }


ROW = ("factuality", "date", "country", "place", "initiator_kind", "quantities")
"""What makes a row right, beside its event."""


def row_right(right: Mapping[str, bool]) -> bool:
    """Whether every field of a row is right."""
    return all(right[name] for name in ROW)


def _counts(scorer: ModuleType, event: Record) -> list[Record]:
    return [quantity for quantity in event.get("quantities") or [] if quantity["role"] in scorer.ROW_ROLES]
