"""Fits who does something to whom (benchmarks/pairs.py) on plv_plover's train split; measured on plover_gsr dev."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.gsr import LEAST_TARGET
from benchmarks.light import Floats, Linear, save_linear
from benchmarks.pairs import Phrase, choose_pair, find_phrases, phrase_features
from tocsin.parse import load_parser, parse_document
from tocsin.vocabulary import Document, Sentence, Span
from training.fit_light import fit_any_of
from training.gold import Record, read_records


def parse(text: str) -> tuple[Sentence, ...]:
    """The sentences of a short text."""
    return parse_document(Document(text, language="en"), load_parser()).sentences


def fit_pairs(gold: Path) -> None:
    """Every phrase of a sentence is a row; it is a source or target if its last words are those of a marked one."""
    by_sentence: dict[str, list[Record]] = {}
    for record in read_records(gold / "plv_plover" / "train.jsonl"):
        by_sentence.setdefault(record["text"], []).append(record)
    rows: list[Floats] = []
    truth: list[tuple[float, float]] = []
    for text, records in by_sentence.items():
        marked = [[Span(*s) for r in records for s in r[f"{side}_spans"]] for side in ("source", "target")]
        phrases = find_phrases(parse(text))
        for i, phrase in enumerate(phrases):
            rows.append(phrase_features(phrase, text, i, len(phrases)))
            truth.append((named(phrase, marked[0]), named(phrase, marked[1])))
    model = fit_any_of(np.array(rows, np.float32), np.array(truth, np.float32), 2.0)
    save_linear("plover_gsr-pairs", model)
    measure(model, read_records(gold / "plover_gsr" / "dev.jsonl"))


def named(phrase: Phrase, marked: list[Span]) -> float:
    """1 where a marked span holds the phrase and starts with it or ends with its head, else 0."""
    for span in marked:
        inside = span.start <= phrase.head.span.start and phrase.head.span.end <= span.end
        if inside and (phrase.span.start <= span.start + 4 or phrase.head.span.end >= span.end - 1):
            return 1.0
    return 0.0


def measure(model: Linear, records: list[Record]) -> None:
    """Print the F1 of sources and of targets; a phrase is right if it overlaps one of gold."""
    right, found, wanted = np.zeros(2), np.zeros(2), np.zeros(2)
    for record in records:
        pair = choose_pair(parse(record["text"]), record["text"], model, least=LEAST_TARGET)
        for side, (phrases, key) in enumerate(((pair.sources, "source"), (pair.targets, "target"))):
            spans = [Span(*actor["span"]) for actor in record[key] if actor["span"]]
            right[side] += sum(any(p.span.overlaps(span) for p in phrases) for span in spans)
            found[side] += len(phrases)
            wanted[side] += len(record[key])
    one, two = 2 * right / np.maximum(1, found + wanted)
    print(f"plover_gsr dev: source F1 {one:.3f}, target F1 {two:.3f}", flush=True)
