"""How demands, issues, employers, unions and part_of are counted beside gold."""

from __future__ import annotations

import dataclasses

import pytest
from factory import make_claim, make_report

from benchmarks.fields import count_fields, line
from tocsin.vocabulary import Demand, Field, Issue
from training.fit_confidence import Article, Judged


class Scorer:
    """The one function that counting needs of the scorer of whole records."""

    @staticmethod
    def words(text):
        return set((text or "").casefold().split())


@pytest.fixture
def article():
    def make(claims, gold):
        report = dataclasses.replace(make_report(), claims=tuple(make_claim(*claim) for claim in claims))
        return Article("e2e dev", "d1", (Judged(report, gold and {"id": "g1", **gold}, {}),), 1)

    return make


def test_a_demand_of_gold_is_found_once_and_its_issue_judged(article):
    claims = [
        (Field.DEMAND, Demand("higher pay", Issue.WAGES)),
        (Field.DEMAND, Demand("pay", Issue.WAGES)),
        (Field.DEMAND, Demand("free elections", Issue.RIGHTS)),
    ]
    gold = {"demands": [{"text": "Pay", "issue": "wages"}, {"text": "new elections", "issue": "elections"}]}
    counts = count_fields(Scorer, [article(claims, gold)])
    assert {what: counts[what] for what in ("demand gold", "demand told", "demand both", "issue")} == {
        "demand gold": 2,
        "demand told": 3,
        "demand both": 2,
        "issue": 1,
    }


def test_employer_and_union_count_where_gold_or_the_report_has_them(article):
    claims = [(Field.EMPLOYER, "Clinic of Maribor"), (Field.UNION, "Sestre")]
    counts = count_fields(Scorer, [article(claims, {"employer": "the Clinic", "union": None})])
    assert [counts[f"employer {what}"] for what in ("gold", "told", "both")] == [1, 1, 1]
    assert [counts[f"union {what}"] for what in ("gold", "told", "both")] == [0, 1, 0]


def test_reports_that_gold_does_not_have_count_nothing(article):
    assert not count_fields(Scorer, [article([(Field.UNION, "Sestre")], None)])


def test_a_line_gives_precision_recall_and_f1(article):
    claims = [(Field.DEMAND, Demand("higher pay", Issue.WAGES))]
    gold = {"demands": [{"text": "pay", "issue": "wages"}, {"text": "rest", "issue": "conditions"}]}
    told = line("e2e dev", count_fields(Scorer, [article(claims, gold)]))
    assert told.startswith("e2e dev    1.00 0.50 0.667 (  2)   1.00")


def test_part_of_is_right_where_it_leads_to_the_report_of_the_whole_in_gold():
    march = make_report(trigger="walked out")
    arrest = dataclasses.replace(make_report(trigger="said"), part_of=march.id)
    gold = [{"id": "g1"}, {"id": "g2", "part_of": "g1"}]
    pairs = tuple(Judged(report, event, {}) for report, event in zip((march, arrest), gold, strict=True))
    counts = count_fields(Scorer, [Article("e2e dev", "d1", pairs, 2)])
    assert [counts[f"part_of {what}"] for what in ("gold", "told", "both")] == [1, 1, 1]
    alone = count_fields(Scorer, [Article("e2e dev", "d1", pairs[1:], 2)])
    assert [alone[f"part_of {what}"] for what in ("gold", "told", "both")] == [1, 1, 0]
