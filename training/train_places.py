"""Learn which candidate a place name means, from the train splits of the geoparsing sets.

Run: python -m training.train_places [--only rank]. Writes data/gazetteer/place_weights.json: for each model one
weight a feature. Conditional logit with an L2 penalty; every number can be read as 'this much more likely'.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.geoparsing import document_of
from benchmarks.sets.geovirus import WIKIPEDIA
from tocsin.locate import places_rank
from tocsin.locate.places_rank import FEATURES, Name, context_features, kilometres, plain_features, shares
from tocsin.locate.toponym_resolve import gather
from tocsin.locate.toponym_spans import describe_spans
from tocsin.parse import load_parser, parse_document
from tocsin.resources.gazetteer import FOLDER, load_gazetteer
from tocsin.resources.gazetteer_words import publisher_home
from tocsin.vocabulary import Parse, Span, Toponym

SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
SETS = ("lgl", "trnews", "geovirus", "geowebnews")
NOT_NAMES = {"Non_Toponym", "Literal_Expression", "Non_Lit_Expression"}
PENALTY = 1.0
NEAR_KM = 161.0
CACHE = os.environ.get("TOCSIN_CACHE", "")  # a folder that keeps parses between runs
Table = NDArray[np.float64]


def records(split: str, names: Iterable[str] = SETS) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in names:
        for line in (SHARED / name / f"{split}.jsonl").read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            yield name, json.loads(line)


def right(name: Name, gold: list[dict[str, Any]], set_name: str) -> NDArray[np.bool_]:
    """Which candidates lie within 161 km of where most mentions of the name are, or are that very place."""
    votes = Counter((t["lat"], t["lon"], t["geonameid"]) for t in gold)
    (lat, lon, geonameid), _ = votes.most_common(1)[0]
    places = [
        WIKIPEDIA.get(c.name, (c.lat, c.lon)) if set_name == "geovirus" and c.kind != "settlement" else (c.lat, c.lon)
        for c in name.candidates
    ]
    lats, lons = np.array(places).T
    same = np.array([str(c.geonameid) == geonameid for c in name.candidates])
    return np.asarray(same if same.any() else kilometres(lat, lon, lats, lons) <= NEAR_KM)


def fit(tables: list[Table], answers: list[NDArray[np.bool_]], weights: list[float], penalty: float = PENALTY) -> Table:
    """Conditional logit: the weights under which the right candidates are likeliest. Plain Newton steps on all data."""
    count = tables[0].shape[1]
    w = np.zeros(count)
    for _ in range(40):
        gradient, hessian = -penalty * w, -penalty * np.eye(count)
        for table, answer, weight in zip(tables, answers, weights, strict=True):
            p = shares(table, w)
            q = np.where(answer, p, 0.0)
            q /= q.sum()
            mean = p @ table
            centred = table - mean
            gradient += weight * ((q - p) @ table)
            hessian -= weight * (centred.T * p) @ centred
        step = np.linalg.solve(hessian, gradient)
        w -= np.clip(step, -1.5, 1.5)
        if np.abs(step).max() < 1e-4:
            break
    return w


def documents(
    split: str, empty: bool = False
) -> Iterator[tuple[str, list[Name], list[NDArray[np.bool_] | None], list[Table]]]:
    gazetteer = load_gazetteer()
    for set_name, record in records(split):
        gold = [t for t in record["toponyms"] if t.get("kind") not in NOT_NAMES]
        gold.sort(key=lambda t: (t["start"], t["end"]))
        parse = Parse(document_of(record), ())
        toponyms = [Toponym(Span(t["start"], t["end"]), t["phrase"], None) for t in gold]
        names, number = gather(parse, toponyms, gazetteer)
        if not names and not empty:
            continue
        behind = defaultdict(list)
        for unit, t in zip(number, gold, strict=True):
            if unit is not None and t["lat"] is not None:
                behind[unit].append(t)
        answers = [
            right(name, behind[i], set_name) if i in behind and not name.fixed else None for i, name in enumerate(names)
        ]
        home = publisher_home(parse.document.publisher, parse.document.url)
        yield set_name, names, answers, [plain_features(name, home) for name in names]


def train_ranking() -> dict[str, dict[str, float]]:
    known = list(documents("train"))
    first = fit(*_cases(known, None))
    second = fit(*_cases(known, first))
    report("train", known, first, second)
    report("dev", list(documents("dev")), first, second)
    models = {"first": first, "second": second}
    return {
        which: {name: round(float(x), 3) for name, x in zip(FEATURES, w, strict=True)} for which, w in models.items()
    }


def _tables(names: list[Name], plain: list[Table], first: Table | None) -> list[Table]:
    if first is None:
        return plain
    for name, table in zip(names, plain, strict=True):
        name.shares = places_rank._even(len(name.candidates)) if name.fixed else shares(table, first)
    return context_features(names, plain)


def _cases(known: list[Any], first: Table | None) -> tuple[list[Table], list[NDArray[np.bool_]], list[float]]:
    tables, chosen, weights = [], [], []
    for _, names, answers, plain in known:
        for name, table, answer in zip(names, _tables(names, plain, first), answers, strict=True):
            if answer is not None and answer.any() and not answer.all():
                tables.append(table)
                chosen.append(answer)
                weights.append(float(np.sqrt(name.mentions)))
    return tables, chosen, weights


def report(split: str, known: list[Any], first: Table, second: Table) -> None:
    """Share of names with a right candidate that are ranked right, by set: first pass, second pass, largest place."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for set_name, names, answers, plain in known:
        for name, table, context, answer in zip(names, plain, _tables(names, plain, first), answers, strict=True):
            if answer is None or not answer.any():
                continue
            counts[set_name]["n"] += name.mentions
            counts[set_name]["first"] += name.mentions * bool(answer[np.argmax(shares(table, first))])
            counts[set_name]["second"] += name.mentions * bool(answer[np.argmax(shares(context, second))])
            counts[set_name]["people"] += name.mentions * bool(answer[np.argmax(table[:, 0])])
    for set_name, c in counts.items():
        print(
            f"{split} {set_name:11} n {c['n']:5} largest {c['people'] / c['n']:.3f} first {c['first'] / c['n']:.3f} second {c['second'] / c['n']:.3f}"
        )


