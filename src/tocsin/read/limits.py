"""How much one input may hold. Each limit is named in the message of whatever goes past it."""

from __future__ import annotations

TEXT_CHARACTERS = 2_000_000
"""One document's text."""

LINE_CHARACTERS = 16_000_000
"""One line of JSON Lines or CSV: a full text whose every letter is written as a JSON escape of six characters, and room."""

PAGE_BYTES = 8_000_000
"""One HTML page, script and style included: finding the main text of pages that are all paragraphs takes
about three seconds a megabyte, so a page with far too much text is refused before that."""

FILE_BYTES = 64_000_000
"""A file that has to be in memory at once: JSON (not Lines), feeds, plain text."""

HEAD_BYTES = 65_536
"""How much of an input is looked at to tell its format and encoding."""


def in_words(number: int) -> str:
    """A number with commas: ``2000000`` reads '2,000,000'."""
    return f"{number:,}"
