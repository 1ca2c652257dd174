"""Fit the confidence of events, rows and values on articles that the encoder never saw; kept in the model's card.

The articles are training/annotations/articles_held.jsonl, the held part of annotations/news.jsonl, e2e dev and dev_b. Coding them takes some minutes. Run it again
whenever scores change, last of all fits:

python -m training.fit_confidence --write
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.whole import Record, code_records, load_scorer, paired, read_records, right_fields, row_right
from tocsin.export.record import document_record
from tocsin.extract.confidence import rate_reports, row_features
from tocsin.pipeline import load_coder
from tocsin.vocabulary import Claim, Coded, EventReport, Field
from training.calibration import (
    FOLDS,
    Case,
    across_curve,
    calibration_error,
    fit_curve,
    fit_isotonic,
    fit_logistic,
    fit_platt,
    fold_of,
    log_loss,
)
from training.news import read_news

SHARED = Path("../shared/benchmarks")
SETS: dict[str, Callable[[], Sequence[Record]]] = {
    "e2e dev": lambda: read_records(SHARED / "e2e" / "dev.jsonl"),
    "e2e dev_b": lambda: read_records(SHARED / "e2e" / "dev_b.jsonl"),
    "written": lambda: read_records(Path("training/annotations/articles_held.jsonl")),
    "news": lambda: read_news(SHARED.parent, held=True),
}
E2E = ("e2e dev", "e2e dev_b")

# A field judged less often than this gets no confidence: its share would be chance.
LEAST_CASES = 40
RIDGE = 1.0
# How much event F1 the default of --min-confidence may cost.
MOST_F1_LOST = 0.01


@dataclasses.dataclass(frozen=True)
class Judged:
    """A report beside gold. ``gold`` is its event there, ``fields`` which of its fields are right, both empty unmatched."""

    report: EventReport
    gold: Record | None
    fields: dict[str, bool]

    @property
    def row(self) -> bool:
        """Whether every field of the row is right."""
        return self.gold is not None and row_right(self.fields)


@dataclasses.dataclass(frozen=True)
class Article:
    """A coded article of one of SETS, every report judged; ``expected`` is how many events gold has."""

    set: str
    id: str
    reports: tuple[Judged, ...]
    expected: int


def judge_article(scorer: ModuleType, name: str, gold: Record, coded: Coded) -> Article:
    """Pair an article's reports with gold and judge their fields."""
    events = document_record(coded, unmask=True)["events"]
    pairs = paired(scorer, gold, events)
    judged = tuple(
        Judged(report, pairs.get(i), right_fields(scorer, pairs[i], events[i]) if i in pairs else {})
        for i, report in enumerate(coded.reports)
    )
    return Article(name, gold["id"], judged, len(gold["events"]))


def code_articles(scorer: ModuleType, sets: Iterable[str], told: Callable[[str], Any]) -> list[Article]:
    """Code the articles of some of SETS as users do."""
    coder = load_coder()
    articles: list[Article] = []
    for name in sets:
        records = SETS[name]()

        def count(done: int, name: str = name, whole: int = len(records)) -> None:
            told(f"{name}: {done} of {whole} articles")

        articles.extend(judge_article(scorer, name, gold, coded) for gold, coded in code_records(records, coder, count))
    return articles


def cases_of(scorer: ModuleType, articles: Iterable[Article]) -> dict[str, list[Case]]:
    """What each curve is fitted on: 'event' every report, a field's name every claim of a matched one."""
    cases: dict[str, list[Case]] = {"event": []}
    for article in articles:
        for judged in article.reports:
            cases["event"].append((article.id, judged.report.score or 0.0, judged.gold is not None))
            for claim in judged.report.claims if judged.gold is not None else ():
                right = None if claim.differs else _claim_right(scorer, claim, judged)
                if right is not None and claim.score is not None:
                    cases.setdefault(claim.field.value, []).append((article.id, claim.score, right))
    return cases


def _claim_right(scorer: ModuleType, claim: Claim, judged: Judged) -> bool | None:
    """Whether gold has this value; None for fields that gold does not tell in every article."""
    gold = judged.gold
    if gold is None:
        return None
    value: Any = claim.value
    match claim.field:
        case Field.FACTUALITY | Field.DATE:
            return judged.fields[claim.field.value]
        case Field.PLACE:
            return judged.fields["place"] and judged.fields["country"]
        case Field.INITIATOR | Field.TARGET:
            told = gold.get(claim.field.value) or []
            return bool(told) and scorer.actor_right(told, [{"text": value.text, "kind": value.kind.value}])
        case Field.QUANTITY:
            own = {"role": value.role.value, "low": value.low, "high": value.high}
            return any(scorer.quantity_same(quantity, own) for quantity in gold.get("quantities") or [])
        case Field.EMPLOYER | Field.UNION:
            return bool(scorer.words(gold.get(claim.field.value)) & scorer.words(str(value)))
        case Field.DEMAND:
            return any(scorer.words(d["text"]) & scorer.words(value.text) for d in gold.get("demands") or [])
        case _:
            return None


