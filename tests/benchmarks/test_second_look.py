"""What a second look at pairs of mentions sees."""

from types import SimpleNamespace
from typing import Any

from benchmarks.second_look import SECOND_FEATURES, second_features


def mention(article: int, sentence: int) -> Any:
    return SimpleNamespace(article=article, sentence=sentence)


def row(mentions: list[Any], odds: dict[tuple[int, int], float], pair: tuple[int, int]) -> dict[str, float]:
    pairs = sorted(odds)
    found = second_features(mentions, pairs, [odds[one] for one in pairs])
    return dict(zip(SECOND_FEATURES, found[pairs.index(pair)], strict=True))


def test_a_third_mention_that_both_are_like_speaks_for_a_pair() -> None:
    mentions = [mention(0, 0), mention(1, 0), mention(2, 0)]
    alike = row(mentions, {(0, 1): 0.0, (0, 2): 4.0, (1, 2): 4.0}, (0, 1))
    unlike = row(mentions, {(0, 1): 0.0, (0, 2): 4.0, (1, 2): -4.0}, (0, 1))
    assert alike["best_third"] > 0.9 > unlike["best_third"]
    assert alike["thirds_shared"] > unlike["thirds_shared"]


def test_what_else_two_sentences_tell_speaks_for_a_pair() -> None:
    mentions = [mention(0, 0), mention(0, 0), mention(1, 3), mention(1, 3)]
    beside = row(mentions, {(0, 2): 0.0, (1, 3): 5.0}, (0, 2))
    assert beside["beside_best"] > 0.9
    assert row(mentions, {(0, 2): 0.0, (1, 3): -5.0}, (0, 2))["beside_best"] < 0.1


def test_articles_that_share_events_speak_for_all_their_pairs() -> None:
    mentions = [mention(0, 0), mention(0, 1), mention(1, 0), mention(1, 1)]
    many = row(mentions, {(0, 2): 0.0, (1, 3): 5.0}, (0, 2))
    few = row(mentions, {(0, 2): 0.0, (1, 3): -5.0}, (0, 2))
    assert many["articles_mean"] > few["articles_mean"]


def test_the_order_of_pairs_makes_no_difference() -> None:
    mentions = [mention(0, 0), mention(1, 0), mention(2, 0)]
    pairs, odds = [(0, 1), (0, 2), (1, 2)], [1.0, -2.0, 3.0]
    there = second_features(mentions, pairs, odds)
    back = second_features(mentions, pairs[::-1], odds[::-1])
    assert (there == back[::-1]).all()
