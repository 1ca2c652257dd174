"""Where things are printed: data to ``out``, words to ``words`` (stderr)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from tocsin.vocabulary import Failed, Skipped

# Colours are the terminal's own, so that they suit light and dark backgrounds.
THEME = Theme(
    {
        "quiet": "bright_black",
        "contention": "bold blue",
        "repression": "bold red",
        "violence": "bold magenta",
        "labour": "bold blue",
        "settlement": "bold green",
        "possible": "yellow",
        "planned": "cyan",
        "called_for": "cyan",
        "denied": "red",
        "differs": "yellow",
        "failed": "red",
        "skipped": "yellow",
        "number": "bold",
    }
)

# What a terminal would obey instead of show.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def out() -> Console:
    """Standard output."""
    return Console(theme=THEME, highlight=False)


def words() -> Console:
    """Standard error."""
    return Console(theme=THEME, highlight=False, stderr=True)


def on_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def plain(text: str) -> str:
    """Text from a document on one line, without characters that steer a terminal."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def shorten(text: str, most: int) -> str:
    """The text on one line, cut at a word with an ellipsis if it is longer than ``most`` characters."""
    line = plain(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


def problem_line(outcome: Skipped | Failed) -> Text:
    """'failed  x.bin: binary data ...' with the name only once."""
    status, reason = ("failed", outcome.error) if isinstance(outcome, Failed) else ("skipped", outcome.reason)
    return problem_text(outcome.name, status, reason)


def problem_text(name: str, status: str, reason: str) -> Text:
    """A document that was not coded, and why, on one line."""
    told = reason.removeprefix(name).removeprefix(":").strip()
    return Text.assemble((f"{status:<8}", status), f"{plain(name)}: {plain(told)}")


@contextmanager
def waiting(console: Console, message: str) -> Iterator[Callable[[str], None]]:
    """A spinner while something is loaded, and what changes its message; nothing where nobody watches."""
    if console.is_terminal:
        with console.status(message) as status:
            yield status.update
    else:
        yield lambda message: None
