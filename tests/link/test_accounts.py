from __future__ import annotations

import datetime as dt

import pytest
from factory import make_claim
from hypothesis import given, settings
from hypothesis import strategies as st
from tellers import count, crowd, field, paper, together

from tocsin.tellings import Agreement, short_name
from tocsin.vocabulary import Actor, ActorKind, Coded, EventType, Factuality, Field, QuantityRole, SourceKind

UNION = ("the Sestre Nurses' Union", SourceKind.ORGANISATION)
POLICE = ("the city police", SourceKind.OFFICIAL)
KILLED = QuantityRole.KILLED

WIRE = (
    "MARIBOR (AFP) - Nurses walked out at the Clinic of Maribor on Thursday over unpaid night shifts, their union told "
    "reporters. The walkout began before dawn and went on until the evening, when the nurses sang at the gate."
)


def test_who_counts_a_crowd_otherwise_stands_on_another_side() -> None:
    found = crowd(
        together(
            paper("Courier", sources=[UNION], numbers=[(count(2000, None), 0)]),
            paper("Post", sources=[POLICE], numbers=[(count(400, 600), 0)]),
        )
    )
    assert found.agreement is Agreement.CONTESTED
    assert found.against == ((0, 1),)
    assert {side.voices for side in found.sides} == {("said city police",), ("said nurs sestre union",)}


def test_intervals_that_overlap_agree() -> None:
    found = crowd(
        together(
            paper("Courier", sources=[UNION], numbers=[(count(200, 999), 0)]),
            paper("Post", sources=[POLICE], numbers=[(count(400, 600), 0)]),
        )
    )
    assert (found.agreement, len(found.sides), len(found.sides[0].voices)) == (Agreement.AGREE, 1, 2)


def test_ten_copies_of_one_agency_text_are_one_voice() -> None:
    copies = [
        paper(
            f"Paper {number}",
            WIRE.replace("evening", f"evening of day {number}"),
            trigger="walked out",
            numbers=[(count(400, 400), None)],
        )
        for number in range(10)
    ]
    telling = together(*copies)
    assert len(telling.documents) == 10
    assert telling.independent == 1
    (voice,) = {key for side in crowd(telling).sides for key in side.voices}
    assert telling.voices[voice].name == "AFP"


def test_a_copy_without_credit_belongs_to_the_paper_that_printed_it_first() -> None:
    text = WIRE.replace("MARIBOR (AFP) - ", "")
    telling = together(paper("Later", text, day=6), paper("Earlier", text.replace("sang", "danced"), day=5))
    assert {voice.name for voice in telling.voices.values()} == {"Earlier"}


def test_one_union_quoted_by_two_papers_is_one_voice_through_two_papers() -> None:
    telling = together(
        paper("Courier", sources=[UNION], numbers=[(count(400, 400), 0)]),
        paper("Post", sources=[("the union", SourceKind.ORGANISATION)], numbers=[(count(400, 400), 0)]),
    )
    found = crowd(telling)
    assert found.agreement is Agreement.SINGLE
    (side,) = found.sides
    assert [telling.voices[key].name for key in side.voices] == ["Sestre Nurses' Union"]
    assert {telling.voices[account.through[0]].name for account in side.accounts} == {"Courier", "Post"}


def test_the_innermost_of_those_who_quote_each_other_answers() -> None:
    chain = [("the agency Noriva", SourceKind.MEDIA), ("the minister", SourceKind.OFFICIAL)]
    one = paper("Courier", sources=chain)
    (report,) = one.reports
    claim = make_claim(Field.QUANTITY, count(5, 5), sources=(0, 1))
    one = paper("Courier", sources=chain, claims=(claim,))
    telling = together(one)
    (account,) = crowd(telling).accounts
    assert telling.voices[account.voice].name == "minister"
    assert [telling.voices[key].name for key in account.through] == ["Courier", "agency Noriva"]
    assert report.id == one.reports[0].id


def test_a_later_count_of_the_same_source_replaces_the_earlier_one() -> None:
    found = field(
        together(
            paper("Courier", day=5, sources=[POLICE], numbers=[(count(3, 3, KILLED), 0)]),
            paper("Post", day=6, sources=[POLICE], numbers=[(count(5, 5, KILLED), 0)]),
        ),
        Field.QUANTITY,
        KILLED,
    )
    assert found.agreement is Agreement.SINGLE
    assert {account.value.low: account.replaced for account in found.accounts} == {3: True, 5: False}


def test_a_toll_that_grew_by_another_source_differs_and_contradicts_nobody() -> None:
    both = [
        paper("Courier", day=5, sources=[POLICE], numbers=[(count(3, 3, KILLED), 0)]),
        paper("Post", day=6, sources=[UNION], numbers=[(count(5, 5, KILLED), 0)]),
    ]
    found = field(together(*both), Field.QUANTITY, KILLED)
    assert (found.agreement, found.reason) == (Agreement.DIFFER, "a later count is higher")


