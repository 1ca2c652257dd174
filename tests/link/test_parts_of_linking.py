from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from factory import evidence, make_claim, make_document, make_report, settlement
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.link import Profile, Profiler, block_keys, explain_pair, group_articles
from tocsin.link.block import block_pairs
from tocsin.link.contradict import contradiction
from tocsin.link.features import pair_features
from tocsin.link.linkage import average_linkage
from tocsin.link.near_copy import bands, likeness, sign
from tocsin.link.words import Rarity, names_of, stem, words_of
from tocsin.resources.linking import WordCounts, load_linking
from tocsin.vocabulary import Document, Field, Place, PlacePrecision, Quantity, QuantityRole

WIRE = (
    "Some two hundred bakers marched through Ptuj on Monday evening and asked the city for cheaper flour, "
    "while shopkeepers along the river closed early and watched from behind their windows."
)


def profile(text: str = "Bakers marched.", **fields: object) -> Profile:
    document = make_document(text)
    fields.setdefault("evidence", (evidence(document, text),))
    return Profiler(load_linking())(document, make_report(document, **fields))  # type: ignore[arg-type]


# --- words and copies ---


def test_words_lose_case_genitive_and_ending() -> None:
    assert words_of("The Clinic’s nurses — 40 of them") == ["the", "clinic", "nurses", "40", "of", "them"]
    assert stem("strikes") == stem("striked") == "strik"
    assert names_of("In Ptuj the Bakers' union met") == ["in", "ptuj", "bakers'"]


def test_a_word_in_every_document_weighs_next_to_nothing_and_an_unknown_one_most() -> None:
    rarity = Rarity(WordCounts(10, {"the": 10, "flour": 1}))
    assert rarity("the") < 0.1 < rarity("flour") < rarity("ptuj") == rarity.most


def test_a_near_copy_is_alike_and_shares_a_band_and_another_text_does_neither() -> None:
    copy = sign(words_of(WIRE.replace("Some", "About") + " A spokesman was silent."))
    other = sign(
        words_of("Drivers of the night buses in Celje stopped work over a new roster and stayed in the depot.")
    )
    own = sign(words_of(WIRE))
    assert likeness(own, copy) > 0.6 > 0.1 > likeness(own, other)
    assert set(bands(own)) & set(bands(copy))
    assert not set(bands(own)) & set(bands(other))
    assert sign(["too", "short"]) == ()


# --- blocks ---


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 12), max_size=4, unique=True).map(sorted).map(tuple), max_size=12),
    st.integers(2, 5),
)
def test_pairs_are_those_that_share_a_key_of_a_block_that_is_not_too_large(
    keys: list[tuple[int, ...]], largest: int
) -> None:
    small = {key for key in range(13) if sum(key in own for own in keys) <= largest}
    expected = [
        [left, right]
        for left, right in itertools.combinations(range(len(keys)), 2)
        if set(keys[left]) & set(keys[right]) & small
    ]
    assert block_pairs(keys, largest).tolist() == expected


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        ({}, {"date": dt.date(2021, 3, 5)}, True),
        ({}, {"date": dt.date(2021, 3, 6)}, False),
        ({}, {"place": "Celje"}, False),
        ({"employer": "Zora Dairy"}, {"place": None, "date": dt.date(2021, 3, 20), "employer": "Zora Dairy"}, True),
        (
            {"place": settlement("Ptuj", latitude=46.4, longitude=15.9)},
            {"place": settlement("Pettau", latitude=46.4, longitude=15.9)},
            True,
        ),
    ],
)
def test_reports_meet_by_town_and_day_by_point_or_by_who_is_named(
    left: dict[str, object], right: dict[str, object], meet: bool
) -> None:
    rules = load_linking()
    one, other = profile("Bakers marched.", **left), profile("People were out.", **right)
    assert bool(set(block_keys(one, rules)) & set(block_keys(other, rules))) is meet


# --- contradictions ---


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (settlement("Maribor", latitude=46.55, longitude=15.65), None),
        (settlement("Miklavž", latitude=46.51, longitude=15.70), None),
        (settlement("Celje", latitude=46.23, longitude=15.26), "maribor and celje are two towns"),
        (Place("Štajerska", PlacePrecision.ADMIN1, admin1="Maribor", country="SI"), None),
        (
            Place("Koroška", PlacePrecision.ADMIN1, admin1="Koroška", country="SI"),
            "maribor and koroška are two regions",
        ),
        (
            Place("Slovenia", PlacePrecision.COUNTRY, country="SI"),
            "one is told of a whole country, the other of a town",
        ),
        (None, None),
    ],
)
def test_two_towns_two_regions_and_a_national_total_contradict_a_town(place: Place | None, reason: str | None) -> None:
    one = profile(place=settlement("Maribor", latitude=46.55, longitude=15.65, admin1="Maribor"))
    assert contradiction(one, profile("People were out.", place=place), load_linking()) == reason


# --- linkage ---


def test_one_good_pair_does_not_chain_two_clusters() -> None:
    scores = {(0, 1): 5.0, (2, 3): 5.0, (1, 2): 3.0}
    assert average_linkage(4, scores, threshold=0.0, unscored=-4.0) == [[0, 1], [2, 3]]
    assert average_linkage(4, scores, threshold=0.0, unscored=-0.5) == [[0, 1, 2, 3]]


