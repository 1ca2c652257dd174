"""``tocsin run``: articles into a store, with progress, to be stopped and continued at will."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tocsin.cli.options import (
    Articles,
    AsJson,
    Language,
    NoGate,
    Published,
    Publisher,
    StorePath,
    defaults_of,
    sources_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.cli.spool import Read
    from tocsin.pipeline import Coder, RunSummary
    from tocsin.store import Store

EXAMPLES = """[bold]Examples[/bold]

tocsin run articles/ --store tocsin.db

tocsin run 'crawl/*.warc.gz' --store tocsin.db --json > summary.json

Stopped with Ctrl-C, or by a power cut? The same command goes on where it was.
"""


def command(
    articles: Articles = None,
    store: StorePath = Path("tocsin.db"),
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    as_json: AsJson = False,
    no_gate: NoGate = False,
) -> None:
    """Read, code and link articles, and keep all of it in a store.

    Articles that the same version of Tocsin has coded into the store are passed over; another version makes a run of
    its own beside the old one. Exit status 1 if nothing could be coded.
    """
    sources, defaults = sources_of(articles), defaults_of(published, publisher, language)

    from tocsin.cli.console import waiting, words
    from tocsin.cli.spool import Spool
    from tocsin.cli.summary import summary_lines, summary_record
    from tocsin.store import open_store

    told = words()
    settings = {"language": defaults.language} if defaults.language else {}
    try:
        with open_store(store, create=True) as kept:
            with waiting(told, "Reading the articles …") as status:
                from tocsin.read import read_documents

                spool = Spool(read_documents(sources, defaults), lambda count: status(f"Reading: {count:,} articles …"))
            with waiting(told, "Loading the models …"):
                from tocsin.pipeline import load_coder

                coder = load_coder(gate=not no_gate)
            with spool:
                summary = _run(spool, len(spool), coder, kept, settings, told)
    except KeyboardInterrupt:
        # A second Ctrl-C, from an impatient hand, has nothing left to stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        told.print(
            f"Stopped. What was coded so far is in {store}; the same command goes on from there.",
            style="skipped",
            soft_wrap=True,
        )
        raise typer.Exit(130) from None
    for line in summary_lines(summary, str(store)):
        told.print(line, soft_wrap=True)
    if as_json:
        print(json.dumps(summary_record(summary, str(store)), ensure_ascii=False))
    if not summary.coded:
        raise typer.Exit(1)


def _run(
    documents: Iterable[Read], total: int, coder: Coder, store: Store, settings: dict[str, str], told: Console
) -> RunSummary:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from tocsin.cli.progress import RateColumn
    from tocsin.pipeline import run_documents

    columns = (
        TextColumn("Coding"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=told, transient=True, disable=not told.is_terminal) as bar:
        task = bar.add_task("coding", total=total)
        return run_documents(documents, coder, store, settings=settings, progress=lambda outcome: bar.advance(task))
