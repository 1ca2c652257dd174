"""Files of any format we know -> Documents. One file a format; a new one adds its line to the table below."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tocsin.errors import InputError, MissingExtra, NoText
from tocsin.read import csv_table, feed, html, json_file, json_lines, text, warc
from tocsin.read.blocks import split_blocks
from tocsin.read.dates import parse_published
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults
from tocsin.read.sources import STANDARD_INPUT, File, extension, find_files
from tocsin.vocabulary import Document, Failed, Skipped

__all__ = ["READERS", "ReadDefaults", "parse_published", "read_documents", "read_text", "split_blocks"]

# In the order in which content is sniffed; text takes whatever no other reader wants.
READERS: dict[str, Reader] = {
    reader.format: reader
    for reader in (
        warc.READER,
        html.READER,
        feed.READER,
        json_lines.READER,
        json_file.READER,
        csv_table.READER,
        text.READER,
    )
}


def read_documents(sources: Iterable[str | Path], defaults: ReadDefaults = ReadDefaults()) -> Iterator[Read]:  # noqa: B008 (frozen)
    """Read every document that the sources name.

    Args:
        sources: files, folders, glob patterns, or '-' for standard input.
        defaults: date, publisher and language of documents that do not tell them.

    Yields:
        For each record, in order: a Document; Skipped where there is nothing to code, or the same text and date was
        read before; Failed, with a message of one line, where it cannot be read. No record costs another.
    """
    seen: dict[str, str] = {}
    known = frozenset(ending for reader in READERS.values() for ending in reader.extensions)
    for file in find_files(sources, known):
        for outcome in _read_file(file, defaults) if isinstance(file, File) else (file,):
            if not isinstance(outcome, Document):
                yield outcome
                continue
            name = outcome.name or file.name
            if outcome.id in seen:
                yield Skipped(name, f"same text and date as {seen[outcome.id]}", outcome)
            else:
                seen[outcome.id] = name
                yield outcome


def read_text(
    text: str,
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
    name: str | None = None,
) -> Document:
    """Make a document of text in memory, exactly as it is: offsets into ``text`` are offsets into the document."""
    return Document(text, published, publisher, title, url, language, name, split_blocks(text, title))


def _read_file(file: File, defaults: ReadDefaults) -> Iterator[Read]:
    """All outcomes of a file; whatever goes wrong becomes the last of them."""
    try:
        if file.name == STANDARD_INPUT:
            yield from _read_stream(file.name, sys.stdin.buffer, defaults)
        else:
            with Path(file.name).open("rb") as stream:
                yield from _read_stream(file.name, stream, defaults)
    except NoText as error:
        yield Skipped(file.name, str(error))
    except (InputError, MissingExtra) as error:
        yield Failed(file.name, str(error))
    except OSError as error:
        advice = "Give this user the right to read it." if isinstance(error, PermissionError) else "Check the file."
        yield Failed(file.name, f"{file.name}: {error.strerror or error}. {advice}")


def _read_stream(name: str, stream: BinaryIO, defaults: ReadDefaults) -> Iterator[Read]:
    source = Input(name, stream)
    if not source.head.strip():
        raise NoText("empty")
    yield from choose_reader(name, source.head).read(source, defaults)
    source.check_whole()


def choose_reader(name: str, head: bytes) -> Reader:
    """The reader of a file: by its extension, else by its first bytes."""
    ending = extension(name)
    for reader in READERS.values():
        if ending in reader.extensions:
            return reader
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as some shells write it
        head = head.decode("utf-16", "replace").encode()
    return next(reader for reader in READERS.values() if reader.sniff(head))