def test_forbidden_pairs_stay_apart_and_clusters_that_are_given_are_kept() -> None:
    def forbidden(left: int, right: int) -> bool:
        return {left, right} == {0, 2}

    scores = {(0, 1): 2.0, (1, 2): 5.0, (0, 2): 9.0}
    assert average_linkage(3, scores, threshold=0.0, unscored=-4.0, forbidden=forbidden) == [[0], [1, 2]]
    assert average_linkage(3, {}, threshold=0.0, unscored=-4.0, start=[[2, 0]]) == [[0, 2], [1]]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(7)), st.integers(0, 10_000))
def test_clusters_do_not_depend_on_the_order_of_scores(order: list[int], seed: int) -> None:
    values = np.random.default_rng(seed).normal(0, 3, 21)
    pairs = dict(zip(itertools.combinations(range(7), 2), values.tolist(), strict=True))
    turned = {pair: pairs[pair] for pair in sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))}
    found = average_linkage(7, pairs, threshold=0.0, unscored=-4.0)
    assert average_linkage(7, turned, threshold=0.0, unscored=-4.0) == found
    assert sorted(item for members in found for item in members) == list(range(7))


# --- explanations and articles ---


def test_an_explanation_adds_up_and_names_the_contradiction() -> None:
    left, right = make_document("Nurses struck over nights."), make_document("Nurses were out over nights.")
    told = explain_pair((left, make_report(left)), (right, make_report(right)))
    odds = told.start + sum(part.adds for part in told.parts)
    assert told.score == pytest.approx(1 / (1 + np.exp(-odds)), abs=0.001)
    assert told.linked
    assert "rare words for who acts" in str(told)
    apart = explain_pair((left, make_report(left)), (right, make_report(right, place="Celje")))
    assert not apart.linked
    assert str(apart).splitlines()[0].endswith("maribor and celje are two towns")


def test_articles_are_grouped_by_the_story_they_tell() -> None:
    texts = [
        "PTUJ - Lojze Hrastnik, 54, was hurt on Tuesday when a scaffold fell on Krempljeva Street, police said.",
        "A scaffold on Krempljeva Street in Ptuj fell on Lojze Hrastnik, 54, on Tuesday. Police are asking why.",
        "CELJE - Fire destroyed a barn near the river late on Friday. Owner Neda Kovač, 61, was not at home.",
        "Neda Kovač, 61, lost her barn near the river in Celje to a fire on Friday night, firemen said.",
    ]
    published = [dt.date(2021, 3, 2), dt.date(2021, 3, 3), dt.date(2021, 3, 6), dt.date(2021, 3, 6)]
    found = [Document(text, day, language="en") for text, day in zip(texts, published, strict=True)]
    assert group_articles(found) == [[0, 1], [2, 3]]
    assert group_articles([]) == []


# --- what the invented articles of benchmarks/invented taught ---


def test_two_sites_of_one_town_are_not_one_site_for_the_name_of_the_town() -> None:
    one, other = (Place(f"{name}, Ptuj", PlacePrecision.SITE, "Ptuj", country="SI") for name in ("Mill", "Foundry"))
    assert profile(place=one).site == "mill"
    left, right = profile(place=one), profile("Millers sang.", place=other)
    assert "other_site" in pair_features(left, right, load_linking(), lambda word: 1.0)


def test_a_union_taken_for_the_employer_is_no_employer() -> None:
    union = make_claim(Field.UNION, "Norwegian Nurses' League")
    assert profile(employer="Nurses' League", claims=[union]).employer == frozenset()
    assert profile(employer="Clinic of Maribor", claims=[union]).employer


def test_reports_that_name_no_more_than_a_region_meet_by_type_and_day() -> None:
    region = Place("Drava", PlacePrecision.ADMIN1, admin1="Drava", country="SI")
    rules = load_linking()
    one, other = (block_keys(profile(text, place=region), rules) for text in ("Bakers marched.", "A crowd sang."))
    assert set(one) & set(other)


@pytest.mark.parametrize(("left", "right", "far"), [((90, 90), (5400, 6600), True), ((120, 120), (300, None), False)])
def test_a_total_and_a_part_of_it_are_told_from_two_counts_of_one_crowd(
    left: tuple[int, int], right: tuple[int, int | None], far: bool
) -> None:
    one, other = (
        profile(text, quantities=[Quantity(QuantityRole.PARTICIPANTS, *ends, "some")])
        for text, ends in (("Bakers marched.", left), ("Millers marched.", right))
    )
    assert ("numbers_far" in pair_features(one, other, load_linking(), lambda word: 1.0)) is far


def test_one_exact_number_bridges_country_and_town() -> None:
    rules, country = load_linking(), Place("Slovenia", PlacePrecision.COUNTRY, country="SI")

    def counted(people: int, **fields: object) -> Profile:
        text = f"Some {people} bakers marched. {fields}"
        return profile(text, quantities=[Quantity(QuantityRole.PARTICIPANTS, people, people, str(people))], **fields)

    assert contradiction(counted(150, place=country), counted(150), rules) is None
    assert contradiction(counted(6000, place=country), counted(150), rules) is not None
