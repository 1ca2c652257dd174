"""Which report is part of which: killings in an attack, arrests at a march."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tocsin.extract.choice import shares
from tocsin.extract.when import compatible_dates
from tocsin.extract.where import compatible_places
from tocsin.vocabulary import DatePrecision, EventReport, EventType, Factuality

# Characters over which nearness falls to a third; a paragraph or two.
_NEAR = 300.0

_TOLD_AS_DONE = (Factuality.ACTUAL, Factuality.POSSIBLE)


def find_part_of(
    reports: Sequence[EventReport], wholes: Mapping[EventType, Sequence[EventType]], weights: Mapping[str, float]
) -> list[int | None]:
    """For each report the index of the one it happened inside of, None where there is none.

    Codebook ruling 18: inside the course of the other, at the same place. Each report weighs the others against none of
    them; the surest links stand, and none of them closes a circle.

    Args:
        reports: of one document.
        wholes: for each type the types it can be part of (data/codebook).
        weights: of the evidence, learnt by training/train_parts.py.
    """
    wanted: list[tuple[float, int, int]] = []
    for i in range(len(reports)):
        candidates = whole_candidates(reports, i, wholes)
        told = shares([*candidates.values(), none_features(reports[i])], weights)
        best = max(range(len(told)), key=lambda k: (told[k], -k))
        if best < len(candidates):
            wanted.append((told[best], i, list(candidates)[best]))
    parents: list[int | None] = [None] * len(reports)
    for _, i, j in sorted(wanted, key=lambda link: (-link[0], link[1])):
        above: int | None = j
        while above is not None and above != i:
            above = parents[above]
        if above is None:
            parents[i] = j
    return parents


def whole_candidates(
    reports: Sequence[EventReport], part: int, wholes: Mapping[EventType, Sequence[EventType]]
) -> dict[int, dict[str, float]]:
    """The reports that a report can be part of by the codebook: index -> the evidence for it.

    The pair of types; 'near', and 'nearest' of these; 'one_sentence' tells both; 'before', the whole is told first; whether
    their places and dates are the same, compatible or apart, or one or none of them is told; whether factuality is the same.
    """
    one, options = reports[part], wholes.get(reports[part].type, ())
    gaps = {
        j: abs(one.trigger.span.start - other.trigger.span.start)
        for j, other in enumerate(reports)
        if j != part and other.type in options
    }
    return {j: _part_features(one, reports[j], gap, gap == min(gaps.values())) for j, gap in gaps.items()}


def _part_features(one: EventReport, other: EventReport, gap: int, nearest: bool) -> dict[str, float]:
    together = any(e.span.contains(other.trigger.span) for e in one.evidence) or any(
        e.span.contains(one.trigger.span) for e in other.evidence
    )
    return {
        f"pair:{one.type.value}>{other.type.value}": 1.0,
        "near": math.exp(-gap / _NEAR),
        "far": math.log1p(gap) / 10,
        "nearest": float(nearest),
        "one_sentence": float(together),
        "before": float(other.trigger.span.start < one.trigger.span.start),
        f"place:{_places(one, other)}": 1.0,
        f"date:{_dates(one, other)}": 1.0,
        "part_done": float(one.factuality in _TOLD_AS_DONE),
        "whole_done": float(other.factuality in _TOLD_AS_DONE),
        "same_factuality": float(one.factuality is other.factuality),
    }


def none_features(report: EventReport) -> dict[str, float]:
    """The evidence that a report is part of no other."""
    return {f"none:{report.type.value}": 1.0, "none_done": float(report.factuality in _TOLD_AS_DONE)}


def _places(one: EventReport, other: EventReport) -> str:
    if not one.place or not other.place:
        return "one" if one.place or other.place else "none"
    if one.place.name.casefold() == other.place.name.casefold():
        return "same"
    return "compatible" if compatible_places(one.place, other.place) else "apart"


def _dates(one: EventReport, other: EventReport) -> str:
    unknown = [report.date.precision is DatePrecision.UNKNOWN for report in (one, other)]
    if any(unknown):
        return "none" if all(unknown) else "one"
    if (one.date.start, one.date.end) == (other.date.start, other.date.end):
        return "same"
    return "compatible" if compatible_dates(one.date, other.date) else "apart"
