"""PETRARCH-2's English validation sentences: CAMEO code, source code, target code.

Roots come from the light heads of plv_plover, codes from the crosswalk plover_cameo; a meeting is coded both ways.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any

from benchmarks.gsr import ActorCode, code_actor, code_sentence
from tocsin.resources.crosswalks import load_crosswalks

SCORER = "score_events.py"
OPTIONS = ["--type-field", "cameo"]

# Codes whose two sides do the same, and the code of the other side.
MUTUAL = {"040": "040", "046": "046", "057": "057", "042": "043", "043": "042", "061": "061", "062": "062"}
# CAMEO's roles for PLOVER's agents, where they differ. Those out of office keep the office's role.
ROLES = {"JRN": "MED", "PTY": "OPP", "SOC": "NGO", "PRM": "MIL", "IGO": "", "UNK": "", "ELI": "GOV"}
# Where no country is told.
NOWHERE = "---"


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Events with a code on both sides; PETRARCH codes nothing else."""
    walks = load_crosswalks()
    for record in records:
        text, day = record["text"], written(record.get("date"))
        coded = code_sentence(text)
        code = walks.row("plover_cameo", coded.root, text).code
        sources = [code_actor(phrase, text, day=day) for phrase in coded.pair.sources]
        targets = [code_actor(phrase, text, day=day) for phrase in coded.pair.targets]
        if not targets and len(sources) > 1:
            couples = list(permutations(sources, 2))
        else:
            couples = [(source, target) for source in sources for target in targets]
        couples = [couple for couple in couples if code_of(couple[0]) and code_of(couple[1])]
        events = [event(code, *couple) for couple in couples]
        if code in MUTUAL and targets:
            events += [event(MUTUAL[code], target, source) for source, target in couples]
        yield {"id": record["id"], "events": events}


def written(date: str | None) -> dt.date | None:
    """The day of '20080806'; None for anything else."""
    try:
        return dt.datetime.strptime(date or "", "%Y%m%d").date()
    except ValueError:
        return None


def event(code: str | None, source: ActorCode, target: ActorCode) -> dict[str, Any]:
    """One event in the scorer's form."""
    return {
        "type": code,
        "source": {"span": source.span, "code": code_of(source)},
        "target": {"span": target.span, "code": code_of(target)},
    }


def code_of(actor: ActorCode) -> str:
    """Country and role in one code, as CAMEO writes them: 'TUNJUD'; "" where neither is told."""
    kind = load_crosswalks().actors[actor.kind]["cameo"] if actor.kind else None
    role = ROLES.get(actor.agent, actor.agent) if actor.agent not in (None, "CVL") else kind or ""
    return f"{actor.country or NOWHERE}{role}" if actor.country or role else ""
