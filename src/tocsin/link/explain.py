"""Why two reports are held for one occurrence, or why they are not."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.link.contradict import contradiction
from tocsin.link.features import pair_features
from tocsin.link.profile import Profile, Profiler
from tocsin.link.score import log_odds, parts, probability
from tocsin.resources.linking import LinkingRules, load_linking
from tocsin.vocabulary import Document, EventReport, Link

_MOST = 6  # reasons named in a link; explain_pair gives all


@dataclass(frozen=True, slots=True)
class Part:
    """One feature of a pair: its value from 0 to 1, what it adds to the log-odds, and what it stands for."""

    feature: str
    value: float
    adds: float
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a pair of reports was judged by the model.

    Attributes:
        score: 0 to 1, how likely the two tell one occurrence by what agrees and differs, contradictions aside.
        linked: whether the pair counts as a link: no contradiction, and the score reaches the threshold.
        contradiction: why the two can never be one occurrence, None if they can.
        start: log-odds before any feature.
        parts: the features that hold, the one that adds or takes most first. ``start`` and all ``adds`` sum up to the
            log-odds of ``score``.
    """

    score: float
    linked: bool
    contradiction: str | None
    start: float
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """A line for the verdict, one for each part."""
        verdict = self.contradiction or ("one occurrence" if self.linked else "not enough agrees")
        lines = [f"{self.score:.2f} {verdict}", f"{self.start:+6.2f} before anything is compared"]
        lines.extend(f"{part.adds:+6.2f} {part.why}" for part in self.parts)
        return "\n".join(lines)


def explain_pair(
    left: tuple[Document, EventReport], right: tuple[Document, EventReport], rules: LinkingRules | None = None
) -> Explanation:
    """Compare two reports, and say what each thing compared adds.

    Args:
        left: a report with its document.
        right: another.
        rules: from ``tocsin.resources.linking``; the shipped ones by default.
    """
    rules = rules or load_linking()
    profiler = Profiler(rules)
    one, other = profiler(*left), profiler(*right)
    features = pair_features(one, other, rules, profiler.rarity)
    score = probability(log_odds(features, rules.weights))
    reason = contradiction(one, other, rules)
    found = tuple(
        Part(name, round(features[name], 4), round(adds, 4), rules.reasons[name])
        for name, adds in parts(features, rules.weights).items()
    )
    return Explanation(round(score, 4), reason is None and score >= rules.threshold, reason, rules.weights.bias, found)


def make_link(left: Profile, right: Profile, odds: float, features: dict[str, float], rules: LinkingRules) -> Link:
    """The link of a pair whose log-odds are known, with the parts that count most as its reason."""
    said = [f"{rules.reasons[name]} ({adds:+.1f})" for name, adds in parts(features, rules.weights).items()]
    one, other = sorted((left.id, right.id))
    return Link(one, other, round(probability(odds), 4), "; ".join(said[:_MOST]))
