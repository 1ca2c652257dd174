"""JSON: one object, or an array of objects. A file of this kind has to fit into memory; JSON Lines need not."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.errors import InputError, NoText
from tocsin.read import json_lines
from tocsin.read.encoding import decode
from tocsin.read.limits import FILE_BYTES
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults
from tocsin.vocabulary import Failed, Skipped


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """One document for an object, one for each object of an array."""
    if json_lines.looks_like_lines(source.head):  # many files of JSON Lines are named .json
        yield from json_lines.read(source, defaults)
        return
    data = source.read_all(FILE_BYTES, "Write it as JSON Lines, a document a line: that has no limit.")
    value = json_lines.parse_json(decode(data, source.name).removeprefix("\ufeff"), source.name, first_line=1)
    if not isinstance(value, list):
        yield json_lines.record_document(value, source.name, source.name, defaults)
        return
    for number, record in enumerate(value, start=1):
        name = f"{source.name}#{number}"
        try:
            yield json_lines.record_document(record, f"{source.name}, item {number}", name, defaults)
        except NoText as error:
            yield Skipped(name, str(error))
        except InputError as error:
            yield Failed(name, str(error))


def _sniff(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


READER = Reader("json", (".json",), _sniff, read)
