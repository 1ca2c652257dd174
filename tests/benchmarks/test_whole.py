"""Coding gold records for a figure: none may be lost on the way."""

from __future__ import annotations

import pytest
from fake_coder import FakeCoder

from benchmarks.whole import code_records

RECORDS = [{"id": "a1", "text": "Nurses struck in Maribor."}, {"id": "a2", "text": "Nurses came back to work."}]


def test_each_record_comes_with_what_it_tells():
    told: list[int] = []
    coded = list(code_records(RECORDS, FakeCoder(), told.append))
    assert [(record["id"], len(outcome.reports)) for record, outcome in coded] == [("a1", 1), ("a2", 1)]
    assert told == [1, 2]


def test_an_article_that_cannot_be_coded_ends_the_measurement_and_is_named():
    def fail(document):
        raise NameError("name 'DEMANDING' is not defined")

    with pytest.raises(SystemExit, match=r"benchmarks: a1 cannot be coded: .*NameError: name 'DEMANDING'"):
        list(code_records(RECORDS, FakeCoder(fail), lambda done: None))
