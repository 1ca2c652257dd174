"""``tocsin code``: articles in, events out, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.options import (
    UNMASKED,
    Articles,
    AsJson,
    Language,
    MinConfidence,
    NoGate,
    Published,
    Publisher,
    Unmask,
    defaults_of,
    least_of,
    sources_of,
)
from tocsin.vocabulary import Coded, Outcome, count_outcomes

if TYPE_CHECKING:
    from rich.console import Console

EXAMPLES = """[bold]Examples[/bold]

tocsin code article.txt --published 2020-08-14

tocsin code crawl.warc.gz 'posts/*.jsonl' -o events.jsonl

curl -s https://example.org/news.html | tocsin code --json | jq '.events[].type'
"""


def command(
    articles: Articles = None,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write JSON Lines to a file.")
    ] = None,
    as_json: AsJson = False,
    no_gate: NoGate = False,
    unmask: Unmask = False,
    min_confidence: MinConfidence = None,
) -> None:
    """Code articles and print their events, without a store.

    A table on a terminal; in a pipe, with --json or with -o JSON Lines: an article with its events a line.
    """
    sources, defaults = sources_of(articles), defaults_of(published, publisher, language)
    least = least_of(min_confidence)

    from tocsin.cli.console import on_terminal, waiting, words
    from tocsin.cli.sieve import Sieve
    from tocsin.export import export_documents

    told = words()
    with waiting(told, "Loading the models …"):
        from tocsin.pipeline import code_documents, load_coder
        from tocsin.read import read_documents

        coder = load_coder(gate=not no_gate)
    outcomes: list[Outcome] = []
    sieve = Sieve(least)
    coded = sieve.pass_on(_coded(code_documents(read_documents(sources, defaults), coder), outcomes, told))
    if output or as_json or not on_terminal():
        export_documents(coded, "jsonl", output, unmask=unmask)
    else:
        _print(coded, unmask)
    _summarise(outcomes, told)
    sieve.tell(told)
    if not any(isinstance(outcome, Coded) for outcome in outcomes):
        raise typer.Exit(1)


def _coded(coming: Iterable[Outcome], outcomes: list[Outcome], told: Console) -> Iterator[Coded]:
    """What was coded, as it comes; the rest is told at once. Each outcome is noted, without its text and events."""
    from tocsin.cli.console import problem_line

    for outcome in coming:
        if isinstance(outcome, Coded):
            yield outcome
            outcomes.append(Coded(outcome.document, (), outcome.notes))
        else:
            told.print(problem_line(outcome), soft_wrap=True)
            outcomes.append(outcome)


def _print(coded: Iterable[Coded], unmask: bool) -> None:
    from tocsin.cli.console import out
    from tocsin.cli.tables import event_table, heading
    from tocsin.export import mask_names

    data = out()
    for found in coded:
        item = mask_names(found, unmask=unmask)
        data.print(heading(item.document, len(item.reports)))
        if item.reports:
            rows = [(item.document, report) for report in item.reports]
            data.print(event_table(rows, data.width, publishers=False))
        data.print()
    if unmask:
        data.print(UNMASKED, style="skipped")


def _summarise(outcomes: list[Outcome], told: Console) -> None:
    from tocsin.cli.summary import count_line, undated_line

    told.print(count_line(count_outcomes(outcomes)))
    undated = sum(isinstance(outcome, Coded) and outcome.document.published is None for outcome in outcomes)
    if undated:
        told.print(undated_line(undated), style="skipped", soft_wrap=True)
