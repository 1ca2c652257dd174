"""Which words of a window are a demand, and of which issue."""

import re

import numpy as np
import pytest

from tocsin.extract.demands import choose_demands, demand_candidates, issue_features
from tocsin.extract.detect import TriggerMention
from tocsin.extract.encode import Reading
from tocsin.extract.labels import ARGUMENTS, ISSUES
from tocsin.extract.member import Member
from tocsin.parse import load_parser, parse_document
from tocsin.read import read_text
from tocsin.resources.issue_words import IssueWords, load_issue_words
from tocsin.vocabulary import EventType, Issue, Span

TEXT = (
    "Teachers struck for higher wages on Monday. They also opposed planned job cuts, and sang that most would stay out."
)

# What the window reads decides, and what the words say of the issue.
SETTINGS = {"floor": 0.25, "keep": 0.5, "demand": {"read": 1.0, "no_thing": -3.0}, "issue": {"head": 1.0, "words": 1.0}}


@pytest.fixture(scope="module")
def member_of():
    """(words -> how probably a demand, issue -> probability) -> the parse and a mention that reads them so."""
    parse = parse_document(read_text(TEXT), load_parser())

    def make(demands, issues=()):
        spans = [Span(m.start(), m.end()) for m in re.finditer(r"\w+", TEXT)]
        arguments = np.zeros((len(spans), len(ARGUMENTS)), np.float32)
        for words, probability in demands.items():
            at = TEXT.index(words)
            for row, span in enumerate(spans):
                if span.overlaps(Span(at, at + len(words))):
                    arguments[row, ARGUMENTS.index("demand")] = probability
        told = np.array([dict(issues).get(Issue(issue), 0.05) for issue in ISSUES], np.float32)
        at = TEXT.index("struck")
        mention = TriggerMention(0, Span(at, at + len("struck")), EventType.STRIKE, 0.9, 0.9)
        return parse, Member(mention, Reading({"issue": told}, tuple(spans), arguments, {}), 1.0, (), None, None)

    return make


def test_surest_words_come_first_each_with_the_issue_that_its_own_words_name(member_of):
    parse, member = member_of({"higher wages": 0.95, "planned job cuts": 0.8})
    found = choose_demands(parse, [member], load_issue_words(), SETTINGS)
    assert [(c.value.text, c.value.issue) for c in found] == [
        ("higher wages", Issue.WAGES),
        ("planned job cuts", Issue.JOBS),
    ]
    assert found[0].score > found[1].score
    assert "issue wages" in found[0].reason


def test_the_window_speaks_for_an_issue_where_words_say_nothing(member_of):
    parse, member = member_of({"higher wages": 0.95}, {Issue.LAND: 0.9})
    found = choose_demands(parse, [member], IssueWords({}), SETTINGS)
    assert [c.value.issue for c in found] == [Issue.LAND]


def test_faint_words_and_words_without_a_thing_are_no_demand(member_of):
    parse, member = member_of({"higher wages": 0.3, "most": 0.9})
    assert choose_demands(parse, [member], load_issue_words(), SETTINGS) == ()


def test_a_demand_cut_short_gets_its_noun(member_of):
    parse, member = member_of({"planned job": 0.9})
    (found,) = demand_candidates(parse, [member], load_issue_words(), 0.25)
    assert found.found.span.of(TEXT) == "planned job cuts"


def test_the_same_words_are_told_once(member_of):
    parse, member = member_of({"higher wages": 0.9})
    assert len(choose_demands(parse, [member, member], load_issue_words(), SETTINGS)) == 1


def test_features_are_beginnings_of_words_and_numbers_are_one():
    assert set(issue_features("Elections in 2021, elections in 2022", "demonstration")) == {
        "type:demonstration",
        "electi",
        "in",
        "#",
    }


def test_shares_of_issues_sum_to_one_and_are_even_without_words():
    words = load_issue_words()
    assert sum(words.shares(["wages"]).values()) == pytest.approx(1)
    assert set(words.shares([]).values()) == {1 / len(Issue)}
