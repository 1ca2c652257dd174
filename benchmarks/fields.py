"""Demands, their issues, employers, unions and part_of of matched events beside gold: what score_e2e.py leaves out.

A demand is found if it shares a word with one of its event's demands in gold, each of those counted once; an employer
or a union likewise. The issue is judged where the demand is found. part_of is right if it leads to the report of gold's
whole. A report that gold does not have is judged by nothing here: event F1 does that.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from benchmarks.whole import load_scorer
from tocsin.vocabulary import Field
from training.fit_confidence import Article, Judged, code_articles

SETS = ("e2e dev", "e2e dev_b", "news")
PARTS = ("demand", "employer", "union", "part_of")


def count_fields(scorer: ModuleType, articles: Iterable[Article]) -> Counter[str]:
    """How many of each part gold has ('demand gold'), are told ('demand told') and are right ('demand both'); 'issue' that are right."""
    counts: Counter[str] = Counter()
    for article in articles:
        matched = [(judged, judged.gold) for judged in article.reports if judged.gold is not None]
        wholes = {gold["id"]: judged.report.id for judged, gold in matched}
        for judged, gold in matched:
            _count_demands(scorer, judged, counts)
            for part in ("employer", "union"):
                known = scorer.words(gold[part]) if gold.get(part) else set()
                told = next((c for c in judged.report.claims if c.field.value == part and not c.differs), None)
                counts[f"{part} gold"] += bool(known)
                counts[f"{part} told"] += told is not None
                counts[f"{part} both"] += told is not None and bool(known & scorer.words(str(told.value)))
            counts["part_of gold"] += bool(gold.get("part_of"))
            counts["part_of told"] += judged.report.part_of is not None
            counts["part_of both"] += judged.report.part_of is not None and (
                wholes.get(gold.get("part_of")) == judged.report.part_of
            )
    return counts


def _count_demands(scorer: ModuleType, judged: Judged, counts: Counter[str]) -> None:
    left = list((judged.gold or {}).get("demands") or ())
    counts["demand gold"] += len(left)
    for claim in judged.report.claims:
        if claim.field is not Field.DEMAND or claim.differs:
            continue
        counts["demand told"] += 1
        words = scorer.words(claim.value.text)
        same = next((demand for demand in left if scorer.words(demand["text"]) & words), None)
        if same is not None:
            left.remove(same)
            counts["demand both"] += 1
            counts["issue"] += same["issue"] == claim.value.issue.value


def line(name: str, counts: Counter[str]) -> str:
    """One row of the table."""
    cells = []
    for part in PARTS:
        both, told, gold = (counts[f"{part} {what}"] for what in ("both", "told", "gold"))
        f1 = 2 * both / max(1, told + gold)
        cells.append(f"{both / max(1, told):.2f} {both / max(1, gold):.2f} {f1:.3f} ({gold:3})")
    issue = counts["issue"] / max(1, counts["demand both"])
    return f"{name:10} {cells[0]}  {issue:5.2f}  " + "  ".join(cells[1:])


def main(shared: Path) -> int:
    """Code the articles and print a line for each set and one for all."""
    scorer = load_scorer(shared)
    coded = code_articles(scorer, SETS, lambda told: print(f"\r{told}  ", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    print("           demand P R F1 (gold)   issue  employer               union                  part_of")
    for name in SETS:
        print(line(name, count_fields(scorer, [article for article in coded if article.set == name])))
    print(line("all", count_fields(scorer, coded)))
    return 0
