from __future__ import annotations

import dataclasses
import random
from types import ModuleType, SimpleNamespace
from typing import Any, cast

from factory import full_coded

from tocsin.vocabulary import Coded, Field
from training.fit_confidence import Article, cases_of, fit, judge_article, rate_across


def _words(text: str | None) -> set[str]:
    return set((text or "").split())


SCORER = cast(
    ModuleType,
    SimpleNamespace(
        pair=lambda gold, found, text, loose: [(0, 0)] if gold else [],
        date_right=lambda g, p: g == p["start"],
        place_right=lambda g, p: g["name"] == p["name"],
        country_right=lambda g, p: g["country"] == p["country"],
        actor_right=lambda g, p: any(a["text"] == b["text"] for a in g for b in p),
        kinds_right=lambda g, p: bool(g) == bool(p),
        quantities_hit=lambda g, p: len(g),
        quantity_same=lambda g, p: g["role"] == p["role"],
        words=_words,
        ROW_ROLES=("killed",),
    ),
)
WALKOUT: dict[str, Any] = {
    "factuality": "actual",
    "date": "2021-03-04",
    "place": {"name": "Clinic of Maribor", "country": "SI"},
    "initiator": [{"text": "nurses", "kind": "workers"}],
    "quantities": [{"role": "participants"}],
    "demands": [{"text": "higher pay"}],
    "employer": "Clinic of Maribor",
}
DRAWN = random.Random(3)


def judged(number: int, *, score: float, there: bool, date: str = "2021-03-04") -> Article:
    """The factory's strike, coded with this score; gold has it or has nothing."""
    strike = full_coded().reports[0]
    claims = tuple(dataclasses.replace(claim, score=score) for claim in strike.claims)
    coded = Coded(full_coded().document, (dataclasses.replace(strike, score=score, claims=claims),))
    gold = {"id": f"d{number}", "text": "", "events": [{**WALKOUT, "date": date}] if there else []}
    return judge_article(SCORER, "e2e dev", gold, coded)


def many() -> list[Article]:
    """Events scored 0.9 are there nine times in ten, those scored 0.3 three times; dates are wrong where scores are low."""
    return [
        judged(i, score=score, there=DRAWN.random() < score, date="2021-03-04" if DRAWN.random() < score else "")
        for i in range(300)
        for score in [DRAWN.choice((0.3, 0.6, 0.9))]
    ]


def test_each_claim_of_a_matched_event_is_judged_by_its_field() -> None:
    told = {
        name: right for name, ((_, _, right),) in cases_of(SCORER, [judged(1, score=0.9, there=True, date="")]).items()
    }
    assert told == {
        "event": True,
        "factuality": True,
        "date": False,
        "place": True,
        "initiator": True,
        "employer": True,
        "quantity": True,
        "demand": True,
    }
    assert list(cases_of(SCORER, [judged(1, score=0.9, there=False)])) == ["event"]


def test_a_row_is_right_only_with_every_field() -> None:
    assert judged(1, score=0.9, there=True).reports[0].row
    assert not judged(1, score=0.9, there=True, date="").reports[0].row
    assert not judged(1, score=0.9, there=False).reports[0].row


def test_a_fit_finds_the_shares_that_scores_stand_for() -> None:
    articles = many()
    settings, methods = fit(SCORER, articles)
    assert {"event", "date", "row"} <= set(settings)
    assert methods["event"] in ("platt", "isotonic")
    assert Field.SECTOR.value not in settings
    for article in rate_across(SCORER, articles):
        report = article.reports[0].report
        assert report.confidence is not None
        assert abs(report.confidence - (report.score or 0.0)) < 0.15
        assert report.row_confidence is not None
        assert report.row_confidence < report.confidence


def test_articles_come_back_in_their_order() -> None:
    articles = many()
    assert [article.id for article in rate_across(SCORER, articles)] == [article.id for article in articles]
