"""RSS and Atom files, each entry a document. Only the bytes given are read: nothing is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser

from tocsin.errors import InputError, NoText, UnreadableInput
from tocsin.read.encoding import refuse_binary
from tocsin.read.limits import FILE_BYTES
from tocsin.read.markup import fragment_text
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import ReadDefaults, make_document
from tocsin.vocabulary import Failed, Skipped

_FEED_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?xml-stylesheet[^>]*>\s*|<!doctype\s+rss[^>]*>\s*)*<(?:rss|(?:\w+:)?feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]+|#\d+);")


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """An outcome an entry; title, link and date are the entry's, publisher and language the feed's."""
    data = source.read_all(FILE_BYTES, "Split the feed.")
    refuse_binary(data, source.name)
    # A stream, since feedparser would take text for an address and fetch it.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        problem = " ".join(str(feed.get("bozo_exception") or "no rss or feed element").split()).removeprefix(
            "<unknown>:"
        )
        raise UnreadableInput(f"{source.name}: not an RSS or Atom feed ({problem}). Download the feed again.")
    for number, entry in enumerate(feed.entries, start=1):
        name = f"{source.name}#{number}"
        try:
            yield make_document(
                _entry_text(entry),
                place=f"{source.name}, entry {number}",
                name=name,
                defaults=defaults,
                published=entry.get("published") or entry.get("updated"),
                publisher=feed.feed.get("title"),
                title=fragment_text(entry.get("title") or "") or None,
                url=entry.get("link"),
                language=(entry.get("content") or [{}])[0].get("language") or feed.feed.get("language"),
            )
        except NoText as error:
            yield Skipped(name, str(error))
        except InputError as error:
            yield Failed(name, str(error))
    if feed.bozo and isinstance(feed.get("bozo_exception"), Exception) and _is_cut_off(data):
        raise UnreadableInput(f"{source.name}: the feed ends before it is closed. Download it again.")


def _entry_text(entry: Any) -> str:
    """The fullest text of an entry: its content, else its summary."""
    candidates = [part.get("value") or "" for part in entry.get("content") or []] + [entry.get("summary") or ""]
    text = max(candidates, key=len)
    return fragment_text(text) if _TAG.search(text) else text.strip()


def _is_cut_off(data: bytes) -> bool:
    return (
        re.search(
            rb"</(?:rss|(?:\w+:)?feed|rdf:RDF)\s*>\s*(?:<!--.*?-->\s*)*\Z", data[-4096:], re.IGNORECASE | re.DOTALL
        )
        is None
    )


def _sniff(head: bytes) -> bool:
    return _FEED_START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


READER = Reader("feed", (".rss", ".atom", ".xml", ".rdf"), _sniff, read)
