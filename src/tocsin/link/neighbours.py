"""Where linking finds the reports that one may be linked to. In memory here; the store answers from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from tocsin.link.block import block_keys
from tocsin.link.profile import Profile
from tocsin.resources.linking import LinkingRules


class Neighbours(Protocol):
    """Reports by id, and by the keys of their blocks."""

    def profiles(self, ids: Iterable[str]) -> Mapping[str, Profile]:
        """Those of these reports that are there."""

    def blocks(self, keys: Iterable[int], largest: int) -> Mapping[int, tuple[str, ...]]:
        """Ids of the reports under each key, ``largest`` + 1 at most; a key that nobody is filed under may be left out."""


class Memory:
    """A store of profiles in memory."""

    def __init__(self, rules: LinkingRules, profiles: Iterable[Profile] = ()) -> None:
        """File these reports."""
        self._rules = rules
        self._profiles: dict[str, Profile] = {}
        self._blocks: dict[int, list[str]] = {}
        self.add(profiles)

    def add(self, profiles: Iterable[Profile]) -> None:
        """File more; a report that is there already is left as it is."""
        for profile in profiles:
            if profile.id not in self._profiles:
                self._profiles[profile.id] = profile
                for key in block_keys(profile, self._rules):
                    self._blocks.setdefault(key, []).append(profile.id)

    def profiles(self, ids: Iterable[str]) -> Mapping[str, Profile]:
        """Those that are there."""
        return {identity: self._profiles[identity] for identity in ids if identity in self._profiles}

    def blocks(self, keys: Iterable[int], largest: int) -> Mapping[int, tuple[str, ...]]:
        """Ids under each key."""
        return {key: tuple(self._blocks.get(key, ())[: largest + 1]) for key in keys}
