"""Fit what lies on top of the encoder for glocon_sent, glocon_doc, ceha and india_police_events; print what each reaches.

python -m training.fit_heads            all of them, some minutes on one core
python -m training.fit_heads ceha       one set

Three parts are learned on the train split by logistic regression: hashed words, the coder's event types, and the head on the
encoder's last layer. A head that the encoder was trained with (data/models/events/tasks.npz) is used as it is.

How the parts add up is learned on rows that the parts have not seen: train rows by folds of whole articles, and dev. A head
that came with the encoder has seen all of train, so then dev alone is left, with weights held close to a common start.
Thresholds are those of the highest F1 that the probabilities themselves promise, which a handful of positives cannot bend.
To be run again whenever the encoder changes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.blend import FILE, Blend, document_parts
from benchmarks.light import Floats, Linear, save_linear, trained_head
from benchmarks.ngrams import WordHead, rarity_of, save_words, weighed
from benchmarks.views import (
    LONG,
    View,
    join,
    kept_head,
    kept_linear,
    kept_words,
    parts_of,
    read_words,
    view_sentences,
    view_text,
)
from tocsin.resources.models import FOLDER, load_event_model
from tocsin.vocabulary import Span
from training.fit_light import fit_any_of
from training.prepare_tasks import read
from training.tasks import TASKS

FOLDS, SEED = 4, 20261123
KEPT = Path("out/heads")
POLICE = "india_police_events"
SETS = ("glocon_sent", "glocon_doc", "ceha", POLICE)
# Half the squared weights' price: chosen by average precision on folds of train.
PENALTY = {"head": 300.0, "words": 0.1, "codes": 30.0}
# Rarer than this, a positive counts as much as that many negatives do.
POSITIVE = 3.0
# Weights of the parts before any row is seen (head, words, codes, best sentences), and how hard they are held.
START, HOLD = (0.5, 0.6, 0.4, 0.3), 5.0


@dataclass
class Rows:
    """What one split of a set gives: rows, their truth (n, labels), the article each belongs to, words of a document."""

    view: View
    truth: Floats
    groups: np.ndarray[Any, np.dtype[np.int64]]
    names: list[str] = field(default_factory=list)


def load_rows(name: str, path: Path) -> Rows:
    """Encode a split, or read what an earlier call kept of it for the same encoder."""
    kept = KEPT / f"{name}-{path.stem}-{load_event_model(reader=None).version.split()[1]}.npz"
    if kept.exists():
        with np.load(kept) as z:
            lengths = z["lengths"]
            sentences = tuple(np.split(z["sentences"], np.cumsum(lengths)[:-1])) if len(lengths) else ()
            view = View(z["pooled"], z["grams"].astype(np.float32), z["codes"], sentences)
            return Rows(view, z["truth"], z["groups"])
    rows = encode_split(name, path)
    v = rows.view
    KEPT.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        kept,
        pooled=v.pooled,
        grams=v.grams.astype(np.float16),
        codes=v.codes,
        lengths=np.array([len(s) for s in v.sentences], np.int64),
        sentences=np.concatenate(v.sentences) if v.sentences else np.zeros((0, 0), np.float32),
        truth=rows.truth,
        groups=rows.groups,
    )
    return rows


def encode_split(name: str, path: Path) -> Rows:
    """Read a split through the encoder."""
    model, labels = load_event_model(reader=None), TASKS[name].labels
    views: list[View] = []
    truth: list[list[bool]] = []
    groups: list[int] = []
    articles: dict[str, int] = {}
    for number, record in enumerate(read(path)):
        if record.get("label") == "undetermined":
            continue
        if name == POLICE:
            spans = [Span(s["start"], s["end"]) for s in record["sentences"]]
            if spans:
                views.append(view_sentences(record["text"], spans, model))
                truth.extend([label in s["labels"] for label in labels] for s in record["sentences"])
                groups.extend([number] * len(spans))
            continue
        views.append(view_text(record["text"], model, long=name in LONG))
        told = [*record.get("labels", ()), *(["1"] if record["label"] == "1" else [])]
        truth.append([label in told for label in labels])
        groups.append(articles.setdefault(str(record.get("doc", record["id"])), len(articles)))
    return Rows(join(views), np.array(truth, np.float32), np.array(groups))


def fit_words(view: View, truth: Floats) -> WordHead:
    """The head of words on some rows."""
    rarity = rarity_of(view.grams)
    return WordHead(rarity, fit_any_of(weighed(view.grams, rarity), truth, PENALTY["words"], positive=POSITIVE))


def fit_parts(name: str, view: View, truth: Floats) -> dict[str, Linear]:
    """Head and codes on some rows; the trained head where there is one."""
    return {
        "head": trained_head(name) or fit_any_of(view.pooled, truth, PENALTY["head"]),
        "codes": fit_any_of(view.codes, truth, PENALTY["codes"]),
    }


def chosen(view: View, rows: np.ndarray[Any, Any]) -> View:
    """Some rows of a view."""
    return View(view.pooled[rows], view.grams[rows], view.codes[rows])


def unseen(name: str, train: Rows) -> Floats:
    """The parts' logits (n, labels, parts) of train rows, by parts that have not seen their articles."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, train.groups.max() + 1)[train.groups]
    logits = np.zeros((*train.truth.shape, 3), np.float32)
    for number in range(FOLDS):
        out = np.flatnonzero(fold == number)
        kept, rest = chosen(train.view, np.flatnonzero(fold != number)), chosen(train.view, out)
        truth = train.truth[fold != number]
        parts, words = fit_parts(name, kept, truth), read_words(fit_words(kept, truth), rest.grams)
        logits[out] = np.stack([parts["head"](rest.pooled), words, parts["codes"](rest.codes)], -1)
    return logits


