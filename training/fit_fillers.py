"""Fits what benchmarks/sets/muc4.py reads: incidents and head words on the train split, which entities stay on dev.

The encoder's own piece head is sure of the texts it was trained on, so what is built on its probabilities is fitted on
dev, which it never saw, and measured over folds of dev.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fillers import (
    COLUMNS,
    ROLES,
    Entity,
    bare,
    entity_features,
    find_mentions,
    group_mentions,
    head_column,
    role_chances,
)
from benchmarks.light import Floats, Linear, chance, save_linear, settle_head, trained_head
from benchmarks.ngrams import plain_grams, save_words
from benchmarks.pieces import read_long
from benchmarks.sets.muc4 import INCIDENTS
from tocsin.resources.models import EventModel, load_event_model
from training.fit_light import fit_any_of, fit_words_any_of
from training.gold import Record, read_records

SEED = 20261123
FOLDS = 5
# Messages whose last layer is read where the encoder has no piece head of its own, and the share of empty pieces kept.
STAND_IN, EMPTY = 400, 0.15


def fit_muc4(gold: Path) -> None:
    """All four light models; prints CEAF-REE over folds of dev."""
    train, dev = (read_records(gold / "muc4" / f"{split}.jsonl") for split in ("train", "dev"))
    model = load_event_model(reader=None)
    head = trained_head("muc4")
    if head is None:
        head = fit_pieces([r for r in train if r["templates"]][:STAND_IN], model)
        settle_head("muc4", head)
    else:
        settle_head("muc4", None)
    truth = incidents(train)
    # A rare incident weighs as much as its absence, within bounds; a missed one costs more than one too many.
    rare = np.clip((1 - truth).sum(0) / truth.sum(0), 3, 20).astype(np.float32)
    kinds = fit_words_any_of([plain_grams(r["text"]) for r in train], truth, 0.05, positive=rare)
    save_words("muc4-kinds", kinds)
    table = head_words(train)
    save_linear("muc4-words", Linear(table[None], np.zeros(1, np.float32)))
    told = kinds([plain_grams(r["text"]) for r in dev])
    report_incidents(told, incidents(dev))
    found: list[list[Entity]] = []
    rows: list[Floats] = []
    kept: list[float] = []
    owner: list[int] = []
    for i, record in enumerate(dev):
        pieces, chances = role_chances(record["text"], model, head)
        entities = group_mentions(record["text"], find_mentions(record["text"], pieces.spans, chances))
        found.append(entities)
        for entity in entities:
            rows.append(entity_features(entity, entities, len(record["text"]), table, float(told[i, -1])))
            owner.append(i)
        kept.extend(right(record, entities))
    fit_keep(np.array(rows, np.float32), np.array(kept, np.float32), np.array(owner), found, dev)


def fit_keep(x: Floats, y: Floats, owner: np.ndarray[Any, Any], found: list[list[Entity]], dev: list[Record]) -> None:
    """Which entities stay: fitted on all of dev, measured over folds, thresholds from the folds."""
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(dev))[owner]
    out = np.zeros(len(y), np.float32)
    for fold in range(FOLDS):
        out[folds == fold] = chance(fit_any_of(x[folds != fold], y[folds != fold, None], 3.0)(x[folds == fold]))[:, 0]
    role = np.array([entity.role for entities in found for entity in entities])
    gold = np.array([sum(len(r["roles"][name]) for r in dev) for name in ROLES])
    grid = np.arange(0.08, 0.7, 0.01)
    shared = max(grid, key=lambda least: f1(y, out >= least, int(gold.sum())))
    thresholds = np.full(len(ROLES), shared, np.float32)
    for i, name in enumerate(ROLES):
        own = role == i
        reached = 2 * y[own & (out >= shared)].sum() / max(1, (own & (out >= shared)).sum() + gold[i])
        ceiling = y[own].sum() / max(1, gold[i])
        print(f"  {name}: F1 {reached:.3f}; candidates hold {ceiling:.3f} of {gold[i]} in gold")
    reached = f1(y, out >= shared, int(gold.sum()))
    print(f"muc4 dev, {FOLDS} folds: CEAF-REE micro F1 {reached:.3f} at {shared:.2f}", flush=True)
    save_linear("muc4-keep", fit_any_of(x, y[:, None], 3.0))
    save_linear("muc4-thresholds", Linear(np.zeros((len(ROLES), 1), np.float32), thresholds))


def f1(truth: Floats, kept: np.ndarray[Any, Any], gold: int) -> float:
    """F1 of kept entities."""
    return 2 * float(truth[kept].sum()) / max(1, int(kept.sum()) + gold)


def right(record: Record, entities: list[Entity]) -> list[float]:
    """1 for an entity that names a gold entity of its role; of two that name the same, the surer one."""
    taken: set[tuple[int, int]] = set()
    values = {}
    for entity in sorted(entities, key=lambda e: -e.best.mean):
        values[id(entity)] = 0.0
        for number, mentions in enumerate(record["roles"][ROLES[entity.role]]):
            if (entity.role, number) not in taken and entity.best.text in {bare(m["text"]) for m in mentions}:
                taken.add((entity.role, number))
                values[id(entity)] = 1.0
                break
    return [values[id(entity)] for entity in entities]


def incidents(records: list[Record]) -> Floats:
    """(records, incidents + 1): which incidents a message tells, and whether it tells any."""
    table = np.zeros((len(records), len(INCIDENTS) + 1), np.float32)
    for row, record in enumerate(records):
        for template in record["templates"]:
            table[row, -1] = 1
            for i, name in enumerate(INCIDENTS):
                table[row, i] = max(table[row, i], name in str(template["incident_type"]).lower())
    return table


def report_incidents(told: Floats, truth: Floats) -> None:
    """Print F1 of relevance and of incident types."""
    kept = told > 0
    both = (kept * truth).sum(0)
    scores = 2 * both / np.maximum(1, kept.sum(0) + truth.sum(0))
    print(
        f"muc4 dev: relevance F1 {scores[-1]:.3f}; "
        + ", ".join(f"{n} {s:.3f}" for n, s in zip(INCIDENTS, scores, strict=False))
    )


def head_words(records: list[Record]) -> Floats:
    """(COLUMNS,): log-odds that a message with this word has it as the last word of a filler of this role."""
    having: dict[int, int] = {}
    filling: dict[int, int] = {}
    words: dict[int, set[str]] = {
        role: {bare(m["text"]).split()[-1] for r in records for e in r["roles"][name] for m in e if bare(m["text"])}
        for role, name in enumerate(ROLES)
    }
    for record in records:
        present = set(bare(record["text"]).split())
        for role, name in enumerate(ROLES):
            filled = {bare(m["text"]).split()[-1] for e in record["roles"][name] for m in e if bare(m["text"])}
            for word in present & words[role]:
                column = head_column(role, word)
                having[column] = having.get(column, 0) + 1
                filling[column] = filling.get(column, 0) + (word in filled)
    table = np.full(COLUMNS, np.log(0.3 / 3), np.float32)
    for column, count in having.items():
        table[column] = np.log((filling[column] + 0.3) / (count - filling[column] + 3))
    return table


def fit_pieces(records: list[Record], model: EventModel) -> Linear:
    """A piece head on the frozen last layer, for an encoder without one."""
    random = np.random.default_rng(SEED)
    rows, truth = [], []
    for record in records:
        pieces = read_long(record["text"], model)
        gold = np.zeros((len(pieces.spans), len(ROLES)), np.float32)
        starts = np.array([span.start for span in pieces.spans])
        ends = np.array([span.end for span in pieces.spans])
        for i, name in enumerate(ROLES):
            for entity in record["roles"][name]:
                for mention in entity:
                    if mention["span"]:
                        gold[(starts < mention["span"][1]) & (ends > mention["span"][0]), i] = 1
        kept = (gold.sum(1) > 0) | (random.random(len(gold)) < EMPTY)
        rows.append(pieces.hidden[kept])
        truth.append(gold[kept])
    return fit_any_of(np.concatenate(rows), np.concatenate(truth), 20.0)
