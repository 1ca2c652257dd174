"""Learn which candidate cues are attributions, from the train split of PolNeAR.

Run: python -m training.train_attribution. Writes src/tocsin/data/lexicons/en/cue_weights.json: one weight a feature,
logistic regression with an L2 penalty, so that every number reads as 'this much more likely'. The threshold is the
one with the best F1 of full matches on the last tenth of the train split, which the weights have not seen.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.sets.polnear import document_of
from tocsin.extract.attribution import Candidate, candidates
from tocsin.extract.attribution_model import frame_features
from tocsin.parse import find_quotations, load_parser, parse_document
from tocsin.resources.cue_lexicon import CueLexicon, load_cue_lexicon
from tocsin.vocabulary import Parse

GOLD = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "polnear"
TARGET = Path(__file__).resolve().parents[1] / "src" / "tocsin" / "data" / "lexicons" / "en" / "cue_weights.json"
MIN_COUNT = 3  # a feature seen less often teaches nothing that holds elsewhere
MIN_WEIGHT = 0.04  # smaller ones change no decision; leaving them out halves the file
NOUN_COUNT = 4  # times a noun must be a cue before it becomes a candidate


def cells(spans: list[list[int]]) -> set[int]:
    return {index for start, end in spans for index in range(start, end)}


def read_split(split: str, cache: Path | None) -> list[tuple[dict[str, Any], Parse]]:
    """Records with their parses; quotations are found anew, so that a change there needs no new parse."""
    with (GOLD / f"{split}.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    stored = cache / f"pn_{split}.pkl" if cache else None
    if stored and stored.exists():
        parses = pickle.loads(stored.read_bytes())
    else:
        parser = load_parser()
        parses = {record["id"]: parse_document(document_of(record["text"]), parser) for record in records}
        if stored:
            stored.write_bytes(pickle.dumps(parses))
    pairs = []
    for record in records:
        parse = parses[record["id"]]
        text = parse.document.text
        quotations = tuple(
            quotation
            for block in parse.document.blocks
            for quotation in find_quotations(block.span.of(text), block.span.start)
        )
        pairs.append((record, replace(parse, quotations=quotations)))
    return pairs


def cue_nouns(pairs: list[tuple[dict[str, Any], Parse]]) -> frozenset[str]:
    """Nouns that are the only word of content in enough gold cues."""
    counts: Counter[str] = Counter()
    for record, parse in pairs:
        for gold in record["attributions"]:
            if len(gold["cue"]) != 1:
                continue
            start, end = gold["cue"][0]
            sentence = parse.sentence_at(start)
            if sentence is None:
                continue
            inside = [token for token in sentence.tokens if start <= token.span.start < end]
            if not any(token.pos == "VERB" for token in inside):
                counts.update({token.lemma for token in inside if token.pos == "NOUN"})
    return frozenset(noun for noun, count in counts.items() if count >= NOUN_COUNT)


def labelled(
    record: dict[str, Any], parse: Parse, lexicon: CueLexicon, nouns: frozenset[str]
) -> Iterator[tuple[Candidate, bool, list[str]]]:
    """Each candidate with whether it is the best match of a gold attribution, and its features."""
    found = [candidate for candidate in candidates(parse, lexicon, nouns) if candidate.frame.content]
    gold = [(cells(item["cue"]), cells(item["content"])) for item in record["attributions"]]
    pairs = []
    for index, candidate in enumerate(found):
        cue = set(range(candidate.frame.cue.start, candidate.frame.cue.end))
        content = cells([[span.start, span.end] for span in candidate.frame.content])
        for number, (gold_cue, gold_content) in enumerate(gold):
            if cue & gold_cue and content & gold_content:
                overlap = 2 * len(content & gold_content) / (len(content) + len(gold_content))
                pairs.append((overlap, index, number))
    used: set[int] = set()
    right: set[int] = set()
    for _, index, number in sorted(pairs, reverse=True):
        if index not in right and number not in used:
            right.add(index)
            used.add(number)
    for index, candidate in enumerate(found):
        features = list(
            frame_features(candidate.frame, candidate.sentence, lexicon, candidate.quoted, candidate.inside)
        )
        yield candidate, index in right, features


def fit(
    rows: list[list[int]], labels: NDArray[np.float64], size: int, penalty: float, epochs: int
) -> NDArray[np.float64]:
    """Logistic regression by AdaGrad over shuffled batches; deterministic."""
    chance = np.random.default_rng(20161108)
    weights, squares = np.zeros(size), np.full(size, 1e-6)
    order = np.arange(len(rows))
    for epoch in range(epochs):
        chance.shuffle(order)
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            columns = np.concatenate([rows[row] for row in batch]).astype(np.int64)
            owners = np.repeat(np.arange(len(batch)), [len(rows[row]) for row in batch])
            totals = np.bincount(owners, weights[columns], minlength=len(batch))
            errors = 1 / (1 + np.exp(-np.clip(totals, -30, 30))) - labels[batch]
            gradient = np.bincount(columns, errors[owners], minlength=size)
            touched = np.unique(columns)
            step = gradient[touched] + penalty * len(batch) * weights[touched]
            squares[touched] += step**2
            weights[touched] -= 0.1 / (1 + 0.1 * epoch) * step / np.sqrt(squares[touched])
    return weights


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cache", type=Path, help="folder where parses are kept between runs")
    options.add_argument("--penalty", type=float, default=3e-4)
    options.add_argument("--epochs", type=int, default=12)
    args = options.parse_args()
    lexicon = load_cue_lexicon()
    pairs = read_split("train", args.cache)
    nouns = cue_nouns(pairs)
    print(f"{len(pairs)} articles, {len(nouns)} nouns beyond the lexicon's possible cues", flush=True)
    examples = [list(labelled(record, parse, lexicon, nouns)) for record, parse in pairs]
    held = len(examples) - len(examples) // 10
    counts = Counter(feature for document in examples for _, _, features in document for feature in features)
    names = [feature for feature, count in counts.items() if count >= MIN_COUNT]
    place = {feature: index for index, feature in enumerate(names)}

    def rows(documents: list[list[tuple[Candidate, bool, list[str]]]]) -> tuple[list[list[int]], NDArray[np.float64]]:
        flat = [item for document in documents for item in document]
        return [[place[f] for f in features if f in place] for _, _, features in flat], np.array(
            [float(r) for _, r, _ in flat]
        )

    train_rows, train_labels = rows(examples[:held])
    weights = fit(train_rows, train_labels, len(names), args.penalty, args.epochs)
    held_rows, held_labels = rows(examples[held:])
    scores = np.array([1 / (1 + np.exp(-weights[row].sum())) for row in held_rows])
    gold = sum(len(record["attributions"]) for record, _ in pairs[held:])
    best = (0.0, 0.5)
    for cut in np.arange(0.2, 0.8, 0.02):
        chosen = scores >= cut
        right = float(held_labels[chosen].sum())
        f1 = 2 * right / (float(chosen.sum()) + gold)
        best = max(best, (f1, float(cut)))
    print(f"{len(names)} features; held tenth: F1 {best[0]:.3f} at {best[1]:.2f}", flush=True)
    all_rows, all_labels = rows(examples)
    weights = fit(all_rows, all_labels, len(names), args.penalty, args.epochs)
    kept = {
        name: round(float(weights[place[name]]), 3) for name in sorted(names) if abs(weights[place[name]]) >= MIN_WEIGHT
    }
    model = {"threshold": round(best[1], 2), "nouns": sorted(nouns), "weights": kept}
    TARGET.write_text(json.dumps(model, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(kept)} weights, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
