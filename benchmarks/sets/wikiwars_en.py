"""WikiWars: time expressions of war histories, anchored on one another rather than on the creation time.

The corpus was tagged by TIMEX2's rules, which mark more than TIMEX3's: 'the former premier', 'during this period', 'at
night'. These words tell no days, so the project does not read them; they are added here, as the rules have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from benchmarks.sets.tempeval3 import SCORER, timex
from benchmarks.sets.tempeval3 import predict as predict_timex3

__all__ = ["SCORER", "predict"]

_ONLY_TIMEX2 = (
    (re.compile(r"\bformer(?= [A-Za-z])", re.I), "PAST_REF"),
    (re.compile(r"\bthis time\b(?! that)", re.I), "PRESENT_REF"),
    (re.compile(r"(?<=\bat )the time\b(?! of)", re.I), "PRESENT_REF"),
    (re.compile(r"\b(?:this|that|the same) period\b|\bthat time\b|(?<=\bat )the same time\b", re.I), "null"),
    (re.compile(r"(?<=\bfor )a (?:short|long) (?:time|period)\b|\bthe duration of the war\b", re.I), "null"),
    (re.compile(r"(?<=\bat )night\b|\bnight(?= (?:attack|fight|raid|march|bomb|assault)\w*)", re.I), "XXXX-XX-XXTNI"),
    (re.compile(r"\bto date\b", re.I), "PRESENT_REF"),
)
# A repetition is a date of unknown number there.
_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def predict(records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A prediction a document, by the rules of TIMEX2."""
    for record in records:
        (found,) = predict_timex3(iter([record]))
        timexes = [_as_timex2(item) for item in found["timexes"]]
        for pattern, value in _ONLY_TIMEX2:
            for match in pattern.finditer(record["text"]):
                if not any(match.start() < item["end"] and item["start"] < match.end() for item in timexes):
                    timexes.append(timex(match.start(), match.end(), "DATE", value))
        yield {"id": record["id"], "timexes": timexes}


def _as_timex2(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "value": _SETS.get(item["value"], item["value"])} if item["type"] == "SET" else item
