"""What became of the documents, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text

if TYPE_CHECKING:
    from tocsin.pipeline import RunSummary

# More reasons than this are summed up: the store holds them all.
MOST_PROBLEMS = 20


def counted(number: int, noun: str) -> str:
    """'1 article', '2,000 articles'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def count_line(counts: Mapping[str, int]) -> Text:
    """'5 articles: 3 coded, 1 skipped, 1 failed'."""
    parts = [
        Text(f"{number:,} {status}", style=status if number and status != "coded" else "")
        for status, number in counts.items()
    ]
    return Text.assemble((counted(sum(counts.values()), "article"), "bold"), ": ", Text(", ").join(parts))


def undated_line(number: int) -> str:
    """How many have no published date, and what to do."""
    have = "article has" if number == 1 else "articles have"
    return f"{number:,} coded {have} no published date: relative dates stay unknown. Give one with --published."


def left_out_line(number: int, least: float) -> str:
    """How many events are less sure than what is shown, and how to see them."""
    return f"{counted(number, 'event')} left out, less sure than {least:g}; --min-confidence 0 shows all"


def summary_lines(summary: RunSummary, store: str) -> Iterator[Text]:
    """What a person wants to know after a run."""
    from tocsin.cli.console import plain, problem_text

    for problem in summary.problems[:MOST_PROBLEMS]:
        yield problem_text(*problem)
    if len(summary.problems) > MOST_PROBLEMS:
        yield Text(f"… and {len(summary.problems) - MOST_PROBLEMS:,} more; all stand in {store}", "quiet")
    for name, note in summary.notes[:MOST_PROBLEMS]:
        yield Text.assemble(("note    ", "skipped"), f"{plain(name)}: {plain(note)}")
    line = count_line({"coded": summary.coded, "skipped": summary.skipped, "failed": summary.failed})
    if summary.before:
        line.append(f"; {summary.before:,} of them in an earlier run of the same coder")
    yield line
    if summary.undated:
        yield Text(undated_line(summary.undated), "skipped")
    events, incidents = counted(summary.events, "event"), counted(summary.incidents, "incident")
    yield Text.assemble((events, "bold"), f" in {incidents} in {store} (run {summary.run.id[:8]})")


def summary_record(summary: RunSummary, store: str) -> dict[str, Any]:
    """The same for a program."""
    return {
        "store": store,
        "run": summary.run.id,
        "documents": summary.documents,
        "coded": summary.coded,
        "skipped": summary.skipped,
        "failed": summary.failed,
        "before": summary.before,
        "undated": summary.undated,
        "events": summary.events,
        "incidents": summary.incidents,
        "problems": [{"name": name, "status": status, "reason": reason} for name, status, reason in summary.problems],
        "notes": [{"name": name, "note": note} for name, note in summary.notes],
        "versions": dict(summary.run.versions),
        "settings": dict(summary.run.settings),
    }
