"""Fit the light models that benchmark adapters use, on the visible splits, and print what each reaches.

python -m training.fit_roles            all of them, a few minutes on one core
python -m training.fit_roles muc4       one set

Heads that the encoder was trained with (data/models/events/tasks.npz) are used as they are; where there is none, one is
fitted on the encoder's frozen last layer. To be run again whenever the encoder changes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.light import Floats, log_softmax, save_linear, settle_head, trained_head
from benchmarks.ngrams import pair_grams, save_words
from benchmarks.pieces import first_span, pair_features, read_alone, row_features, stack
from benchmarks.sets import case2021_task2, plv_plover
from benchmarks.sets.plv_plover import ROOTS
from tocsin.resources.crosswalks import load_crosswalks
from tocsin.resources.models import load_event_model
from training.fit_answers import fit_giveme5w1h
from training.fit_fillers import fit_muc4
from training.fit_light import fit_one_of, fit_words_one_of
from training.fit_pairs import fit_pairs
from training.gold import Labels, label_f1, read_records

SEED = 20261123
NOTES = Path(__file__).parent / "annotations" / "notes.jsonl"
FOLDS = 5


def fit_plv_plover(gold: Path) -> None:
    """The head of hashed words, and one on the frozen encoder where it has none; macro F1 on dev."""
    model = load_event_model(reader=None)
    pairs: dict[str, Floats] = {}
    grams: dict[str, list[list[str]]] = {}
    labels: dict[str, Labels] = {}
    for split in ("train", "dev"):
        records = read_records(gold / "plv_plover" / f"{split}.jsonl")
        spans = [(r["text"], first_span(r["source_spans"]), first_span(r["target_spans"])) for r in records]
        pairs[split] = stack(pair_features(read_alone(text, model), a, b) for text, a, b in spans)
        grams[split] = [pair_grams(text, a, b) for text, a, b in spans]
        labels[split] = np.array([ROOTS.index(r["label"]) for r in records])
    words = fit_words_one_of(grams["train"], labels["train"], len(ROOTS), 0.05)
    save_words("plv_plover-words", words)
    own = trained_head("plv_plover")
    head = own or fit_one_of(pairs["train"], labels["train"], len(ROOTS), 50.0)
    settle_head("plv_plover", None if own else head)
    one, two = log_softmax(head(pairs["dev"])), log_softmax(words(grams["dev"]))
    for share in (0.0, 0.3, plv_plover.SHARE, 0.6, 1.0):
        reached = label_f1(labels["dev"], (share * one + (1 - share) * two).argmax(1))
        print(f"plv_plover dev, encoder {share:.2f}: macro F1 {reached:.3f}", flush=True)


def fit_case2021_task2(gold: Path) -> None:
    """Both heads on this project's own snippets; weighted F1 over folds of them."""
    del gold  # the set has no training data
    names = [one.code for one in load_crosswalks().case_types]
    model, records = load_event_model(reader=None), read_records(NOTES)
    labels = np.array([names.index(r["label"]) for r in records])
    rows = stack(row_features(read_alone(r["text"], model)) for r in records)
    cues = stack(case2021_task2.cue_counts(r["text"]) for r in records)
    own = trained_head("case2021_task2")
    # An encoder that was trained without the snippets has a head that knows nothing.
    if own is not None and (own(rows).argmax(1) == labels).mean() < 0.6:
        own = None
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(records))
    one, two = (np.zeros((len(records), len(names)), np.float32) for _ in range(2))
    for fold in range(FOLDS):
        out, kept = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        head = own or fit_one_of(rows[kept], labels[kept], len(names), 50.0)
        one[out] = log_softmax(head(rows[out]))
        two[out] = log_softmax(fit_one_of(cues[kept], labels[kept], len(names), 0.3)(cues[out]))
    for share in (0.0, 0.3, case2021_task2.SHARE, 0.7, 1.0):
        reached = label_f1(labels, (share * one + (1 - share) * two).argmax(1), weighted=True)
        print(f"case2021_task2 own snippets, {FOLDS} folds, encoder {share:.2f}: weighted F1 {reached:.3f}", flush=True)
    save_linear("case2021_task2-cues", fit_one_of(cues, labels, len(names), 0.3))
    settle_head("case2021_task2", None if own else fit_one_of(rows, labels, len(names), 50.0))


FITS: dict[str, Callable[[Path], None]] = {
    "plv_plover": fit_plv_plover,
    "case2021_task2": fit_case2021_task2,
    "plover_gsr": fit_pairs,
    "giveme5w1h": fit_giveme5w1h,
    "muc4": fit_muc4,
}


def main() -> None:
    """Fit what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(FITS))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    unknown = set(args.sets) - set(FITS)
    if unknown:
        raise SystemExit(f"fit_roles: no set named {', '.join(sorted(unknown))}. There are: {', '.join(FITS)}.")
    for name in args.sets or FITS:
        started = time.time()
        FITS[name](args.shared / "benchmarks")
        print(f"{name}: {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
