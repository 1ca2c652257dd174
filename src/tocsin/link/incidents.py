"""The whole step on one page: draw profiles, block, compare, cluster."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.link.block import block_keys, block_pairs
from tocsin.link.cluster import cluster_neighbourhood, main_type
from tocsin.link.contradict import contradiction
from tocsin.link.explain import make_link
from tocsin.link.features import pair_features
from tocsin.link.judgements import Settled, settle
from tocsin.link.neighbours import Neighbours
from tocsin.link.profile import Profile, Profiler
from tocsin.link.score import log_odds
from tocsin.resources.linking import LinkingRules, load_linking
from tocsin.vocabulary import Document, EventReport, Incident, Judgement, Link

Pair = tuple[str, str]
JUDGED = "judged the same by a person"


def link_reports(
    reports: Iterable[tuple[Document, EventReport]],
    rules: LinkingRules | None = None,
    judgements: Iterable[Judgement] = (),
) -> tuple[Incident, ...]:
    """Find the reports that tell one occurrence.

    Args:
        reports: each with its document, in any order: the answer does not depend on it.
        rules: from ``tocsin.resources.linking``; the shipped ones by default.
        judgements: what people decided; it outranks every score.

    Returns:
        Incidents sorted by id; every report is in exactly one, most of them alone.
    """
    rules = rules or load_linking()
    profiler = Profiler(rules)
    unique = draw_profiles(reports, profiler)
    return Linker(rules, profiler, settle(judgements)).link([unique[identity] for identity in sorted(unique)])


def draw_profiles(reports: Iterable[tuple[Document, EventReport]], profiler: Profiler) -> dict[str, Profile]:
    """Profiles by report id. The same report coming twice is one; should the two differ, the order does not decide."""
    found: dict[str, Profile] = {}
    stamps: dict[str, bytes] = {}
    for document, report in reports:
        identity, stamp = (
            report.id,
            hashlib.blake2b(repr(report).encode("utf-8", "surrogatepass"), digest_size=8).digest(),
        )
        if identity not in stamps or stamp < stamps[identity]:
            found[identity], stamps[identity] = profiler(document, report), stamp
    return found


@dataclass
class Linker:
    """Compares and clusters by one set of rules and judgements.

    Attributes:
        rules: from linking.yaml.
        profiler: what drew the profiles.
        settled: people's judgements.
        compared: pairs looked at so far.
    """

    rules: LinkingRules
    profiler: Profiler
    settled: Settled = field(default_factory=Settled)
    compared: int = 0

    def link(self, profiles: Sequence[Profile]) -> tuple[Incident, ...]:
        """Incidents of all these reports, sorted by id."""
        keys = [block_keys(profile, self.rules) for profile in profiles]
        odds: dict[Pair, float] = {}
        for left, right in block_pairs(keys, self.rules.largest_block).tolist():
            value = self._odds(profiles[left], profiles[right])
            if value is not None:
                odds[_pair(profiles[left].id, profiles[right].id)] = value
        by_id = {profile.id: profile for profile in profiles}
        return tuple(sorted(self._incidents(by_id, odds), key=lambda incident: incident.id))

    def relink(self, ids: Iterable[str], store: Neighbours) -> tuple[Incident, ...]:
        """Incidents of some reports and of all that they are connected to, as ``link`` would give them.

        Args:
            ids: reports that are new, or whose judgements changed, with their former companions.
            store: holds every report, these included.

        Returns:
            Incidents sorted by id: put them in place of all incidents that share a report with them.
        """
        seen: dict[str, Profile] = dict(store.profiles(sorted(set(ids))))
        odds: dict[Pair, float | None] = {}
        frontier = self._unsettled(seen, store)
        while frontier:
            seen.update(frontier)
            met = self._meet(frontier.values(), store)
            near = {other for identity in frontier for other in self.settled.neighbours(identity)}
            others = store.profiles(sorted({other for pair in met for other in pair} | near))
            next_ids = set(near)
            for left, right in met:
                if (left, right) not in odds and left in others and right in others:
                    value = odds[left, right] = self._odds(others[left], others[right])
                    if value is not None and value >= self._least:
                        next_ids |= {left, right}
            frontier = {one: others[one] for one in sorted(next_ids) if one in others and one not in seen}
        kept = {
            pair: value for pair, value in odds.items() if value is not None and pair[0] in seen and pair[1] in seen
        }
        return tuple(sorted(self._incidents(seen, kept), key=lambda incident: incident.id))

    # --- pairs ---

    @property
    def _least(self) -> float:
        return math.log(self.rules.threshold / (1 - self.rules.threshold))

    def _odds(self, left: Profile, right: Profile) -> float | None:
        """Log-odds of a pair, None if it contradicts itself. Rounded, so that every machine decides alike."""
        self.compared += 1
        if contradiction(left, right, self.rules) is not None:
            return None
        return round(log_odds(pair_features(left, right, self.rules, self.profiler.rarity), self.rules.weights), 6)

    def _unsettled(self, new: Mapping[str, Profile], store: Neighbours) -> dict[str, Profile]:
        """The new reports, and those whose block has just become too large to be compared as a whole."""
        keys = {key for profile in new.values() for key in block_keys(profile, self.rules)}
        largest = self.rules.largest_block
        touched = set(new)
        for members in store.blocks(sorted(keys), largest + len(new)).values():
            if largest < len(members) <= largest + len(new):
                touched.update(members)
        return dict(store.profiles(sorted(touched)))

    def _meet(self, profiles: Iterable[Profile], store: Neighbours) -> list[Pair]:
        """Pairs that these reports make with others under the same keys."""
        own = {profile.id: block_keys(profile, self.rules) for profile in profiles}
        largest = self.rules.largest_block
        blocks = store.blocks(sorted({key for keys in own.values() for key in keys}), largest)
        pairs = {
            _pair(identity, other)
            for identity, keys in own.items()
            for key in keys
            if len(blocks.get(key, ())) <= largest
            for other in blocks.get(key, ())
            if other != identity
        }
        return sorted(pairs)

    # --- incidents ---

    def _incidents(self, profiles: Mapping[str, Profile], odds: Mapping[Pair, float]) -> Iterator[Incident]:
        for members, inside in _neighbourhoods(profiles, odds, self.settled, self._least):
            found = [profiles[identity] for identity in members]
            if len(found) == 1:
                yield Incident(found[0].type, members)
                continue
            clusters = cluster_neighbourhood(
                found,
                inside,
                self.settled,
                threshold=self._least,
                unscored=self.rules.unscored,
                contradict=lambda left, right: contradiction(left, right, self.rules) is not None,
            )
            owner = {identity: number for number, ids in enumerate(clusters) for identity in ids}
            links: list[list[Link]] = [[] for _ in clusters]
            for pair in sorted(inside.keys() | self.settled.same_in(members)):
                if pair[0] in owner and owner[pair[0]] == owner.get(pair[1]):
                    links[owner[pair[0]]].extend(self._link(pair, profiles, inside.get(pair)))
            for ids, why in zip(clusters, links, strict=True):
                yield Incident(main_type([profiles[identity] for identity in ids]), ids, tuple(why))

    def _link(self, pair: Pair, profiles: Mapping[str, Profile], odds: float | None) -> Iterator[Link]:
        left, right = profiles[pair[0]], profiles[pair[1]]
        if pair in self.settled.same:
            yield Link(*pair, 1.0, JUDGED)
        elif odds is not None and odds >= self._least:
            features = pair_features(left, right, self.rules, self.profiler.rarity)
            yield make_link(left, right, odds, features, self.rules)


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)


def _neighbourhoods(
    ids: Iterable[str], odds: Mapping[Pair, float], settled: Settled, least: float
) -> Iterator[tuple[tuple[str, ...], dict[Pair, float]]]:
    """Reports that links or judgements connect, through however many others, with the scores among them."""
    root = {identity: identity for identity in ids}

    def find(identity: str) -> str:
        while root[identity] != identity:
            root[identity] = root[root[identity]]
            identity = root[identity]
        return identity

    for left, right in (pair for pair, value in odds.items() if value >= least):
        root[find(left)] = find(right)
    for left, right in sorted(settled.same_in(root)):
        if left in root and right in root:
            root[find(left)] = find(right)
    groups: dict[str, list[str]] = {}
    for identity in root:
        groups.setdefault(find(identity), []).append(identity)
    scores: dict[str, dict[Pair, float]] = {}
    for pair, value in odds.items():
        if find(pair[0]) == find(pair[1]):
            scores.setdefault(find(pair[0]), {})[pair] = value
    for key, members in groups.items():
        yield tuple(sorted(members)), scores.get(key, {})
