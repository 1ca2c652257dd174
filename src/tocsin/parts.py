"""What the parts that work alone (``tocsin.dates``, ``places``, ``quantities``, ``attribution``) share: text -> Parse."""

from __future__ import annotations

import datetime as dt

from tocsin.errors import UnreadableInput
from tocsin.parse import load_parser, parse_document
from tocsin.read import parse_published, read_text
from tocsin.vocabulary import Parse

LANGUAGES = ("en",)
"""Languages with a syntax model; other text is cut into sentences and words only."""


def parse_text(
    text: str,
    *,
    published: str | dt.date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Parse:
    """Parse a text by itself; the models are loaded at the first call and kept.

    Args:
        text: any text; offsets of the parse are code points of exactly this string.
        published: the day it was published; of a date with a clock and a time zone, the day as written there.
        publisher: the outlet or account.
        title: its headline.
        language: ISO 639-1 code; identified from the text by default.

    Raises:
        BadDate: ``published`` is no date, or can be read as two.
        UnreadableInput: the text holds half a character (a lone surrogate).
        DataError: a model or lexicon is missing.
    """
    check_text(text)
    document = read_text(
        text, published=parse_published(published), publisher=publisher, title=title, language=language, name="text"
    )
    return parse_document(document, load_parser(LANGUAGES))


def check_text(text: str) -> None:
    """Raise UnreadableInput for text that no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableInput(
            f"character {error.start} is half of one (a lone surrogate). Read the text with tocsin.read_documents, "
            "or replace it."
        ) from None
