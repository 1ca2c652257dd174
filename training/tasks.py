"""Label sets of other gold that the encoder learns beside the event record, each by a light head of one matrix.

``over`` says what a head reads: ``row``, a span's mean and the window's first piece; ``pair``, the means of a source, a
target and their sentence; ``piece``, each word piece. ``one_of``: exactly one label holds.
"""

from __future__ import annotations

from dataclasses import dataclass

PARTS = {"row": 2, "pair": 4, "piece": 1}


@dataclass(frozen=True)
class Task:
    """A label set; only ever append to ``labels``."""

    labels: tuple[str, ...]
    over: str = "row"
    one_of: bool = False
    share: float = 1.0  # part of the windows read in an epoch


TASKS = {
    "glocon_sent": Task(("1",)),
    "glocon_doc": Task(("1",)),
    "india_police_events": Task(("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION"), share=0.6),
    "ceha": Task(
        (
            "1",
            "tribal/communal/ethnic conflict",
            "religious conflict",
            "socio-political violence against women",
            "climate-related security risks",
            "Other",
        )
    ),
    "plv_plover": Task(
        (
            "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
            "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
        ),
        over="pair",
        one_of=True,
    ),
    "case2021_task2": Task(
        (
            "ABDUCT_DISSAP", "AGREEMENT", "AIR_STRIKE", "ARMED_CLASH", "ARREST",
            "ART_MISS_ATTACK", "ATTACK", "ATTRIB", "CHANGE_TO_GROUP_ACT", "CHEM_WEAP",
            "DIPLO", "DISR_WEAP", "FORCE_AGAINST_PROTEST", "GOV_REGAINS_TERIT", "GRENADE",
            "HQ_ESTABLISHED", "MAN_MADE_DISASTER", "MOB_VIOL", "NATURAL_DISASTER", "NON_STATE_ACTOR_OVERTAKES_TER",
            "NON_VIOL_TERRIT_TRANSFER", "ORG_CRIME", "OTHER", "PEACE_PROTEST", "PROPERTY_DISTRUCT",
            "PROTEST_WITH_INTER", "REM_EXPLOS", "SEX_VIOL", "SUIC_BOMB", "VIOL_DEMONSTR",
        ),
        one_of=True,
    ),
    "muc4": Task(("PerpInd", "PerpOrg", "Target", "Victim", "Weapon"), over="piece", share=0.4),
}  # fmt: skip
