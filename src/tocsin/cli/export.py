"""``tocsin export``: a run of a store as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import UNMASKED, MinConfidence, RunId, StorePath, Unmask, least_of, run_of

EXAMPLES = """[bold]Examples[/bold]

tocsin export --store tocsin.db --format jsonl -o events.jsonl

tocsin export --format csv -o events/     # documents, events, claims, evidence, and a data dictionary

tocsin export --format jsonl | jq '.events[] | select(.type == "strike")'
"""


class Format(StrEnum):
    """The formats of tocsin.export; a test holds the two equal, so that --help need not load them."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def command(
    store: StorePath = Path("tocsin.db"),
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.JSONL,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file for jsonl (- or none: standard output), a folder for csv and parquet.",
        ),
    ] = None,
    run: RunId = None,
    unmask: Unmask = False,
    min_confidence: MinConfidence = None,
) -> None:
    """Write the events of a store to files.

    jsonl is one article with its events a line; csv and parquet are four flat tables and their data dictionary.
    """
    from tocsin.cli.console import words
    from tocsin.cli.sieve import Sieve
    from tocsin.cli.summary import counted
    from tocsin.export import export_documents
    from tocsin.store import open_store

    sieve = Sieve(least_of(min_confidence))
    with open_store(store) as kept:
        chosen = run_of(kept, run)
        incidents = {member: one.id for one in kept.incidents(chosen) for member in one.members}
        coded = sieve.pass_on(kept.load(chosen))
        number = export_documents(coded, format.value, output, incidents, unmask=unmask)
    if unmask:
        words().print(UNMASKED, style="skipped")
    sieve.tell(words())
    if output and output != "-":
        words().print(f"{counted(number, 'event')} written to {output}", style="quiet", soft_wrap=True)