def blend_of(parts: Floats, truth: Floats, start: Sequence[float], hold: float = HOLD) -> Blend:
    """Logistic regression on few parts, its weights held near ``start``; Newton's method.

    Args:
        parts: (n, parts) logits of rows that the parts have not seen.
        truth: (n) 0 or 1.
        start: weights before any row is seen.
        hold: half of it times the squared distance from ``start`` is the price.
    """
    x = np.hstack([parts.astype(np.float64), np.ones((len(parts), 1))])
    origin = np.array([*start[: parts.shape[1]], 0.0])
    price = np.array([hold] * parts.shape[1] + [0.1])
    weights = origin.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (p - truth) + price * (weights - origin)
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(price)
        step = np.linalg.solve(bend, slope)
        weights = weights - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-6:
            break
    # A part that speaks against the label it was fitted for has been fitted to noise.
    if (weights[:-1] < 0).any():
        keep = weights[:-1] >= 0
        inner = blend_of(np.where(keep, parts, 0), truth, np.where(keep, origin[:-1], 0).tolist(), hold)
        return Blend(tuple(np.where(keep, inner.weights, 0.0).tolist()), inner.bias, inner.threshold)
    found = Blend(tuple(weights[:-1].tolist()), float(weights[-1]), 0.5)
    return Blend(found.weights, found.bias, promised(found(parts)))


def promised(chances: Floats) -> float:
    """The threshold with the highest F1 to be expected if the probabilities are right."""
    ranked = np.sort(chances.astype(np.float64))[::-1]
    expected = 2 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return float(ranked[int(expected.argmax())])


def f1(truth: Floats, found: Floats) -> float:
    """F1 of the positive class."""
    both = float((truth * found).sum())
    return 2 * both / max(1e-9, float(truth.sum() + found.sum()))


def rounded(blend: Blend) -> dict[str, Any]:
    """A blend as JSON."""
    return {
        "weights": [round(w, 4) for w in blend.weights],
        "bias": round(blend.bias, 4),
        "threshold": round(blend.threshold, 5),
    }


def by_document(chances: Floats, groups: np.ndarray[Any, Any]) -> Floats:
    """(documents, labels, 2) of sentences' probabilities (n, labels)."""
    return np.array(
        [[document_parts(chances[groups == g, i]) for i in range(chances.shape[1])] for g in np.unique(groups)],
        np.float32,
    )


