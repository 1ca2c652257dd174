"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import BadDate, StoreError
from tocsin.tellings import Rule

if TYPE_CHECKING:
    from tocsin.read import ReadDefaults
    from tocsin.store import Run, Store

Articles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ARTICLES...",
        help="Files, folders, glob patterns, or - for standard input: text, Markdown, HTML, JSON, JSON Lines, CSV, "
        "RSS or Atom, WARC; packed with gzip or not.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Published date of articles that do not tell theirs: YYYY-MM-DD."),
]
Publisher = Annotated[
    str | None, typer.Option(metavar="NAME", help="Outlet or account of articles that do not tell theirs.")
]
Language = Annotated[
    str | None,
    typer.Option(metavar="xx", help="Language of articles that do not tell theirs (ISO 639-1); else it is identified."),
]
StorePath = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store: an SQLite file.")]
RunId = Annotated[
    str | None,
    typer.Option("--run", metavar="ID", help="Which run, by the beginning of its id; the latest by default."),
]
NoGate = Annotated[
    bool,
    typer.Option(
        "--no-gate",
        help="Read every article to the end, also those whose words show no sign of an event. Takes longer.",
    ),
]
Unmask = Annotated[
    bool, typer.Option("--unmask", help="Show the names of private persons, which are masked otherwise.")
]
UNMASKED = "Names of private persons are shown (--unmask)."
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="X",
        min=0.0,
        max=1.0,
        help="Leave out events whose whole row is right in fewer than this share of such rows, 0 to 1; 0 shows all.",
    ),
]
Consolidate = Annotated[
    Rule | None,
    typer.Option(
        "--consolidate",
        metavar="RULE",
        help=f"Choose one value a field by a rule: {', '.join(Rule)}. The output names it; every claim stays beside it.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for a program to read.")]


def sources_of(articles: list[str] | None) -> list[str]:
    """The articles named; what comes through a pipe if none is."""
    if articles:
        return articles
    if sys.stdin.isatty():
        raise typer.BadParameter("name the articles to read, or - for standard input.", param_hint="ARTICLES")
    return ["-"]


def defaults_of(published: str | None, publisher: str | None, language: str | None) -> ReadDefaults:
    """What to take where a document does not say it itself."""
    from tocsin.read import ReadDefaults, parse_published

    try:
        date = parse_published(published)
    except BadDate as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    return ReadDefaults(date, publisher, language.lower() if language else None)


def least_of(wanted: float | None) -> float:
    """The row confidence asked for, or the one that was chosen on gold."""
    from tocsin.resources.confidence import default_min_confidence

    return default_min_confidence() if wanted is None else wanted


def day_of(value: str | None, option: str) -> dt.date | None:
    """A day written YYYY-MM-DD; YYYY-MM and YYYY are their first day."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat({4: f"{value}-01-01", 7: f"{value}-01"}.get(len(value), value))
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date. Write it as YYYY-MM-DD.", param_hint=option) from None


def run_of(store: Store, wanted: str | None) -> Run:
    """The run asked for, or the latest; StoreError where there is none."""
    runs = store.runs()
    found = [run for run in runs if run.id.startswith(wanted)] if wanted else list(runs[:1])
    if not runs:
        raise StoreError(f"{store.name}: holds nothing yet. Fill it with: tocsin run ARTICLES --store {store.name}")
    if len(found) != 1:
        listed = ", ".join(f"{run.id} ({run.started:%Y-%m-%d %H:%M})" for run in runs[:10])
        problem = "several runs begin" if found else "no run begins"
        raise StoreError(f"{store.name}: {problem} with {wanted!r}. There are: {listed}.")
    return found[0]
