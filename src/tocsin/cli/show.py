"""``tocsin show``: the events of a store, those asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import AsJson, RunId, StorePath, day_of, run_of
from tocsin.vocabulary import Document, EventReport, EventType

EXAMPLES = """[bold]Examples[/bold]

tocsin show --store tocsin.db

tocsin show --type strike --type lockout --country BY --since 2020-08-01

tocsin show --where Minsk --says police --json | jq '.events[].quantities'
"""


def command(
    store: StorePath = Path("tocsin.db"),
    types: Annotated[
        list[EventType] | None,
        typer.Option("--type", metavar="TYPE", help=f"Only this type; repeat for more: {', '.join(EventType)}."),
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="Only this country: ISO 3166-1, two letters.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only events dated on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only events dated on this day or earlier.")] = None,
    where: Annotated[str | None, typer.Option(metavar="NAME", help="Only places whose name holds this.")] = None,
    says: Annotated[
        str | None,
        typer.Option(metavar="SOURCE", help="Only events that a source of this name or kind tells: police, witness."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, the latest; 0 for all.")] = 50,
    run: RunId = None,
    as_json: AsJson = False,
) -> None:
    """Show events of a store, the latest first.

    A table on a terminal and in a pipe; with --json JSON Lines: an article with the events selected a line.
    """
    first, last = day_of(since, "--since"), day_of(until, "--until")
    if country is not None and (len(country) != 2 or not country.isalpha()):
        raise typer.BadParameter(f"{country!r} is not a country code of two letters, as BY.", param_hint="--country")

    from tocsin.cli.console import out, words
    from tocsin.cli.summary import counted
    from tocsin.export import export_documents
    from tocsin.store import Selection, open_store

    with open_store(store) as kept:
        chosen = run_of(kept, run)
        selection = Selection(tuple(types or ()), country, first, last, where, says, limit or None)
        coded = list(kept.load(chosen, selection))
        incidents = {member: one.id for one in kept.incidents(chosen) for member in one.members} if as_json else {}
        total = kept.counts(chosen).reports
    if as_json:
        export_documents(coded, "jsonl", None, incidents)
        return
    rows = [(item.document, report) for item in coded for report in item.reports]
    if rows:
        from tocsin.cli.tables import event_table

        data = out()
        data.print(event_table(sorted(rows, key=_latest_first), data.width))
    line = f"{counted(len(rows), 'event')} of {total:,} in {store}"
    if limit and len(rows) == limit and total > limit:
        line += f"; these are the latest {limit:,}, more with --limit"
    words().print(line, style="quiet", soft_wrap=True)


def _latest_first(row: tuple[Document, EventReport]) -> tuple[bool, int, str, int]:
    document, report = row
    day = report.date.end or report.date.start
    return day is None, -(day or dt.date.min).toordinal(), document.id, report.trigger.span.start
