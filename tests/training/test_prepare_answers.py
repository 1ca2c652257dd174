from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_encoder import WordTokenizer
from test_reader_data import event, record

from tocsin.extract.labels import ARGUMENTS, READER_HEADS
from tocsin.extract.windows import Window
from training.prepare_answers import ask, chosen, key, read_answers, write_answers
from training.reader_data import ReaderLabeller

HEADS = sum(map(len, READER_HEADS.values()))


class Teacher:
    """Says the same of every piece, sentence and head."""

    def __init__(self, logit: float) -> None:
        self.logit = logit

    def run(self, wanted: None, fed: dict[str, Any]) -> list[Any]:
        rows, pieces = fed["ids"].shape
        sentences = fed["pool"].shape[1]
        shapes = ((rows, pieces, len(ARGUMENTS)), (rows, sentences), (rows, HEADS))
        return [np.full(shape, self.logit, np.float32) for shape in shapes]


def windows_of(records: list[dict[str, Any]]) -> list[Window]:
    labeller = ReaderLabeller(WordTokenizer())
    mentions = {r["id"]: [(63, 69, "strike")] for r in records}
    return [e.window for e in chosen(records, labeller, mentions, 1.0, 10)]


def test_a_window_is_answered_by_the_mean_of_its_teachers_and_found_again_by_its_pieces(tmp_path: Path) -> None:
    windows = windows_of([record(event())])
    assert write_answers(tmp_path / "a.npz", windows, [Teacher(1.0), Teacher(3.0)]) == len(windows) == 2  # type: ignore[list-item]
    answers = read_answers(tmp_path / "a.npz")
    for window in windows:
        argument, evidence, heads = answers[key(window)]
        assert argument.shape == (len(window.ids), len(ARGUMENTS))
        assert evidence.shape == (len(window.sentences),)
        assert heads.shape == (HEADS,)
        assert all(float(part.min()) == float(part.max()) == pytest.approx(2.0) for part in (argument, evidence, heads))


def test_two_marks_in_the_same_words_are_two_windows() -> None:
    ids, spans = (101, 2, 1000, 3, 1001, 102), (None,) * 6
    one, other = Window(ids, spans, (), (2, 3)), Window(ids, spans, (), (2, 4))
    assert key(one) != key(other)
    assert [len(part) for part in ask(one, [Teacher(0.0)])] == [6, 1, HEADS]  # type: ignore[list-item]


def test_at_most_so_many_windows_are_drawn() -> None:
    labeller = ReaderLabeller(WordTokenizer())
    mentions = {"r1": [(63, 69, "strike"), (39, 44, "strike")]}
    assert len(chosen([record(event())], labeller, mentions, 1.0, 2)) == 2