def fit(scorer: ModuleType, articles: Sequence[Article]) -> tuple[dict[str, Any], dict[str, str]]:
    """Curves of events and fields, and the weights of a row; and by which method each curve was made."""
    settings: dict[str, Any] = {}
    methods: dict[str, str] = {}
    for name, cases in cases_of(scorer, articles).items():
        if len(cases) >= LEAST_CASES:
            settings[name], methods[name] = fit_curve(cases)
    rows = [
        (row_features(report), judged.row)
        for article in articles
        for judged, report in zip(article.reports, rated(article, settings), strict=True)
    ]
    settings["row"] = fit_logistic([features for features, _ in rows], [right for _, right in rows], RIDGE)
    return settings, methods


def rated(article: Article, settings: dict[str, Any]) -> tuple[EventReport, ...]:
    """The article's reports with the confidence that these settings give."""
    return rate_reports((judged.report for judged in article.reports), settings)


def counts_at(articles: Iterable[Article], threshold: float) -> dict[str, float]:
    """What remains of rated articles at a least row confidence.

    Returns:
        'kept' reports; 'row_precision', 'row_recall'; 'event_precision', 'event_recall', 'event_f1'. 0 where nothing is.
    """
    chosen = list(articles)
    kept = [j for a in chosen for j in a.reports if (j.report.row_confidence or 0.0) >= threshold]
    expected = sum(article.expected for article in chosen)
    rows, events = sum(judged.row for judged in kept), sum(judged.gold is not None for judged in kept)
    return {
        "kept": len(kept),
        "row_precision": rows / max(1, len(kept)),
        "row_recall": rows / max(1, expected),
        "event_precision": events / max(1, len(kept)),
        "event_recall": events / max(1, expected),
        "event_f1": 2 * events / max(1, len(kept) + expected),
    }


def choose_least(articles: Sequence[Article]) -> float:
    """The default of --min-confidence: of the thresholds that cost little event F1, the one of highest row precision.

    What is left out by default is lost to whoever does not know the option, hence the bound on what it may cost.
    """
    tried = [(step / 100, counts_at(articles, step / 100)) for step in range(51)]
    bound = tried[0][1]["event_f1"] - MOST_F1_LOST
    affordable = [(threshold, counts) for threshold, counts in tried if counts["event_f1"] >= bound]
    # Of several as precise the lowest: it leaves most in.
    return max(affordable, key=lambda one: (one[1]["row_precision"], -one[0]))[0]


def rate_across(scorer: ModuleType, articles: Sequence[Article]) -> list[Article]:
    """Every article rated by settings that were fitted without its fold: what a user's article would get."""
    made = {}
    for fold in range(FOLDS):
        inside = [article for article in articles if fold_of(article.id) == fold]
        if inside:
            settings, _ = fit(scorer, [article for article in articles if fold_of(article.id) != fold])
            for article in inside:
                reports = zip(article.reports, rated(article, settings), strict=True)
                judged = tuple(dataclasses.replace(one, report=report) for one, report in reports)
                made[article.set, article.id] = dataclasses.replace(article, reports=judged)
    return [made[article.set, article.id] for article in articles]


def describe(scorer: ModuleType, articles: Sequence[Article], methods: dict[str, str]) -> Iterable[str]:
    """A line a curve: cases, share right, method, log loss against that of the share alone, on held-back folds."""
    for name, cases in sorted(cases_of(scorer, articles).items()):
        share = sum(right for *_, right in cases) / len(cases)
        if name not in methods:
            yield f"{name:12} {len(cases):4} cases  right {share:.3f}  too few"
            continue
        across = across_curve(cases, fit_platt if methods[name] == "platt" else fit_isotonic)
        yield (
            f"{name:12} {len(cases):4} cases  right {share:.3f}  {methods[name]:8}  log loss "
            f"{log_loss(across, cases):.4f}, of the share {log_loss([share] * len(cases), cases):.4f}  "
            f"calibration error {calibration_error(across, [right for *_, right in cases]):.3f}"
        )


def main() -> None:
    """Code, fit, print, and write the card if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--card", type=Path, default=Path("src/tocsin/data/models/events/card.json"))
    parser.add_argument("--write", action="store_true", help="put the fit into the card")
    args = parser.parse_args()
    scorer = load_scorer(SHARED)
    articles = code_articles(scorer, SETS, lambda line: print(f"\r{line}  ", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    settings, methods = fit(scorer, articles)
    across = rate_across(scorer, articles)
    settings["least"] = choose_least([article for article in across if article.set in E2E])
    print("\n".join(describe(scorer, articles, methods)))
    print(json.dumps(settings, indent=1))
    if args.write:
        card = json.loads(args.card.read_text(encoding="utf-8"))
        card["settings"]["confidence"] = settings
        args.card.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