def parses(split: str) -> Iterator[tuple[str, dict[str, Any], Parse]]:
    """Every record parsed, as it is and, for every other one, in small letters: old wires have no capitals."""
    cache = Path(CACHE) / f"parses-{split}.pickle" if CACHE else None
    if cache and cache.exists():
        yield from pickle.loads(cache.read_bytes())
        return
    parser, kept = load_parser(), []
    for i, (set_name, record) in enumerate(records(split)):
        kept.append((set_name, record, parse_document(document_of(record), parser)))
        small = record["text"].lower()
        if i % 2 == 0 and len(small) == len(record["text"]):
            kept.append((f"{set_name} small", record, parse_document(document_of({**record, "text": small}), parser)))
    if cache:
        cache.write_bytes(pickle.dumps(kept))
    yield from kept


def untagged(parse: Parse) -> Parse:
    """The same sentences as in a language without a model: tokens alone."""
    sentences = tuple(
        dataclasses.replace(
            s, entities=(), tokens=tuple(dataclasses.replace(t, pos="", tag="", dep="", ent="") for t in s.tokens)
        )
        for s in parse.sentences
    )
    return dataclasses.replace(parse, sentences=sentences)


def find_cases(split: str, tagged: bool) -> Iterator[tuple[str, list[str], float, float]]:
    """Features, answer and weight of every stretch. GeoVirus leaves out demonyms, so they are not held against us there."""
    gazetteer = load_gazetteer()
    for set_name, record, parsed in parses(split):
        if not tagged and set_name.endswith(" small"):
            continue
        parse = parsed if tagged else untagged(parsed)
        gold = {(t["start"], t["end"]) for t in record["toponyms"] if t.get("kind") not in NOT_NAMES}
        left_out = {(t["start"], t["end"]) for t in record["toponyms"] if t.get("kind") in NOT_NAMES}
        home = publisher_home(parse.document.publisher, parse.document.url)
        for candidate in describe_spans(parse, gazetteer, home):
            span = (candidate.span.start, candidate.span.end)
            touching = any(span[0] < e and s < span[1] for s, e in gold)
            if span not in gold and not touching and any(span[0] < e and s < span[1] for s, e in left_out):
                continue
            if candidate.kind in ("demonym", "wide") and set_name.startswith("geovirus"):
                continue
            yield set_name, candidate.features, float(span in gold), 0.5 if touching and span not in gold else 1.0


def train_finding(tagged: bool) -> dict[str, float]:
    """Logistic regression over the features of stretches, L2; features seen fewer than four times are left out."""
    cases = list(find_cases("train", tagged))
    seen = Counter(name for _, names, _, _ in cases for name in names)
    order = sorted(name for name, count in seen.items() if count >= 4)
    number = {name: i for i, name in enumerate(order)}
    rows = [[number[n] for n in names if n in number] for _, names, _, _ in cases]
    columns = np.concatenate([np.array(r, dtype=int) for r in rows])
    lines = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    answers = np.array([a for _, _, a, _ in cases])
    weights = np.array([w for _, _, _, w in cases])
    table = np.zeros((len(rows), len(order)))
    table[lines, columns] = 1
    w = np.zeros(len(order))
    for _ in range(30):
        p = 1 / (1 + np.exp(-table @ w))
        gradient = table.T @ (weights * (answers - p)) - PENALTY * w
        hessian = (table.T * (weights * p * (1 - p))) @ table + PENALTY * np.eye(len(order))
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-4:
            break
    print(
        f"{len(rows)} stretches, {len(order)} features, log loss {-np.mean(weights * np.log(np.where(answers == 1, p, 1 - p) + 1e-9)):.4f}"
    )
    return {name: round(float(x), 3) for name, x in zip(order, w, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("rank", "find"))
    only = parser.parse_args().only
    path = FOLDER / "place_weights.json"
    models = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if only != "find":
        models |= train_ranking()
    if only != "rank":
        models["find"], models["find_plain"] = train_finding(True), train_finding(False)
    path.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