def test_a_toll_that_shrank_is_contested() -> None:
    both = [
        paper("Courier", day=5, sources=[POLICE], numbers=[(count(5, 5, KILLED), 0)]),
        paper("Post", day=6, sources=[UNION], numbers=[(count(3, 3, KILLED), 0)]),
    ]
    assert field(together(*both), Field.QUANTITY, KILLED).agreement is Agreement.CONTESTED


@pytest.mark.parametrize(("day", "agreement"), [(4, Agreement.AGREE), (5, Agreement.DIFFER), (6, Agreement.CONTESTED)])
def test_the_morning_after_is_told_otherwise_and_two_days_later_is_contested(day: int, agreement: Agreement) -> None:
    other = paper("Post", day=6, date=dt.date(2021, 3, day))
    assert field(together(paper("Courier"), other), Field.DATE).agreement is agreement


def test_told_and_denied_is_contested_with_both_voices() -> None:
    denied = paper("Post", sources=[("the clinic", SourceKind.ORGANISATION)], told=Factuality.DENIED)
    found = field(together(paper("Courier"), denied), Field.FACTUALITY)
    assert found.agreement is Agreement.CONTESTED


def test_two_camps_named_for_one_killing_contradict_each_other_and_two_names_of_one_do_not() -> None:
    def killing(publisher: str, who: str, kind: ActorKind) -> Coded:
        return paper(publisher, type=EventType.KILLING, initiators=[Actor(who, kind)])

    army, rebels = killing("Courier", "soldiers", ActorKind.MILITARY), killing("Post", "gunmen", ActorKind.REBELS)
    police = killing("Wire", "officers", ActorKind.POLICE)
    assert field(together(army, rebels), Field.INITIATOR).agreement is Agreement.CONTESTED
    assert field(together(army, police), Field.INITIATOR).agreement is Agreement.DIFFER


@pytest.mark.parametrize(
    ("one", "other", "voices"),
    [
        ("the Sestre Nurses' Union", "the union", 1),
        ("Korvelin Clinics", "Korvelin", 1),
        ("Halina Brzostek", "Brzostek", 1),
        ("a spokesman for the city police", "the police", 1),
        ("a doctor at the hospital", "hospital officials", 2),
        ("a doctor", "a doctor", 2),
        ("the Sestre Nurses' Union", "the Harbour Union", 2),
    ],
)
def test_two_papers_quote_one_voice_only_if_the_name_can_mean_it(one: str, other: str, voices: int) -> None:
    kind = SourceKind.ORGANISATION
    telling = together(
        paper("Courier", sources=[(one, kind)], numbers=[(count(9, 9), 0)]),
        paper("Post", sources=[(other, kind)], numbers=[(count(9, 9), 0)]),
    )
    assert len({key for side in crowd(telling).sides for key in side.voices}) == voices


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("the Harbour Union, which represents crane operators", "Harbour Union"),
        ("Its spokeswoman, Halina Brzostek", "spokeswoman, Halina Brzostek"),
        ("Halina Brzostek, who heads the branch", "Halina Brzostek"),
        ("police", "police"),
        ("the", "the"),
        ("", ""),
    ],
)
def test_a_source_is_called_by_its_name(written: str, told: str) -> None:
    assert short_name(written) == told


SOURCES = [UNION, POLICE, ("a union official", SourceKind.OFFICIAL), ("witnesses", SourceKind.WITNESS)]
PAPERS = st.lists(
    st.builds(
        lambda name, day, source, low, more, told: paper(
            name, day=day, sources=[source], numbers=[(count(low, low + more), 0)], told=told
        ),
        st.sampled_from(["Courier", "Post", "Wire", "Ledger"]),
        st.integers(5, 9),
        st.sampled_from(SOURCES),
        st.integers(1, 900),
        st.integers(0, 300),
        st.sampled_from(list(Factuality)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.document.id,
)


@settings(max_examples=60, deadline=None)
@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_documents_never_matters(papers: list[Coded], chance: object) -> None:
    telling = together(*papers)
    shuffled = list(papers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    other = together(*shuffled)
    assert (telling.fields, dict(telling.voices), telling.standing) == (
        other.fields,
        dict(other.voices),
        other.standing,
    )


@settings(max_examples=60, deadline=None)
@given(PAPERS)
def test_no_claim_vanishes_and_none_is_counted_twice(papers: list[Coded]) -> None:
    telling = together(*papers)
    told = sorted(
        (report.id, number) for one in papers for report in one.reports for number in range(len(report.claims))
    )
    laid = sorted((account.report, account.claim) for one in telling.fields for account in one.accounts)
    assert laid == told


@settings(max_examples=60, deadline=None)
@given(PAPERS)
def test_whoever_contradicts_is_another_voice(papers: list[Coded]) -> None:
    found = crowd(together(*papers))
    for left, right in found.against:
        assert set(found.sides[left].voices) | set(found.sides[right].voices) > set(found.sides[left].voices)
    assert (found.agreement is Agreement.CONTESTED) == bool(found.against)
