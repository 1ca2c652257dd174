"""``tocsin show``: the events of a store, those asked for; or one incident, and who says what of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import (
    UNMASKED,
    AsJson,
    Consolidate,
    MinConfidence,
    RunId,
    StorePath,
    Unmask,
    day_of,
    least_of,
    run_of,
)
from tocsin.tellings import Rule
from tocsin.vocabulary import Document, EventReport, EventType

EXAMPLES = """[bold]Examples[/bold]

tocsin show --store tocsin.db

tocsin show --type strike --type lockout --country BY --since 2020-08-01

tocsin show --where Minsk --says police --json | jq '.events[].quantities'

tocsin show 51012b82                        # one incident, side by side; their ids: tocsin incidents
"""


def command(
    incident: Annotated[
        str | None,
        typer.Argument(
            metavar="INCIDENT",
            help="One incident, by the beginning of its id or of an event's: who says what, side by side.",
            show_default=False,
        ),
    ] = None,
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
    rule: Consolidate = None,
    run: RunId = None,
    unmask: Unmask = False,
    min_confidence: MinConfidence = None,
    as_json: AsJson = False,
) -> None:
    """Show events of a store, the latest first; or one incident, with who says what of it, side by side.

    A table on a terminal and in a pipe; with --json JSON Lines: an article with the events selected a line.
    """
    least = least_of(min_confidence)
    if incident is not None:
        _show_incident(incident, store, run, least, unmask, as_json, rule)
        return
    first, last = day_of(since, "--since"), day_of(until, "--until")
    if country is not None and (len(country) != 2 or not country.isalpha()):
        raise typer.BadParameter(f"{country!r} is not a country code of two letters, as BY.", param_hint="--country")

    from tocsin.cli.console import out, words
    from tocsin.cli.summary import counted
    from tocsin.export import export_documents, mask_names
    from tocsin.store import Selection, open_store

    with open_store(store) as kept:
        chosen = run_of(kept, run)
        selection = Selection(tuple(types or ()), country, first, last, where, says, limit or None, least)
        coded = [mask_names(item, unmask=unmask) for item in kept.load(chosen, selection)]
        incidents = {member: one.id for one in kept.incidents(chosen) for member in one.members} if as_json else {}
        total = kept.counts(chosen).reports
    if as_json:
        export_documents(coded, "jsonl", None, incidents, unmask=unmask)
        return
    rows = [(item.document, report) for item in coded for report in item.reports]
    if rows:
        from tocsin.cli.tables import event_table

        data = out()
        data.print(event_table(sorted(rows, key=_latest_first), data.width))
        if unmask:
            data.print(UNMASKED, style="skipped")
    line = f"{counted(len(rows), 'event')} of {total:,} in {store}"
    if least > 0:
        line += f"; rows at least {least:g} sure, more with --min-confidence 0"
    if limit and len(rows) == limit and total > limit:
        line += f"; these are the latest {limit:,}, more with --limit"
    words().print(line, style="quiet", soft_wrap=True)


def _show_incident(
    name: str, store: Path, run: str | None, least: float, unmask: bool, as_json: bool, rule: Rule | None
) -> None:
    from tocsin.cli.console import out, words
    from tocsin.cli.find import find_incident
    from tocsin.cli.incident_text import incident_lines
    from tocsin.cli.summary import left_out_line
    from tocsin.export import write_incidents
    from tocsin.link import consolidate
    from tocsin.store import open_store
    from tocsin.surroundings import read_surroundings
    from tocsin.web.incidents import told_incidents, view_incident

    with open_store(store) as kept:
        chosen = run_of(kept, run)
        wanted = find_incident(kept, chosen, name)
        around = read_surroundings(kept, chosen, wanted, min_confidence=least)
    for telling in told_incidents(
        around.incidents, around.coded, unmask=unmask, only=[wanted.id], latest=around.latest
    ):
        values = consolidate(telling, rule) if rule else ()
        if as_json:
            write_incidents([(telling, values)], None, rule=rule, unmask=unmask)
            return
        data = out()
        for line in incident_lines(view_incident(telling, values, rule or ""), data.width):
            data.print(line)
        if unmask:
            data.print(UNMASKED, style="skipped")
        return
    words().print(left_out_line(len(wanted.members), least), style="quiet", soft_wrap=True)


def _latest_first(row: tuple[Document, EventReport]) -> tuple[bool, int, str, int]:
    document, report = row
    day = report.date.end or report.date.start
    return day is None, -(day or dt.date.min).toordinal(), document.id, report.trigger.span.start
