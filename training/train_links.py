"""Learn what holds two articles for one story, and two reports for one occurrence.

Run, in the project's environment: python -m training.train_links [words] [articles] [pairs]

words      data/linking/words.json: in how many documents each stem stands (train splits of gva_incidents and ecbplus, and
           the articles written for Tocsin). Only words that enough documents write in small letters: no names.
articles   data/linking/articles.json: articles of gva_incidents train, nearest by words and names.
pairs      data/linking/pairs.json: reports drawn from the same articles (links_data.py), in the blocks that linking uses;
           features with a weight in linking.yaml are left to people.

Both are logistic regressions with an L2 penalty, fitted by Newton's method: nothing is drawn at random but the folds
(seed 20261123). The article threshold is the one with the best B-cubed F1 of train, each fifth scored by the other four.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.clusters import b_cubed, pairwise
from benchmarks.sets.gva_incidents import document_of
from tocsin.link.article_features import ARTICLE_FEATURES, article_features
from tocsin.link.article_profile import read_article
from tocsin.link.articles import article_pairs, profile_articles
from tocsin.link.block import block_keys, block_pairs
from tocsin.link.contradict import contradiction
from tocsin.link.features import pair_features
from tocsin.link.incidents import Linker
from tocsin.link.linkage import average_linkage
from tocsin.link.profile import Profile, Profiler
from tocsin.link.words import stem, words_of
from tocsin.resources.linking import (
    ARTICLES,
    FEATURES,
    PAIRS,
    PLACE,
    WORDS,
    LinkingRules,
    PairWeights,
    load_words,
    parse_linking,
)
from training.links_data import records, shootings, shortened

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tocsin"
WRITTEN = ROOT / "training" / "annotations" / "articles.jsonl"
LOG = ROOT / "training" / "logs" / "links.jsonl"
SEED, FOLDS = 20261123, 5
FEWEST = 4  # documents that have to write a word in small letters before it counts
UNSCORED = -6.0
PENALTY = 1.0
WRONG = 1.0  # pairs that meet by chance for one right pair; in gva_incidents itself it is one for four

Matrix = NDArray[np.float64]
_SMALL = re.compile(r"\b[a-z]+(?:['’][a-z]+)?\b")


def fit(
    values: Matrix, labels: Matrix, penalty: float = PENALTY, rounds: int = 50, counts: Matrix | None = None
) -> Matrix:
    """Weights of a logistic regression, the intercept last and free of penalty; columns are scaled for the fit only.

    ``counts`` say how often each row counts, once by default.
    """
    counts = np.ones(len(labels)) if counts is None else counts
    scale = values.std(axis=0)
    scale[scale == 0] = 1.0
    design = np.column_stack([values / scale, np.ones(len(values))])
    ridge = np.full(design.shape[1], penalty)
    ridge[-1] = 1e-9
    weights = np.zeros(design.shape[1])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ ((chance - labels) * counts) + ridge * weights
        bend = (design * (counts * chance * (1 - chance))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return np.append(weights[:-1] / scale, weights[-1])


def table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Matrix:
    return np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float64).reshape(-1, len(names))


def odds(values: Matrix, weights: Matrix) -> Matrix:
    found: Matrix = values @ weights[:-1] + weights[-1]
    return found


def folds(groups: Sequence[object]) -> NDArray[np.int64]:
    """A fold for each item, the same for all of a group."""
    names = sorted({str(group) for group in groups})
    drawn = np.random.default_rng(SEED).integers(0, FOLDS, len(names))
    fold = dict(zip(names, drawn.tolist(), strict=True))
    return np.array([fold[str(group)] for group in groups])


def cross_fit(values: Matrix, labels: Matrix, fold: NDArray[np.int64], counts: Matrix | None = None) -> Matrix:
    """Log-odds of each pair by weights that have not seen its fold."""
    counts = np.ones(len(labels)) if counts is None else counts
    found = np.zeros(len(labels))
    for number in range(FOLDS):
        inside = fold == number
        found[inside] = odds(values[inside], fit(values[~inside], labels[~inside], counts=counts[~inside]))
    return found


def calibration(found: Matrix, labels: Matrix, counts: Matrix | None = None, bins: int = 10) -> float:
    """Expected calibration error: how far scores lie from the share of right pairs, over ten bins of scores."""
    counts = np.ones(len(labels)) if counts is None else counts
    chance = 1 / (1 + np.exp(-np.clip(found, -30, 30)))
    place = np.minimum((chance * bins).astype(int), bins - 1)
    error = 0.0
    for number in set(place.tolist()):
        inside = place == number
        wrong = np.average(chance[inside], weights=counts[inside]) - np.average(labels[inside], weights=counts[inside])
        error += abs(float(wrong)) * float(counts[inside].sum() / counts.sum())
    return error


def write(place: str, record: Mapping[str, object]) -> None:
    target = PACKAGE / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def note(**figures: object) -> None:
    print(json.dumps(figures))
    with LOG.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(figures) + "\n")


def weights_record(names: Sequence[str], weights: Matrix) -> dict[str, object]:
    return {
        "bias": round(float(weights[-1]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights[:-1], strict=True)},
    }


# --- words ---


def train_words() -> None:
    texts = [record["text"] for name in ("gva_incidents", "ecbplus") for record in records(name, "train")]
    texts += [json.loads(line)["text"] for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    having: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        having.update({stem(word) for word in words_of(text)})
        small.update({stem(word.removesuffix("'s")) for word in _SMALL.findall(text.replace("’", "'"))})
    kept = {word: count for word, count in having.items() if small[word] >= max(FEWEST, count // 4)}
    write(WORDS, {"documents": len(texts), "having": kept})
    note(step="words", documents=len(texts), words=len(kept))


# --- articles ---


def article_data(split: str) -> tuple[list[str], list[tuple[int, int]], Matrix, Matrix]:
    """Incidents of the articles, and of the pairs compared: positions, features, labels."""
    found = records("gva_incidents", split)
    incidents = [record["incident"] for record in found]
    profiles, rarities = profile_articles([read_article(document_of(record)) for record in found], load_words())
    pairs = article_pairs(profiles)
    values = table([article_features(profiles[a], profiles[b], rarities) for a, b in pairs], ARTICLE_FEATURES)
    labels = np.array([float(incidents[a] == incidents[b]) for a, b in pairs])
    return incidents, pairs, values, labels


def clusters_score(incidents: Sequence[str], clusters: Iterable[Iterable[int]]) -> tuple[float, float]:
    gold: dict[str, set[int]] = defaultdict(set)
    for number, incident in enumerate(incidents):
        gold[incident].add(number)
    found = [set(members) for members in clusters]
    return b_cubed(list(gold.values()), found), pairwise(list(gold.values()), found)


def train_articles() -> None:
    incidents, pairs, values, labels = article_data("train")
    fold = folds(incidents)
    # A pair is scored by weights that saw neither of its incidents' folds; pairs across two folds go with the first.
    found = cross_fit(values, labels, fold[[a for a, _ in pairs]])
    scores = dict(zip(pairs, np.clip(found, -8, 8).tolist(), strict=True))
    # Fewer articles are mistaken for each other than many: the threshold has to suit thirds as well as the whole.
    third = np.random.default_rng(SEED).integers(0, 3, len(set(incidents)))
    part = dict(zip(sorted(set(incidents)), third.tolist(), strict=True))
    parts = [set(incidents), *({one for one, number in part.items() if number == n} for n in range(3))]
    scored: list[tuple[float, float]] = []
    for threshold in np.arange(-3.0, 0.75, 0.25).tolist():
        found_f1 = []
        for kept in parts:
            inside = [number for number, incident in enumerate(incidents) if incident in kept]
            place = {number: position for position, number in enumerate(inside)}
            some = {(place[a], place[b]): value for (a, b), value in scores.items() if a in place and b in place}
            clusters = average_linkage(len(inside), some, threshold=threshold, unscored=UNSCORED)
            found_f1.append(clusters_score([incidents[number] for number in inside], clusters))
        (b3, pairs_f1), smaller = found_f1[0], float(np.mean([one for one, _ in found_f1[1:]]))
        scored.append(((b3 + smaller) / 2, threshold))
        note(
            step="articles",
            threshold=threshold,
            b3=round(b3, 4),
            pairwise=round(pairs_f1, 4),
            b3_of_thirds=round(smaller, 4),
        )
    _, threshold = max(scored)
    weights = fit(values, labels)
    write(ARTICLES, {**weights_record(ARTICLE_FEATURES, weights), "threshold": threshold, "unscored": UNSCORED})
    note(
        step="articles",
        chosen=threshold,
        pairs=len(pairs),
        right=int(labels.sum()),
        calibration_error=round(calibration(found, labels), 4),
    )


# --- pairs ---


def report_pairs(
    split: str, rules: LinkingRules
) -> tuple[list[str], list[Profile], list[tuple[int, int]], Matrix, Matrix, list[str]]:
    profiler = Profiler(rules)
    told = shortened(shootings(split, ROOT / "out" / "links"))
    incidents = [incident for incident, _ in told]
    profiles = [profiler(document, report) for _, (document, report) in told]
    keys = [block_keys(profile, rules) for profile in profiles]
    met = [
        (int(a), int(b))
        for a, b in block_pairs(keys, rules.largest_block)
        if contradiction(profiles[a], profiles[b], rules) is None
    ]
    names = sorted(FEATURES)
    values = table([pair_features(profiles[a], profiles[b], rules, profiler.rarity) for a, b in met], names)
    labels = np.array([float(incidents[a] == incidents[b]) for a, b in met])
    return incidents, profiles, met, values, labels, names


def moved_pairs(
    incidents: Sequence[str], profiles: Sequence[Profile], rules: LinkingRules
) -> list[tuple[int, Profile, Profile]]:
    """Pairs of two incidents of one town, one moved in time so that both fall on one day or on neighbouring ones.

    The sample is drawn from the whole country, so that two incidents of one town and day are hardly ever in it; a run over
    a town's papers has many. Moved are the days alone: the words, names and numbers are those of two real incidents.
    Meetings by chance fall on the day before and the day after as often as on the day itself.
    """
    chance = np.random.default_rng(SEED)
    towns: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        if profile.settlement and profile.first and profile.published:
            towns[profile.country, profile.settlement].append(number)
    found = []
    for members in towns.values():
        for a, b in combinations(members, 2):
            if incidents[a] != incidents[b] and profiles[a].type.group == profiles[b].type.group:
                one, other = profiles[a], profiles[b]
                by = one.first - other.first + int(chance.integers(-1, 2))
                moved = replace(other, first=other.first + by, last=other.last + by, published=other.published + by)
                if contradiction(one, moved, rules) is None:
                    found.append((a, one, moved))
    return found


def train_pairs() -> None:
    text = (PACKAGE / PLACE).read_text(encoding="utf-8")
    blank = PairWeights(0.0, dict.fromkeys(FEATURES, 0.0))
    rules = parse_linking(text, blank, load_words())
    incidents, profiles, met, values, labels, names = report_pairs("train", rules)
    learned = [name for name in names if name not in rules.by_hand]
    columns = [names.index(name) for name in learned]
    profiler = Profiler(rules)
    moved = moved_pairs(incidents, profiles, rules)
    more = table([pair_features(one, other, rules, profiler.rarity) for _, one, other in moved], names)
    total = sum(n * (n - 1) // 2 for n in Counter(incidents).values())
    in_blocks, right = len(met), int(labels.sum())
    values = np.vstack([values, more])
    labels = np.append(labels, np.zeros(len(moved)))
    fold = folds(incidents)[[*(a for a, _ in met), *(a for a, _, _ in moved)]]
    # How many meet by chance depends on what is collected: the fit takes WRONG of them for one right pair.
    counts = np.where(labels > 0, 1.0, WRONG * right / max(1, len(labels) - right))
    found = cross_fit(values[:, columns], labels, fold, counts=counts)
    weights = fit(values[:, columns], labels, counts=counts)
    write(PAIRS, weights_record(learned, weights))
    chance = 1 / (1 + np.exp(-found))
    note(
        step="pairs",
        pairs=in_blocks,
        right=right,
        right_in_blocks=round(right / total, 4),
        moved=len(moved),
        brier=round(float(np.average((chance - labels) ** 2, weights=counts)), 4),
        calibration_error=round(calibration(found, labels, counts), 4),
        bias=round(float(weights[-1]), 2),
        weights={name: round(float(weight), 2) for name, weight in zip(learned, weights[:-1], strict=True)},
    )
    for split in ("train", "dev"):
        judge_pairs(split)


def judge_pairs(split: str) -> None:
    """Linking as it runs, on reports of a split: the people named are all it knows of the actors."""
    text = (PACKAGE / PLACE).read_text(encoding="utf-8")
    raw = json.loads((PACKAGE / PAIRS).read_text(encoding="utf-8"))
    rules = parse_linking(text, PairWeights(raw["bias"], raw["weights"]), load_words())
    incidents, profiles, _, values, labels, names = report_pairs(split, rules)
    found = odds(values, np.array([*(rules.weights.of[name] for name in names), rules.weights.bias]))
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        linker = Linker(replace(rules, threshold=threshold), Profiler(rules))
        number = {profile.id: position for position, profile in enumerate(profiles)}
        unique = sorted({profile.id: profile for profile in profiles}.values(), key=lambda profile: profile.id)
        clusters = [[number[member] for member in incident.members] for incident in linker.link(unique)]
        b3, pairs_f1 = clusters_score(incidents, clusters)
        note(step="pairs", split=split, threshold=threshold, b3=round(b3, 4), pairwise=round(pairs_f1, 4))
    note(step="pairs", split=split, calibration_error=round(calibration(found, labels), 4))


STEPS: dict[str, Callable[[], None]] = {"words": train_words, "articles": train_articles, "pairs": train_pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", choices=[*STEPS, []], default=list(STEPS))
    for step in parser.parse_args().steps:
        STEPS[step]()


if __name__ == "__main__":
    main()
