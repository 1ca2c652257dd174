"""Every number of a document, its interval by the codebook's table, and its role by syntax."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.number_words import read_numbers
from tocsin.extract.quantities import find_quantities, read_quantity
from tocsin.parse import load_parser, parse_document
from tocsin.resources.number_lexicon import load_number_lexicon
from tocsin.vocabulary import Block, Document, Parse, QuantityMention, QuantityRole, Span

LEXICON = load_number_lexicon()


def parse(text: str) -> Parse:
    blocks = (Block(Span(0, len(text)), language="en"),)
    return parse_document(Document(text, language="en", blocks=blocks), load_parser())


def mentions(text: str) -> tuple[QuantityMention, ...]:
    return find_quantities(parse(text))


@pytest.mark.parametrize(
    ("wording", "interval"),
    [
        ("12", (12, 12)),
        ("some 6,000", (5400, 6600)),
        ("nearly 75", (67, 83)),
        ("about six", (5, 7)),
        ("an estimated 700", (630, 770)),
        ("at least two", (2, None)),
        ("more than 10,000", (10001, None)),
        ("over 150", (151, None)),
        ("10,000+", (10000, None)),
        ("20000-plus", (20000, None)),
        ("up to 500", (None, 500)),
        ("fewer than 20", (None, 19)),
        ("a dozen", (12, 12)),
        ("half a dozen", (6, 6)),
        ("two dozen", (24, 24)),
        ("dozens", (24, 99)),
        ("scores", (40, 99)),
        ("hundreds", (200, 999)),
        ("thousands", (2000, 9999)),
        ("tens of thousands", (20000, 99999)),
        ("hundreds of thousands", (200000, 999999)),
        ("a handful", (3, 9)),
        ("several", (3, 9)),
        ("a few hundred", (300, 900)),
        ("between 300 and 500", (300, 500)),
        ("300-500", (300, 500)),
        ("10-15,000", (10000, 15000)),
        ("three to four dozen", (36, 48)),
        ("10,000-strong", (10000, 10000)),
        ("half of the 1,200 workers", (600, 600)),
        ("twenty-three", (23, 23)),
        ("one hundred and five", (105, 105)),
        ("forty seven", (47, 47)),
        ("1.5 million", (1_500_000, 1_500_000)),
        ("1,20,000", (120_000, 120_000)),
        ("2 lakh", (200_000, 200_000)),
        ("3 crore", (30_000_000, 30_000_000)),
        ("10 000", (10000, 10000)),
        ("9,000-odd", (8100, 9900)),
        ("a dozen or so", (10, 14)),
        ("two people", (2, 2)),
        ("a crowd", None),
        ("the third of May", None),
        ("at 10:30", None),
        ("", None),
    ],
)
def test_a_wording_means_what_the_codebook_says(wording, interval):
    assert read_quantity(wording) == interval


def test_a_dateline_is_no_range():
    assert [phrase.low for phrase in read_numbers("OPORTO, March 17 - Hundreds of growers")] == [17, 200]


@pytest.mark.parametrize("bend", LEXICON.bends, ids=lambda bend: f"{bend.effect}-{bend.place}")
def test_words_that_bend_a_number_are_found_and_skipped_as_their_entry_says(bend):
    assert bend.value in [(phrase.low, phrase.high) for phrase in read_numbers(bend.finds)]
    if bend.effect != "exact":
        assert all(phrase.effect != bend.effect for phrase in read_numbers(bend.skips))


@pytest.mark.parametrize("entry", LEXICON.roles, ids=lambda entry: f"{entry.role}-{entry.where}")
def test_words_that_give_a_role_are_found_and_skipped_as_their_entry_says(entry):
    assert entry.role in [mention.role for mention in mentions(entry.finds)]
    assert entry.role not in [mention.role for mention in mentions(entry.skips)]


@pytest.mark.parametrize(
    ("text", "low", "high", "role"),
    [
        ("5,200 workers went on strike in Gdansk.", 5200, 5200, QuantityRole.PARTICIPANTS),
        ("A rally of 300 blocked the bridge in Gdansk.", 300, 300, QuantityRole.PARTICIPANTS),
        ("The march was attended by 2,000 people.", 2000, 2000, QuantityRole.PARTICIPANTS),
        ("A 10,000-strong march crossed Gdansk.", 10000, 10000, QuantityRole.PARTICIPANTS),
        ("It is a plant of 10,000 workers.", 10000, 10000, QuantityRole.WORKFORCE),
        ("The shipyard employs 1,200 people.", 1200, 1200, QuantityRole.WORKFORCE),
        ("The union represents 5,000 members.", 5000, 5000, QuantityRole.WORKFORCE),
        ("Police arrested 12 people near the gate.", 12, 12, QuantityRole.DETAINED),
        ("In all, 45 people were detained.", 45, 45, QuantityRole.DETAINED),
        ("Nine students were taken into custody.", 9, 9, QuantityRole.DETAINED),
        ("The blast left 14 injured.", 14, 14, QuantityRole.INJURED),
        ("At least two protesters have been reported killed in Brest.", 2, None, QuantityRole.KILLED),
        ("The death toll rose to 12 in Brest.", 12, 12, QuantityRole.KILLED),
        ("The fire claimed 3 lives in Brest.", 3, 3, QuantityRole.KILLED),
        ("The strike hit three plants in Silesia.", 3, 3, QuantityRole.SITES),
        ("Workers began a three-day strike.", 3, 3, QuantityRole.DURATION_DAYS),
        ("They stayed out for two weeks.", 14, 14, QuantityRole.DURATION_DAYS),
        ("A 48-hour stoppage began at the port.", 2, 2, QuantityRole.DURATION_DAYS),
        ("No one was injured in Brest.", 0, 0, QuantityRole.INJURED),
        ("A man was killed in Brest.", 1, 1, QuantityRole.KILLED),
        ("Police arrested a student in Brest.", 1, 1, QuantityRole.DETAINED),
        ("a 19-year-old boy was killed in the old town.", 1, 1, QuantityRole.KILLED),
    ],
)
def test_syntax_tells_what_a_number_counts(text, low, high, role):
    assert (low, high, role) in [(mention.low, mention.high, mention.role) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Some 300 of the 500 weavers took part.", [(300, "participants"), (500, "workforce")]),
        ("Some 280 of Acme's 800 workers walked out.", [(280, "participants"), (800, "workforce")]),
        ("Two of the three men were arrested.", [(2, "detained"), (3, None)]),
        ("Some 40 of the 60 machines stood idle.", [(40, None), (60, None)]),
    ],
)
def test_of_a_part_and_its_whole_only_the_part_acts_or_suffers(text, roles):
    told = [(round(((m.low or 0) + (m.high or 0)) / 2), m.role) for m in mentions(text)]
    assert told == [(count, QuantityRole(role) if role else None) for count, role in roles]


@pytest.mark.parametrize(
    ("text", "words", "count", "role"),
    [
        ("An officer and four soldiers were wounded.", "An officer and four soldiers", 5, QuantityRole.INJURED),
        ("Police arrested 12 students and 3 teachers.", "12 students and 3 teachers", 15, QuantityRole.DETAINED),
        (
            "Police killed the man, his son, and five guards.",
            "the man, his son, and five guards",
            7,
            QuantityRole.KILLED,
        ),
        ("Gunmen killed a teacher and a nurse.", "a teacher and a nurse", 2, QuantityRole.KILLED),
    ],
)
def test_a_list_of_people_is_one_number(text, words, count, role):
    grave = [q for q in mentions(text) if q.role is role]
    assert [(q.text, q.low, q.high) for q in grave] == [(words, count, count)]


def test_numbers_of_two_roles_or_a_vague_one_are_no_sum():
    told = [(q.low, q.high) for q in mentions("Two people were killed and five wounded.") if q.role]
    assert told == [(2, 2), (5, 5)]
    told = [(q.low, q.high) for q in mentions("Three policemen and several weavers were injured.")]
    assert told == [(3, 3), (3, 9)]


def test_a_workforce_is_never_a_number_of_participants():
    found = mentions("The plant of 10,000 workers in Zabrze was quiet.")
    assert [mention.role for mention in found] == [QuantityRole.WORKFORCE]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The firm paid $300 to the fund.", "money"),
        ("Some 60 percent of drivers stayed away.", "percent"),
        ("The driver, 42, stayed away.", "age"),
        ("A 30-year-old driver stayed away.", "age"),
        ("It was built in 1987.", "other"),
        ("They met on August 12.", "other"),
    ],
)
def test_numbers_that_count_no_heads_are_told_apart(text, unit):
    assert [(mention.unit, mention.role) for mention in mentions(text) if mention.number.of(text)[0].isdigit()] == [
        (unit, None)
    ]


def test_days_that_tell_when_are_no_duration():
    assert all(mention.role is None for mention in mentions("The gate was painted three days ago."))


def test_spans_point_at_the_words():
    text = "In Riga, some 6,000 people rallied."
    (mention,) = mentions(text)
    assert mention.text == mention.span.of(text) == "some 6,000 people"
    assert mention.number.of(text) == "6,000"
    assert mention.noun == "people"


def test_text_in_other_languages_gives_bare_numbers():
    text = "На площадь вышли 10 000 рабочих."
    blocks = (Block(Span(0, len(text)), language="ru"),)
    (mention,) = find_quantities(parse_document(Document(text, language="ru", blocks=blocks), load_parser()))
    assert (mention.low, mention.high, mention.role) == (10000, 10000, None)


PIECES = [*"ab 0123456789,.-–+%$'\"\n½²٣", " dozen", " of ", " about ", " killed ", " one ", " to ", " half "]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_text_makes_it_raise(pieces):
    text = "".join(pieces)
    for mention in find_quantities(parse(text)):
        assert mention.span.of(text) == mention.text
        assert mention.low is None or mention.high is None or mention.low <= mention.high
