"""Stand-off annotation joined with the articles that lie beside the project."""

import json

import pytest

from training import news
from training.news import event_record, read_news, read_plain

TEXT = "LEEDS, March 2 - Bakers marched on Monday, a union said. Two were held."
EVENT = {
    "id": "e1",
    "type": "demonstration",
    "factuality": "actual",
    "part_of": None,
    "trigger": [24, 31],
    "date": ["2020-03-02", "2020-03-02", "day", [32, 41]],
    "place": ["Leeds", "GB", "settlement", [0, 5]],
    "initiator": [[17, 23, "workers"]],
    "target": [],
    "employer": None,
    "union": [43, 50],
    "quantities": [[57, 60, "detained", 2, 2]],
    "demands": [],
    "sources": [[None, "author", None], [[43, 50], "organisation", [51, 55]]],
    "evidence": [[0, 56]],
}


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A folder with one article, and annotations of it: one read in training, one held back."""
    folder = tmp_path / "benchmarks" / "news"
    folder.mkdir(parents=True)
    articles = [{"id": "a:1", "text": TEXT}, {"id": "b", "text": "Nothing happened."}]
    (folder / "train.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    common = {"file": "news/train.jsonl", "published": "2020-03-02", "publisher": None}
    rows = [
        {"id": "news:a:1", **common, "held": False, "events": [EVENT]},
        {"id": "news:b", **common, "held": True, "events": []},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(news, "ANNOTATIONS", path)
    return tmp_path


def test_offsets_become_the_words_that_stand_there():
    event = event_record(EVENT, TEXT)
    assert event["trigger"] == "marched"
    assert event["date"] == {
        "start": "2020-03-02",
        "end": "2020-03-02",
        "precision": "day",
        "evidence": "on Monday",
    }
    assert event["place"]["evidence"] == "LEEDS"
    assert event["initiator"] == [{"text": "Bakers", "kind": "workers"}]
    assert event["union"] == "a union"
    assert event["quantities"] == [{"role": "detained", "low": 2, "high": 2, "evidence": "Two"}]
    assert event["sources"][0] == {"text": "", "kind": "author", "cue": None}
    assert event["sources"][1] == {"text": "a union", "kind": "organisation", "cue": "said"}
    assert event["evidence"] == ["LEEDS, March 2 - Bakers marched on Monday, a union said."]


def test_what_is_held_back_is_apart_from_what_is_trained_on(shared):
    (seen,), (held,) = read_news(shared, held=False), read_news(shared, held=True)
    assert (seen["id"], seen["text"], len(seen["events"])) == ("news:a:1", TEXT, 1)
    assert (held["id"], held["events"]) == ("news:b", [])


def test_an_article_that_is_not_there_is_named(shared):
    (shared / "benchmarks" / "news" / "train.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"train\.jsonl: news:a:1 "):
        read_news(shared, held=False)


def test_plain_articles_are_dated_by_their_dateline_and_leave_out_what_was_annotated(shared, monkeypatch):
    monkeypatch.setattr(news, "PLAIN", "news/plain.jsonl")
    texts = {
        "a:1": "LEEDS, 2 MAR 90 -- BAKERS MARCHED.",
        "c": "LIMA, 14 SEPT 89 -- [TEXT] MINERS STOPPED WORK.",
        "d": "MINERS STOPPED WORK ON 14 SEPTEMBER.",
    }
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (shared / "benchmarks" / "news" / "plain.jsonl").write_text(lines, encoding="utf-8")
    (only,) = read_plain(shared)
    assert (only["id"], only["published"], only["events"], only["plain"]) == ("c", "1989-09-14", [], True)
