"""The timeline of a report as numbers for an SVG: a column a day, a bar an event.

News leaves long gaps between days, so columns stand in order of time and only the days on which some event begins or
ends have one; a gap of more than a day is drawn as a gap and says how long it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tocsin.vocabulary import EventReport
from tocsin.web.words import MONTHS

LANE = 18.0  # height of a bar with its space
COLUMN = (22.0, 56.0)  # least and greatest width of a day
GAP = 30.0  # width of a gap between days
MONTH_ROOM = 32.0  # what half a month's name takes
WIDTH = 720.0  # what the columns try to fill


@dataclass(frozen=True, slots=True)
class Bar:
    """An event on the timeline, by its number on the page; ``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    event: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A day of the axis; ``month`` is written under the first day of each month shown."""

    x: float
    width: float
    day: str
    month: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days left out between two columns."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a template needs to draw the timeline; ``undated`` are the events without a known day."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    undated: tuple[int, ...]


def lay_out(reports: Sequence[EventReport]) -> Timeline:
    """Place each report's dates on the timeline; an open end is drawn as the end that is known."""
    ranges: list[tuple[dt.date, dt.date, int]] = []
    undated = []
    for number, report in enumerate(reports):
        first, last = report.date.start or report.date.end, report.date.end or report.date.start
        if first is None or last is None:
            undated.append(number)
        else:
            ranges.append((min(first, last), max(first, last), number))
    days = sorted({day for first, last, _ in ranges for day in (first, last)})
    starts, gaps, column = _columns(days)
    lanes: list[dt.date] = []  # the last day taken in each lane
    placed = []
    for first, last, number in sorted(ranges):
        lane = next((index for index, taken in enumerate(lanes) if taken < first), len(lanes))
        lanes[lane : lane + 1] = [last]
        x = starts[first]
        placed.append((x + 1.5, lane, starts[last] + column - x - 3, number))
    height = max(1, len(lanes)) * LANE
    bars = tuple(Bar(x, height - (lane + 1) * LANE + 2, width, number) for x, lane, width, number in placed)
    width = max(starts.values(), default=0.0) + column
    return Timeline(width, height, bars, _ticks(days, starts, column), gaps, tuple(undated))


def _columns(days: Sequence[dt.date]) -> tuple[dict[dt.date, float], tuple[Gap, ...], float]:
    """Where each day's column begins, the gaps between them, and the width of a column."""
    if not days:
        return {}, (), COLUMN[0]
    breaks = sum((after - day).days > 1 for day, after in pairwise(days))
    column = min(COLUMN[1], max(COLUMN[0], (WIDTH - breaks * GAP) / len(days)))
    starts, gaps, x = {days[0]: 0.0}, [], 0.0
    for day, after in pairwise(days):
        x += column
        missing = (after - day).days - 1
        if missing:
            gaps.append(Gap(x + GAP / 2, _gap_words(missing)))
            x += GAP
        starts[after] = x
    return starts, tuple(gaps), column


def _gap_words(days: int) -> str:
    if days < 60:
        return f"{days} d"
    return f"{round(days / 30.4)} mo" if days < 730 else f"{round(days / 365.25)} y"


def _ticks(days: Sequence[dt.date], starts: dict[dt.date, float], column: float) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    before: dt.date | None = None
    for day in days:
        new = before is None or (before.year, before.month) != (day.year, day.month)
        month = f"{MONTHS[day.month - 1]} {day.year}" if new else ""
        if month and ticks and ticks[-1].month and starts[day] - ticks[-1].x < MONTH_ROOM:
            # Two names would run into each other; the later one stands at the border and so says enough.
            ticks[-1] = replace(ticks[-1], month="")
        ticks.append(Tick(starts[day] + column / 2, column, str(day.day), month))
        before = day
    return tuple(ticks)
