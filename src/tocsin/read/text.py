"""Plain text and Markdown, with or without YAML front matter. Also the reader of last resort."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from tocsin.errors import UnreadableInput
from tocsin.read.encoding import decode
from tocsin.read.limits import FILE_BYTES
from tocsin.read.reader import Input, Read, Reader
from tocsin.read.record import FIELDS, ReadDefaults, from_fields
from tocsin.vocabulary import Document

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")


def read(source: Input, defaults: ReadDefaults) -> Iterator[Read]:
    """One document: the body after the front matter. Line ends become line feeds; white space at the end goes."""
    data = source.read_all(FILE_BYTES, "Split it into its articles, one a file.")
    yield text_document(decode(data, source.name), source.name, defaults)


def text_document(text: str, name: str, defaults: ReadDefaults) -> Document:
    """A document of the text of a file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    fields: dict[str, object] = {}
    if match := _FRONT_MATTER.match(text):
        found = _front_matter(match.group(1), name)
        # A rule of hyphens opens a text now and then: only fields that we know make it front matter.
        if found is not None:
            fields = found
            text = text[match.end() :].lstrip("\n")
    if "title" not in fields and name.lower().endswith((".md", ".markdown")) and (title := _TITLE.match(text)):
        fields["title"] = title["title"]
    fields = {key: value for key, value in fields.items() if key not in (*FIELDS["text"], *FIELDS["id"])}
    return from_fields({**fields, "text": text}, name, name, defaults)


def _front_matter(block: str, name: str) -> dict[str, object] | None:
    known = {key for keys in FIELDS.values() for key in keys}
    if not re.search(rf"^(?:{'|'.join(sorted(known))})\s*:", block, re.MULTILINE | re.IGNORECASE):
        return None
    try:
        # BaseLoader makes no dates of its own: '2020-13-40' reaches our check, and so does its message.
        fields = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 2}:{mark.column + 1}" if mark else name
        raise UnreadableInput(
            f"{place}: the front matter is not YAML ({getattr(error, 'problem', None) or 'unreadable'}). "
            "Put values with a colon in quotation marks."
        ) from None
    return {str(key).lower(): value for key, value in fields.items()} if isinstance(fields, dict) else None


READER = Reader("text", (".txt", ".text", ".md", ".markdown"), lambda head: True, read)
