"""The invented incidents: every part, voice and value that should be told is told."""

from __future__ import annotations

from benchmarks.own_incidents import measure, read_cases


def test_what_should_be_told_of_the_invented_incidents_is_told() -> None:
    tally = measure(read_cases())
    assert tally.wrong == []
    assert tally.wanted["part of"] >= 9
    assert tally.wanted["voices"] >= 6
    assert tally.wanted["values"] >= 11


def test_a_wrong_whole_is_counted_and_named() -> None:
    cases = read_cases()
    tally = measure([{**cases[0], "expect": {"parts": {"odda": "voss"}}}])
    assert tally.right["part of"] == 0
    assert "odda" in tally.wrong[0] or "voss" in tally.wrong[0]
