import pytest

from tocsin.errors import DataError
from tocsin.read.furniture import cut_furniture
from tocsin.resources.furniture import check_entry, load_furniture
from tocsin.vocabulary import BlockKind, Span

GOOD = {"pattern": "x", "place": "alone", "source": "a page", "finds": "x", "skips": "y"}


def marked(text, entry):
    return [kind for _, kind in cut_furniture(text, Span(0, len(text)), [entry]) if kind is not None]


@pytest.mark.parametrize("entry", load_furniture(), ids=lambda entry: entry.where)
def test_each_entry_finds_its_sentence_and_skips_the_other(entry):
    assert entry.kind in marked(entry.finds, entry)
    assert marked(entry.skips, entry) == []


@pytest.mark.parametrize("entry", load_furniture(), ids=lambda entry: entry.where)
def test_no_entry_marks_a_sentence_that_another_skips(entry):
    text = entry.skips
    kinds = [kind for _, kind in cut_furniture(text, Span(0, len(text)), load_furniture())]
    assert BlockKind.FURNITURE not in kinds


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"place": "middle"}, "'middle' is not a place"),
        ({"block": "heading"}, "'heading' is not a block"),
        ({"pattern": "("}, "no regular expression"),
        ({"note": "?"}, "'note' is not a key"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_number(change, message):
    with pytest.raises(DataError, match=message) as caught:
        check_entry(GOOD | change, "furniture.yaml, entry 3")
    assert str(caught.value).startswith("furniture.yaml, entry 3: ")


def test_an_entry_without_a_key_is_refused():
    with pytest.raises(DataError, match="'skips' is missing"):
        check_entry({key: value for key, value in GOOD.items() if key != "skips"}, "furniture.yaml, entry 1")
