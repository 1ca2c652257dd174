"""Learn which event mentions of ECB+ are of one event: benchmarks/weights/ecbplus.npz.

Run in the training environment (its torch and MiniLM are needed for --meanings only) with PYTHONPATH=src:. :
    python -m training.train_mentions --meanings $MINILM     once: word vectors, the 64 main directions of MiniLM's, one byte each
    python -m training.train_mentions                        in the project's environment: everything else, from ecbplus train

Articles are scored by logistic regressions, pairs of mentions by four small networks (48 hidden, Adam, seed 20261123),
and once more by four that also see what the first four say of all other pairs (benchmarks/second_look.py).
With OPENBLAS_NUM_THREADS=1 it takes minutes: the matrices are too small to share. What one step learns from, it does not
see itself: five folds over stories. Threshold: the best CoNLL F1 of train's folds. Without out/links/meanings.npz give
--cache benchmarks/weights/ecbplus.npz: the weights hold the word vectors too.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.mentions import squash
from benchmarks.second_look import second_features
from benchmarks.sets.ecbplus import SECOND, UNSCORED, WEIGHTS, compare, network, table
from benchmarks.stories import INCIDENT_FEATURES, STORY_FEATURES, in_stories, read_articles, stories
from tocsin.link.linkage import average_linkage
from training.links_data import GOLD, records
from training.train_links import clusters_score, cross_fit, fit, note

SEED, FOLDS = 20261123, 5
NETWORKS, HIDDEN, EPOCHS, BATCH, RATE, PENALTY = 4, 48, 12, 512, 2e-3, 0.03

Matrix = NDArray[np.float64]


def train_meanings(folder: Path) -> dict[str, NDArray[Any]]:
    """Each whole word of MiniLM's vocabulary as MiniLM reads it alone."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    words = sorted(word for word in tokenizer.get_vocab() if re.fullmatch("[a-z]{3,}", word))
    rows = []
    with torch.no_grad():
        for start in range(0, len(words), 256):
            batch = tokenizer(words[start : start + 256], return_tensors="pt", padding=True)
            mask = batch["attention_mask"].unsqueeze(-1)
            mean = (model(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
            rows.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    vectors = np.concatenate(rows)
    vectors -= vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    short = vectors @ directions[:64].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    return {"words": np.array(words), "vectors": np.round(short / np.abs(short).max() * 127).astype(np.int8)}


def train_network(values: Matrix, labels: Matrix, seed: int) -> dict[str, Matrix]:
    """One hidden layer of rectified units, logistic loss, Adam (Kingma and Ba, 2015)."""
    chance = np.random.default_rng(seed)
    width = values.shape[1]
    state = {
        "inner": chance.normal(0, np.sqrt(2 / width), (width, HIDDEN)),
        "inner_bias": np.zeros(HIDDEN),
        "outer": chance.normal(0, np.sqrt(2 / HIDDEN), HIDDEN),
        "outer_bias": np.zeros(1),
    }
    slow = {name: np.zeros_like(part) for name, part in state.items()}
    fast = {name: np.zeros_like(part) for name, part in state.items()}
    step = 0
    for epoch in range(EPOCHS):
        order = chance.permutation(len(labels))
        rate = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            x, y = values[batch], labels[batch]
            hidden = np.maximum(0.0, x @ state["inner"] + state["inner_bias"])
            odds = hidden @ state["outer"] + state["outer_bias"]
            wrong = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - y) / len(batch)
            back = np.outer(wrong, state["outer"]) * (hidden > 0)
            slopes = {
                "inner": x.T @ back + PENALTY * state["inner"] / len(batch),
                "inner_bias": back.sum(axis=0),
                "outer": hidden.T @ wrong + PENALTY * state["outer"] / len(batch),
                "outer_bias": np.array([wrong.sum()]),
            }
            step += 1
            for name, slope in slopes.items():
                slow[name] = 0.9 * slow[name] + 0.1 * slope
                fast[name] = 0.999 * fast[name] + 0.001 * slope**2
                state[name] -= rate * (slow[name] / (1 - 0.9**step)) / (np.sqrt(fast[name] / (1 - 0.999**step)) + 1e-8)
    return state


def train_networks(values: Matrix, labels: Matrix, count: int = NETWORKS) -> dict[str, Matrix]:
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    nets = [train_network((values - mean) / scale, labels, SEED + number) for number in range(count)]
    return {
        "mean": mean,
        "scale": scale,
        "inner": np.stack([net["inner"] for net in nets]),
        "inner_bias": np.stack([net["inner_bias"] for net in nets]),
        "outer": np.stack([net["outer"] for net in nets]),
        "outer_bias": np.array([net["outer_bias"][0] for net in nets]),
    }


def conll(gold: list[str], clusters: list[list[int]]) -> float:
    sys.path.insert(0, str(GOLD / "scorers"))
    import score_coref as scorer

    wanted: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(gold):
        wanted[cluster].add(number)
    key, answer = list(wanted.values()), [set(members) for members in clusters]
    return float(np.mean([measure(key, answer)["f1"] for measure in (scorer.muc, scorer.bcub, scorer.ceafe)]))


def train(cache: Path) -> None:
    found = records("ecbplus", "train")
    with np.load(cache) as file:
        weights: dict[str, NDArray[Any]] = {name: file[name] for name in ("words", "vectors")}
    articles = read_articles(found)
    topic = [record["topic"] for record in found]
    same = np.array([float(found[a]["subtopic"] == found[b]["subtopic"]) for a, b in articles.pairs])
    first = table(articles.features, STORY_FEATURES)
    fold_of_topic = np.array([hash_fold(topic[a]) for a, _ in articles.pairs])
    weights["story"] = fit(first, same)
    odds = cross_fit(first, same, fold_of_topic)
    groups = stories(articles, odds.tolist())
    _, pairs, features = in_stories(articles, odds.tolist(), groups)
    second = table(features, INCIDENT_FEATURES)
    same = np.array([float(found[a]["subtopic"] == found[b]["subtopic"]) for a, b in pairs])
    weights["incident"] = fit(second, same, 3.0)
    odds = cross_fit(second, same, np.array([hash_fold(topic[a]) for a, _ in pairs]))
    scored = []
    subtopics = [record["subtopic"] for record in found]
    for threshold in np.arange(-1.0, 1.25, 0.25).tolist():
        scores = {pair: squash(value) for pair, value in zip(pairs, odds.tolist(), strict=True)}
        b3, _ = clusters_score(subtopics, average_linkage(len(found), scores, threshold=threshold, unscored=-7.0))
        scored.append((b3, threshold))
    note(step="incidents", b3=round(max(scored)[0], 4), threshold=max(scored)[1])
    weights["incident_threshold"] = np.array(max(scored)[1])
    mentions, met, values = compare(found, weights, dict(zip(pairs, odds.tolist(), strict=True)))
    gold_of = {m["mid"]: m["cluster"] for record in found for m in record["mentions"]}
    gold = [gold_of[mention.id] for mention in mentions]
    labels = np.array([float(gold[a] == gold[b]) for a, b in met])
    fold = np.array([hash_fold(topic[mentions[a].article]) for a, _ in met])
    held = held_out(values, labels, fold)
    weights |= train_networks(values, labels)
    values = np.hstack([values, second_features(mentions, met, held.tolist())])
    held = held_out(values, labels, fold)
    weights |= {SECOND + name: part for name, part in train_networks(values, labels).items()}
    scored = []
    for threshold in np.arange(-1.5, 0.75, 0.25).tolist():
        scores = {pair: squash(value) for pair, value in zip(met, held.tolist(), strict=True)}
        scored.append(
            (conll(gold, average_linkage(len(mentions), scores, threshold=threshold, unscored=UNSCORED)), threshold)
        )
        note(step="mentions", threshold=threshold, conll=round(scored[-1][0], 4))
    weights["threshold"] = np.array(max(scored)[1])
    note(step="mentions", pairs=len(met), right=int(labels.sum()), chosen=max(scored)[1])
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    small = {name: part.astype(np.float32) if part.dtype == np.float64 else part for name, part in weights.items()}
    np.savez_compressed(WEIGHTS, allow_pickle=False, **small)


def held_out(values: Matrix, labels: Matrix, fold: NDArray[Any]) -> Matrix:
    """Log-odds of each pair by networks that saw no story of its fold."""
    held = np.zeros(len(labels))
    for number in range(FOLDS):
        inside = fold == number
        held[inside] = network(values[inside], train_networks(values[~inside], labels[~inside], 2))
    return held


def hash_fold(topic: object) -> int:
    return int(str(topic)) % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meanings", type=Path, metavar="MINILM")
    parser.add_argument(
        "--cache", type=Path, default=Path("out/links/meanings.npz"), help="word vectors; the weights hold them too"
    )
    args = parser.parse_args()
    if args.meanings:
        args.cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(args.cache, **train_meanings(args.meanings))
    else:
        train(args.cache)


if __name__ == "__main__":
    main()
