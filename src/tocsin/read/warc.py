"""WARC web archives: each HTML response is a document. Other records are none and pass without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tocsin.errors import InputError, NoText, UnreadableInput
from tocsin.read.html import decode_page, page_document
from tocsin.read.limits import PAGE_BYTES, in_words
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults
from tocsin.vocabulary import Failed, Skipped

_HTML_TYPES = ("text/html", "application/xhtml+xml")


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """An outcome an HTML response; a truncated archive gives the records before the break, then fails."""
    if not source.head.startswith(b"WARC/"):
        raise UnreadableInput(f"{source.name}: not a WARC archive: it does not begin with 'WARC/'. Check the file.")
    records = ArchiveIterator(source.bytes, record_types=WarcRecordType.response, parse_http=False)
    number = 0
    while True:
        try:
            record = next(records, None)
        except OSError as error:
            raise UnreadableInput(_broken(source.name, number, f"damaged: {error}")) from None
        if record is None:
            # The iterator takes a header that breaks off for the end; a whole record ends with two empty lines.
            if source.bytes.cut_off or source.bytes.tail != b"\r\n\r\n":
                raise UnreadableInput(
                    f"{source.name}: cut off in or after response {number}. Copy or download the archive again."
                )
            return
        number += 1
        name = f"{source.name}#{number}"
        length = record.content_length
        if length > PAGE_BYTES:
            if "html" in _type_hint(record):
                yield Failed(
                    name,
                    f"{name}: a response of {in_words(length)} bytes, the limit is {in_words(PAGE_BYTES)}. Leave it out.",
                )
            continue
        try:
            content = record.reader.read()
        except OSError as error:
            raise UnreadableInput(_broken(source.name, number - 1, f"damaged: {error}")) from None
        if len(content) < length:
            raise UnreadableInput(_broken(source.name, number - 1, f"cut off in response {number}"))
        outcome = _response(record, content, name, defaults)
        if outcome is not None:
            yield outcome


def _response(record: Any, content: bytes, name: str, defaults: ReadDefaults) -> Read | None:
    record.set_bytes_content(content)
    try:
        record.parse_http(auto_decode="all")
        body = record.reader.read()
    except (OSError, ValueError) as error:
        return Failed(name, f"{name}: an HTTP response that cannot be decoded ({error}). Leave it out.")
    if record.http_headers is None or record.http_content_type not in _HTML_TYPES:
        return None
    url = record.headers.get("WARC-Target-URI")
    status = record.http_headers.status_code
    if status is not None and not 200 <= status < 300:
        return Skipped(name, f"HTTP status {status} for {url}")
    try:
        return page_document(decode_page(body, name, record.http_charset), name, name, defaults, url)
    except NoText as error:
        return Skipped(name, str(error))
    except InputError as error:
        return Failed(name, str(error))


def _type_hint(record: Any) -> str:
    return str(record.headers.get("WARC-Identified-Payload-Type") or "html").lower()


def _broken(name: str, good: int, what: str) -> str:
    return f"{name}: {what}, after {good} whole {'response' if good == 1 else 'responses'}. Copy or download the archive again."


READER = Reader("warc", (".warc",), lambda head: head.startswith(b"WARC/"), read)
