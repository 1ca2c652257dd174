"""``tocsin incidents``: what happened, each occurrence once, however many documents tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.options import (
    UNMASKED,
    AsJson,
    Consolidate,
    MinConfidence,
    RunId,
    StorePath,
    Unmask,
    least_of,
    run_of,
)

if TYPE_CHECKING:
    from tocsin.tellings import Consolidated, Telling

EXAMPLES = """[bold]Examples[/bold]

tocsin incidents --store tocsin.db

tocsin incidents --several                                  # only what more than one document tells

tocsin incidents --consolidate official-only -o incidents/  # incidents.csv and accounts.csv
"""


class Order(StrEnum):
    """What stands first."""

    DAY = "day"
    REPORTS = "reports"


def command(
    store: StorePath = Path("tocsin.db"),
    several: Annotated[
        bool, typer.Option("--several", help="Only incidents that more than one document tells.")
    ] = False,
    contested: Annotated[
        bool, typer.Option("--contested", help="Only incidents that sources contradict each other about.")
    ] = False,
    order: Annotated[Order, typer.Option(help="The latest day first, or what most reports tell.")] = Order.DAY,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = 50,
    rule: Consolidate = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="Write all of them: a .jsonl file, or a folder for CSV tables."
        ),
    ] = None,
    run: RunId = None,
    unmask: Unmask = False,
    min_confidence: MinConfidence = None,
    as_json: AsJson = False,
) -> None:
    """List incidents: when, where, what, how many reports and independent voices, standing, what is contested.

    A table; with --json JSON Lines, with -o files: an incident with every claim, who says so, and what contradicts what.
    """
    from tocsin.cli.console import out, words
    from tocsin.cli.sieve import Sieve
    from tocsin.cli.summary import counted
    from tocsin.export import write_incidents
    from tocsin.link import consolidate
    from tocsin.store import open_store
    from tocsin.tellings import Agreement
    from tocsin.web.incidents import told_incidents, view_incident

    sieve = Sieve(least_of(min_confidence))
    with open_store(store) as kept:
        chosen = run_of(kept, run)
        coded, incidents = list(sieve.pass_on(kept.load(chosen))), list(kept.incidents(chosen))
        unlinked = len(kept.unlinked(chosen))
    tellings = [
        telling
        for telling in told_incidents(incidents, coded, unmask=unmask)
        if (not several or len(telling.documents) > 1)
        and (not contested or any(field.agreement is Agreement.CONTESTED for field in telling.fields))
    ]
    tellings.sort(key=_latest_first if order is Order.DAY else _most_told)
    listed = tellings if as_json or output or not limit else tellings[:limit]
    if as_json or output:
        number = write_incidents(
            _with_values(listed, rule), None if as_json and not output else output, rule=rule, unmask=unmask
        )
        if output and output != "-":
            words().print(f"{counted(number, 'incident')} written to {output}", style="quiet", soft_wrap=True)
    elif listed:
        from tocsin.cli.incident_text import incident_table

        data = out()
        data.print(
            incident_table(
                [view_incident(one, consolidate(one, rule) if rule else (), rule or "") for one in listed], data.width
            )
        )
    told_to = words()
    if unmask:
        told_to.print(UNMASKED, style="skipped")
    sieve.tell(told_to)
    if not (as_json or output):
        line = f"{counted(len(listed), 'incident')} of {len(incidents):,} in {store}"
        line += "; more with --limit" if len(listed) < len(tellings) else ""
        told_to.print(f"{line}; all that is told of one: tocsin show INCIDENT", style="quiet", soft_wrap=True)
    if unlinked:
        told_to.print(
            f"{counted(unlinked, 'event')} not linked yet: tocsin link --store {store}", style="skipped", soft_wrap=True
        )


def _with_values(tellings: Sequence[Telling], rule: str | None) -> Iterator[tuple[Telling, Sequence[Consolidated]]]:
    from tocsin.link import consolidate

    for telling in tellings:
        yield telling, consolidate(telling, rule) if rule else ()


def _latest_first(telling: Telling) -> tuple[bool, int, str]:
    days = [day for _, report in telling.members for day in (report.date.end or report.date.start,) if day]
    return not days, -max((day.toordinal() for day in days), default=0), telling.incident.id


def _most_told(telling: Telling) -> tuple[int, int, str]:
    return -len(telling.documents), -len(telling.members), telling.incident.id
