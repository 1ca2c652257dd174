"""What people decided, made ready for clustering: the newest of a pair counts, and newer ones bind older ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tocsin.vocabulary import Judgement, Verdict

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """Judgements that hold: none of these contradicts another.

    Attributes:
        same: pairs of report ids that belong together, smaller first.
        different: pairs that never do.
    """

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    _same: Mapping[str, set[Pair]] = field(init=False, repr=False, compare=False)
    _different: Mapping[str, set[Pair]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """File the pairs by report."""
        object.__setattr__(self, "_same", _by_report(self.same))
        object.__setattr__(self, "_different", _by_report(self.different))

    def neighbours(self, report: str) -> set[str]:
        """Reports judged the same as one."""
        return {other for pair in self._same.get(report, ()) for other in pair if other != report}

    def same_in(self, reports: Iterable[str]) -> set[Pair]:
        """The pairs judged the same that these reports stand in."""
        return {pair for report in reports for pair in self._same.get(report, ())}

    def different_in(self, reports: Iterable[str]) -> set[Pair]:
        """The pairs judged different that these reports stand in."""
        return {pair for report in reports for pair in self._different.get(report, ())}


def settle(judgements: Iterable[Judgement]) -> Settled:
    """Take the newest judgement of each pair, and leave out what newer ones rule out.

    If A is B and B is C, a judgement that A is not C cannot hold beside both; the oldest of the three gives way.

    Args:
        judgements: every judgement there is, in any order.
    """
    newest: dict[Pair, Judgement] = {}
    for judgement in sorted(judgements, key=_age):
        newest.setdefault((judgement.left, judgement.right), judgement)
    group: dict[str, frozenset[str]] = {}
    same: set[Pair] = set()
    different: set[Pair] = set()
    for (left, right), judgement in newest.items():
        one, other = group.get(left, frozenset((left,))), group.get(right, frozenset((right,)))
        if judgement.verdict is Verdict.SAME:
            if one is not other and any(tuple(sorted((a, b))) in different for a in one for b in other):
                continue
            same.add((left, right))
            group.update(dict.fromkeys(one | other, one | other))
        elif judgement.verdict is Verdict.DIFFERENT and right not in one:
            different.add((left, right))
    return Settled(frozenset(same), frozenset(different))


def _by_report(pairs: Iterable[Pair]) -> dict[str, set[Pair]]:
    filed: dict[str, set[Pair]] = {}
    for pair in pairs:
        for report in pair:
            filed.setdefault(report, set()).add(pair)
    return filed


def _age(judgement: Judgement) -> tuple[float, str, str, str, str]:
    # Two made in one moment are told apart by what they say, not by the order they came in.
    return (-judgement.made.timestamp(), judgement.left, judgement.right, judgement.verdict.value, judgement.who)
