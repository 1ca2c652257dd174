"""The command line: each command parses, calls one library function, and prints. Data to stdout, words to stderr.

Exit status: 0 done; 1 nothing could be coded; 2 wrong usage, or a store or target that cannot be used; 130 stopped.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from tocsin.cli import code, explain, export, incidents, link, report, run, show
from tocsin.errors import TocsinError

COMMANDS = {
    "code": code,
    "run": run,
    "link": link,
    "show": show,
    "incidents": incidents,
    "explain": explain,
    "export": export,
    "report": report,
}

app = typer.Typer(
    name="tocsin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`tocsin COMMAND --help` shows examples of each.",
)


def _version(value: bool) -> None:
    if value:
        from tocsin import __version__

        print(f"tocsin {__version__}")
        raise typer.Exit


@app.callback()
def tocsin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Read news of protests, strikes and repression into a database of events, each with its words and who said them."""


for name, module in COMMANDS.items():
    app.command(name, epilog=module.EXAMPLES)(module.command)


def _speak_utf8() -> None:
    """Data in a pipe is UTF-8 whatever the locale; what a terminal cannot show becomes '?'."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def main() -> None:
    """Run the command line; a TocsinError is told in one line."""
    _speak_utf8()
    try:
        app()
    except TocsinError as error:
        print(f"tocsin: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(2)