def document_truth(rows: Rows) -> Floats:
    """(documents, labels): a document has what one of its sentences has."""
    return np.array([rows.truth[rows.groups == g].max(0) for g in np.unique(rows.groups)], np.float32)


def fit_set(name: str, gold: Path) -> dict[str, dict[str, Any]]:
    """Fit a set and print F1 on dev by label; its blends by level."""
    labels = TASKS[name].labels
    train, dev = (load_rows(name, gold / name / f"{split}.jsonl") for split in ("train", "dev"))
    for part, model in fit_parts(name, train.view, train.truth).items():
        if part != "head" or trained_head(name) is None:
            save_linear(f"{name}-{part}", model)
    save_words(f"{name}-words", fit_words(train.view, train.truth))
    kept_head.cache_clear()
    kept_linear.cache_clear()
    kept_words.cache_clear()
    dev_parts = parts_of(name, dev.view)
    # The sentences of glocon_doc train are those of glocon_sent train: its head has seen them.
    seen = trained_head(name) is not None or name == "glocon_doc"
    rows = [dev] if seen else [train, dev]
    parts = [dev_parts] if seen else [unseen(name, train), dev_parts]
    stacked, truth = np.concatenate(parts), np.concatenate([r.truth for r in rows])
    level = "sentence" if name == POLICE else "text"
    blends = [blend_of(stacked[:, i], truth[:, i], START) for i in range(len(labels))]
    record = {level: {label: rounded(b) for label, b in zip(labels, blends, strict=True)}}
    told = [np.stack([b(p[:, i]) for i, b in enumerate(blends)], 1) for p in parts]
    tell(name, level, labels, told, [r.truth for r in rows], blends)
    if name == POLICE:
        documents = [by_document(t, r.groups) for t, r in zip(told, rows, strict=True)]
        truths = [document_truth(r) for r in rows]
        stacked, truth = np.concatenate(documents), np.concatenate(truths)
        blends = [blend_of(stacked[:, i], truth[:, i], (0.5, 0.5)) for i in range(len(labels))]
        record["document"] = {label: rounded(b) for label, b in zip(labels, blends, strict=True)}
        told = [np.stack([b(p[:, i]) for i, b in enumerate(blends)], 1) for p in documents]
        tell(name, "document", labels, told, truths, blends)
    return record


def tell(
    name: str, level: str, labels: Sequence[str], told: list[Floats], truths: list[Floats], blends: list[Blend]
) -> None:
    """F1 by label, on train rows by folds (where they count) and on dev."""
    for place, (chances, truth) in enumerate(zip(told, truths, strict=True)):
        split = "dev" if place == len(told) - 1 else "train, unseen"
        scores = [f1(truth[:, i], (chances[:, i] >= b.threshold).astype(np.float32)) for i, b in enumerate(blends)]
        each = ", ".join(f"{label} {score:.3f}" for label, score in zip(labels, scores, strict=True))
        print(f"{name}, {level}, {split}: mean F1 {np.mean(scores):.3f}; {each}", flush=True)


def main() -> None:
    """Fit what was asked for and write blend.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    unknown = set(args.sets) - set(SETS)
    if unknown:
        raise SystemExit(f"fit_heads: no set named {', '.join(sorted(unknown))}. There are: {', '.join(SETS)}.")
    record: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"sets": {}}
    # In the order of SETS: glocon_doc reads glocon_sent's head.
    for name in (n for n in SETS if n in (args.sets or SETS)):
        started = time.time()
        record["sets"][name] = fit_set(name, args.shared / "benchmarks")
        print(f"{name}: {time.time() - started:.0f} s", flush=True)
    record = {
        "what": "weights of head, words, codes (and best sentences for glocon_doc), bias, threshold; by set, level, label",
        "how": f"training/fit_heads.py; seed {SEED}",
        "encoder": load_event_model(FOLDER, reader=None).version,
        "heads": "trained with the encoder" if trained_head(SETS[0]) else "fitted on the frozen encoder",
        "sets": record["sets"],
    }
    FILE.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
