from __future__ import annotations

from typing import Any

import pytest
from fake_encoder import WordTokenizer

from tocsin.extract.labels import DATES_TOLD
from training.reader_data import ReaderLabeller, count_labels, date_told, shares_held

TEXT = "Bakers marched in Leeds on Monday. The march was loud. Millers struck a deal."


def event(**changes: Any) -> dict[str, Any]:
    date = {"start": "2021-03-01", "end": "2021-03-01", "precision": "day", "evidence": "on Monday"}
    made: dict[str, Any] = {
        "type": "demonstration",
        "factuality": "actual",
        "trigger": "marched",
        "date": date,
        "place": {"name": "Leeds", "country": "GB", "precision": "settlement", "evidence": "in Leeds"},
        "initiator": [{"text": "Bakers", "kind": "workers"}],
        "target": [],
        "employer": None,
        "union": None,
        "quantities": [],
        "demands": [],
        "sources": [{"text": "", "kind": "author", "cue": None}],
        "evidence": ["Bakers marched in Leeds on Monday.", "The march was loud."],
    }
    return made | changes


def record(*events: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "r1",
        "text": TEXT,
        "published": "2021-03-05",
        "sentences": [[0, 34], [35, 54], [55, 77]],
        "dated": [0],
        "events": list(events),
    }


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ({"start": "2021-03-01", "end": "2021-03-01", "evidence": "on Monday"}, "words"),
        ({"start": "2021-03-05", "end": "2021-03-05", "evidence": None}, "published"),
        ({"start": None, "end": None, "evidence": None}, "unknown"),
        ({"start": "2021-03-01", "end": "2021-03-05", "evidence": None}, "other"),
    ],
)
def test_how_a_date_is_told_follows_from_its_evidence_and_the_published_date(date: dict[str, Any], told: str) -> None:
    assert date_told(record(), event(date=date)) == told


def test_a_mention_in_a_sentence_of_evidence_teaches_the_event_and_one_elsewhere_that_there_is_none() -> None:
    labeller = ReaderLabeller(WordTokenizer())
    mentions = [(7, 14, "demonstration"), (39, 44, "demonstration"), (63, 69, "strike")]
    examples = list(labeller.examples(record(event()), mentions))
    assert count_labels(examples) == {"event": 2, "none": 1}
    assert [example.heads["valid"] for example in examples] == [[0], [0], []]
    assert examples[1].heads["date_told"] == [DATES_TOLD.index("words")]


def test_an_act_that_goes_on_is_labelled_so() -> None:
    date = {"start": "2021-03-01", "end": "2021-03-05", "precision": "day", "evidence": "on Monday"}
    (example,) = ReaderLabeller(WordTokenizer()).examples(record(event(date=date)), [])
    assert example.heads["lasting"] == [0]


def test_tempting_words_teach_that_there_is_no_event() -> None:
    labeller = ReaderLabeller(WordTokenizer())
    labeller.learn_tempting_words([record(event(type="strike", trigger="struck"))])
    examples = list(labeller.examples(record(event()), [], tempting=1.0))
    assert count_labels(examples) == {"event": 1, "none": 1}


def test_the_share_of_words_that_windows_hold_counts_only_what_gold_names() -> None:
    far = event(date={"start": None, "end": None, "precision": "unknown", "evidence": None}, target=[])
    shares = shares_held([record(event(), far)], ReaderLabeller(WordTokenizer()))
    assert shares == {"date": 1.0, "place": 1.0, "initiator": 1.0}


def test_words_that_stand_in_no_sentence_are_not_held() -> None:
    cut = record(event()) | {"sentences": [[0, 23]], "dated": []}
    assert shares_held([cut], ReaderLabeller(WordTokenizer()))["date"] == 0.0


def test_where_nobody_annotated_no_window_has_labels() -> None:
    labeller = ReaderLabeller(WordTokenizer())
    examples = list(labeller.examples(record() | {"plain": True}, [(7, 14, "demonstration")]))
    assert [example.heads for example in examples] == [{}]
    assert count_labels(examples) == {"unlabelled": 1}
