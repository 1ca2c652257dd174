"""PLOVER's gold standard records: the event of a sentence, who does it, to whom.

The light heads of plv_plover name the root; the first records kept fights, inquiries and retreats apart, which the
crosswalk plover_2016 does by words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.gsr import code_actor, code_sentence
from benchmarks.pairs import Phrase
from tocsin.resources.crosswalks import load_crosswalks

SCORER = "score_events.py"


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One event a sentence."""
    walks = load_crosswalks()
    for record in records:
        text = record["text"]
        coded = code_sentence(text)
        event = {
            "type": walks.row("plover_2016", coded.root, text).code,
            "source": [with_code(phrase, text) for phrase in coded.pair.sources],
            "target": [with_code(phrase, text) for phrase in coded.pair.targets],
        }
        yield {"id": record["id"], "events": [event]}


def with_code(phrase: Phrase, text: str) -> dict[str, Any]:
    """The actor with its country as code."""
    found = code_actor(phrase, text, context=text)
    return {"span": found.span, **({"code": found.country} if found.country else {})}
