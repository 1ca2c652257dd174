import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.read import read_text, split_blocks
from tocsin.read.paragraphs import split_paragraphs
from tocsin.vocabulary import BlockKind

H, P, POST, C, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.POST, BlockKind.CAPTION, BlockKind.FURNITURE

WIRE = """    LIMA, March 3 - Dockers at the port of Callao stopped work
at dawn on Tuesday over unpaid overtime, and the harbour
master said eleven ships were waiting outside the breakwater.
    Talks between the union and the company broke down late on
Monday, a spokesman for the dockers told reporters at the
northern gate.
    "We go back when we are paid," he said."""

WEB = """Dockers at the port of Callao stopped work at dawn.
The harbour master said that eleven ships were waiting.
Talks had broken down late on Monday, the union told reporters."""


def kinds(text, title=None):
    return [block.kind for block in split_blocks(text, title)]


def words(text, title=None):
    return [block.span.of(text) for block in split_blocks(text, title)]


lines = st.lists(
    st.sampled_from(
        [
            "Dockers stopped work at dawn on Tuesday.",
            "Advertisement Continue reading the main story",
            "Share this story!",
            "They left. - African News Agency (ANA)",
            "Стачка в порту продолжается третий день",
            "a lower-case line without an end",
            "HARBOUR STRIKE SPREADS",
            "— Harbour Watch (@harbourwatch) August 3, 2021",
            "",
            "   indented words that run on and",
            "© 2020 Courier. All rights reserved.",
        ]
    )
    | st.text(max_size=40),
    max_size=12,
).map("\n".join)


@given(lines)
def test_blocks_never_overlap_and_hold_every_character_that_is_not_white_space(text):
    at = 0
    for block in split_blocks(text):
        assert not text[at : block.span.start].strip()
        assert block.span.end > block.span.start
        assert block.span.of(text) == block.span.of(text).strip()
        at = block.span.end
    assert not text[at:].strip()


@given(lines, st.text(max_size=30))
def test_a_title_never_breaks_the_blocks(text, title):
    spans = [block.span for block in split_blocks(text, title)]
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@given(st.text())
def test_text_in_memory_stays_exactly_as_it_is(text):
    assert read_text(text).text == text


def test_lines_of_wrapped_wire_copy_stay_one_paragraph():
    assert len(split_paragraphs(WIRE)) == 3


def test_a_paragraph_a_line_is_cut_at_each_line():
    assert len(split_paragraphs(WEB)) == 3


def test_wrapped_lines_between_blank_lines_stay_one_paragraph():
    text = WIRE.replace("\n    ", "\n\n")
    assert len(split_paragraphs(text)) == 3


def test_a_blank_line_always_cuts():
    assert len(split_paragraphs("They left and\n\nwent home")) == 2


def test_a_headline_in_capitals_is_not_joined_to_its_wrapped_story():
    assert kinds("DOCKERS OF CALLAO STOP WORK OVER UNPAID OVERTIME AT\n" + WIRE.lstrip())[0] == H


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour strike spreads\n\nDockers stopped work at dawn.", [H, P]),
        ("harbour strike spreads\n\ndockers stopped work at dawn.", [P, P]),
        ("Dockers stopped work.\n\nThey left at noon.", [P, P]),
        ("Harbour strike spreads", [P]),
        ("CALLAO (AP) --\n\nDockers stopped work at dawn.", [P, P]),
        ("# Harbour\n\nDockers stopped work at dawn.", [H, P]),
        (
            "Dockers stopped work at dawn.\n\nWhat they want\n\nThey want their overtime paid by the end of March.",
            [P, H, P],
        ),
        ("This story is from March 1, 2002\n\nHarbour strike spreads\n\nDockers left.", [F, H, P]),
        ("Dockers left. - African News Agency (ANA)", [P, F]),
        ("Dockers left. Sapa-AP /nsm", [P, F]),
        ("Buses burnt. Advertisement Continue reading the main story Police came.", [P, F, P]),
        ("Think your friends would be interested? Share this story!", [F]),
        ("Photo: dockers at the northern gate\n\nDockers left.", [C, P]),
        ("Tell your friends. Share this story with your steward, the dockers said.", [P]),
    ],
)
def test_each_stretch_of_a_page_gets_its_kind(text, expected):
    assert kinds(text) == expected


def test_a_title_that_opens_the_text_is_a_heading_up_to_its_end():
    text = "Harbour strike spreads. Dockers stopped work at dawn."
    assert words(text, "Harbour strike spreads") == ["Harbour strike spreads.", "Dockers stopped work at dawn."]
    assert kinds(text, "Harbour strike spreads") == [H, P]


def test_a_signed_post_keeps_its_account():
    text = "The gate is shut!\n\n— Harbour Watch (@harbourwatch) August 3, 2021\n\nDockers left the port at noon on Monday."
    post, paragraph = split_blocks(text)
    assert (post.kind, post.account, post.language) == (POST, "@harbourwatch", None)
    assert post.span.of(text).startswith("The gate")
    assert paragraph.kind == P


def test_a_short_paragraph_in_another_script_is_a_post():
    text = (
        "Workers of the tram depot in Vitebsk stopped work on Monday, their union said.\n\nТрамваи не выйдут!\n\n"
        "The city called it a meeting."
    )
    assert kinds(text) == [P, POST, P]


def test_a_russian_article_is_not_a_row_of_posts():
    text = "Трамвайщики прекратили работу в понедельник.\n\nМэрия назвала это собранием."
    assert kinds(text) == [P, P]


@pytest.mark.parametrize(
    "text",
    [
        "By " + "Aa " * 100_000,
        "ok.\n" * 20_000,
        "Share this story!\n" * 5_000 + "ok.\n" * 5_000,
        ("Share this story! " * 33 + "x\n") * 50,
        ("© " * 299 + "x\n") * 50,
        ("Photo (" * 80 + "\n") * 50,
        "\n" * 100_000,
    ],
)
def test_odd_text_is_cut_quickly(text):
    started = time.perf_counter()
    split_blocks(text)
    assert time.perf_counter() - started < 10
