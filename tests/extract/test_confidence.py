from __future__ import annotations

import dataclasses

import pytest
from factory import evidence, full_report, make_claim, make_document, make_report

from tocsin.extract.confidence import rate_reports, read_curve, row_features
from tocsin.vocabulary import Coded, EventReport, Factuality, Field

PLAIN = {"slope": 1.0, "offset": 0.0}
SETTINGS = {
    "event": PLAIN,
    **{field.value: PLAIN for field in (Field.FACTUALITY, Field.DATE, Field.PLACE, Field.INITIATOR)},
    "row": {"bias": 0.0, "whole": 1.0, "no_place": -2.0},
}


def scored(score: float, **fields: float) -> EventReport:
    """A report whose claims have this score, or the one given for their field."""
    report = make_report(score=score)
    claims = tuple(dataclasses.replace(c, score=fields.get(c.field.value, score)) for c in report.claims)
    return dataclasses.replace(report, claims=claims)


def test_without_settings_nothing_is_rated() -> None:
    report = full_report()
    assert rate_reports([report], None) == (report,)
    assert rate_reports([report], {}) == (report,)


def test_a_plain_curve_gives_the_score_back() -> None:
    (rated,) = rate_reports([scored(0.7)], SETTINGS)
    assert rated.confidence == pytest.approx(0.7, abs=1e-3)
    assert {round(claim.confidence or 0, 3) for claim in rated.claims} == {0.7}


def test_a_row_is_less_sure_the_less_sure_its_fields_are() -> None:
    rows = [rate_reports([scored(0.9, place=place)], SETTINGS)[0].row_confidence for place in (0.3, 0.6, 0.9)]
    assert rows == sorted(rows)
    assert len(set(rows)) == 3


def test_a_row_is_never_surer_than_its_event() -> None:
    generous = {**SETTINGS, "row": {"bias": 9.0}}
    (rated,) = rate_reports([scored(0.4)], generous)
    assert rated.row_confidence == rated.confidence


def test_a_missing_place_is_a_feature_of_its_own() -> None:
    report = make_report(place=None, score=0.9)
    assert row_features(report)["no_place"] == 1.0
    assert "no_date" not in row_features(report)


def test_a_claim_that_differs_and_a_field_that_was_not_measured_have_none() -> None:
    document = make_document()
    denied = make_claim(Field.FACTUALITY, Factuality.DENIED, evidence(document, "long break"), differs=True, score=0.9)
    sector = make_claim(Field.SECTOR, "Education", score=0.9)
    (rated,) = rate_reports([make_report(document, claims=(denied, sector), score=0.9)], SETTINGS)
    assert [claim.confidence for claim in rated.claims[-2:]] == [None, None]


def test_an_event_without_a_score_has_no_row_confidence() -> None:
    (rated,) = rate_reports([make_report()], SETTINGS)
    assert (rated.confidence, rated.row_confidence) == (None, None)


@pytest.mark.parametrize(("score", "chance"), [(0.0, 0.1), (0.2, 0.1), (0.3, 0.2), (0.4, 0.3), (2.0, 0.3)])
def test_an_isotonic_curve_is_level_outside_its_points_and_straight_between(score: float, chance: float) -> None:
    assert read_curve(score, {"scores": [0.2, 0.4], "chances": [0.1, 0.3]}) == pytest.approx(chance)


def test_scores_of_nothing_and_of_certainty_stay_within_bounds() -> None:
    assert 0 < read_curve(0.0, PLAIN) < read_curve(1.3, PLAIN) < 1


def test_what_is_shown_leaves_out_rows_less_sure_but_none_that_was_not_measured() -> None:
    document = make_document()
    low, high, none = (dataclasses.replace(make_report(document), row_confidence=c) for c in (0.1, 0.5, None))
    coded = Coded(document, (low, high, none))
    assert coded.at_least(0.3).reports == (high, none)
    assert coded.at_least(0.0) is coded
