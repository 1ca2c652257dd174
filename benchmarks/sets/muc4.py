"""MUC-4: incidents in Latin American wire copy, and who fills their roles.

Light heads: the encoder's piece head names role fillers, a head of hashed words says which incidents a message tells,
and a small logistic score decides which entities are kept (all learned on the visible splits by training/fit_roles.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.fillers import ROLES, Entity, entity_features, find_mentions, group_mentions, role_chances
from benchmarks.light import Floats, Linear, chance, head_for, load_linear
from benchmarks.ngrams import WordHead, load_words, plain_grams
from tocsin.resources.models import EventModel, load_event_model

SCORER = "score_templates.py"

INCIDENTS = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")

# A message's second incident is told from this probability on.
FURTHER = 0.5


@dataclass(frozen=True)
class Reader:
    """The encoder and the light heads. ``kinds`` gives log-odds over INCIDENTS and, last, of any incident."""

    model: EventModel
    pieces: Linear
    kinds: WordHead
    heads: Floats
    keep: Linear

    def entities(self, text: str) -> tuple[list[tuple[float, Entity]], Floats]:
        """Every entity with its probability, and the probabilities of incidents."""
        pieces, chances = role_chances(text, self.model, self.pieces)
        told = self.kinds([plain_grams(text)])[0]
        found = group_mentions(text, find_mentions(text, pieces.spans, chances))
        if not found:
            return [], chance(told)
        rows = [entity_features(e, found, len(text), self.heads, float(told[-1])) for e in found]
        kept = chance(self.keep(np.array(rows, np.float32)))[:, 0]
        return sorted(((float(p), e) for p, e in zip(kept, found, strict=True)), key=lambda pair: -pair[0]), chance(
            told
        )


def load_reader() -> Reader:
    """Every part, from the files that training/fit_roles.py writes."""
    heads = load_linear("muc4-words").weight[0]
    keep, kinds = load_linear("muc4-keep"), load_words("muc4-kinds")
    return Reader(load_event_model(reader=None), head_for("muc4"), kinds, heads, keep)


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Role fillers, and a template for each incident."""
    reader = load_reader()
    thresholds = load_linear("muc4-thresholds").bias
    for record in records:
        scored, told = reader.entities(record["text"])
        roles: dict[str, list[list[str]]] = {role: [] for role in ROLES}
        for share, entity in scored:
            if share >= thresholds[entity.role] and [entity.best.text] not in roles[ROLES[entity.role]]:
                roles[ROLES[entity.role]].append([entity.best.text])
        yield {"id": record["id"], "roles": roles, "templates": list(templates(roles, told))}


def templates(roles: dict[str, list[list[str]]], told: Floats) -> Iterator[dict[str, Any]]:
    """The likeliest incident with every filler, then others that are likely, with the same perpetrators.

    Args:
        roles: entities by role.
        told: probabilities of INCIDENTS and, last, of any incident.
    """
    if told[-1] < 0.5 and not any(roles.values()):
        return
    order = np.argsort(-told[: len(INCIDENTS)])
    yield {"incident_type": INCIDENTS[order[0]], "stage": "ACCOMPLISHED", **roles}
    for other in order[1:]:
        if told[other] >= FURTHER:
            shared = {role: roles[role] if role.startswith("Perp") else [] for role in ROLES}
            yield {"incident_type": INCIDENTS[other], "stage": "ACCOMPLISHED", **shared}
