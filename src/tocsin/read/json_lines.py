"""JSON Lines: a document a line, read one at a time, so that a file may be larger than memory."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from tocsin.errors import InputError, NoText, UnreadableInput
from tocsin.read.encoding import BrokenUtf8, tell_encoding
from tocsin.read.limits import LINE_CHARACTERS, in_words
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults, from_fields
from tocsin.vocabulary import Failed, Skipped

_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """An outcome a line that is not blank; a bad line costs only itself."""
    for number, line in _lines(open_text(source, newline="\n", utf8=True)):
        place, name = f"{source.name}:{number}", f"{source.name}#{number}"
        try:
            if line is None:
                raise UnreadableInput(
                    f"{place}: longer than {in_words(LINE_CHARACTERS)} characters, the limit of one line. "
                    "Is it JSON Lines, with a document a line? If it is one JSON array, name the file .json."
                )
            if line.strip():
                record = parse_json(line, place)
                yield record_document(record, place, name, defaults)
        except NoText as error:
            yield Skipped(name, str(error))
        except InputError as error:
            yield Failed(name, str(error))


def open_text(source: Input, newline: str, utf8: bool = False) -> TextIO:
    """The input as text, decoded as it is read; bytes that do not fit become lone surrogates (see check_decoded).

    ``utf8``: nothing but UTF-8 is expected, unless a byte order mark tells otherwise, so nothing else is guessed.
    """
    try:
        encoding = tell_encoding(source.head, source.name, whole=False, guess=not utf8)
    except BrokenUtf8:
        encoding = "utf-8"
    if encoding == "utf-8":
        encoding = "utf-8-sig"
    return io.TextIOWrapper(source.stream(), encoding=encoding, errors="surrogateescape", newline=newline)


def check_decoded(text: str, place: str) -> None:
    """Raise UnreadableInput if bytes of the line did not fit the encoding."""
    if match := _ESCAPED_BYTE.search(text):
        raise UnreadableInput(
            f"{place}:{match.start() + 1}: byte 0x{ord(match.group()) - 0xDC00:02x} is not UTF-8. Save the file as UTF-8."
        )


def parse_json(text: str, place: str, first_line: int | None = None) -> Any:
    """The JSON value of a text. ``first_line`` is None for a text of one line, whose place names the line already.

    Raises:
        UnreadableInput: not JSON, or nested too deep; the message begins with file:line:column.
    """
    check_decoded(text, place)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = (
            f"{place}:{error.colno}" if first_line is None else f"{place}:{error.lineno + first_line - 1}:{error.colno}"
        )
        raise UnreadableInput(f"{where}: not JSON ({error.msg}). Correct or remove it.") from None
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{place}: JSON that is nested too deep or has too long a number. Remove it.") from None


def record_document(record: Any, place: str, name: str, defaults: ReadDefaults) -> Read:
    """The document of one JSON value, which has to be an object."""
    if not isinstance(record, dict):
        kind = {list: "an array", str: "a string", bool: "true or false", type(None): "null"}.get(
            type(record), "a number"
        )
        raise UnreadableInput(f'{place}: {kind}, not an object. Write {{"text": ...}} with the fields of a document.')
    return from_fields(record, place, name, defaults)


def looks_like_lines(head: bytes) -> bool:
    """Whether a JSON object begins on the first line and does not go on, indented, on the next."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    first, _, rest = start.partition(b"\n")
    if not first.startswith(b"{"):
        return False
    try:
        json.loads(first)
    except ValueError:
        # An object that is not closed on its line is printed over several, unless the next line begins another.
        return rest.lstrip()[:1] == b"{" or first.rstrip().endswith(b"}") or not rest
    return True


def _lines(stream: TextIO) -> Iterator[tuple[int, str | None]]:
    """Number and text of each line; None for the text of one that is too long, which is passed over in pieces."""
    number = 0
    while line := stream.readline(LINE_CHARACTERS):
        number += 1
        if len(line) < LINE_CHARACTERS or line.endswith("\n"):
            yield number, line
            continue
        while (piece := stream.readline(LINE_CHARACTERS)) and not piece.endswith("\n"):
            pass
        yield number, None


READER = Reader("jsonl", (".jsonl", ".ndjson", ".jsonlines"), looks_like_lines, read)
