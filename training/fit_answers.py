"""Fits which span answers who, what, when, where, why and how (benchmarks/answers.py) on giveme5w1h's train split."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.answers import QUESTIONS, Answer
from benchmarks.light import Floats, Linear, save_linear
from benchmarks.sets.giveme5w1h import candidates
from tocsin.parse import load_parser
from training.gold import Record, read_records, words_f1

# Added to the diagonal of the normal equations: 48 articles cannot weigh 2,000 columns freely.
RIDGE = 20.0
# Good answers are few among candidates; their rows weigh more, by the square of what they are worth.
EMPHASIS = 8.0

Told = tuple[Record, list[Answer], Floats, Floats]


def fit_giveme5w1h(gold: Path) -> None:
    """A weighted ridge regression for each question on the words' F1 with the best gold answer."""
    parser = load_parser()
    told: dict[str, list[Told]] = {}
    for split in ("train", "dev"):
        told[split] = []
        for record in read_records(gold / "giveme5w1h" / f"{split}.jsonl"):
            answers, rows = candidates(record, parser)
            told[split].append((record, answers, rows, worth(record, answers)))
    model = ridge(told["train"])
    save_linear("giveme5w1h-answers", model)
    for split, ones in told.items():
        print(f"giveme5w1h {split}: {measure(model, ones)}", flush=True)


def worth(record: Record, answers: list[Answer]) -> Floats:
    """(answers, questions): how well each candidate matches the best gold answer; NaN where gold has none."""
    table = np.full((len(answers), len(QUESTIONS)), np.nan, np.float32)
    for i, name in enumerate(QUESTIONS):
        phrases = [a["text"] for a in record["answers"].get(name) or [] if a["text"]]
        for j, answer in enumerate(answers):
            if phrases:
                table[j, i] = max(words_f1(answer.span.of(record["text"]), phrase) for phrase in phrases)
    return table


def ridge(told: list[Told]) -> Linear:
    """One regression a question, over the articles that have an answer to it."""
    weights, biases = [], []
    for i in range(len(QUESTIONS)):
        kept = [(rows, truth[:, i]) for _, _, rows, truth in told if len(truth) and not np.isnan(truth[0, i])]
        x, y = np.concatenate([rows for rows, _ in kept]), np.concatenate([truth for _, truth in kept])
        w = 1 + EMPHASIS * y**2
        centre, middle = np.average(x, axis=0, weights=w), float(np.average(y, weights=w))
        moved = (x - centre) * w[:, None]
        square = moved.T @ (x - centre) + RIDGE * np.eye(x.shape[1], dtype=np.float32)
        weight = np.linalg.solve(square, moved.T @ (y - middle))
        weights.append(weight)
        biases.append(middle - float(weight @ centre))
    return Linear(np.array(weights, np.float32), np.array(biases, np.float32))


def measure(model: Linear, told: list[Told]) -> str:
    """Words' F1 of the first answer by question, of the four W, and of all; and the best any candidate could give."""
    got: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    best: list[float] = []
    for _, answers, rows, truth in told:
        for i, name in enumerate(QUESTIONS):
            if len(answers) and not np.isnan(truth[0, i]):
                got[name].append(float(truth[int(model(rows)[:, i].argmax()), i]))
                best.append(float(truth[:, i].max()))
    four = np.mean([value for name in QUESTIONS[:4] for value in got[name]])
    every = np.mean([value for values in got.values() for value in values])
    each = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in got.items())
    return f"{each}; four W {four:.3f}, all {every:.3f}, best candidates {np.mean(best):.3f}"
