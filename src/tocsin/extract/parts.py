"""Which report is part of which: killings in an attack, arrests at a march."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.extract.when import compatible_dates
from tocsin.extract.where import compatible_places
from tocsin.vocabulary import EventReport, EventType, Factuality


def find_part_of(reports: Sequence[EventReport], wholes: Mapping[EventType, Sequence[EventType]]) -> list[int | None]:
    """For each report the index of the one it happened inside of, None where there is none.

    Codebook ruling 18: inside the course of the other, at the same place. Of several possible wholes the type listed
    first wins, and then the one told nearest.

    Args:
        reports: of one document.
        wholes: for each type the types it can be part of, likeliest first (data/codebook).
    """
    parents: list[int | None] = []
    for i, report in enumerate(reports):
        best: tuple[int, int, int] | None = None
        for j, whole in enumerate(reports):
            options = list(wholes.get(report.type, ()))
            if i == j or whole.type not in options or not _inside(report, whole):
                continue
            distance = abs(whole.trigger.span.start - report.trigger.span.start)
            rank = (options.index(whole.type), distance, j)
            if best is None or rank < best:
                best = rank
        parents.append(best[2] if best and best[1] < _NEAR else None)
    return parents


# Told further apart than this many characters, two acts are rarely one course of events.
_NEAR = 1200

_TOLD_AS_DONE = (Factuality.ACTUAL, Factuality.POSSIBLE)


def _inside(report: EventReport, whole: EventReport) -> bool:
    if report.factuality not in _TOLD_AS_DONE or whole.factuality not in _TOLD_AS_DONE:
        return False
    if report.place and whole.place and not compatible_places(report.place, whole.place):
        return False
    return compatible_dates(report.date, whole.date)
