import datetime as dt

import pytest
from fake_encoder import WordTokenizer
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.windows import (
    ARGUMENT_PIECES,
    CLOSE,
    DETECTION_PIECES,
    OPEN,
    READER_PIECES,
    SEP,
    argument_window,
    dated_sentences,
    detection_windows,
    encode_sentences,
    reader_window,
)
from tocsin.vocabulary import DateMention, Span


def encoded(*sentences: str):
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text, encode_sentences(text, spans, WordTokenizer())


@given(st.lists(st.integers(1, 300), min_size=1, max_size=30))
def test_detection_windows_hold_every_sentence_and_never_grow_too_long(lengths):
    _, pieces = encoded(*[" ".join(["word"] * n) for n in lengths])
    windows = detection_windows(pieces)
    assert {number for w in windows for number, _, _ in w.sentences} == set(range(len(lengths)))
    assert all(len(w.ids) <= DETECTION_PIECES and len(w.ids) == len(w.spans) for w in windows)


@given(st.lists(st.integers(3, 260), min_size=1, max_size=20), st.data())
def test_an_argument_window_always_holds_its_marked_trigger(lengths, data):
    text, pieces = encoded(*[" ".join(["word"] * n) for n in lengths])
    sentence = data.draw(st.integers(0, len(lengths) - 1))
    trigger = data.draw(st.sampled_from(pieces[sentence].spans))
    window = argument_window(pieces, sentence, trigger, [7, 8])
    assert len(window.ids) <= ARGUMENT_PIECES
    assert window.trigger is not None
    start, end = window.trigger
    assert window.ids[start - 1] == OPEN
    assert window.ids[end] == CLOSE
    assert [window.spans[i] for i in range(start, end)] == [trigger]
    assert all(span is None or span.of(text) == "word" for span in window.spans)


def test_a_window_opens_with_the_type_and_the_first_sentence():
    _, pieces = encoded("MINERS STRIKE IN LEEDS", *["Nothing happened for a while."] * 60, "They marched.")
    window = argument_window(pieces, 61, pieces[61].spans[1], [7])
    assert window.ids[1] == 7
    assert window.sentences[0][0] == 0
    assert window.sentences[-1][0] == 61


@given(st.lists(st.integers(3, 260), min_size=1, max_size=20), st.data())
def test_a_reader_window_holds_its_marked_trigger_and_never_grows_too_long(lengths, data):
    _, pieces = encoded(*[" ".join(["word"] * n) for n in lengths])
    sentence = data.draw(st.integers(0, len(lengths) - 1))
    trigger = data.draw(st.sampled_from(pieces[sentence].spans))
    published = data.draw(st.none() | st.dates())
    dated = data.draw(st.sets(st.integers(0, len(lengths) - 1)))
    window = reader_window(pieces, sentence, trigger, "use_of_force", published, dated, WordTokenizer())
    assert len(window.ids) <= READER_PIECES
    numbers = [number for number, _, _ in window.sentences]
    assert numbers == sorted(set(numbers))
    assert sentence in numbers
    assert window.trigger is not None
    start, end = window.trigger
    assert [window.spans[i] for i in range(start, end)] == [trigger]


def test_a_reader_window_opens_with_the_type_and_the_published_day():
    tokenizer = WordTokenizer()
    text, span = "They marched.", Span(0, 13)
    pieces = encode_sentences(text, [span], tokenizer)
    window = reader_window(pieces, 0, Span(5, 12), "use_of_force", dt.date(2021, 3, 5), (), tokenizer)
    opening = [
        tokenizer.words[i - 1000] for i, s in zip(window.ids, window.spans, strict=True) if s is None and i >= 1000
    ]
    assert opening == ["use", "of", "force", "friday", "march", "5", "2021"]


def test_a_reader_window_holds_far_sentences_that_tell_a_date_before_near_ones_that_tell_none():
    sentences = ["Miners walked out.", *["Nothing else was told about all of this today."] * 60, "They marched."]
    sentences[5] = "That was on Monday."
    _, pieces = encoded(*sentences)
    window = reader_window(pieces, 61, pieces[61].spans[1], "demonstration", None, {5}, WordTokenizer())
    numbers = [number for number, _, _ in window.sentences]
    assert numbers[:2] == [0, 5]
    assert numbers[2:] == list(range(numbers[2], 62))
    # What is left out between two sentences shows.
    start = window.sentences[2][1]
    assert window.ids[start - 1] == SEP


def test_sentences_that_tell_durations_or_habits_tell_no_date():
    spans = [Span(0, 20), Span(21, 40), Span(41, 60)]
    dates = [
        DateMention(Span(3, 9), "Monday", "date", "2021-03-01"),
        DateMention(Span(25, 33), "two days", "duration", "P2D"),
        DateMention(Span(45, 54), "at 9 a.m.", "time", "2021-03-01T09:00"),
    ]
    assert dated_sentences(spans, dates) == {0, 2}


def test_spans_of_pieces_point_into_the_text():
    text, pieces = encoded("Рабочие вышли.", "Workers walked out.")
    assert [span.of(text) for span in pieces[1].spans] == ["Workers", "walked", "out", "."]


@pytest.mark.parametrize("count", [0])
def test_no_sentences_make_no_windows(count):
    assert detection_windows([]) == []
