"""Words between quotation marks, as newspapers of many houses write them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.parse.quotes import find_quotations


def inner(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "no" and left.', ["no"]),
        ("He said “no” and left.", ["no"]),
        ("Он сказал «нет» и ушёл.", ["нет"]),
        ("Er sagte „nein“ und ging.", ["nein"]),
        ("He said ``no'' and left.", ["no"]),
        ("He said ''no'' and left.", ["no"]),
        ("He said ‘we don’t know’ and left.", ["we don’t know"]),
        ("The mill''s gate and the mine''s gate were shut.", []),
        ("It was the drivers' gate.", []),
        ("'Tis the season, he said.", []),
        ('A 12" pipe burst.', []),
        ("“The next paragraph goes on quoting.", ["The next paragraph goes on quoting."]),
        ("“He called it ‘a lie’ twice,” she said.", ["He called it ‘a lie’ twice,"]),
        ("", []),
    ],
)
def test_quotations_are_found_with_any_pair_of_marks(text, found):
    assert inner(text) == found


def test_offsets_are_moved_to_the_block():
    (quotation,) = find_quotations('"no"', 100)
    assert (quotation.span.start, quotation.span.end) == (100, 104)
    assert (quotation.inner.start, quotation.inner.end) == (101, 103)


@given(st.text(alphabet="ab .“”\"'`‘’«»„\n", max_size=60))
def test_quotations_lie_in_the_text_in_order_and_apart(text):
    found = find_quotations(text)
    for quotation in found:
        assert quotation.span.contains(quotation.inner)
        assert quotation.span.end <= len(text)
    for before, after in itertools.pairwise(found):
        assert before.span.end <= after.span.start
