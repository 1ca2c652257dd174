"""What coding knows besides the encoder: codebook and lexicons, loaded once and handed in as one argument."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.resources.accounts import AccountRules, load_account_rules
from tocsin.resources.actor_lexicon import ActorLexicon, SectorLexicon, load_actor_lexicon, load_sector_lexicon
from tocsin.resources.codebook import load_wholes
from tocsin.resources.cue_list import load_cue_list
from tocsin.resources.factuality_lexicon import FactualityLexicon, load_factuality_lexicon
from tocsin.resources.issue_words import IssueWords, load_issue_words
from tocsin.resources.part_weights import load_part_weights
from tocsin.vocabulary import EventType

# Types with a list acts_TYPE.yaml.
CUED_TYPES = (EventType.USE_OF_FORCE,)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``wholes``: for each type what it can be part of. ``actors``, ``sectors``: which words name which kind.

    ``sites``: nouns that name a kind of site. ``denials``: words by which somebody disputes what is told.
    ``bounded``: words by which a strike is over when its day is. ``remembered``: words by which a text remembers an act of another year.
    ``wide``: words that spread an act over a country. ``pointing``: words that point at a place named elsewhere.
    ``apart``: words beside an act that set it apart from those told before.
    ``acts``: by type, words that tell an act where the encoder is blind. ``factuality``: cues of plans, calls, hedges and denials.
    ``accounts``: which doers cannot both have done an act. ``issues``: what a demand's words say about its issue.
    ``parts``: weights of the evidence that one act happened inside another.
    """

    wholes: Mapping[EventType, tuple[EventType, ...]]
    actors: ActorLexicon
    sectors: SectorLexicon
    sites: frozenset[str]
    denials: frozenset[str]
    bounded: frozenset[str]
    remembered: frozenset[str]
    wide: frozenset[str]
    pointing: frozenset[str]
    apart: frozenset[str]
    acts: Mapping[EventType, frozenset[str]]
    factuality: FactualityLexicon
    accounts: AccountRules
    issues: IssueWords
    parts: Mapping[str, float]


@functools.cache
def load_knowledge() -> Knowledge:
    """Load codebook and lexicons.

    Raises:
        DataError: one of the files is missing or wrong.
    """
    return Knowledge(
        load_wholes(),
        load_actor_lexicon(),
        load_sector_lexicon(),
        load_cue_list("sites"),
        load_cue_list("denials"),
        load_cue_list("bounded"),
        load_cue_list("remembered"),
        load_cue_list("wide"),
        load_cue_list("pointing"),
        load_cue_list("apart"),
        {kind: load_cue_list(f"acts_{kind.value}") for kind in CUED_TYPES},
        load_factuality_lexicon(),
        load_account_rules(),
        load_issue_words(),
        load_part_weights(),
    )
