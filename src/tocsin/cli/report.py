"""``tocsin report``: a run of a store as one page that opens in any browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.options import UNMASKED, MinConfidence, RunId, StorePath, Unmask, least_of, run_of

EXAMPLES = """[bold]Example[/bold]

tocsin report --store tocsin.db -o report.html
"""


def command(
    store: StorePath = Path("tocsin.db"),
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        "report.html"
    ),
    title: Annotated[str | None, typer.Option(help="The page's heading.")] = None,
    run: RunId = None,
    unmask: Unmask = False,
    min_confidence: MinConfidence = None,
) -> None:
    """Write one self-contained HTML page: a table, a map, a timeline, and each event's words in its article."""
    from tocsin.cli.console import words
    from tocsin.cli.sieve import Sieve
    from tocsin.cli.summary import counted
    from tocsin.store import open_store
    from tocsin.web.report import TITLE, write_report

    sieve = Sieve(least_of(min_confidence))
    with open_store(store) as kept:
        chosen = run_of(kept, run)
        coded, incidents = list(sieve.pass_on(kept.load(chosen))), list(kept.incidents(chosen))
    write_report(coded, output, title or TITLE, incidents, unmask=unmask)
    if unmask:
        words().print(UNMASKED, style="skipped")
    sieve.tell(words())
    number = sum(len(item.reports) for item in coded)
    words().print(f"{counted(number, 'event')} on {output}", style="quiet", soft_wrap=True)
