from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellers import count, paper, together

from tocsin.errors import InputError
from tocsin.link import consolidate
from tocsin.tellings import Rule, Telling
from tocsin.vocabulary import Coded, Field, Quantity, SourceKind

UNION = ("the Sestre Nurses' Union", SourceKind.ORGANISATION)
POLICE = ("the city police", SourceKind.OFFICIAL)


def chosen(telling: Telling, rule: Rule | str) -> tuple[int | None, int | None] | None:
    for one in consolidate(telling, rule):
        if one.field is Field.QUANTITY:
            (value,) = one.values
            assert isinstance(value, Quantity)
            assert one.rule == rule
            return value.low, value.high
    return None


@pytest.fixture
def told() -> Telling:
    return together(
        paper("Courier", day=5, sources=[UNION], numbers=[(count(2000, None), 0)]),
        paper("Post", day=6, sources=[POLICE], numbers=[(count(400, 600), 0)]),
    )


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("most-recent-independent", (400, 600)),
        ("interval-hull", (400, None)),
        ("official-only", (400, 600)),
        ("organiser-only", (2000, None)),
    ],
)
def test_each_rule_chooses_as_its_name_says(told: Telling, rule: str, value: object) -> None:
    assert chosen(told, rule) == value


def test_what_two_independent_voices_hold_comes_before_the_latest() -> None:
    two = [
        paper("Courier", day=5, sources=[UNION], numbers=[(count(300, 300), 0)]),
        paper("Wire", day=5, sources=[("a doctor", SourceKind.NAMED_PERSON)], numbers=[(count(300, 350), 0)]),
        paper("Post", day=6, sources=[POLICE], numbers=[(count(90, 90), 0)]),
    ]
    assert chosen(together(*two), Rule.MOST_RECENT_INDEPENDENT) == (300, 300)


def test_a_rule_that_admits_nobody_gives_nothing() -> None:
    telling = together(paper("Courier", sources=[UNION], numbers=[(count(9, 9), 0)]))
    assert chosen(telling, Rule.OFFICIAL_ONLY) is None


def test_an_unknown_rule_is_refused_with_those_that_there_are(told: Telling) -> None:
    with pytest.raises(InputError, match=r"no rule 'average'.*interval-hull"):
        consolidate(told, "average")


COUNTS = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.one_of(st.none(), st.integers(500, 900)),
        st.sampled_from([UNION, POLICE]),
        st.integers(5, 8),
    ),
    min_size=1,
    max_size=5,
)


def papers(counts: list[tuple[int, int | None, tuple[str, SourceKind], int]]) -> list[Coded]:
    return [
        paper(f"Paper {number}", day=day, sources=[source], numbers=[(count(low, high), 0)])
        for number, (low, high, source, day) in enumerate(counts)
    ]


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_the_hull_spans_every_count_that_still_holds(
    counts: list[tuple[int, int | None, tuple[str, SourceKind], int]],
) -> None:
    telling = together(*papers(counts))
    low, high = chosen(telling, Rule.INTERVAL_HULL) or (None, None)
    for one in telling.fields:
        for account in one.accounts:
            if isinstance(account.value, Quantity) and not account.replaced:
                assert low is not None
                assert low <= (account.value.low or 0)
                assert high is None or (account.value.high is not None and account.value.high <= high)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.sampled_from(list(Rule)))
def test_consolidating_changes_no_account_and_rests_on_some(
    counts: list[tuple[int, int | None, tuple[str, SourceKind], int]], rule: Rule
) -> None:
    telling = together(*papers(counts))
    before = telling.fields
    for one in consolidate(telling, rule):
        assert one.values
        assert set(one.accounts) <= {account for found in before for account in found.accounts}
    assert telling.fields == before
