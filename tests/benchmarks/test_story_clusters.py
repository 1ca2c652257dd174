"""The news clusters of giveme5w1h: what its articles are read as."""

import datetime as dt

from benchmarks.sets.giveme5w1h_stories import document_of, predict

TITLE = "Ferry crew walks out in Odda harbour"
RECORD = {"id": "a", "date": "2016-11-09", "text": f"{TITLE}\n\nThe crew left the ferry.\n\nNobody was hurt."}


def test_the_first_paragraph_is_the_title():
    document = document_of(RECORD)
    assert document.title == TITLE
    assert document.text == "The crew left the ferry.\n\nNobody was hurt."


def test_a_date_that_the_set_does_not_know_stays_unknown():
    assert document_of(RECORD).published == dt.date(2016, 11, 9)
    assert document_of({**RECORD, "date": "None"}).published is None


def test_every_article_gets_one_cluster():
    found = list(predict([RECORD, {**RECORD, "id": "b", "date": "None"}]))
    assert [one["id"] for one in found] == ["a", "b"]
    assert all(one["cluster"] for one in found)
