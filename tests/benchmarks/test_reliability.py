from __future__ import annotations

import dataclasses
from xml.etree import ElementTree

import pytest
from factory import make_report

from benchmarks.reliability import draw_from, panel_of, plot, tables, wilson
from training.fit_confidence import Article, Judged, choose_least, counts_at

RIGHT = dict.fromkeys(
    ("factuality", "date", "country", "place", "initiator", "initiator_kind", "target", "quantities"), True
)
GOLD = {"type": "strike"}


def judged(row: float, *, there: bool = True, whole: bool = True) -> Judged:
    report = dataclasses.replace(make_report(), confidence=min(1.0, row + 0.2), row_confidence=row)
    claims = tuple(dataclasses.replace(claim, confidence=row) for claim in report.claims)
    fields = {**RIGHT, "date": whole} if there else {}
    return Judged(dataclasses.replace(report, claims=claims), GOLD if there else None, fields)


def article(*reports: Judged, expected: int = 4) -> Article:
    return Article("e2e dev", "d1", reports, expected)


def test_a_higher_threshold_keeps_fewer_rows_and_surer_ones() -> None:
    articles = [article(judged(0.8), judged(0.3, whole=False), judged(0.1, there=False))]
    assert counts_at(articles, 0.0) | {"kept": 3, "row_precision": 1 / 3, "row_recall": 1 / 4} == counts_at(
        articles, 0.0
    )
    assert counts_at(articles, 0.5)["row_precision"] == 1.0
    assert counts_at(articles, 0.9)["kept"] == 0


def test_the_default_leaves_out_what_costs_no_event_and_not_more() -> None:
    wrong = [judged(0.1, there=False) for _ in range(3)]
    assert 0.1 < choose_least([article(judged(0.8), judged(0.3, whole=False), *wrong)]) <= 0.3
    assert choose_least([article(judged(0.8), judged(0.1, whole=False))]) <= 0.1


def test_the_table_ends_where_nothing_is_left() -> None:
    lines = list(tables([article(judged(0.25), expected=2)]))
    assert lines[0] == "# e2e dev and dev_b: 1 articles, 2 events"
    assert "| 0.25 | 1 | 1.000 | 0.500 | 1.000 | 0.500 | 0.667 |" in lines
    assert not any(line.startswith("| 0.30") for line in lines)


def test_bins_hold_all_cases_and_rise() -> None:
    panel = panel_of("row", [(i / 40, i % 3 == 0) for i in range(40)])
    assert sum(point.cases for point in panel.points) == 40
    assert [p.confidence for p in panel.points] == sorted(p.confidence for p in panel.points)
    assert all(p.low <= p.right <= p.high for p in panel.points)


@pytest.mark.parametrize(("right", "cases"), [(0, 5), (5, 5), (3, 7)])
def test_an_interval_holds_its_share_and_stays_between_0_and_1(right: int, cases: int) -> None:
    low, high = wilson(right, cases)
    assert 0 <= low <= right / cases <= high <= 1


def test_the_picture_is_well_formed_and_names_its_panels() -> None:
    drawn = plot(draw_from([article(judged(0.8), judged(0.3, whole=False), judged(0.1, there=False))]))
    text = "".join(ElementTree.fromstring(drawn).itertext())
    for word in ("whole row", "date", "share right", "confidence told"):
        assert word in text
