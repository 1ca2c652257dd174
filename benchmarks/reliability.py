"""Whether a confidence of 0.7 is right in seven cases of ten: a table, and a picture for docs/evaluation.md.

Each article is rated by curves that were fitted without it, on the other folds: what a user's article would get.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.whole import load_scorer
from training.calibration import calibration_error
from training.fit_confidence import E2E, SETS, Article, code_articles, counts_at, rate_across

THRESHOLDS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
BINS = 6


@dataclass(frozen=True)
class Point:
    """A bin: mean confidence, share right with its 95 percent interval, and how many cases."""

    confidence: float
    right: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True)
class Panel:
    """What one small plot shows."""

    title: str
    points: tuple[Point, ...]
    cases: int
    error: float


def main(shared: Path, picture: Path | None) -> int:
    """Print what row precision and row recall are at thresholds; write the picture if a path is given."""
    scorer = load_scorer(shared)
    coded = code_articles(scorer, SETS, lambda line: print(f"\r{line}  ", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    articles = rate_across(scorer, coded)
    for line in tables(articles):
        print(line)
    panels = draw_from(articles)
    print("\nwhat              cases  mean gap of confidence and share right")
    for panel in panels:
        print(f"{panel.title:16} {panel.cases:6}  {panel.error:.3f}")
    if picture is not None:
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(plot(panels), encoding="utf-8")
        print(f"{picture} written", file=sys.stderr)
    return 0


def tables(articles: Sequence[Article]) -> Iterator[str]:
    """Row precision, row recall and event F1 at each threshold: e2e, and the written articles."""
    for title, names in (("e2e dev and dev_b", E2E), ("written articles", ("written",))):
        chosen = [article for article in articles if article.set in names]
        yield f"# {title}: {len(chosen)} articles, {sum(article.expected for article in chosen)} events"
        yield "| least row confidence | rows | row precision | row recall | event precision | event recall | event F1 |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for threshold in THRESHOLDS:
            counts = counts_at(chosen, threshold)
            if not counts["kept"]:
                break
            yield (
                f"| {threshold:.2f} | {counts['kept']} | {counts['row_precision']:.3f} | {counts['row_recall']:.3f} | "
                f"{counts['event_precision']:.3f} | {counts['event_recall']:.3f} | {counts['event_f1']:.3f} |"
            )
        yield ""


def draw_from(articles: Sequence[Article]) -> list[Panel]:
    """The panels of rated articles: event, row, and the fields of a row."""
    judged = [one for article in articles for one in article.reports]
    cases: dict[str, list[tuple[float, bool]]] = {
        "event is there": [(one.report.confidence or 0.0, one.gold is not None) for one in judged],
        "whole row": [(one.report.row_confidence or 0.0, one.row) for one in judged],
    }
    matched = [one for one in judged if one.gold is not None]
    for field in ("factuality", "date", "place", "initiator"):
        claims = [
            (one, next((c for c in one.report.claims if c.field == field and not c.differs), None)) for one in matched
        ]
        cases[field] = [
            (claim.confidence, one.fields[field])
            for one, claim in claims
            if claim is not None and claim.confidence is not None
        ]
    return [panel_of(title, told) for title, told in cases.items() if told]


def panel_of(title: str, cases: Sequence[tuple[float, bool]]) -> Panel:
    """Cases in bins of as many each, by rising confidence."""
    ordered = sorted(cases)
    size = max(1, math.ceil(len(ordered) / BINS))
    bins = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    points = []
    for chosen in bins:
        right = sum(one for _, one in chosen)
        low, high = wilson(right, len(chosen))
        mean = sum(confidence for confidence, _ in chosen) / len(chosen)
        points.append(Point(mean, right / len(chosen), low, high, len(chosen)))
    error = calibration_error([c for c, _ in ordered], [r for _, r in ordered])
    return Panel(title, tuple(points), len(ordered), error)


def wilson(right: int, cases: int) -> tuple[float, float]:
    """The 95 percent interval of a share. Source: Wilson (1927), JASA 22(158), 209-212."""
    z = 1.96
    share, spread = right / cases, z * z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / cases + spread / (4 * cases)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


# --- the picture -----------------------------------------------------------------------------

SIDE, GAP, LEFT, TOP, COLUMNS = 190, 54, 58, 34, 3
INK, QUIET, LINE, MARK = "#1f2328", "#59636e", "#d1d9e0", "#0b57a4"


def plot(panels: Sequence[Panel]) -> str:
    """Small plots side by side as SVG; on the dotted line confidence and share right are the same."""
    rows = math.ceil(len(panels) / COLUMNS)
    width = LEFT + COLUMNS * SIDE + (COLUMNS - 1) * GAP + 16
    height = TOP + rows * (SIDE + 64) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{INK}" role="img" aria-labelledby="t">',
        '<title id="t">Reliability: confidence told against share right, on held-back folds</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, panel in enumerate(panels):
        x = LEFT + number % COLUMNS * (SIDE + GAP)
        y = TOP + number // COLUMNS * (SIDE + 64)
        parts.extend(_panel(panel, x, y, first=number % COLUMNS == 0, last=number + COLUMNS >= len(panels)))
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, x: float, y: float, *, first: bool, last: bool) -> Iterable[str]:
    def at(confidence: float, right: float) -> tuple[float, float]:
        return x + confidence * SIDE, y + (1 - right) * SIDE

    yield f'<text x="{x}" y="{y - 10}"><tspan font-weight="600">{panel.title}</tspan>'
    yield f'<tspan fill="{QUIET}" dx="6" font-size="11">{panel.cases} cases, gap {panel.error:.2f}</tspan></text>'
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        across, down = at(share, share)
        yield f'<path d="M{x} {down}h{SIDE}M{across} {y}v{SIDE}" stroke="{LINE}" fill="none"/>'
        label = f"{share:g}"
        yield f'<text x="{across}" y="{y + SIDE + 16}" text-anchor="middle" fill="{QUIET}" font-size="11">{label}</text>'
        if first:
            yield f'<text x="{x - 7}" y="{down + 4}" text-anchor="end" fill="{QUIET}" font-size="11">{label}</text>'
    yield f'<path d="M{x} {y + SIDE}L{x + SIDE} {y}" stroke="{QUIET}" stroke-dasharray="2 4" fill="none"/>'
    path = "L".join(f"{a:.1f} {b:.1f}" for a, b in (at(p.confidence, p.right) for p in panel.points))
    yield f'<path d="M{path}" stroke="{MARK}" stroke-width="1.5" fill="none" opacity=".45"/>'
    for point in panel.points:
        across, down = at(point.confidence, point.right)
        top, bottom = at(0, point.high)[1], at(0, point.low)[1]
        yield f'<path d="M{across:.1f} {top:.1f}V{bottom:.1f}" stroke="{MARK}" stroke-width="1.5"/>'
        yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="4" fill="{MARK}" stroke="#ffffff" stroke-width="1.5"/>'
    if first:
        middle = y + SIDE / 2
        yield f'<text transform="translate({x - 38} {middle}) rotate(-90)" text-anchor="middle">share right</text>'
    if last:
        yield f'<text x="{x + SIDE / 2}" y="{y + SIDE + 36}" text-anchor="middle">confidence told</text>'
