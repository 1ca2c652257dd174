"""``tocsin explain``: for one event, which words, which scores and which rule made each value, and what else was weighed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.options import (
    UNMASKED,
    Language,
    Published,
    Publisher,
    RunId,
    StorePath,
    Unmask,
    defaults_of,
    run_of,
)
from tocsin.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.pipeline import Coder
    from tocsin.read import ReadDefaults
    from tocsin.vocabulary import Coded, EventReport

EXAMPLES = """[bold]Examples[/bold]

tocsin explain article.txt --published 2020-08-14          # its events, numbered

tocsin explain article.txt --published 2020-08-14 --event e2

tocsin explain 4f1c09 --event e1 --store tocsin.db
"""

# Fewer characters of a report's id than this could be the number of an event.
LEAST_ID = 4


def command(
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOC",
            help="A file, or a document of the store: its name or the beginning of its id.",
            show_default=False,
        ),
    ],
    event: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Which event: e1, e2 ... or the beginning of its id. Without it they are listed."
        ),
    ] = None,
    store: StorePath = Path("tocsin.db"),
    run: RunId = None,
    published: Published = None,
    publisher: Publisher = None,
    language: Language = None,
    unmask: Unmask = False,
) -> None:
    """Say of one event which words, which scores and which rule made each value, and what else was weighed.

    A file is coded anew, as tocsin code does; a document of a store is told as its run has it, and read again for what
    else was weighed.
    """
    from tocsin.cli.console import out, waiting, words
    from tocsin.export import mask_names

    told = words()
    defaults = defaults_of(published, publisher, language)
    path = Path(document)
    if path.is_dir():
        raise InputError(f"{document}: is a folder. Name one article.")
    if not path.exists():
        coded = _stored(document, store, run)
    with waiting(told, "Loading the models …"):
        from tocsin.pipeline import load_coder

        coder = load_coder()
    if path.exists():
        coded = _read(document, defaults, coder)
    data = out()
    if event is None:
        _list(mask_names(coded, unmask=unmask), data)
        return
    number = _chosen(coded, event, document)
    considered = coder.consider(coded.document, coded.reports[number])
    shown = mask_names(coded, unmask=unmask)

    from tocsin.cli.why import explanation

    for line in explanation(shown, number, considered):
        data.print(line)
    if unmask:
        data.print(UNMASKED, style="skipped")


def _stored(name: str, store: Path, run: str | None) -> Coded:
    from tocsin.store import Selection, open_store

    if not store.exists():
        raise InputError(
            f"{name}: is no file, and there is no store {store} to look for it in. Check the path, or --store."
        )
    with open_store(store) as kept:
        found = list(kept.load(run_of(kept, run), Selection(document=name)))
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"{name}: is no file, and {store} has no document with events of this name or id. See: tocsin show"
        )
    listed = ", ".join(f"{coded.document.id[:8]} ({coded.document.name})" for coded in found[:5])
    raise InputError(f"{name}: several documents of {store} begin so: {listed}. Write more of the id.")


def _read(name: str, defaults: ReadDefaults, coder: Coder) -> Coded:
    from tocsin.read import read_documents
    from tocsin.vocabulary import Coded, Document, Failed

    found = list(read_documents([name], defaults))
    if len(found) != 1:
        raise InputError(
            f"{name}: holds {len(found)} articles. Run: tocsin run {name} --store tocsin.db, then explain one by its id."
        )
    outcome = coder.code_document(found[0]) if isinstance(found[0], Document) else found[0]
    if isinstance(outcome, Coded):
        return outcome
    raise InputError(f"{name}: {outcome.error if isinstance(outcome, Failed) else outcome.reason}")


def _chosen(coded: Coded, event: str, name: str) -> int:
    """The place of the event asked for among the document's."""
    digits = event.removeprefix("e")
    if digits.isdigit() and len(event) < LEAST_ID and 0 < int(digits) <= len(coded.reports):
        return int(digits) - 1
    found = [i for i, report in enumerate(coded.reports) if len(event) >= LEAST_ID and report.id.startswith(event)]
    if len(found) == 1:
        return found[0]
    has = f"its events are e1 to e{len(coded.reports)}" if len(coded.reports) > 1 else "its only event is e1"
    raise InputError(
        f"{name}: no event {event!r}; {has if coded.reports else 'it has none'}. See: tocsin explain {name}"
    )


def _list(coded: Coded, data: Console) -> None:
    from rich.text import Text

    from tocsin.cli.console import shorten
    from tocsin.cli.tables import heading
    from tocsin.export import person_words
    from tocsin.web.words import date_words, place_words, plain_words, share_words

    data.print(heading(coded.document, len(coded.reports)))
    for number, report in enumerate(coded.reports, 1):
        line = Text.assemble((f"e{number:<4}", "bold"), (f"{report.id}  ", "quiet"), plain_words(report.type))
        if report.factuality != "actual":
            line.append(f" {plain_words(report.factuality)}", style=report.factuality.value)
        line.append(f", {shorten(place_words(report.place), 40)}, {date_words(report.date)}")
        if report.row_confidence is not None:
            line.append(f", {share_words(report.row_confidence)} sure", style="quiet")
        line.append(f"\n     “{shorten(person_words(_words(report)), 70)}”", style="quiet")
        data.print(line)


def _words(report: EventReport) -> str:
    return next((e.quote for e in report.evidence if e.span.contains(report.trigger.span)), report.trigger.quote)
