"""Which pairs are worth comparing: same type, same place, days that touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tocsin.link.features import days_of, place_key
from tocsin.resources.linking import LinkingRules
from tocsin.vocabulary import EventReport


def block_reports(reports: Sequence[EventReport], rules: LinkingRules) -> Iterator[tuple[EventReport, EventReport]]:
    """Pairs of reports that may tell one occurrence.

    Args:
        reports: in order of id.
        rules: ``link_days`` is how far apart the dates of a pair may lie.

    Returns:
        Each pair once, the smaller id first. Reports without place or date are in none: unknown is not near.
    """
    blocks: dict[tuple[str, str, str], list[tuple[dt.date, dt.date, EventReport]]] = {}
    for report in reports:
        place, days = place_key(report), days_of(report)
        if place and days:
            blocks.setdefault((report.type, *place), []).append((*days, report))
    slack = dt.timedelta(days=rules.link_days)
    for block in blocks.values():
        block.sort(key=lambda entry: (entry[0], entry[2].id))
        for number, (_, end, one) in enumerate(block):
            for start, _, other in block[number + 1 :]:
                # Sorted by first day: whoever begins too late is followed by others that do.
                if (start - end) > slack:
                    break
                yield (one, other) if one.id < other.id else (other, one)
